"""Answers on which day something of the demo world happens, counted in working days from today."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

_SATURDAY: Final = 5


class Days:
    """The working days around the day that `now` is in a zone.

    -1 is the last one before it and 0 the first one after it: whatever today is, nothing happens on it, so that
    the world is the same at every hour and on Sundays.
    """

    def __init__(self, now: datetime, zone: str) -> None:
        self._place = ZoneInfo(zone)
        self._today = now.astimezone(self._place).date()

    def day(self, number: int) -> date:
        """The day of this number."""
        step, skipped = (-1, -number - 1) if number < 0 else (1, number)
        return next(islice(self._working(step), skipped, None))

    def wall(self, number: int, at: str) -> datetime:
        """What the clocks on the wall show on that day at "9:20"."""
        hour, _, minute = at.partition(":")
        return datetime.combine(self.day(number), time(int(hour), int(minute)))

    def instant(self, number: int, at: str) -> datetime:
        """The same as an instant, in UTC. Nobody of this world is up at the hours in which clocks are changed."""
        return self.wall(number, at).replace(tzinfo=self._place).astimezone(UTC)

    def _working(self, step: int) -> Iterator[date]:
        day = self._today
        while True:
            day += timedelta(days=step)
            if day.weekday() < _SATURDAY:
                yield day
