"""On which days a company that asks meets the buyers, and from which day it may: what it was told, and nothing of
what a buyer keeps for itself (law 10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.codes import meant
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor
from vendorhub.domain.quarters import FiscalCalendar
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rhythms import Encounter
from vendorhub.queries import meeting_sight as sight
from vendorhub.queries.request_rows import views
from vendorhub.queries.request_views import RequestView, shown
from vendorhub.queries.rhythms import day_of
from vendorhub.store import Meeting, MeetingRequest, Organisation, Relationship, db
from vendorhub.store.outcomes import took_place

_BUYER = aliased(Organisation, name="with_buyer")


@dataclass(frozen=True)
class WithBuyer:
    """A company's own meetings with one buyer, by that buyer's calendar."""

    code: str
    slug: str
    name: str
    fiscal: FiscalCalendar
    today: date
    encounters: list[Encounter]


@dataclass(frozen=True)
class Days:
    """When a company last met a buyer and when it meets it next; `stands` says that it has that buyer's standing yes,
    `opens` from which day the next meeting can be, or it may ask again. None where nobody has said so; `code` is ""
    where they never agreed on a meeting."""

    code: str
    slug: str
    name: str
    last_met: date | None
    meets: date | None
    stands: bool
    opens: date | None


def of_company(actor: Actor) -> list[Days]:
    """The days of the actor's company with each buyer that it has met, meets, or has an answer of, by the buyer's name.
    Raises NotThere for those who are asked."""
    if not actor.asks:
        raise NotThere
    met = {each.slug: each for each in with_buyers(actor)}
    said = _answers(actor)
    names = {each.slug: each.name for each in met.values()} | {ask.buyer: ask.buyer_name for ask in said}
    return [
        _days(slug, name, met.get(slug), [ask for ask in said if ask.buyer == slug])
        for slug, name in sorted(names.items(), key=lambda each: each[1].lower())
    ]


def with_buyers(actor: Actor, code: str = "") -> list[WithBuyer]:
    """The buyers with whom the actor's company meets or has met here. What a buyer notes for itself is not among it."""
    now = clock.now()
    kept, meeting, ask = Relationship, Meeting, MeetingRequest
    query = (
        select(
            kept.code,
            _BUYER.slug,
            _BUYER.name,
            _BUYER.zone,
            _BUYER.fiscal_year_start,
            _BUYER.fiscal_weekday,
            meeting,
            took_place().label("took_place"),
        )
        .join(_BUYER, _BUYER.id == kept.buyer_id)
        .join(meeting, meeting.buyer_id == kept.buyer_id)
        .join(ask, and_(ask.buyer_id == meeting.buyer_id, ask.id == meeting.request_id))
        .where(
            kept.company_id == actor.organisation,
            or_(ask.kind == Kind.BRIEFING, func.coalesce(ask.vendor_id, ask.company_id) == actor.organisation),
            meeting.state == MeetingState.CONFIRMED,
            sight.in_sight(actor),
        )
        .order_by(func.lower(_BUYER.name), kept.id, meeting.start_at)
    )
    found: dict[str, WithBuyer] = {}
    for row in db.session.execute(query.where(kept.code == meant(code)) if code else query):
        today, fiscal = day_of(now, row.zone), FiscalCalendar(row.fiscal_year_start, row.fiscal_weekday)
        buyer = found.setdefault(row.code, WithBuyer(row.code, row.slug, row.name, fiscal, today, []))
        one = row.Meeting
        if row.took_place:
            buyer.encounters.append(Encounter(day_of(one.start_at, row.zone), held=one.end_at <= now))
    return list(found.values())


def last_and_next(encounters: Iterable[Encounter]) -> tuple[date | None, date | None]:
    """The day of the last meeting that was held, and of the first that is to come."""
    met = list(encounters)
    last = max((each.day for each in met if each.held), default=None)
    return last, min((each.day for each in met if not each.held), default=None)


def _answers(actor: Actor) -> list[RequestView]:
    """The asks of the actor's company to which the answer, as they heard it, says from when on."""
    ask = MeetingRequest
    rows = db.session.execute(
        views(actor)
        .where(
            ask.kind != Kind.BRIEFING,
            func.coalesce(ask.vendor_id, ask.company_id) == actor.organisation,
            or_(and_(ask.state == State.ACCEPTED, ask.standing), ask.again_on > clock.now().date()),
        )
        .order_by(ask.id)
    ).all()
    return [view for view in shown(actor, rows) if view.standing or view.again_on]


def _days(slug: str, name: str, met: WithBuyer | None, said: list[RequestView]) -> Days:
    last, meets = last_and_next(met.encounters) if met else (None, None)
    stands = any(ask.standing for ask in said)
    opens = max((ask.again_on for ask in said if ask.again_on), default=None)
    if stands and met and last:
        # One a quarter: in that of the last meeting there is none left (domain/quarters.py).
        opens = max(met.today, met.fiscal.quarter_of(last).after)
    return Days(met.code if met else "", slug, name, last, meets, stands, None if meets else opens)
