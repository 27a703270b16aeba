"""Two deeds on the same things at once: what comes of them is what one of the two orders gives."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import combinations_with_replacement, count
from typing import Any

from sqlalchemy import func, select

from tests.conftest import SCALE
from tests.races.arena import Arena, Newcomer, wall
from vendorhub.domain.refusals import Refusal
from vendorhub.store import (
    Block,
    HistoryLine,
    Letter,
    Lifting,
    Meeting,
    MeetingRequest,
    Offer,
    Organisation,
    Proposal,
    Writing,
    db,
)
from vendorhub.store.ledger import broken_lines


@dataclass(frozen=True)
class Scene:
    """A newcomer's request as far as it has come, and when its times may be; `others` are more companies in it."""

    arena: Arena
    asker: Newcomer
    start: datetime
    code: str
    offer: str = ""
    slot: str = ""
    uid: str = ""
    wish: str = ""
    others: tuple[Newcomer, ...] = ()
    other_code: str = ""
    link: str = ""
    since: int = 0  # the last letter before the deeds

    def vera(self) -> Any:
        """The one who asked."""
        return self.arena.actor(self.asker.person)

    def __getitem__(self, name: str) -> Any:
        return self.arena.cast[name]

    def later(self, hours: int) -> tuple[str, str, None]:
        """Another time."""
        return wall(self.start + timedelta(hours=hours))


Deeds = dict[str, Callable[[Scene], Any]]


def strange(arena: Arena, deeds: Deeds, scene: Callable[[Arena, datetime], Scene], *, one_in: int = 9) -> list[Any]:
    """Every two deeds, the same twice included: what came of them at once that neither order gives.

    Both orders are done one by one first, each on a scene of its own. In the usual run one pair in `one_in` meets on
    the one database and another on the other, in longer ones all on both.
    """
    starts = (arena.now + timedelta(days=2 + number // 3 % 150, hours=8 * (number % 3)) for number in count())
    pairs = list(combinations_with_replacement(deeds, 2))
    if SCALE == 1:
        pairs = pairs[arena.do(lambda: db.engine.dialect.name == "sqlite") :: one_in]
    found = []

    def outcome(do: Callable[..., list[Any]], *names: str) -> tuple[list[str], dict[str, Any]]:
        here = scene(arena, next(starts))
        here = replace(here, since=arena.do(lambda: db.session.scalar(select(func.max(Letter.id)))) or 0)
        return told_by(do(*[partial(deeds[name], here) for name in names])), facts_of(here)

    for one, other in pairs:
        forth, (told, facts) = outcome(arena.one_by_one, one, other), outcome(arena.one_by_one, other, one)
        orders = [forth, (told[::-1], facts)]
        for _ in range(SCALE):
            came = outcome(arena.together, one, other)
            found += [(one, other, came, orders)] if came not in orders else []
    assert arena.do(lambda: broken_lines(db.session())) == []
    return found


def told_by(ends: list[Any]) -> list[str]:
    """What each was answered: the sentence of a refusal, or that it was done."""
    return [f"{type(end).__name__}: {end.sentence}" if isinstance(end, Refusal) else "done" for end in ends]


def facts_of(here: Scene) -> dict[str, Any]:
    """How things stand, without what differs from scene to scene: codes, instants, names."""

    def read() -> dict[str, Any]:
        request = db.session.scalars(select(MeetingRequest).where(MeetingRequest.code == here.code)).one()
        of_it = {"buyer_id": request.buyer_id, "request_id": request.id}
        meeting = db.session.scalars(select(Meeting).filter_by(**of_it)).one_or_none()
        mail = select(Letter.kind, Letter.method, Letter.sequence, Letter.state)
        told = [
            db.session.execute(mail.where(Letter.recipient == each.email).order_by(Letter.id)).all()
            for each in (here.asker, *here.others)
        ]
        at_the_buyer = Letter.id > here.since, Letter.recipient.endswith("@norden.example")
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
            "letters": told,
            "letters to the buyer": db.session.execute(
                select(Letter.kind, Letter.recipient, Letter.state).where(*at_the_buyer).order_by(Letter.id)
            ).all(),
            "asks": [_asks(each) for each in (here.asker, *here.others)],
            "passed on": db.session.scalars(select(MeetingRequest.state).filter_by(from_id=request.id)).all(),
            "paper": db.session.scalars(select(Writing.stage).filter_by(request_id=request.id)).all(),
            "shut out": len(db.session.scalars(shut_out).all()),
        }

    facts: dict[str, Any] = here.arena.do(read)
    return facts


def _asks(of: Newcomer) -> list[tuple[Any, ...]]:
    """What became of each ask of a company, in the order in which they came."""
    ask = MeetingRequest
    found = (
        select(ask.state, ask.again_on.is_not(None), ask.attached_to.is_not(None), ask.topic)
        .join(Organisation, Organisation.id == ask.company_id)
        .where(Organisation.slug == of.slug)
    )
    return [tuple(row) for row in db.session.execute(found.order_by(ask.id))]
