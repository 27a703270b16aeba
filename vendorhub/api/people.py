"""Answers who I am, and what a buyer tells those who want to ask it."""

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from vendorhub.api.calls import Answer, get
from vendorhub.domain.meeting_requests import MINUTES
from vendorhub.domain.people import Actor
from vendorhub.queries import people as seen


@with_config(ConfigDict(extra="forbid"))
class Me(TypedDict):
    """Somebody as they see themselves; `organization` is a name, `slug` its slug."""

    name: str
    email: str
    side: str
    organization: str
    slug: str
    timezone: str
    roles: list[str]


@with_config(ConfigDict(extra="forbid"))
class Rules(TypedDict):
    """How a buyer wants to be asked: for how many minutes, and in how many working days it answers."""

    minutes: list[int]
    response_days: int


@with_config(ConfigDict(extra="forbid"))
class Buyer(TypedDict):
    """A buyer's front door. `remaining_asks` is null where the caller may ask as often as they like."""

    slug: str
    name: str
    timezone: str
    brief: str
    goals: list[str]
    open_to: str
    not_open_to: str
    rules: Rules
    remaining_asks: int | None


@get("/me", Me)
def me(actor: Actor) -> Answer:
    """Who I am: name, side, organisation, roles, and the zone I read times in."""
    who = seen.me(actor)
    return Answer(
        Me(
            name=who.name,
            email=who.email,
            side=who.side,
            organization=who.organisation,
            slug=who.slug,
            timezone=who.zone,
            roles=list(who.roles),
        )
    )


@get("/buyers/<slug>", Buyer)
def buyer(actor: Actor, slug: str) -> Answer:
    """A buyer's brief, goals, openness and rules, and how many asks the caller has left."""
    found = seen.buyer(slug)
    return Answer(
        Buyer(
            slug=found.slug,
            name=found.name,
            timezone=found.zone,
            brief=found.brief,
            goals=[name for _, name in found.goals],
            open_to=found.open_to,
            not_open_to=found.not_open_to,
            rules=Rules(minutes=list(MINUTES), response_days=found.response_days),
            remaining_asks=None,
        )
    )
