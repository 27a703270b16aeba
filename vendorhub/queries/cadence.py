"""Whom it is time to meet, and when they met: a quarter's rows, the board, and one relationship (M8)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.cadence import Pause, Rule
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.details import Details
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.quarters import FiscalCalendar, Quarter
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.domain.rhythms import Cell, Encounter, Rhythm, State, cells, next_due
from vendorhub.domain.rights import Relation, may, require
from vendorhub.queries import meeting_sight as sight
from vendorhub.queries import rhythms
from vendorhub.queries.circles import in_sight
from vendorhub.queries.rhythms import Kept, day_of
from vendorhub.store import LoggedMeeting, Meeting, MeetingRequest, Organisation, Relationship, db
from vendorhub.store.outcomes import took_place

BACK, AHEAD = 4, 4  # quarters on the board beside the present one
MOST_URGENT_FIRST = (State.OVERDUE, State.DUE, State.UPCOMING, State.PLANNED, State.PAUSED, State.WAIVED, State.MET)
_BUYER = aliased(Organisation, name="buyer")


@dataclass(frozen=True)
class Row:
    """A quarter of a relationship, and the day by which the next meeting is due; None to those who may not know."""

    relationship: str
    company: str
    name: str
    cell: Cell
    next_due: date | None


@dataclass(frozen=True)
class RelationshipView:
    """A relationship as one side sees it: the other company, and the days on which they met last and meet next.

    The rest is the buyer's own: the rule, the quarters, the pauses, the quarters let go, what it holds of the
    relationship for itself, and what they may do.
    """

    code: str
    company: str
    name: str
    last_met: date | None
    meets: date | None
    rule: Rule | None = None
    next_due: date | None = None
    cells: tuple[Cell, ...] = ()
    this: Cell | None = None
    pauses: tuple[Pause, ...] = ()
    waivers: tuple[tuple[str, str], ...] = ()
    details: Details | None = None
    may: frozenset[Deed] = frozenset()

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = repr([value if name != "may" else sorted(value) for name, value in vars(self).items()])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class LoggedView:
    """A meeting that was held elsewhere, with the code of its relationship and the slug of the company."""

    code: str
    relationship: str
    company: str
    day: date
    minutes: int
    people: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True)
class Board:
    """Nine quarters of every relationship: the one that needs attention first at the top."""

    quarters: tuple[Quarter, ...]
    this: Quarter
    rows: tuple[RelationshipView, ...]


def quarter(actor: Actor, name: str = "") -> list[Row]:
    """A row for each relationship of which this quarter asks or has something; without a name the present one, by the
    buyer's fiscal year. A vendor has the meetings of its own alone. Raises Unfit for no such quarter."""
    require(actor, Deed.SEE_RELATIONSHIP, frozenset({Relation.ANY}))
    if actor.asks:
        return [row for kept in _with_buyers(actor) for row in _own_meetings(kept, name)]
    now = today(actor)
    asked = actor.fiscal.named(name) if name else actor.fiscal.quarter_of(now)
    return [
        Row(kept.code, kept.slug, kept.name, cell, next_due(kept.rhythm, calendar=actor.fiscal, today=now))
        for kept in rhythms.of_buyer(actor)
        for cell in cells(kept.rhythm, (asked,), calendar=actor.fiscal, today=now)
    ]


def listing(actor: Actor, *, limit: int = 50, cursor: str | None = None) -> tuple[list[RelationshipView], str | None]:
    """The actor's relationships by the other company's name, and the next page's cursor."""
    require(actor, Deed.SEE_RELATIONSHIP, frozenset({Relation.ANY}))
    views = _views(actor)
    first = 0
    if cursor:
        codes = [view.code for view in views]
        if meant(cursor) not in codes:
            raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
        first = codes.index(meant(cursor)) + 1
    shown = views[first : first + limit]
    return shown, shown[-1].code if len(views) > first + limit else None


def see(actor: Actor, code: str) -> RelationshipView:
    """One of them. Raises NotThere."""
    if not may(actor, Deed.SEE_RELATIONSHIP, frozenset({Relation.ANY})) or not (found := _views(actor, code)):
        raise NotThere
    return found[0]


def today(actor: Actor) -> date:
    """The day that the actor's own calendar shows."""
    return day_of(clock.now(), actor.zone)


def shown(actor: Actor) -> tuple[Quarter, ...]:
    """The quarters that the board shows."""
    return _around(actor.fiscal, actor.fiscal.quarter_of(today(actor)))


def logged(actor: Actor, code: str) -> LoggedView:
    """A meeting that the actor's own company noted. Raises NotThere."""
    require(actor, Deed.LOG_MEETING, frozenset({Relation.ANY}))
    row = db.session.execute(
        select(LoggedMeeting, Relationship.code, Organisation.slug)
        .join(Relationship, Relationship.id == LoggedMeeting.relationship_id)
        .join(Organisation, Organisation.id == Relationship.company_id)
        .where(LoggedMeeting.code == meant(code), in_sight(actor))
    ).first()
    if row is None:
        raise NotThere
    made, relationship, company = row
    people = tuple((name, email) for name, email in made.people)
    return LoggedView(made.code, relationship, company, made.day, made.minutes, people, made.note)


def board(actor: Actor) -> Board:
    """The board of the actor's own company. Raises NotThere for those who ask: due is nothing that they may know."""
    if actor.side is not Side.BUYER:
        raise NotThere
    require(actor, Deed.SEE_RELATIONSHIP, frozenset({Relation.ANY}))
    quarters = shown(actor)
    return Board(quarters, quarters[BACK], tuple(sorted(_views(actor), key=_urgency)))


def _views(actor: Actor, code: str = "") -> list[RelationshipView]:
    if not actor.asks:
        return [_ours(actor, kept) for kept in rhythms.of_buyer(actor, code=code)]
    return [
        RelationshipView(kept.code, kept.slug, kept.name, *_last_and_next(kept.encounters))
        for kept in _with_buyers(actor, code)
    ]


def _ours(actor: Actor, kept: Kept) -> RelationshipView:
    now, rhythm, quarters = today(actor), kept.rhythm, shown(actor)
    told = cells(rhythm, quarters, calendar=actor.fiscal, today=now)
    last, meets = _last_and_next(rhythm.encounters)
    deeds = (Deed.SET_CADENCE, Deed.PAUSE, Deed.LET_GO, Deed.SET_DETAILS, Deed.LOG_MEETING)
    return RelationshipView(
        code=kept.code,
        company=kept.slug,
        name=kept.name,
        last_met=last,
        meets=meets,
        rule=kept.rule,
        next_due=next_due(rhythm, calendar=actor.fiscal, today=now),
        cells=told,
        this=next((cell for cell in told if cell.quarter == quarters[BACK]), None),
        pauses=rhythm.pauses,
        waivers=rhythm.waivers,
        details=kept.details,
        may=frozenset(deed for deed in deeds if may(actor, deed, frozenset({Relation.ANY}))),
    )


def _around(calendar: FiscalCalendar, this: Quarter) -> tuple[Quarter, ...]:
    return tuple(calendar.on(this, number) for number in range(-BACK, AHEAD + 1))


def _urgency(view: RelationshipView) -> tuple[int, date, str]:
    """What needs attention first: by the state of this quarter, then by the day on which the next is due."""
    state = view.this.state if view.this else State.MET
    return MOST_URGENT_FIRST.index(state), view.next_due or date.max, view.name.lower()


def _last_and_next(encounters: Iterable[Encounter]) -> tuple[date | None, date | None]:
    met = list(encounters)
    last = max((each.day for each in met if each.held), default=None)
    return last, min((each.day for each in met if not each.held), default=None)


@dataclass(frozen=True)
class _WithBuyer:
    """A vendor's own meetings with one buyer, by that buyer's calendar."""

    code: str
    slug: str
    name: str
    fiscal: FiscalCalendar
    today: date
    encounters: list[Encounter]


def _with_buyers(actor: Actor, code: str = "") -> list[_WithBuyer]:
    """The buyers with whom the actor's company meets or has met here. What a buyer notes for itself is not among it."""
    now = clock.now()
    kept, meeting, ask = Relationship, Meeting, MeetingRequest
    query = (
        select(kept.code, _BUYER.slug, _BUYER.name, _BUYER.zone, _BUYER.fiscal_year_start, meeting)
        .join(_BUYER, _BUYER.id == kept.buyer_id)
        .join(meeting, meeting.buyer_id == kept.buyer_id)
        .join(ask, and_(ask.buyer_id == meeting.buyer_id, ask.id == meeting.request_id))
        .where(
            kept.company_id == actor.organisation,
            or_(ask.kind == "briefing", func.coalesce(ask.vendor_id, ask.company_id) == actor.organisation),
            meeting.state == MeetingState.CONFIRMED,
            took_place(),
            sight.in_sight(actor),
        )
        .order_by(func.lower(_BUYER.name), kept.id, meeting.start_at)
    )
    found: dict[str, _WithBuyer] = {}
    for row in db.session.execute(query.where(kept.code == meant(code)) if code else query):
        today, fiscal = day_of(now, row.zone), FiscalCalendar(row.fiscal_year_start)
        buyer = found.setdefault(row.code, _WithBuyer(row.code, row.slug, row.name, fiscal, today, []))
        one = row.Meeting
        buyer.encounters.append(Encounter(day_of(one.start_at, row.zone), held=one.end_at <= now))
    return list(found.values())


def _own_meetings(kept: _WithBuyer, name: str) -> list[Row]:
    asked = kept.fiscal.named(name) if name else kept.fiscal.quarter_of(kept.today)
    rhythm = Rhythm(encounters=tuple(kept.encounters))
    found = cells(rhythm, (asked,), calendar=kept.fiscal, today=kept.today)
    return [Row(kept.code, kept.slug, kept.name, cell, None) for cell in found]
