"""Answers the rhythm of relationships: how often to meet whom, when it is due, and what was held elsewhere."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Day, Page, Query, Slug
from vendorhub.api.calls import Answer, get, post, put
from vendorhub.api.relationship_shapes import Relationship, shape, told
from vendorhub.api.wire import Date, listed
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.queries import cadence as seen
from vendorhub.queries import judgements
from vendorhub.usecases import relationships as deeds
from vendorhub.usecases.once import once

Reason = Annotated[str, StringConstraints(max_length=200)]
Quarter = Annotated[str, StringConstraints(max_length=20)]
Days = Annotated[int, Field(ge=0, le=180)]


class QuarterAsked(Query):
    """Which quarter, like 2026-Q4; without it the present one, by the buyer's fiscal year."""

    quarter: Quarter | None = None


class CompanyGiven(Body):
    """The slug of the company with which to keep a rhythm."""

    company: Slug


class CadenceGiven(Body):
    """How often to meet: quarter, month, half-year, year, "6 weeks" or none. What is left out stays as it is."""

    every: Annotated[str, StringConstraints(max_length=20)]
    minutes: Literal[15, 30, 45, 60] | None = None
    kind: Literal["intro", "quarterly", "governance", "topic"] | None = None
    soft: Days | None = None
    hard: Days | None = None


class PauseGiven(Body):
    """The first and the last day on which nothing is asked for, and why."""

    first: Day
    last: Day
    reason: Reason


class WaiverGiven(Body):
    """The quarter that is let go, and why."""

    quarter: Quarter
    reason: Reason


class SomebodyGiven(Body):
    """Somebody who came."""

    name: Annotated[str, StringConstraints(max_length=120)]
    email: Annotated[str, StringConstraints(max_length=254)] | None = None


class MeetingGiven(Body):
    """A meeting that was held elsewhere: with which company (its slug), on which day, and how many minutes it took."""

    company: Slug
    date: Day
    minutes: int
    people: Annotated[list[SomebodyGiven | str], Field(max_length=50)] | None = None
    note: Annotated[str, StringConstraints(max_length=1000)] | None = None


@with_config(ConfigDict(extra="forbid"))
class CadenceRow(TypedDict):
    """A quarter of a relationship: its state, why, and the day by which the next meeting is due."""

    relationship: str
    company: str
    name: str
    quarter: str
    state: str
    why: str
    next_due: Date | None


@with_config(ConfigDict(extra="forbid"))
class LoggedMeeting(TypedDict):
    """A meeting that was held elsewhere, as it was noted."""

    id: str
    relationship: str
    company: str
    date: Date
    minutes: int
    people: list[dict[str, str]]
    note: str


@get("/cadence", listed(CadenceRow), query=QuarterAsked, refused=(403,))
def quarter(actor: Actor, query: QuarterAsked) -> Answer:
    """A quarter of all relationships. A vendor is told of its own meetings alone, and nothing of what is due."""
    rows = seen.quarter(actor, query.quarter or "")
    return Answer({"items": [_row(row) for row in rows], "next": None})


@get("/relationships", listed(Relationship), query=Page, refused=(403,))
def listing(actor: Actor, query: Page) -> Answer:
    """The caller's relationships, by the other company's name."""
    views, following = seen.listing(actor, limit=query.limit, cursor=query.cursor)
    return Answer({"items": [shape(view) for view in views], "next": following})


@get("/relationships/<code>", Relationship, refused=(403,))
def see(actor: Actor, code: str) -> Answer:
    """One of them."""
    return told(actor, code)


@post(
    "/relationships",
    Relationship,
    body=CompanyGiven,
    statuses=(201,),
    judge=lambda actor, said: judgements.house(actor, Deed.SET_CADENCE),
)
def begin(actor: Actor, body: CompanyGiven) -> Answer:
    """Keep a rhythm with a company: a meeting a quarter, until something else is said."""
    return told(actor, once(lambda: deeds.begin(actor, company=body.company)))


@put(
    "/relationships/<code>/cadence",
    Relationship,
    body=CadenceGiven,
    judge=lambda actor, said, code: judgements.relationship(actor, code, Deed.SET_CADENCE),
)
def set_cadence(actor: Actor, body: CadenceGiven, code: str) -> Answer:
    """Say how often to meet. It counts from this quarter on; what is past stays as it was."""
    once(lambda: deeds.set_cadence(actor, code, **body.model_dump()))
    return told(actor, code)


@post(
    "/relationships/<code>/pauses",
    Relationship,
    body=PauseGiven,
    statuses=(201,),
    judge=lambda actor, said, code: judgements.relationship(actor, code, Deed.PAUSE),
)
def pause(actor: Actor, body: PauseGiven, code: str) -> Answer:
    """Ask for nothing for some days, with a reason and an end."""
    once(lambda: deeds.pause(actor, code, first=body.first, last=body.last, reason=body.reason))
    return told(actor, code)


@post(
    "/relationships/<code>/waivers",
    Relationship,
    body=WaiverGiven,
    statuses=(201,),
    judge=lambda actor, said, code: judgements.relationship(actor, code, Deed.LET_GO),
)
def let_go(actor: Actor, body: WaiverGiven, code: str) -> Answer:
    """Let a quarter go that is not over."""
    once(lambda: deeds.let_go(actor, code, quarter=body.quarter, reason=body.reason))
    return told(actor, code)


@post(
    "/meetings/logged",
    LoggedMeeting,
    body=MeetingGiven,
    statuses=(201,),
    judge=lambda actor, said: judgements.house(actor, Deed.LOG_MEETING),
)
def log_meeting(actor: Actor, body: MeetingGiven) -> Answer:
    """Note a meeting that was held elsewhere: it counts, and nobody is written to."""
    people = [(each, "") if isinstance(each, str) else (each.name, each.email or "") for each in body.people or ()]
    made = once(
        lambda: deeds.log_meeting(
            actor, company=body.company, day=body.date, minutes=body.minutes, people=people, note=body.note or ""
        )
    )
    view = seen.logged(actor, made)
    return Answer(
        LoggedMeeting(
            id=view.code,
            relationship=view.relationship,
            company=view.company,
            date=view.day.isoformat(),
            minutes=view.minutes,
            people=[{"name": name, "email": email} for name, email in view.people],
            note=view.note,
        )
    )


def _row(row: seen.Row) -> CadenceRow:
    return CadenceRow(
        relationship=row.relationship,
        company=row.company,
        name=row.name,
        quarter=str(row.cell.quarter),
        state=row.cell.state,
        why=str(row.cell.why),
        next_due=row.next_due.isoformat() if row.next_due else None,
    )
