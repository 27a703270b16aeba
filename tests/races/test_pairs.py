"""X02: every two deeds on one request or meeting, at once: what comes of it is what one of the two orders gives."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import combinations_with_replacement, count
from typing import Any

from sqlalchemy import select

from tests.conftest import SCALE
from tests.people import address
from tests.races.arena import HOLD, Arena, Newcomer, wall
from vendorhub.domain.refusals import Refusal
from vendorhub.store import Block, HistoryLine, Letter, Lifting, Meeting, MeetingRequest, Offer, Proposal, Writing, db
from vendorhub.store.ledger import broken_lines
from vendorhub.usecases import (
    amending,
    blocks,
    decisions,
    meeting_requests,
    meetings,
    offers,
    papers,
    passing,
    questions,
    revoking,
)
from vendorhub.usecases import undo as takes_back


@dataclass(frozen=True)
class Scene:
    """A newcomer's request as far as it has come, and when its times may be."""

    arena: Arena
    asker: Newcomer
    start: datetime
    code: str
    offer: str = ""
    slot: str = ""
    uid: str = ""
    wish: str = ""

    def vera(self) -> Any:
        """The one who asked."""
        return self.arena.actor(self.asker.person)

    def __getitem__(self, name: str) -> Any:
        return self.arena.cast[name]

    def later(self, hours: int) -> tuple[str, str, None]:
        """Another time."""
        return wall(self.start + timedelta(hours=hours))


Deeds = dict[str, Callable[[Scene], Any]]

WAITING: Deeds = {
    "yes": lambda s: decisions.accept(s["Kim"], s.code),
    "the assistant's yes": lambda s: decisions.accept(s["Alex"], s.code, minutes=15),
    "yes, but": lambda s: decisions.accept(s["Kim"], s.code, topic="Tape only"),
    "no": lambda s: decisions.refuse(s["Alex"], s.code, kind="no"),
    "in writing": lambda s: decisions.refuse(s["Kim"], s.code, kind="in_writing"),
    "never": lambda s: decisions.refuse(s["Kim"], s.code, kind="never"),
    "a question": lambda s: questions.ask_back(s["Alex"], s.code, question="Which tape?"),
    "pass to": lambda s: passing.pass_on(s["Kim"], s.code, to=address("Mo")),
    "withdraw": lambda s: meeting_requests.withdraw(s.vera(), s.code),
    "block": lambda s: blocks.block(s["Pia"], company=s.asker.slug),
}
ASKED_BACK: Deeds = {
    "answer": lambda s: questions.answer_back(s.vera(), s.code, answer="Disk."),
    **{name: WAITING[name] for name in ("yes", "yes, but", "no", "a question", "pass to", "withdraw", "block")},
}
HELD: Deeds = {
    "undo": lambda s: takes_back.undo(s["Kim"], s.code),
    "the assistant's undo": lambda s: takes_back.undo(s["Alex"], s.code),
    "withdraw": WAITING["withdraw"],
    "offer": lambda s: offers.offer(s["Kim"], s.code, slots=[s.later(0)]),
    "block": WAITING["block"],
}
AMENDED: Deeds = {
    "agree": lambda s: amending.agree(s.vera(), s.code),
    **{name: WAITING[name] for name in ("yes", "no", "never", "withdraw", "block")},
}
WRITTEN: Deeds = {
    "hand in": lambda s: papers.hand_in(s.vera(), s.code, text="It pays."),
    "enough": lambda s: papers.enough(s["Kim"], s.code),
    **{name: WAITING[name] for name in ("yes", "no", "never", "withdraw", "block")},
}
CALLED_OFF = {"call off the yes": lambda s: revoking.revoke(s["Kim"], s.code)}
OFFERED: Deeds = {
    "choose": lambda s: offers.choose(s.vera(), s.offer, slot=s.slot),
    "retract": lambda s: offers.retract(s["Kim"], s.offer),
    "counter": lambda s: offers.counter(s.vera(), s.offer, slots=[s.later(1)]),
    "offer": lambda s: offers.offer(s["Alex"], s.code, slots=[s.later(2)]),
    "withdraw": WAITING["withdraw"],
    "block": WAITING["block"],
    **CALLED_OFF,
}
MET: Deeds = {
    "move": lambda s: meetings.move(s["Kim"], s.uid, slot=s.later(3)),
    "propose": lambda s: meetings.propose(s.vera(), s.uid, slot=s.later(4)),
    "accept the wish": lambda s: meetings.accept_move(s["Kim"], s.uid, s.wish),
    "refuse the wish": lambda s: meetings.refuse_move(s["Alex"], s.uid, s.wish),
    "place": lambda s: meetings.set_place(s.vera(), s.uid, place=("video_vendor", "https://meet.example/1")),
    "cancel": lambda s: meetings.cancel(s["Kim"], s.uid),
    "the vendor's cancel": lambda s: meetings.cancel(s.vera(), s.uid),
    "block": WAITING["block"],
    **CALLED_OFF,
}


def test_while_it_waits(arena: Arena) -> None:
    assert _strange(arena, WAITING, _waiting) == []


def test_while_a_question_is_open(arena: Arena) -> None:
    assert _strange(arena, ASKED_BACK, _asked_back) == []


def test_while_a_yes_is_held(arena: Arena) -> None:
    assert _strange(arena, HELD, _held) == []


def test_while_a_yes_waits_for_their_word(arena: Arena) -> None:
    assert _strange(arena, AMENDED, _amended) == []


def test_while_a_paper_is_read(arena: Arena) -> None:
    assert _strange(arena, WRITTEN, _written) == []


def test_while_times_lie_on_the_table(arena: Arena) -> None:
    assert _strange(arena, OFFERED, _offered) == []


def test_while_a_meeting_is_ahead(arena: Arena) -> None:
    assert _strange(arena, MET, _met) == []


def _strange(arena: Arena, deeds: Deeds, scene: Callable[[Arena, datetime], Scene]) -> list[Any]:
    """Every two deeds, the same twice included: what came of them at once that neither order gives.

    Both orders are done one by one first, each on a scene of its own. In the usual run a third of the pairs meet on
    the one database and another third on the other, in longer ones all on both.
    """
    starts = (arena.now + timedelta(days=2 + number // 3 % 150, hours=8 * (number % 3)) for number in count())
    pairs = list(combinations_with_replacement(deeds, 2))
    if SCALE == 1:
        pairs = pairs[arena.do(lambda: db.engine.dialect.name == "sqlite") :: 3]
    found = []

    def outcome(do: Callable[..., list[Any]], *names: str) -> tuple[list[str], dict[str, Any]]:
        here = scene(arena, next(starts))
        return _told(do(*[partial(deeds[name], here) for name in names])), _facts(here)

    for one, other in pairs:
        forth, (told, facts) = outcome(arena.one_by_one, one, other), outcome(arena.one_by_one, other, one)
        orders = [forth, (told[::-1], facts)]
        for _ in range(SCALE):
            came = outcome(arena.together, one, other)
            found += [(one, other, came, orders)] if came not in orders else []
    assert arena.do(lambda: broken_lines(db.session())) == []
    return found


def _waiting(arena: Arena, start: datetime) -> Scene:
    asker = arena.newcomer()
    return Scene(arena, asker, start, arena.asked(asker))


def _held(arena: Arena, start: datetime) -> Scene:
    here = _waiting(arena, start)
    arena.do(lambda: decisions.accept(here["Kim"], here.code))
    return here


def _asked_back(arena: Arena, start: datetime) -> Scene:
    here = _waiting(arena, start)
    arena.do(lambda: questions.ask_back(here["Kim"], here.code, question="How much?"))
    return here


def _amended(arena: Arena, start: datetime) -> Scene:
    here = _waiting(arena, start)
    arena.do(lambda: decisions.accept(here["Kim"], here.code, topic="Disk only"))
    arena.now += HOLD
    return here


def _written(arena: Arena, start: datetime) -> Scene:
    here = _waiting(arena, start)
    arena.do(lambda: decisions.refuse(here["Kim"], here.code, kind="in_writing"))
    arena.now += HOLD
    arena.do(lambda: papers.hand_in(here.vera(), here.code, text="It might pay."))
    return here


def _offered(arena: Arena, start: datetime) -> Scene:
    asker = arena.newcomer()
    code = arena.accepted(asker)
    offer = arena.offered(code, start)
    return Scene(arena, asker, start, code, offer=offer, slot=arena.slot(offer))


def _met(arena: Arena, start: datetime) -> Scene:
    asker = arena.newcomer()
    uid = arena.met(asker, start)
    wish = arena.do(lambda: meetings.propose(arena.actor(asker.person), uid, slot=wall(start + timedelta(hours=5))))
    code = arena.do(
        lambda: db.session.scalars(
            select(MeetingRequest.code).join(Meeting, Meeting.request_id == MeetingRequest.id).where(Meeting.uid == uid)
        ).one()
    )
    return Scene(arena, asker, start, code, uid=uid, wish=wish)


def _told(ends: list[Any]) -> list[str]:
    """What each was answered: the sentence of a refusal, or that it was done."""
    return [f"{type(end).__name__}: {end.sentence}" if isinstance(end, Refusal) else "done" for end in ends]


def _facts(here: Scene) -> dict[str, Any]:
    """How things stand, without what differs from scene to scene: codes, instants, names."""

    def read() -> dict[str, Any]:
        request = db.session.scalars(select(MeetingRequest).where(MeetingRequest.code == here.code)).one()
        of_it = {"buyer_id": request.buyer_id, "request_id": request.id}
        meeting = db.session.scalars(select(Meeting).filter_by(**of_it)).one_or_none()
        mail = select(Letter.kind, Letter.method, Letter.sequence, Letter.state)
        told = mail.where(Letter.recipient == here.asker.email).order_by(Letter.id)
        wishes = select(Proposal.state).where(Proposal.meeting_id == (meeting.id if meeting else 0))
        shut_out = (
            select(Block.id)
            .outerjoin(Lifting, Lifting.block_id == Block.id)
            .where(Block.company_id == request.company_id, Lifting.id.is_(None))
        )
        return {
            "request": (request.state, request.minutes_agreed, request.held_until is not None),
            "offers": db.session.scalars(select(Offer.state).filter_by(**of_it).order_by(Offer.id)).all(),
            "meeting": meeting
            and (meeting.state, meeting.sequence, meeting.start_at - here.start, meeting.place_detail),
            "wishes": db.session.scalars(wishes.order_by(Proposal.id)).all(),
            "history": db.session.execute(
                select(HistoryLine.deed, HistoryLine.audience).filter_by(**of_it).order_by(HistoryLine.id)
            ).all(),
            "letters": db.session.execute(told).all(),
            "passed on": db.session.scalars(select(MeetingRequest.state).filter_by(from_id=request.id)).all(),
            "paper": db.session.scalars(select(Writing.stage).filter_by(request_id=request.id)).all(),
            "shut out": len(db.session.scalars(shut_out).all()),
        }

    facts: dict[str, Any] = here.arena.do(read)
    return facts
