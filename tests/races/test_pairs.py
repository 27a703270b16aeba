"""X02: every two deeds on one request or meeting, at once: what comes of it is what one of the two orders gives."""

from datetime import datetime, timedelta

from sqlalchemy import select

from tests.people import address
from tests.races.arena import HOLD, Arena, wall
from tests.races.pairs import Deeds, Scene, strange
from vendorhub.store import Meeting, MeetingRequest, db
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
    assert strange(arena, WAITING, _waiting) == []


def test_while_a_question_is_open(arena: Arena) -> None:
    assert strange(arena, ASKED_BACK, _asked_back) == []


def test_while_a_yes_is_held(arena: Arena) -> None:
    assert strange(arena, HELD, _held) == []


def test_while_a_yes_waits_for_their_word(arena: Arena) -> None:
    assert strange(arena, AMENDED, _amended) == []


def test_while_a_paper_is_read(arena: Arena) -> None:
    assert strange(arena, WRITTEN, _written) == []


def test_while_times_lie_on_the_table(arena: Arena) -> None:
    assert strange(arena, OFFERED, _offered) == []


def test_while_a_meeting_is_ahead(arena: Arena) -> None:
    assert strange(arena, MET, _met) == []


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
