"""What has been between a buyer and the companies that ask it: what a decider would like to know beside an ask (M7)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, Row, Select, Subquery, and_, case, func, or_, select, union
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.meeting_requests import CLOSED_BY_TIME, State
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor
from vendorhub.domain.remarks import COUNTS_AGAINST
from vendorhub.queries.request_views import RequestView
from vendorhub.queries.scope import scope
from vendorhub.store import Meeting, MeetingRequest, Organisation, Person, Remark, db
from vendorhub.store.companies import one_story
from vendorhub.store.outcomes import took_place

_DECIDER, _OTHER = aliased(Person, name="decider"), aliased(Organisation, name="other")
_BETWEEN_NAMES = "\n"  # no name has one in it


@dataclass(frozen=True)
class Between:
    """One company's story with the buyer, and that of the companies that the buyer takes for the same (`one_with`):
    how many earlier asks have ended; how the last of them did and when it was answered (asked, where nobody answered);
    when they last met and when they meet next; how often a person of the buyer said that they went around an answer.
    None where there is none.
    """

    asks: int
    state: str | None
    decided_by: str | None
    last_at: datetime | None
    again_on: date | None
    met: datetime | None
    meets: datetime | None
    went_around: int = 0
    answered_as: str = ""
    one_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """The time the buyer gives to those who ask, within a span, and the stories by the company's slug."""

    minutes: int
    meetings: int
    between: Mapping[str, Between]


def between(actor: Actor, company: str, *, but: str = "") -> Between:
    """What this person of the buyer's may know of one company, by its slug; `but` is the ask beside which it stands."""
    return _between(db.session.execute(_stories(actor, {company}, but).where(Organisation.slug == company)).one())


def beside(actor: Actor, ask: RequestView) -> dict[str, Between]:
    """What stands beside an ask: the stories of who asks and of the vendor for whom, by slug."""
    return stories(actor, companies=whose(ask), but=ask.code)


def whose(*asks: RequestView) -> set[str]:
    """The slugs of the companies of which a story is told beside these asks."""
    return {slug for ask in asks for slug in (ask.company_slug, ask.vendor_slug) if slug}


def stories(actor: Actor, *, companies: Collection[str], but: str = "") -> dict[str, Between]:
    """The same of several, by slug."""
    rows = db.session.execute(_stories(actor, companies, but).where(Organisation.slug.in_(companies)))
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
    kin = one_story(actor.organisation, companies)
    theirs = _asks_of(actor, kin)
    ended, met, others = _ended(theirs, but), _met(actor, theirs), _others(kin)
    names = ("asks", "state", "decided_by", "last_at", "answered_as", "again_on", "went_around")
    told = [ended.c[name] for name in names]
    return (
        select(Organisation.id, Organisation.slug, Organisation.name, *told, met.c.met, met.c.meets, others.c.names)
        .outerjoin(ended, and_(ended.c.root == Organisation.id, ended.c.latest == 1))
        .outerjoin(met, met.c.root == Organisation.id)
        .outerjoin(others, others.c.root == Organisation.id)
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
        one_with=tuple(sorted(set((row.names or "").split(_BETWEEN_NAMES)) - {"", row.name})),
    )


def _asks_of(actor: Actor, kin: CTE) -> CTE:
    """The asks of each company and its kin, each once: those it makes, and those a VAR makes for it. What the actor
    doesn't see themselves (not `seen`) is among them where it was refused: the whole house knows that (M4)."""
    ask, see = MeetingRequest, scope(actor)
    refused = and_(ask.state == State.DECLINED, ask.visible_at <= clock.now())
    told = ("id", "code", "state", "answered_at", "created_at", "decided_by", "answered_as", "again_on", "held_until")
    # What is told comes along, so that each ask is looked up once, by the company.
    by, of = (
        select(kin.c.root, *(getattr(ask, name) for name in told), ask.answer_by, case((see, 1), else_=0).label("seen"))
        .join(ask, and_(ask.buyer_id == actor.organisation, column == kin.c.member))
        .where(column.in_(select(kin.c.member)), or_(see, refused))
        for column in (ask.company_id, ask.vendor_id)
    )
    return union(by, of).cte("theirs")


def _others(kin: CTE) -> Subquery:
    """What else each company is called, by the others that are one with it."""
    return (
        select(kin.c.root, func.aggregate_strings(_OTHER.name, _BETWEEN_NAMES).label("names"))
        .join(_OTHER, _OTHER.id == kin.c.member)
        .group_by(kin.c.root)
        .subquery()
    )


def _ended(theirs: CTE, but: str) -> Subquery:
    """The asks of each company that are over, the latest one marked. A held answer is not over yet."""
    now, ask = clock.now(), theirs.c
    last_at = func.coalesce(ask.answered_at, ask.created_at)
    effective = or_(ask.held_until.is_(None), ask.held_until <= now)
    # What was passed on goes on as another; a yes with changes is over once they are agreed to, or nobody did.
    answered = and_(ask.state.not_in([*CLOSED_BY_TIME, State.UNVERIFIED, State.REDIRECTED]), effective)
    lapsed = and_(ask.state.in_(CLOSED_BY_TIME), ask.answer_by <= now)
    around = case((Remark.remark.in_(COUNTS_AGAINST), 1), else_=0)
    return (
        select(
            ask.root,
            case((lapsed, State.LAPSED.value), else_=ask.state).label("state"),
            _DECIDER.name.label("decided_by"),
            last_at.label("last_at"),
            ask.answered_as,
            ask.again_on,
            func.count().over(partition_by=ask.root).label("asks"),
            func.sum(around).over(partition_by=ask.root).label("went_around"),
            func.row_number().over(partition_by=ask.root, order_by=(last_at.desc(), ask.id.desc())).label("latest"),
        )
        .select_from(theirs)
        .outerjoin(_DECIDER, _DECIDER.id == ask.decided_by)
        .outerjoin(Remark, Remark.request_id == ask.id)
        .where(or_(answered, lapsed), ask.code != but)
        .subquery()
    )


def _met(actor: Actor, theirs: CTE) -> Subquery:
    """When the buyer last met each company, and when it meets it next."""
    now = clock.now()
    return (
        select(
            theirs.c.root,
            func.max(case((Meeting.end_at <= now, Meeting.start_at))).label("met"),
            func.min(case((Meeting.end_at > now, Meeting.start_at))).label("meets"),
        )
        .select_from(theirs)
        .join(Meeting, and_(Meeting.buyer_id == actor.organisation, Meeting.request_id == theirs.c.id))
        .where(theirs.c.seen == 1, Meeting.state == MeetingState.CONFIRMED, took_place())
        .group_by(theirs.c.root)
        .subquery()
    )


def _span(actor: Actor, since: datetime, until: datetime) -> CTE:
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
        .cte("span")
    )
