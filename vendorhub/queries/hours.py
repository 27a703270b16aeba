"""Where a buyer's time with vendors went, beside what it pays them and what came of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Date, and_, case, cast, func, literal, null, or_, select, union_all

from vendorhub import clock
from vendorhub.domain.briefings import Part
from vendorhub.domain.deeds import Deed
from vendorhub.domain.hours import Share, Spent, by_month, given_to, months_until
from vendorhub.domain.meeting_requests import CLOSED_BY_TIME, Kind, State
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.minutes import ActionState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.quarters import months_on
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.domain.rights import Relation, may
from vendorhub.domain.windows import reached
from vendorhub.queries import promise_sight, rhythms
from vendorhub.queries.rhythms import Kept, day_of
from vendorhub.queries.scope import scope
from vendorhub.store import (
    Action,
    AdoptedMeeting,
    AdoptedSeries,
    Goal,
    LoggedMeeting,
    Meeting,
    MeetingRequest,
    Organisation,
    Participation,
    Relationship,
    db,
)
from vendorhub.store.base import Instant
from vendorhub.store.goals import RETIRED
from vendorhub.store.outcomes import took_place

# A meeting's day, minutes, goal, and whether several companies came together; and which.
_Met = tuple[tuple[date, float, str | None, bool], list[str]]
YES = (State.ACCEPTED, State.AMENDED, State.REVOKED)
NO = (State.DECLINED, State.BLOCKED, State.ATTACHED)


@dataclass(frozen=True)
class WithCompany:
    """The time given to one company, in how many meetings."""

    kept: Kept
    spent: Spent
    meetings: int


@dataclass(frozen=True)
class Promises:
    """Promises that were due in these months: kept by their day, kept late, and open past it."""

    kept: int
    late: int
    missed: int


@dataclass(frozen=True)
class HoursView:
    """The months from `first` to before `after`. `whole` is all the time, `goals` and `topics` the most first, with
    "" for what has none; `idle_goals` had no time at all; `aimless` are the companies with time that serves no goal.
    `asks` counts by yes, no, silence, waiting and taken_back; `theirs` and `ours` are the promises of each side."""

    months: tuple[date, ...]
    after: date
    latest: date
    whole: Spent
    meetings: int
    monthly: tuple[tuple[date, Spent], ...]
    companies: tuple[WithCompany, ...]
    goals: tuple[Spent, ...]
    topics: tuple[Spent, ...]
    idle_goals: tuple[str, ...]
    aimless: tuple[WithCompany, ...]
    asks: Mapping[str, int]
    theirs: Promises
    ours: Promises


def see(actor: Actor, until: str = "") -> HoursView:
    """The twelve months until the one that is named like 2026-11, else the present one; of relationships that exist
    for the actor. Raises NotThere for those who ask, Unfit for no such month."""
    keeps, months, shares, held = _shares(actor, until)
    after = months_on(months[-1], 1)
    spent = {each.to: each for each in given_to(shares, lambda share: (share.company,))}
    goals = given_to(shares, lambda share: share.goals)
    aimless = given_to((share for share in shares if not share.goals), lambda share: (share.company,))
    theirs, ours = _promises(actor, keeps, months[0], after)
    return HoursView(
        months=tuple(months),
        after=after,
        latest=_today(actor).replace(day=1),
        whole=next(iter(given_to(shares, lambda share: ("",))), Spent("", 0, 0)),
        meetings=held,
        monthly=tuple(by_month(shares, months)),
        companies=tuple(
            WithCompany(kept, spent.get(kept.slug, Spent(kept.slug, 0, 0)), _count(shares, kept.slug))
            for kept in sorted(keeps.values(), key=lambda kept: -spent[kept.slug].minutes if kept.slug in spent else 0)
        ),
        goals=tuple(goals),
        topics=tuple(given_to(shares, lambda share: share.topics)),
        idle_goals=tuple(name for name in _goals(actor) if name not in {each.to for each in goals}),
        aimless=tuple(WithCompany(keeps[each.to], each, _count(shares, each.to)) for each in aimless),
        asks=_asks(actor, months[0], after),
        theirs=theirs,
        ours=ours,
    )


def shares(actor: Actor, until: str = "") -> list[tuple[Kept, Share]]:
    """Each company's part of each meeting of these months, in order of time. Raises as `see`."""
    keeps, _, found, _ = _shares(actor, until)
    return [(keeps[share.company], share) for share in sorted(found, key=lambda share: (share.day, share.company))]


def _shares(actor: Actor, until: str) -> tuple[dict[str, Kept], list[date], list[Share], int]:
    """The relationships by their companies, the months, the shares of meetings held in them, and how many."""
    if actor.side is not Side.BUYER or not may(actor, Deed.SEE_RELATIONSHIP, frozenset({Relation.ANY})):
        raise NotThere
    months = months_until(_month(actor, until))
    keeps = {kept.slug: kept for kept in rhythms.of_buyer(actor)}
    met = _met(actor, months[0], months_on(months[-1], 1))
    found = [
        Share(
            day,
            slug,
            minutes / len(together),
            joint=joint,
            goals=(goal,) if goal else keeps[slug].details.goals,
            topics=keeps[slug].details.topics,
        )
        for (day, minutes, goal, joint), together in met.values()
        for slug in together
        if slug in keeps
    ]
    return keeps, months, found, sum(bool(keeps.keys() & set(those)) for _, those in met.values())


def _met(actor: Actor, first: date, after: date) -> dict[tuple[str, date], _Met]:
    """The meetings held on these days, here or elsewhere, each by a name of its own."""
    since, until = _instant(first, actor.zone), min(_instant(after, actor.zone), clock.now())
    ask, meeting, part, logged = MeetingRequest, Meeting, Participation, LoggedMeeting
    kept, series, adopted = Relationship, AdoptedSeries, AdoptedMeeting
    no_day, no_instant, no_minutes = cast(null(), Date()), cast(null(), Instant()), literal(0)
    alone = literal(Kind.QUARTERLY.value)
    its_goal = select(Goal.name).where(Goal.buyer_id == ask.buyer_id, Goal.id == ask.goal_id).scalar_subquery()
    held = and_(
        meeting.buyer_id == actor.organisation,
        meeting.state == MeetingState.CONFIRMED,
        meeting.start_at >= since,
        meeting.start_at < until,
        meeting.end_at <= clock.now(),
        took_place(),
    )
    of_ask = and_(ask.buyer_id == meeting.buyer_id, ask.id == meeting.request_id)
    said = (meeting.uid, no_day, no_minutes, meeting.start_at, meeting.end_at, its_goal, ask.kind)
    single = (
        select(*said, Organisation.slug)
        .join(ask, of_ask)
        .join(Organisation, Organisation.id == func.coalesce(ask.vendor_id, ask.company_id))
        .where(held, ask.kind != Kind.BRIEFING)
    )
    joint = (
        select(*said, Organisation.slug)
        .join(ask, of_ask)
        .join(part, and_(part.buyer_id == meeting.buyer_id, part.request_id == meeting.request_id))
        .join(Organisation, Organisation.id == part.company_id)
        .where(held, ask.kind == Kind.BRIEFING, part.state == Part.JOINED)
    )
    elsewhere = (
        select(logged.code, logged.day, logged.minutes, no_instant, no_instant, literal(""), alone, Organisation.slug)
        .join(kept, and_(kept.buyer_id == logged.buyer_id, kept.id == logged.relationship_id))
        .join(Organisation, Organisation.id == kept.company_id)
        .where(logged.buyer_id == actor.organisation, logged.day >= first, logged.day < after)
    )
    taken_up = (
        select(series.uid, no_day, no_minutes, adopted.start_at, adopted.end_at, literal(""), alone, Organisation.slug)
        .join(series, and_(series.buyer_id == adopted.buyer_id, series.id == adopted.series_id))
        .join(kept, and_(kept.buyer_id == series.buyer_id, kept.id == series.relationship_id))
        .join(Organisation, Organisation.id == kept.company_id)
        .where(adopted.buyer_id == actor.organisation, adopted.start_at >= since, adopted.end_at <= until)
    )
    found: dict[tuple[str, date], _Met] = {}
    lines = db.session.execute(union_all(single, joint, elsewhere, taken_up))
    for uid, day, minutes, start, end, goal, kind, slug in lines:
        when = day or day_of(start, actor.zone)
        length = minutes or (end - start).total_seconds() / 60
        found.setdefault((uid, when), ((when, length, goal, kind == Kind.BRIEFING), []))[1].append(slug)
    return found


def _asks(actor: Actor, first: date, after: date) -> dict[str, int]:
    """How many asks came in these days, by what became of them; what was passed on counts where it went."""
    ask, now = MeetingRequest, clock.now()
    over = and_(ask.state.in_(CLOSED_BY_TIME), ask.answer_by <= now)
    became = case(
        (or_(over, ask.state == State.LAPSED), "silence"),
        (ask.state.in_(YES), "yes"),
        (ask.state.in_(NO), "no"),
        (ask.state == State.WITHDRAWN, "taken_back"),
        else_="waiting",
    ).label("became")
    rows = db.session.execute(
        select(became, func.count())
        .where(
            scope(actor),
            ask.buyer_id == actor.organisation,
            ask.state.not_in([State.REDIRECTED, State.UNVERIFIED]),
            ask.created_at >= _instant(first, actor.zone),
            ask.created_at < _instant(after, actor.zone),
        )
        .group_by(became)
    )
    return dict.fromkeys(("yes", "no", "silence", "waiting", "taken_back"), 0) | {
        str(name): int(count) for name, count in rows
    }


def _promises(actor: Actor, keeps: Mapping[str, Kept], first: date, after: date) -> tuple[Promises, Promises]:
    """The promises of these companies, and the buyer's own, of those that exist for the actor."""
    rows = db.session.execute(
        select(Organisation.slug, Organisation.id, Action.state, Action.due, Action.done_at)
        .join(Organisation, Organisation.id == Action.company_id)
        .outerjoin(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == Action.buyer_id, MeetingRequest.id == Action.request_id),
        )
        .where(promise_sight.scope(actor), Action.due >= first, Action.due < after)
    )
    today = _today(actor)
    counts: dict[bool, list[int]] = defaultdict(lambda: [0, 0, 0])
    for slug, company, state, due, done_at in rows:
        own = company == actor.organisation
        if not own and slug not in keeps:
            continue
        if state != ActionState.OPEN and done_at is not None:
            counts[own][day_of(done_at, actor.zone) > due] += 1
        elif due < today:
            counts[own][2] += 1
    return Promises(*counts[False]), Promises(*counts[True])


def _goals(actor: Actor) -> Sequence[str]:
    """The goals on the buyer's list."""
    return db.session.scalars(
        select(Goal.name)
        .where(Goal.buyer_id == actor.organisation, Goal.position > RETIRED)
        .order_by(Goal.position, Goal.id)
    ).all()


def _count(shares: Sequence[Share], company: str) -> int:
    return sum(share.company == company for share in shares)


def _today(actor: Actor) -> date:
    return day_of(clock.now(), actor.zone)


def _month(actor: Actor, name: str) -> date:
    """The first of the month of this name, at most the present one."""
    present = _today(actor).replace(day=1)
    if not name:
        return present
    try:
        month = date.fromisoformat(f"{name}-01")
    except ValueError:
        raise Unfit("until", "Please name a month like 2026-11.") from None
    if month.year < 1901:
        raise Unfit("until", "Please look at the year again.")
    return min(month, present)


def _instant(day: date, zone: str) -> datetime:
    return reached(datetime.combine(day, time()), zone)
