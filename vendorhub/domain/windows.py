"""Answers when the window to answer an ask ends, and by when who may answer has heard of it (law 7, M3)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from vendorhub.domain.wall_times import in_zone

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_SATURDAY: Final = 5


def window_ends(
    asked_at: datetime, *, working_days: int, zone: str, holidays: frozenset[date] = frozenset()
) -> datetime:
    """The instant (UTC) at which the window ends: 24:00 of its last working day in the buyer's `zone`.

    The day of the ask, by the buyer's calendar, is day 0 and does not count, so that an ask late in the
    evening takes nothing from the window; Saturdays, Sundays and `holidays` do not count either. Where that
    night has no midnight the next day's first instant is meant, where it has two the second: the day must be
    over for good.
    Raises ValueError for fewer than one working day, WallTimeRefused for an unknown zone.
    """
    if working_days < 1:
        raise ValueError("a window has at least one working day")
    days = _working_days_after(in_zone(asked_at, zone).date(), holidays)
    last = next(islice(days, working_days - 1, None))
    return reached(datetime.combine(last + _DAY, time()), zone)


def working_days_left(now: datetime, ends: datetime, *, zone: str, holidays: frozenset[date] = frozenset()) -> int:
    """How many working days after today a window that ends at `ends` still has: what a question doesn't use up.

    0 on its last day. Raises WallTimeRefused for an unknown zone.
    """
    last = in_zone(ends - _SECOND, zone).date()
    days = _working_days_after(in_zone(now, zone).date(), holidays)
    return sum(1 for _ in takewhile(lambda day: day <= last, days))


def is_over(ends: datetime, now: datetime) -> bool:
    """Whether an answer at `now` is too late; at the very end it is. Both are aware."""
    return now >= ends


def next_working_noon(
    asked_at: datetime, zone: str, holidays: frozenset[date] = frozenset(), *, days: int = 1
) -> datetime:
    """Noon (UTC) of the first working day after the day of the ask, or so many `days` after, by the clocks of `zone`:
    by then who may decide has heard of it. Raises WallTimeRefused for an unknown zone.
    """
    ahead = _working_days_after(in_zone(asked_at, zone).date(), holidays)
    return reached(datetime.combine(next(islice(ahead, days - 1, None)), time(12)), zone)


def last_day_before(
    start: datetime, *, working_days: int, zone: str, holidays: frozenset[date] = frozenset()
) -> datetime:
    """The instant (UTC) at which the day is over that lies so many working days before the day of `start`, in `zone`.

    With 0 that is the start itself. Raises WallTimeRefused for an unknown zone.
    """
    if not working_days:
        return start
    day, left = in_zone(start, zone).date(), working_days
    while left:
        day -= _DAY
        left -= is_working_day(day, holidays)
    return reached(datetime.combine(day + _DAY, time()), zone)


def is_working_day(day: date, holidays: frozenset[date] = frozenset()) -> bool:
    """Whether people are at work: not on Saturdays, Sundays and `holidays`."""
    return day.weekday() < _SATURDAY and day not in holidays


def _working_days_after(day: date, holidays: frozenset[date]) -> Iterator[date]:
    while True:
        day += _DAY
        if is_working_day(day, holidays):
            yield day


def reached(wall: datetime, zone: str) -> datetime:
    """The instant (UTC) from which the clocks of a known `zone` show the naive `wall` or later for good."""
    # PEP 495: of a time shown twice fold=1 is the later instant; around a skipped one fold=1 lies before the jump
    # and fold=0 after it.
    place = ZoneInfo(zone)
    before = wall.replace(tzinfo=place, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=place, fold=0).astimezone(UTC)
    if after <= before:
        return before
    while after - before > _SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(place).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after
