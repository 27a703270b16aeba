"""Answers which instant a clock on somebody's wall means, and what their clock shows at an instant (law 11).

Instants are aware and in UTC; compare those only, for Python calls the two readings of a repeated hour equal.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from vendorhub.domain.refusals import Unfit

Problem = Literal["unknown_zone", "gap", "fold", "malformed"]

_WALL: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_OFFSET: Final = re.compile(r"(Z|[+-][0-9]{2}:?[0-9]{2})$", re.IGNORECASE)
# Names that the machine's own set-up lends to tzdata; they mean another place on the next machine, or none.
_NOWHERE: Final = frozenset({"Factory", "localtime", "posixrules"})
_EVERYWHERE: Final = frozenset({"UTC", "UCT", "Zulu", "Universal"})


class WallTimeRefused(Unfit, ValueError):
    """A wall time that names no instant, or two: `problem` tells programs, the sentence the person."""

    def __init__(self, problem: Problem, sentence: str) -> None:
        super().__init__("timezone" if problem == "unknown_zone" else "start", sentence)
        self.problem: Final = problem


def parse_wall(value: str) -> datetime:
    """The naive wall time that "2027-01-13T14:00:00" writes; browsers leave the seconds out, so may all.

    Raises WallTimeRefused ("malformed"), with a sentence of its own for a time that carries an offset.
    """
    if _WALL.fullmatch(value) is None:
        if _WALL.match(value) and _OFFSET.search(value):
            raise WallTimeRefused(
                "malformed",
                "Please leave out the offset: write the time as the clock on the wall shows it, "
                "with its zone beside it.",
            )
        raise WallTimeRefused("malformed", "Please write the time like this: 2027-01-13T14:00:00.")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise WallTimeRefused("malformed", "This date or time does not exist; please look at it again.") from None


def instant(start: datetime, zone: str, *, fold: int | None = None) -> datetime:
    """The instant, aware and in UTC, at which the clocks of `zone` (an IANA name) show the naive `start`.

    `fold` says which of two is meant, 0 the first, 1 the second; to a time that comes once it does nothing.
    Raises WallTimeRefused: "unknown_zone"; "gap" when the clocks skip this time; "fold" when they show it
    twice and `fold` is not given; "malformed" for an aware start, another fold, or the ends of the calendar.
    """
    if start.tzinfo is not None or fold not in {None, 0, 1}:
        raise WallTimeRefused("malformed", "Please give the time as the clock on the wall shows it.")
    place = _place(zone)
    first, second = (start.replace(tzinfo=place, fold=reading) for reading in (0, 1))
    before, after = _offset(first), _offset(second)
    if before < after:
        raise WallTimeRefused("gap", "The clocks go forward then and skip this time; please choose another one.")
    if before > after and fold is None:
        raise WallTimeRefused(
            "fold",
            "The clocks go back then and show this time twice; please say whether you mean the first or the second.",
        )
    try:
        return (second if fold else first).astimezone(UTC)
    except OverflowError:
        raise WallTimeRefused("malformed", "This date is too far away; please look at it again.") from None


def in_zone(instant: datetime, zone: str) -> datetime:
    """What the clocks of `zone` show at an aware `instant`. Raises WallTimeRefused ("unknown_zone")."""
    return instant.astimezone(_place(zone))


def month_of(instant: datetime, zone: str) -> tuple[datetime, datetime]:
    """The instants at which the calendar month that `zone` shows at `instant` begins and ends."""
    place, local = _place(zone), in_zone(instant, zone)
    first = local.replace(tzinfo=None, day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (first + timedelta(days=31)).replace(day=1)
    return first.replace(tzinfo=place).astimezone(UTC), following.replace(tzinfo=place).astimezone(UTC)


def zone_name(instant: datetime, zone: str) -> str:
    """The zone as people say it, with its offset at that instant: "Berlin time, UTC+01:00".

    Raises WallTimeRefused ("unknown_zone").
    """
    minutes = round(_offset(in_zone(instant, zone)).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    offset = f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
    if zone.startswith("Etc/") or zone in _EVERYWHERE:
        return offset if minutes else "UTC"
    return f"{zone.rsplit('/', 1)[-1].replace('_', ' ')} time, {offset}"


@cache
def zones() -> frozenset[str]:
    """Every zone that may be named: the IANA database's names, for a list to choose from."""
    return frozenset(available_timezones()) - _NOWHERE


def _place(zone: str) -> ZoneInfo:
    # Asked of the list first, never of the file system: "../secret" is no zone.
    if zone not in zones():
        raise WallTimeRefused("unknown_zone", "We do not know this time zone; please name one like Europe/Berlin.")
    return ZoneInfo(zone)


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta()
