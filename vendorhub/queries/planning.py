"""What a quarter still asks for, who could be seen together, and what the planner proposes (M8, M9)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, func, select, union_all

from vendorhub import clock
from vendorhub.domain import planning as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meeting_requests import State as AskState
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor, Door, DoorName, Side
from vendorhub.domain.planning import Frame, Limit, PlanState, Proposal, Wish
from vendorhub.domain.quarters import Quarter
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rhythms import State, Why, open_dues
from vendorhub.domain.rights import Relation, may
from vendorhub.domain.windows import reached
from vendorhub.queries import rhythms
from vendorhub.queries.days_off import holidays_of
from vendorhub.queries.rhythms import Kept, day_of
from vendorhub.queries.scope import decider, relations, scope
from vendorhub.store import (
    AdoptedMeeting,
    AdoptedSeries,
    LoggedMeeting,
    Meeting,
    MeetingRequest,
    Organisation,
    QuarterPlan,
    db,
)
from vendorhub.store.outcomes import took_place
from vendorhub.store.plans import Proposed, read

_MONTH = timedelta(days=31)


@dataclass(frozen=True)
class Asked:
    """A meeting that a quarter asks for and that nobody has agreed on: with whom, since when, and how urgent it is."""

    kept: Kept
    wish: Wish
    state: State


@dataclass(frozen=True)
class ProposalView:
    """A meeting that the planner proposes, with whom, and why; `agreed` where one of them is planned by now. `standing`
    is the code of the ask that has a standing yes, "" where there is none, and for several."""

    proposal: Proposal
    companies: tuple[Kept, ...]
    reasons: tuple[Why, ...]
    agreed: bool
    standing: str


@dataclass(frozen=True)
class PlanView:
    """A quarter to be planned: what it asks for, most urgent first; who shares what; and the plan, if one was asked
    for (`state`): how far it is, what it proposes, whom it has no room for, and whom it was told to leave out.
    `hours` are the buyer's, a month; `given` those of the quarter's months that are agreed on already, in minutes."""

    quarter: Quarter
    choices: tuple[Quarter, ...]
    hours: int | None
    given: int
    asked: tuple[Asked, ...]
    together: tuple[tuple[tuple[str, ...], tuple[Kept, ...]], ...]
    state: PlanState | None
    placed: int
    wanted: int
    asked_at: datetime | None
    made_at: datetime | None
    proposals: tuple[ProposalView, ...]
    no_room: tuple[tuple[Kept, Wish, Limit], ...]
    saving: Why | None
    clashes: tuple[Why, ...]
    left_out: frozenset[str]
    may: frozenset[Deed]

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = [value if name != "may" else sorted(value) for name, value in vars(self).items() if name != "left_out"]
        return hashlib.sha256(repr([told, sorted(self.left_out)]).encode()).hexdigest()[:32]


def see(actor: Actor, name: str = "") -> PlanView:
    """The quarter of this name, else the present one, and its plan. Raises NotThere for those who ask: what is due is
    nothing that they may know; Unfit for a quarter that can't be planned."""
    if actor.side is not Side.BUYER or not may(actor, Deed.SEE_RELATIONSHIP, frozenset({Relation.ANY})):
        raise NotThere
    quarter = named(actor, name)
    keeps = rhythms.of_buyer(actor)
    asked = sorted(asks(actor, keeps, quarter), key=lambda each: each.wish.order)
    hours, row = _kept(actor, quarter)
    left_out = frozenset(row.left_out if row else ())
    open_ones = [each for each in asked if each.kept.code not in left_out]
    by_code = {kept.code: kept for kept in keeps}
    made = read(row.made if row else None)
    return PlanView(
        quarter=quarter,
        choices=tuple(actor.fiscal.on(this(actor), number) for number in range(rules.AHEAD + 1)),
        hours=hours,
        given=sum(minutes for day, minutes in taken(actor, quarter) if day in quarter),
        asked=tuple(asked),
        together=tuple(
            (subjects, tuple(by_code[wish.relationship] for wish in wishes))
            for subjects, wishes in rules.beside_each_other(each.wish for each in open_ones)
        ),
        state=PlanState(row.state) if row else None,
        placed=row.placed if row else 0,
        wanted=row.wanted if row else 0,
        asked_at=row.asked_at if row else None,
        made_at=row.made_at if row else None,
        proposals=tuple(_proposals(actor, made, by_code, asked)),
        no_room=tuple(
            (by_code[wish.relationship], wish, limit) for wish, limit in made.plan.left if wish.relationship in by_code
        ),
        saving=made.saving,
        clashes=made.clashes,
        left_out=left_out & set(by_code),
        may=frozenset(deed for deed in (Deed.PLAN, Deed.SET_HOURS) if may(actor, deed, frozenset({Relation.ANY}))),
    )


def this(actor: Actor) -> Quarter:
    """The present quarter, by the actor's own calendar."""
    return actor.fiscal.quarter_of(day_of(clock.now(), actor.zone))


def named(actor: Actor, name: str) -> Quarter:
    """The quarter of this name that can be planned, without one the present. Raises Unfit for another."""
    present = this(actor)
    if not name:
        return present
    today = day_of(clock.now(), actor.zone)
    return rules.check_quarter(actor.fiscal.named(name), today=today, last=actor.fiscal.on(present, rules.AHEAD))


def asks(actor: Actor, keeps: Iterable[Kept], quarter: Quarter) -> list[Asked]:
    """The meetings that a quarter asks for and that nobody has agreed on; of confidential relationships none."""
    today = day_of(clock.now(), actor.zone)
    return [
        Asked(
            kept,
            Wish(
                kept.code,
                due.day,
                due.rule.minutes,
                overdue=state is State.OVERDUE,
                alone=due.rule.kind == Kind.GOVERNANCE,
                subjects=frozenset((*kept.details.topics, *kept.details.goals)),
            ),
            state,
        )
        for kept in keeps
        if not kept.details.confidential
        for state, due in open_dues(kept.rhythm, quarter, calendar=actor.fiscal, today=today, holidays=actor.holidays)
    ]


def frame(actor: Actor, quarter: Quarter, hours: int | None) -> Frame:
    """Within what the rest of a quarter can be planned."""
    today = day_of(clock.now(), actor.zone)
    return Frame(max(quarter.first, today), quarter.after, hours, actor.holidays, tuple(taken(actor, quarter)))


def taken(actor: Actor, quarter: Quarter) -> list[tuple[date, int]]:
    """The meetings of the quarter's months, each with its day and its minutes, whoever of the house is in them."""
    first, last = quarter.first.replace(day=1), quarter.last + _MONTH
    since, until = (reached(datetime.combine(day, time()), actor.zone) for day in (first, last))
    here = select(Meeting.start_at, Meeting.end_at).where(
        Meeting.buyer_id == actor.organisation,
        Meeting.state == MeetingState.CONFIRMED,
        Meeting.start_at >= since,
        Meeting.start_at < until,
        took_place(),
    )
    taken_up = (
        select(AdoptedMeeting.start_at, AdoptedMeeting.end_at)
        .join(
            AdoptedSeries,
            and_(AdoptedSeries.buyer_id == AdoptedMeeting.buyer_id, AdoptedSeries.id == AdoptedMeeting.series_id),
        )
        .where(
            AdoptedMeeting.buyer_id == actor.organisation,
            AdoptedSeries.relationship_id.is_not(None),
            AdoptedMeeting.start_at >= since,
            AdoptedMeeting.start_at < until,
        )
    )
    rows = db.session.execute(union_all(here, taken_up))
    agreed = [(day_of(start, actor.zone), round((end - start).total_seconds() / 60)) for start, end in rows]
    elsewhere = db.session.execute(
        select(LoggedMeeting.day, LoggedMeeting.minutes).where(
            LoggedMeeting.buyer_id == actor.organisation, LoggedMeeting.day >= first, LoggedMeeting.day < last
        )
    )
    return sorted([*agreed, *((day, minutes) for day, minutes in elsewhere)])


def house(buyer: Organisation) -> Actor:
    """The clock in the buyer's house, as somebody who sees what everybody in it does."""
    return Actor(
        person=0,
        organisation=buyer.id,
        side=Side.BUYER,
        name="",
        roles=frozenset(),
        door=Door(DoorName.CLOCK),
        zone=buyer.zone,
        fiscal=buyer.fiscal,
        holidays=holidays_of(buyer.holidays_of, buyer.days_off),
    )


def _kept(actor: Actor, quarter: Quarter) -> tuple[int | None, QuarterPlan | None]:
    """The hours a month that vendors may take, and the plan of the quarter that was asked for last."""
    own = and_(QuarterPlan.buyer_id == Organisation.id, QuarterPlan.quarter == str(quarter))
    hours, row = db.session.execute(
        select(Organisation.vendor_hours, QuarterPlan)
        .outerjoin(QuarterPlan, own)
        .where(Organisation.id == actor.organisation)
        .execution_options(populate_existing=True)
    ).one()
    return hours, row


def _proposals(
    actor: Actor, made: Proposed, by_code: dict[str, Kept], asked: Sequence[Asked]
) -> Iterable[ProposalView]:
    """Those of which the actor may know every company."""
    stands = _standing(actor) if made.plan.proposals else {}
    still = {(each.wish.relationship, each.wish.due) for each in asked}
    for proposal, reasons in zip(made.plan.proposals, made.reasons, strict=True):
        if all(wish.relationship in by_code for wish in proposal.wishes):
            agreed = any((wish.relationship, wish.due) not in still for wish in proposal.wishes)
            companies = tuple(by_code[wish.relationship] for wish in proposal.wishes)
            standing = stands.get(companies[0].slug, "") if len(companies) == 1 else ""
            yield ProposalView(proposal, companies, reasons, agreed, standing)


def _standing(actor: Actor) -> dict[str, str]:
    """The asks with a standing yes to which the actor may offer times, by the company's slug."""
    ask = MeetingRequest
    rows = db.session.execute(
        select(Organisation.slug, ask)
        .join(Organisation, Organisation.id == func.coalesce(ask.vendor_id, ask.company_id))
        .where(scope(actor), ask.buyer_id == actor.organisation, ask.standing, ask.state == AskState.ACCEPTED)
        .order_by(ask.id)
    )
    return {slug: row.code for slug, row in rows if may(actor, Deed.OFFER, relations(actor, row), decider=decider(row))}
