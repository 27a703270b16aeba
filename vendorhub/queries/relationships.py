"""What has been between a buyer and the companies that ask it: what a decider would like to know beside an ask (M7)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.meeting_requests import CLOSED_BY_TIME, State
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor
from vendorhub.domain.remarks import COUNTS_AGAINST
from vendorhub.queries.scope import scope
from vendorhub.store import Meeting, MeetingRequest, Organisation, Person, Remark, db

_DECIDER = aliased(Person, name="decider")


@dataclass(frozen=True)
class Between:
    """One company's story with the buyer: how many earlier asks have ended; how the last of them did and when it was
    answered (asked, where nobody answered); when they last met and when they meet next; how often a person of the
    buyer said that they went around an answer. None where there is none."""

    asks: int
    state: str | None
    decided_by: str | None
    last_at: datetime | None
    again_on: date | None
    met: datetime | None
    meets: datetime | None
    went_around: int = 0
    answered_as: str = ""


@dataclass(frozen=True)
class Given:
    """The time the buyer gives to those who ask, within a span, and the stories by the company's slug."""

    minutes: int
    meetings: int
    between: Mapping[str, Between]


def between(actor: Actor, company: str, *, but: str = "") -> Between:
    """What this person of the buyer's may know of one company, by its slug; `but` is the ask beside which it stands."""
    return _between(db.session.execute(_stories(actor, {company}, but).where(Organisation.slug == company)).one())


def stories(actor: Actor, *, companies: Collection[str]) -> dict[str, Between]:
    """The same of several, by slug."""
    rows = db.session.execute(_stories(actor, companies).where(Organisation.slug.in_(companies)))
    return {row.slug: _between(row) for row in rows}


def given(actor: Actor, *, since: datetime, until: datetime, companies: Collection[str]) -> Given:
    """What this person of the buyer's may know of these companies, and the meetings that begin within the span."""
    # The buyer's own row carries the sums, so that one statement answers both.
    span = _span(actor, since, until)
    rows = db.session.execute(
        _stories(actor, companies)
        .add_columns(*(select(column).scalar_subquery() for column in (span.c.minutes, span.c.meetings)))
        .where(or_(Organisation.id == actor.organisation, Organisation.slug.in_(companies)))
    ).all()
    *_, minutes, meetings = next(row for row in rows if row.id == actor.organisation)
    stories = {row.slug: _between(row) for row in rows if row.id != actor.organisation}
    return Given(minutes=minutes or 0, meetings=meetings, between=stories)


def _stories(actor: Actor, companies: Collection[str], but: str = "") -> Select[*tuple[Any, ...]]:
    # Named within as well, or the database would tell the stories of all companies to find these few.
    named = select(Organisation.id).where(Organisation.slug.in_(companies)).scalar_subquery()
    ended, met = _ended(actor, named, but), _met(actor, named)
    names = ("asks", "state", "decided_by", "last_at", "answered_as", "again_on", "went_around")
    told = [ended.c[name] for name in names]
    return (
        select(Organisation.id, Organisation.slug, *told, met.c.met, met.c.meets)
        .outerjoin(ended, and_(ended.c.company_id == Organisation.id, ended.c.latest == 1))
        .outerjoin(met, met.c.company_id == Organisation.id)
    )


def _between(row: Row[Any]) -> Between:
    return Between(
        asks=row.asks or 0,
        state=row.state,
        decided_by=row.decided_by,
        last_at=row.last_at,
        answered_as=row.answered_as or "",
        again_on=row.again_on,
        met=row.met,
        meets=row.meets,
        went_around=row.went_around or 0,
    )


def _ended(actor: Actor, companies: ScalarSelect[int], but: str) -> Subquery:
    """The asks of each company that are over, the latest one marked. A held answer is not over yet."""
    now, ask = clock.now(), MeetingRequest
    last_at = func.coalesce(ask.answered_at, ask.created_at)
    effective = or_(ask.held_until.is_(None), ask.held_until <= now)
    # What was passed on goes on as another; a yes with changes is over once they are agreed to, or nobody did.
    answered = and_(ask.state.not_in([*CLOSED_BY_TIME, State.UNVERIFIED, State.REDIRECTED]), effective)
    lapsed = and_(ask.state.in_(CLOSED_BY_TIME), ask.answer_by <= now)
    refused = and_(ask.state == State.DECLINED, ask.visible_at <= now)  # the whole house knows what was refused (M4)
    around = case((Remark.remark.in_(COUNTS_AGAINST), 1), else_=0)
    return (
        select(
            ask.company_id,
            case((lapsed, State.LAPSED.value), else_=ask.state).label("state"),
            _DECIDER.name.label("decided_by"),
            last_at.label("last_at"),
            ask.answered_as,
            ask.again_on,
            func.count().over(partition_by=ask.company_id).label("asks"),
            func.sum(around).over(partition_by=ask.company_id).label("went_around"),
            func.row_number()
            .over(partition_by=ask.company_id, order_by=(last_at.desc(), ask.id.desc()))
            .label("latest"),
        )
        .outerjoin(_DECIDER, _DECIDER.id == ask.decided_by)
        .outerjoin(Remark, Remark.request_id == ask.id)
        .where(
            or_(scope(actor), refused),
            ask.buyer_id == actor.organisation,
            ask.company_id.in_(companies),
            or_(answered, lapsed),
            ask.code != but,
        )
        .subquery()
    )


def _met(actor: Actor, companies: ScalarSelect[int]) -> Subquery:
    """When the buyer last met each company, and when it meets it next."""
    now, ask = clock.now(), MeetingRequest
    return (
        select(
            Meeting.company_id,
            func.max(case((Meeting.end_at <= now, Meeting.start_at))).label("met"),
            func.min(case((Meeting.end_at > now, Meeting.start_at))).label("meets"),
        )
        .join(ask, and_(ask.buyer_id == Meeting.buyer_id, ask.id == Meeting.request_id))
        .where(
            scope(actor),
            Meeting.buyer_id == actor.organisation,
            Meeting.company_id.in_(companies),
            Meeting.state == MeetingState.CONFIRMED,
        )
        .group_by(Meeting.company_id)
        .subquery()
    )


def _span(actor: Actor, since: datetime, until: datetime) -> Subquery:
    """The minutes and the number of the meetings that begin within the span."""
    ask = MeetingRequest
    minutes = func.coalesce(ask.minutes_agreed, ask.minutes)
    return (
        select(func.sum(minutes).label("minutes"), func.count().label("meetings"))
        .select_from(Meeting)
        .join(ask, and_(ask.buyer_id == Meeting.buyer_id, ask.id == Meeting.request_id))
        .where(
            scope(actor),
            Meeting.buyer_id == actor.organisation,
            Meeting.state == MeetingState.CONFIRMED,
            Meeting.start_at >= since,
            Meeting.start_at < until,
        )
        .subquery()
    )
