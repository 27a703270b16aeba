"""What a buyer may say at its front door (M6): the brief, what it is open to, its goals, its window, its zone."""

from collections.abc import Sequence
from dataclasses import dataclass

from vendorhub.domain import texts, wall_times
from vendorhub.domain.refusals import Unfit

NAME_AT_MOST = 120
BRIEF_AT_MOST = 2000
OPEN_AT_MOST = 1000
GOAL_AT_MOST = 120
GOALS_AT_MOST = 12
DAYS_AT_MOST = 30


@dataclass(frozen=True)
class Said:
    """What stands at the door, cleaned."""

    name: str
    zone: str
    brief: str
    open_to: str
    not_open_to: str
    goals: tuple[str, ...]
    response_days: int


def said(
    *, name: str, zone: str, brief: str, open_to: str, not_open_to: str, goals: Sequence[str], response_days: int
) -> Said:
    """The same, cleaned. Raises Unfit, naming the field, for what will not do."""
    return Said(
        name=texts.line(name, at_most=NAME_AT_MOST, what="name"),
        brief=texts.text(brief, at_most=BRIEF_AT_MOST, what="brief"),
        open_to=texts.text(open_to, at_most=OPEN_AT_MOST, what="open_to"),
        not_open_to=texts.text(not_open_to, at_most=OPEN_AT_MOST, what="not_open_to"),
        goals=check_goals(goals),
        response_days=check_days(response_days),
        zone=check_zone(zone),
    )


def check_goals(goals: Sequence[str]) -> tuple[str, ...]:
    """The goals, cleaned, empty lines left out. Raises Unfit for too many, or the same one twice."""
    clean = tuple(texts.line(goal, at_most=GOAL_AT_MOST, what="goals") for goal in goals if goal.strip())
    if len(clean) > GOALS_AT_MOST:
        raise Unfit("goals", "Please name at most %(most)s goals.", most=GOALS_AT_MOST)
    if len({goal.casefold() for goal in clean}) < len(clean):
        raise Unfit("goals", "The same goal is there twice.")
    return clean


def check_days(days: int) -> int:
    """The working days in which they answer. Raises Unfit unless 1 to 30."""
    if not 1 <= days <= DAYS_AT_MOST:
        raise Unfit("response_days", "The window is 1 to 30 working days.")
    return days


def check_zone(zone: str) -> str:
    """The name of a time zone. Raises Unfit for one that nobody knows."""
    if (name := zone.strip()) not in wall_times.zones():
        raise Unfit("zone", "We do not know this time zone; please name one like Europe/Berlin.")
    return name
