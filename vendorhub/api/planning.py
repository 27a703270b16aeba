"""Answers the planning of a quarter: what it asks for, who could be seen together, and what the planner proposes."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body
from vendorhub.api.calls import Answer, get, post, put
from vendorhub.api.relationships import Quarter, QuarterAsked
from vendorhub.api.wire import Date
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.planning import HOURS_AT_MOST
from vendorhub.queries import judgements
from vendorhub.queries import planning as seen
from vendorhub.queries.planning import PlanView, ProposalView
from vendorhub.queries.rhythms import Kept
from vendorhub.usecases import planning as deeds
from vendorhub.usecases.once import once

Code = Annotated[str, StringConstraints(max_length=20)]


class PlanGiven(Body):
    """The quarter that is to be planned, and the relationships, by their ids, that stay out of it; without them: as the
    last time."""

    quarter: Quarter
    leave_out: Annotated[list[Code], Field(max_length=1000)] | None = None


class HoursGiven(Body):
    """The hours a month that vendors may take; null for as many as it takes."""

    hours: Annotated[int, Field(ge=1, le=HOURS_AT_MOST)] | None


@with_config(ConfigDict(extra="forbid"))
class WithWhom(TypedDict):
    """A relationship and its company."""

    relationship: str
    company: str
    name: str


@with_config(ConfigDict(extra="forbid"))
class AskedFor(WithWhom):
    """A meeting that the quarter asks for and that nobody has agreed on."""

    due: Date
    minutes: int
    state: str


@with_config(ConfigDict(extra="forbid"))
class Together(TypedDict):
    """Those who share these topics and goals."""

    subjects: list[str]
    vendors: list[WithWhom]


@with_config(ConfigDict(extra="forbid"))
class Proposal(TypedDict):
    """A meeting with one vendor, or a joint briefing of several, on one of the working days from the `first` to the
    `last`; `minutes_alone` is what it would take to see them one by one. `agreed`: one of them is planned by now."""

    kind: Literal["single", "joint"]
    vendors: list[WithWhom]
    first: Date
    last: Date
    minutes: int
    minutes_alone: int
    why: list[str]
    agreed: bool


@with_config(ConfigDict(extra="forbid"))
class NoRoom(WithWhom):
    """A meeting for which there is no room, and whether it is the hours or the days that are too few."""

    limit: Literal["hours", "days"]


@with_config(ConfigDict(extra="forbid"))
class Progress(TypedDict):
    """How many are placed of how many that are wanted, while it runs."""

    placed: int
    wanted: int


@with_config(ConfigDict(extra="forbid"))
class Plan(TypedDict):
    """A quarter to be planned. `state` is none where nobody has asked for a plan, else waiting, running, done or
    failed; what was proposed last stays until something else is. `saving` and `clashes` are sentences."""

    quarter: str
    state: Literal["none", "waiting", "running", "done", "failed"]
    progress: Progress
    hours: int | None
    asked_for: list[AskedFor]
    together: list[Together]
    left_out: list[str]
    proposals: list[Proposal]
    no_room: list[NoRoom]
    saving: str | None
    clashes: list[str]


@get("/plan", Plan, query=QuarterAsked, refused=(404,))
def see(actor: Actor, query: QuarterAsked) -> Answer:
    """What a quarter still asks for, who could be seen together, and what the planner proposes."""
    return _told(actor, query.quarter or "")


@post("/plan", Plan, body=PlanGiven, statuses=(202,), judge=lambda actor, said: judgements.plan(actor, Deed.PLAN))
def ask_for_plan(actor: Actor, body: PlanGiven) -> Answer:
    """Ask for a plan of a quarter; the worker makes it. Nothing of it is sent by itself."""
    return _told(actor, once(lambda: deeds.ask(actor, quarter=body.quarter, leave_out=body.leave_out)))


@put("/plan/hours", Plan, body=HoursGiven, judge=lambda actor, said: judgements.plan(actor, Deed.SET_HOURS))
def set_vendor_hours(actor: Actor, body: HoursGiven) -> Answer:
    """Say how many hours a month vendors may take. It holds for the next plan."""
    once(lambda: deeds.set_hours(actor, hours=body.hours))
    return _told(actor, "")


def _told(actor: Actor, quarter: str) -> Answer:
    view = seen.see(actor, quarter)
    return Answer(_shape(view), view.version)


def _shape(view: PlanView) -> Plan:
    return Plan(
        quarter=str(view.quarter),
        state=view.state.value if view.state else "none",
        progress=Progress(placed=view.placed, wanted=view.wanted),
        hours=view.hours,
        asked_for=[
            AskedFor(**_whom(each.kept), due=each.wish.due.isoformat(), minutes=each.wish.minutes, state=each.state)
            for each in view.asked
        ],
        together=[
            Together(subjects=list(subjects), vendors=list(map(_whom, those))) for subjects, those in view.together
        ],
        left_out=sorted(view.left_out),
        proposals=[_proposal(each) for each in view.proposals],
        no_room=[NoRoom(**_whom(kept), limit=limit.value) for kept, _, limit in view.no_room],
        saving=str(view.saving) if view.saving else None,
        clashes=[str(why) for why in view.clashes],
    )


def _proposal(view: ProposalView) -> Proposal:
    return Proposal(
        kind="joint" if len(view.companies) > 1 else "single",
        vendors=[_whom(kept) for kept in view.companies],
        first=view.proposal.span.first.isoformat(),
        last=view.proposal.span.last.isoformat(),
        minutes=view.proposal.minutes,
        minutes_alone=view.proposal.alone,
        why=[str(why) for why in view.reasons],
        agreed=view.agreed,
    )


def _whom(kept: Kept) -> WithWhom:
    return WithWhom(relationship=kept.code, company=kept.slug, name=kept.name)
