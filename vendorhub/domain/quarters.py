"""The quarters of a buyer's fiscal year, and whether a standing yes has a meeting left in one."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.wall_times import in_zone
from vendorhub.domain.windows import reached

AHEAD = "A meeting is ahead already; once it is over, the time of the next can be found."

EARLIEST, LATEST = 1900, 2999  # the fiscal years that have a name here
_QUARTERS = 4
_MONTHS = 3
_IN_EVERY_MONTH = 28  # days
_WEEKS = timedelta(weeks=13)
_NAME: Final = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)

Span = tuple[datetime, datetime]  # from when to before when


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months, or 13 weeks and at times 14, of a fiscal year: its days are from `first` to before `after`."""

    year: int
    number: int
    first: date
    after: date

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.after

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after - timedelta(days=1)


@dataclass(frozen=True)
class FiscalCalendar:
    """When a buyer's fiscal years begin: on the first of the month `start` (1 to 12); or, where a year is 52 or 53
    whole weeks, on the `weekday` (0 is Monday) that is nearest to that day.

    A year is named by the calendar year in which that first of the month lies, which is the one in which it begins
    but for a few days around New Year. Raises Unfit for another month or weekday.
    """

    start: int = 1
    weekday: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.start <= 12:
            raise Unfit("fiscal_year_start", "The fiscal year starts in a month from 1 to 12.")
        if self.weekday is not None and not 0 <= self.weekday <= 6:
            raise Unfit("fiscal_weekday", "A fiscal year of whole weeks starts on one of the seven days of a week.")

    def begins(self, year: int) -> date:
        """The first day of the fiscal year of this name."""
        first = date(year, self.start, 1)
        if self.weekday is None:
            return first
        return first + timedelta(days=(self.weekday - first.weekday() + 3) % 7 - 3)

    def quarter(self, year: int, number: int) -> Quarter:
        """The quarter of this name; one whose `number` is above 4 or below 1 lies so many further on or back."""
        years, index = divmod(number - 1, _QUARTERS)
        return _quarter(self, year + years, index)

    def quarter_of(self, day: date) -> Quarter:
        """The quarter in which a day lies."""
        # It is begun by then, unless the year of whole weeks begins a few days before its month.
        year = day.year + 1 if day >= self.begins(day.year + 1) else day.year
        year -= day < self.begins(year)
        if self.weekday is None:
            index = ((day.month - self.start) % 12) // _MONTHS
        else:
            index = min((day - self.begins(year)) // _WEEKS, _QUARTERS - 1)
        return self.quarter(year, index + 1)

    def on(self, quarter: Quarter, number: int) -> Quarter:
        """The quarter that lies so many after this one, or before it."""
        return self.quarter(quarter.year, quarter.number + number)

    def named(self, name: str) -> Quarter:
        """The quarter that people call "2026-Q4". Raises Unfit for what is no such name."""
        said = _NAME.fullmatch(name)
        if not said or not EARLIEST <= int(said[1]) <= LATEST:
            raise Unfit("quarter", "Please name a quarter of a fiscal year like 2026-Q4.")
        return self.quarter(int(said[1]), int(said[2]))

    def part(self, year: int, index: int) -> date:
        """The first day of a year's quarter, counted from 0; index 4 is the next year's first."""
        if index == _QUARTERS:
            return self.begins(year + 1)
        if self.weekday is not None:
            return self.begins(year) + index * _WEEKS
        return months_on(self.begins(year), index * _MONTHS)


@lru_cache(maxsize=1024)  # a board asks for the same few thousands of times
def _quarter(calendar: FiscalCalendar, year: int, index: int) -> Quarter:
    return Quarter(year, index + 1, calendar.part(year, index), calendar.part(year, index + 1))


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last that month has (31 January and a month is the end of February)."""
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = day.day if day.day <= _IN_EVERY_MONTH else min(day.day, monthrange(year, index + 1)[1])
    return date(year, index + 1, last)


def quarter_at(instant: datetime, *, zone: str, fiscal: FiscalCalendar) -> Span:
    """The instants (UTC) at which the quarter begins and ends that the buyer's calendar shows at `instant`."""
    quarter = fiscal.quarter_of(in_zone(instant, zone).date())
    begins, ends = (reached(datetime.combine(day, time()), zone) for day in (quarter.first, quarter.after))
    return begins, ends


def check_one_a_quarter(
    meetings: Iterable[Span], start: datetime, *, now: datetime, zone: str, fiscal: FiscalCalendar
) -> None:
    """Whether a meeting may begin at `start` on a standing yes that has led to these `meetings`, cancelled ones left
    out: one a quarter, one ahead at a time. Raises WrongState with the day from which the next may be.
    """
    begins, ends = quarter_at(start, zone=zone, fiscal=fiscal)
    for began, ended in meetings:
        if ended > now:
            raise WrongState(AHEAD)
        if begins <= began < ends:
            raise WrongState(
                "You have met in that quarter already; the next meeting can be from %(day)s.",
                day=in_zone(ends, zone).date(),
            )
