"""The quarter board: whom it is time to meet, what needs attention first, and what to do next (M8)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from vendorhub import clock
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import AWAITING, Kind
from vendorhub.domain.meeting_requests import State as AskState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.quarters import Quarter
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rhythms import State
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import cadence, rhythms
from vendorhub.queries.cadence import BACK, RelationshipView, Told
from vendorhub.queries.scope import scope
from vendorhub.store import MeetingRequest, Organisation, db

_MOST_URGENT_FIRST = (
    *(State.OVERDUE, State.DUE, State.MISSED, State.UPCOMING),
    *(State.PLANNED, State.PAUSED, State.WAIVED, State.MET),
)
_URGENCY = {state: number for number, state in enumerate(_MOST_URGENT_FIRST)}


@dataclass(frozen=True)
class Wanted:
    """Which relationships are looked for: by the state of this quarter, a topic, a goal, or the owner's address; ""
    for any."""

    state: str = ""
    topic: str = ""
    goal: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Choices:
    """What there is to look for, each once and in order."""

    topics: tuple[str, ...]
    goals: tuple[str, ...]
    owners: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """A relationship on the board. `waits` is the code of an ask of that company's that waits for an answer, `stands`
    of one with a standing yes; "" where there is none."""

    it: RelationshipView
    waits: str
    stands: str


@dataclass(frozen=True)
class Board:
    """Nine quarters of the relationships that were looked for, the one that needs attention first at the top; and how
    many relationships there are."""

    quarters: tuple[Quarter, ...]
    this: Quarter
    lines: tuple[Line, ...]
    choices: Choices
    of: int


def see(actor: Actor, wanted: Wanted = Wanted()) -> Board:
    """The board of the actor's own company. Raises NotThere for those who ask: due is nothing that they may know."""
    if actor.side is not Side.BUYER:
        raise NotThere
    require(actor, Deed.SEE_RELATIONSHIP, frozenset({Relation.ANY}))
    span, may_do = cadence.span_of(actor), cadence.deeds(actor)
    kept = rhythms.of_buyer(actor)
    asks = _asks(actor) if kept else {}
    found = [(each, cadence.told(each.rhythm, span)) for each in kept if _fits(each, wanted)]
    if wanted.state:
        found = [(each, told) for each, told in found if told.this and told.this.state == wanted.state]
    found.sort(key=lambda pair: (_urgency(pair[1]), pair[0].name.lower()))
    lines = tuple(
        Line(cadence.ours(each, told, may_do, span.today), *asks.get(each.slug, ("", ""))) for each, told in found
    )
    return Board(span.quarters, span.quarters[BACK], lines, _choices(kept), len(kept))


def _fits(kept: rhythms.Kept, wanted: Wanted) -> bool:
    of = kept.details
    return (
        (not wanted.topic or wanted.topic.casefold() in {topic.casefold() for topic in of.topics})
        and (not wanted.goal or wanted.goal in of.goals)
        and (not wanted.owner or (of.owner is not None and of.owner[1] == wanted.owner))
    )


def _urgency(told: Told) -> tuple[int, date]:
    """What needs attention first: by the state of this quarter, then by the day on which the next is due."""
    return _URGENCY[told.this.state if told.this else State.MET], told.next_due or date.max


def _choices(kept: list[rhythms.Kept]) -> Choices:
    topics = {topic.casefold(): topic for each in reversed(kept) for topic in each.details.topics}
    return Choices(
        topics=tuple(topics[folded] for folded in sorted(topics)),
        goals=tuple(sorted({goal for each in kept for goal in each.details.goals})),
        owners=tuple(sorted({each.details.owner for each in kept if each.details.owner})),
    )


def _asks(actor: Actor) -> dict[str, tuple[str, str]]:
    """By the company's slug: the code of the latest ask that waits for an answer, and of one with a standing yes."""
    ask = MeetingRequest
    waits = and_(ask.state.in_(AWAITING), ask.answer_by > clock.now(), ask.parked == "")
    stands = and_(ask.state == AskState.ACCEPTED, ask.standing)
    rows = db.session.execute(
        select(Organisation.slug, ask.code, ask.standing)
        .join(Organisation, Organisation.id == func.coalesce(ask.vendor_id, ask.company_id))
        .where(scope(actor), ask.buyer_id == actor.organisation, ask.kind != Kind.BRIEFING, or_(waits, stands))
        .order_by(ask.id)
    )
    found: dict[str, tuple[str, str]] = {}
    for slug, code, standing in rows:
        waiting, stood = found.get(slug, ("", ""))
        found[slug] = (waiting, code) if standing else (code, stood)
    return found
