"""Answers how a relationship goes over the wire: what both sides know of it, and what is the buyer's own."""

from datetime import date

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from vendorhub.api.calls import Answer
from vendorhub.api.wire import Date
from vendorhub.domain.details import Details
from vendorhub.domain.people import Actor
from vendorhub.queries import cadence as seen
from vendorhub.queries.cadence import RelationshipView


@with_config(ConfigDict(extra="forbid"))
class Cadence(TypedDict):
    """What a relationship asks for: due `soft` days before its date, overdue `hard` days after it."""

    every: str
    minutes: int
    kind: str
    soft: int
    hard: int


@with_config(ConfigDict(extra="forbid"))
class QuarterTold(TypedDict):
    """One quarter, and why it is as it is."""

    quarter: str
    state: str
    why: str


@with_config(ConfigDict(extra="forbid"))
class Pause(TypedDict):
    """Days on which nothing is asked for."""

    first: Date
    last: Date
    reason: str


@with_config(ConfigDict(extra="forbid"))
class Waiver(TypedDict):
    """A quarter that was let go."""

    quarter: str
    reason: str


@with_config(ConfigDict(extra="forbid"))
class Relationship(TypedDict):
    """The other company, when the two last met and when they meet next. `cadence` and all after it are the buyer's own:
    null and empty for a vendor. `spend` is a year's, in whole units; `owner` and `circle` are addresses."""

    id: str
    company: str
    name: str
    last_met: Date | None
    meets: Date | None
    cadence: Cadence | None
    next_due: Date | None
    quarters: list[QuarterTold]
    pauses: list[Pause]
    waivers: list[Waiver]
    owner: str | None
    goals: list[str]
    topics: list[str]
    contract_end: Date | None
    notice_by: Date | None
    spend: int | None
    currency: str | None
    confidential: bool
    circle: list[str]


def told(actor: Actor, code: str) -> Answer:
    """The relationship of this code, with its version. Raises NotThere."""
    view = seen.see(actor, code)
    return Answer(shape(view), view.version)


def shape(view: RelationshipView) -> Relationship:
    """A relationship, as its viewer sees it."""
    rule, held = view.rule, view.details or Details()
    return Relationship(
        id=view.code,
        company=view.company,
        name=view.name,
        last_met=_day(view.last_met),
        meets=_day(view.meets),
        cadence=Cadence(every=str(rule.every), minutes=rule.minutes, kind=rule.kind, soft=rule.soft, hard=rule.hard)
        if rule
        else None,
        next_due=_day(view.next_due),
        quarters=[QuarterTold(quarter=str(cell.quarter), state=cell.state, why=str(cell.why)) for cell in view.cells],
        pauses=[
            Pause(first=each.first.isoformat(), last=each.last.isoformat(), reason=each.reason) for each in view.pauses
        ],
        waivers=[Waiver(quarter=name, reason=reason) for name, reason in view.waivers],
        owner=held.owner[1] if held.owner else None,
        goals=list(held.goals),
        topics=list(held.topics),
        contract_end=_day(held.contract_end),
        notice_by=_day(held.notice_by),
        spend=held.spend,
        currency=held.currency or None,
        confidential=held.confidential,
        circle=[email for _name, email in held.circle],
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
