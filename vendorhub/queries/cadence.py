"""Whom it is time to meet, and when they met: a quarter's rows, the board, and one relationship (M8)."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import select

from vendorhub import clock
from vendorhub.domain.cadence import Pause, Rule
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.details import Details
from vendorhub.domain.outcomes import Fell
from vendorhub.domain.people import Actor
from vendorhub.domain.quarters import FiscalCalendar, Quarter
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.domain.rhythms import Cell, Encounter, Rhythm, cells, next_due
from vendorhub.domain.rights import Relation, may, require
from vendorhub.queries import meeting_days, rhythms
from vendorhub.queries.circles import in_sight
from vendorhub.queries.meeting_days import WithBuyer, last_and_next
from vendorhub.queries.rhythms import Kept, day_of
from vendorhub.store import LoggedMeeting, Organisation, Relationship, db

BACK, AHEAD = 4, 4  # quarters on the board beside the present one


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

    The rest is the buyer's own: the rule, the quarters, the pauses, the quarters let go, the days on which they
    met or were to meet, what it holds of the relationship for itself, and what they may do.
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
    encounters: tuple[Encounter, ...] = ()
    fell: tuple[Fell, ...] = ()
    details: Details | None = None
    asks_whether_it_is_worth_it: bool = False
    may: frozenset[Deed] = frozenset()

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = repr([value if name != "may" else sorted(value) for name, value in vars(self).items()])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True, eq=False)
class Span:
    """The quarters that are looked at, the calendar they are of, the day, and when nobody works. The board's is the
    same object all day, so that what it shows is found again under it."""

    quarters: tuple[Quarter, ...]
    calendar: FiscalCalendar
    today: date
    holidays: frozenset[date]

    def cells(self, rhythm: Rhythm) -> tuple[Cell, ...]:
        """What these quarters are of a rhythm."""
        return cells(rhythm, self.quarters, calendar=self.calendar, today=self.today, holidays=self.holidays)

    def next_due(self, rhythm: Rhythm) -> date | None:
        """When it asks for the next meeting."""
        return next_due(rhythm, calendar=self.calendar, today=self.today, holidays=self.holidays)


@dataclass(frozen=True)
class Told:
    """What a span shows of a rhythm."""

    cells: tuple[Cell, ...]
    this: Cell | None
    next_due: date | None
    last_met: date | None
    meets: date | None


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


def quarter(actor: Actor, name: str = "") -> list[Row]:
    """A row for each relationship of which this quarter asks or has something; without a name the present one, by the
    buyer's fiscal year. A vendor has the meetings of its own alone. Raises Unfit for no such quarter."""
    require(actor, Deed.SEE_RELATIONSHIP, frozenset({Relation.ANY}))
    if actor.asks:
        return [
            row
            for each in meeting_days.with_buyers(actor)
            for row in _own(each, (_asked(each.fiscal, each.today, name),))
        ]
    now = today(actor)
    asked = _asked(actor.fiscal, now, name)
    span = Span((asked,), actor.fiscal, now, actor.holidays)
    return [
        Row(kept.code, kept.slug, kept.name, cell, span.next_due(kept.rhythm))
        for kept in rhythms.of_buyer(actor)
        for cell in span.cells(kept.rhythm)
    ]


def around(actor: Actor) -> list[Row]:
    """The same of the nine quarters that a board shows."""
    require(actor, Deed.SEE_RELATIONSHIP, frozenset({Relation.ANY}))
    if actor.asks:
        return [
            row
            for each in meeting_days.with_buyers(actor)
            for row in _own(each, _around(each.fiscal, each.fiscal.quarter_of(each.today)))
        ]
    span = span_of(actor)
    found = ((kept, told(kept.rhythm, span)) for kept in rhythms.of_buyer(actor))
    return [Row(kept.code, kept.slug, kept.name, cell, it.next_due) for kept, it in found for cell in it.cells]


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


def _views(actor: Actor, code: str = "") -> list[RelationshipView]:
    if not actor.asks:
        may_do = deeds(actor)
        span = span_of(actor)
        return [ours(kept, told(kept.rhythm, span), may_do, span.today) for kept in rhythms.of_buyer(actor, code=code)]
    return [
        RelationshipView(kept.code, kept.slug, kept.name, *last_and_next(kept.encounters))
        for kept in meeting_days.with_buyers(actor, code)
    ]


def deeds(actor: Actor) -> frozenset[Deed]:
    """What the actor may do with the relationships of their own company."""
    possible = (Deed.SET_CADENCE, Deed.PAUSE, Deed.LET_GO, Deed.SET_DETAILS, Deed.LOG_MEETING)
    return frozenset(deed for deed in possible if may(actor, deed, frozenset({Relation.ANY})))


def span_of(actor: Actor) -> Span:
    """What the actor's own calendar shows today: nine quarters, the fourth of them the present one."""
    return _span(actor.fiscal, today(actor), actor.holidays)


@lru_cache(maxsize=64)
def _span(calendar: FiscalCalendar, now: date, holidays: frozenset[date]) -> Span:
    return Span(_around(calendar, calendar.quarter_of(now)), calendar, now, holidays)


@lru_cache(maxsize=rhythms.KEPT)
def told(rhythm: Rhythm, span: Span) -> Told:
    """What follows from a rhythm, worked out once as long as neither it nor the day changes."""
    found = span.cells(rhythm)
    last, meets = last_and_next(rhythm.encounters)
    return Told(
        cells=found,
        this=next((cell for cell in found if cell.quarter == span.quarters[BACK]), None),
        next_due=span.next_due(rhythm),
        last_met=last,
        meets=meets,
    )


def ours(kept: Kept, it: Told, may_do: frozenset[Deed], today: date) -> RelationshipView:
    """A relationship as the buyer's own people see it."""
    return RelationshipView(
        code=kept.code,
        company=kept.slug,
        name=kept.name,
        last_met=it.last_met,
        meets=it.meets,
        rule=kept.rule,
        next_due=it.next_due,
        cells=it.cells,
        this=it.this,
        pauses=kept.rhythm.pauses,
        waivers=kept.rhythm.waivers,
        encounters=kept.rhythm.encounters,
        fell=kept.rhythm.fell,
        details=kept.details,
        asks_whether_it_is_worth_it=kept.asks_whether_it_is_worth_it(today),
        may=may_do,
    )


def _asked(calendar: FiscalCalendar, now: date, name: str) -> Quarter:
    return calendar.named(name) if name else calendar.quarter_of(now)


def _own(each: WithBuyer, quarters: tuple[Quarter, ...]) -> list[Row]:
    """The quarters in which the actor's own company meets a buyer, and nothing of what is due."""
    rhythm = Rhythm(encounters=tuple(each.encounters))
    found = cells(rhythm, quarters, calendar=each.fiscal, today=each.today)
    return [Row(each.code, each.slug, each.name, cell, None) for cell in found]


def _around(calendar: FiscalCalendar, this: Quarter) -> tuple[Quarter, ...]:
    return tuple(calendar.on(this, number) for number in range(-BACK, AHEAD + 1))
