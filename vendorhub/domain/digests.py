"""When a decider's pile comes by letter: at hours of their own clock, on working days, and never too late (M5)."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final

from vendorhub.domain.refusals import Unfit
from vendorhub.domain.wall_times import in_zone
from vendorhub.domain.windows import is_working_day, reached

EARLIEST: Final = 6
LATEST: Final = 20
NOON: Final = 12
AT_MOST: Final = 3
_LOOKED_BACK: Final = 4  # days: from a Monday on which no hour has come yet to the Friday before


def check_hours(hours: Iterable[int]) -> tuple[int, ...]:
    """The hours of the day at which the pile comes, in order; () for each ask by its own letter.

    Raises Unfit for more than three, for hours that are no part of a working day, and where none is at or before
    noon: by then whoever may decide has heard of what was asked the day before (CONTRACT.md, Mail).
    """
    chosen = tuple(sorted(set(hours)))
    if len(chosen) > AT_MOST:
        raise Unfit("hours", "Please choose at most three hours.")
    if any(not EARLIEST <= hour <= LATEST for hour in chosen):
        raise Unfit("hours", "Please choose hours between 6 and 20.")
    if chosen and chosen[0] > NOON:
        raise Unfit("hours", "Please let at least one of the hours be noon or earlier.")
    return chosen


def latest(hours: Iterable[int], zone: str, now: datetime) -> datetime | None:
    """The last of these hours that has come by `now`, on the working days of `zone`; None where there are none."""
    chosen, today = tuple(hours), in_zone(now, zone).date()
    for back in range(_LOOKED_BACK):
        day = today - timedelta(days=back)
        walls = [datetime.combine(day, time(hour)) for hour in chosen] if is_working_day(day) else []
        if come := [at for wall in walls if (at := reached(wall, zone)) <= now]:
            return max(come)
    return None


def is_due(hours: Iterable[int], zone: str, *, looked_at: datetime, now: datetime) -> bool:
    """Whether one of the hours has come since the pile was last looked at; a look from the future counts for none.

    However often it is asked, each hour is due until somebody has looked, and then no more.
    """
    came = latest(hours, zone, now)
    return came is not None and (looked_at < came or looked_at > now)


def as_text(hours: Iterable[int]) -> str:
    """The hours as they are kept."""
    return " ".join(str(hour) for hour in hours)


def from_text(text: str) -> tuple[int, ...]:
    """The reverse of as_text."""
    return tuple(int(hour) for hour in text.split())
