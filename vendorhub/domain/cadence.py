"""The rhythm of a relationship: how often two companies want to meet, and what may be set about it (M8)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from vendorhub.domain.quarters import FiscalCalendar, Quarter, months_on
from vendorhub.domain.refusals import Unfit

WEEKS_AT_MOST = 104
LIMIT_AT_MOST = 180  # days
PAUSE_AT_MOST = timedelta(days=731)
STILL_WORTH_IT: Final = 12  # months after which a rhythm is asked about

_WEEKS: Final = re.compile(r"(\d{1,3}) weeks?", re.ASCII)


class Unit(StrEnum):
    """What a rhythm is counted in, as people say it; "none" asks for nothing."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"
    WEEKS = "weeks"
    NONE = "none"


# A quarter, a half-year and a year are counted in the buyer's own quarters.
_IN_QUARTERS: Final = {Unit.QUARTER: 1, Unit.HALF_YEAR: 2, Unit.YEAR: 4}
_IN_MONTHS: Final = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF_YEAR: 6, Unit.YEAR: 12}


@dataclass(frozen=True)
class Every:
    """How long from one meeting to the next; `weeks` counts only where the unit is weeks."""

    unit: Unit
    weeks: int = 0

    def __str__(self) -> str:
        return f"{self.weeks} weeks" if self.unit is Unit.WEEKS else self.unit.value

    def after(self, anchor: date, times: int, calendar: FiscalCalendar) -> date:
        """The day so many `times` this long after `anchor`: the same day of the month, in the quarter it belongs to."""
        if self.unit is Unit.WEEKS:
            return anchor + timedelta(weeks=self.weeks * times)
        day = months_on(anchor, _IN_MONTHS[self.unit] * times)
        if calendar.weekday is None or self.unit not in _IN_QUARTERS:
            return day
        # Quarters of whole weeks don't keep to months: each has its day all the same.
        quarter = calendar.on(calendar.quarter_of(anchor), _IN_QUARTERS[self.unit] * times)
        return min(max(day, quarter.first), quarter.last)


@dataclass(frozen=True)
class Rule:
    """What a relationship asks for from the quarter of the day `since` on: a meeting `every` so often, of so many
    `minutes` and of this `kind`. It is due `soft` days before its date, and overdue `hard` days after it."""

    since: date
    every: Every = Every(Unit.QUARTER)
    minutes: int = 60
    kind: str = "quarterly"
    soft: int = 14
    hard: int = 14


@dataclass(frozen=True, order=True)
class Pause:
    """From the `first` to the `last` of these days nothing is asked for, and why."""

    first: date
    last: date
    reason: str

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def every(said: str) -> Every:
    """The rhythm that people write as quarter, month, half-year, year, none or "6 weeks". Raises Unfit for another."""
    said = said.strip().lower()
    if weeks := _WEEKS.fullmatch(said):
        if not 1 <= (count := int(weeks[1])) <= WEEKS_AT_MOST:
            raise Unfit("every", "Please choose a number of weeks from 1 to %(most)s.", most=WEEKS_AT_MOST)
        return Every(Unit.WEEKS, count)
    if said == Unit.WEEKS or said not in set(Unit):
        raise Unfit("every", "Please say quarter, month, half-year, year, a number of weeks like “6 weeks”, or none.")
    return Every(Unit(said))


def check_limit(days: int, *, what: str) -> int:
    """Days before or after a meeting's date; `what` is soft or hard. Raises Unfit for what makes no sense."""
    if not 0 <= days <= LIMIT_AT_MOST:
        raise Unfit(what, "Please choose a number of days from 0 to %(most)s.", most=LIMIT_AT_MOST)
    return days


def pause(first: date, last: date, reason: str, *, today: date, others: Iterable[Pause] = ()) -> Pause:
    """A pause of a relationship. Raises Unfit where it has no reason, ends before it begins, lies behind, is longer
    than two years or overlaps another."""
    if not reason.strip():
        raise Unfit("reason", "Please say in a line why you pause; you will want to know when it ends.")
    if last < first:
        raise Unfit("last", "Please let the pause end after it begins.")
    if first < today:
        raise Unfit("first", "What is past stays as it was: please begin the pause today or later.")
    if last - first > PAUSE_AT_MOST:
        raise Unfit("last", "A pause lasts two years at most; a rhythm of “none” has no end.")
    if any(first <= other.last and other.first <= last for other in others):
        raise Unfit("first", "There is a pause at that time already: please change that one.")
    return Pause(first, last, reason.strip())


def check_waiver(quarter: Quarter, reason: str, *, today: date) -> None:
    """Whether a quarter may be skipped on purpose. Raises Unfit for one that is over, or without a reason."""
    if not reason.strip():
        raise Unfit("reason", "Please say in a line why you skip this quarter.")
    if quarter.after <= today:
        raise Unfit("quarter", "That quarter is over, and what is past stays as it was.")


def rules_in_order(rules: Iterable[Rule], calendar: FiscalCalendar) -> Sequence[tuple[date, Rule]]:
    """The rules, each with the day from which it counts: the first of the quarter in which it was made, so that no
    quarter has two and no earlier one changes."""
    begins = {calendar.quarter_of(rule.since).first: rule for rule in sorted(rules, key=lambda each: each.since)}
    return sorted(begins.items())


def rarer(of: Every) -> Every | None:
    """The next rhythm that asks for fewer meetings; None where there is none but "none"."""
    if of.unit is Unit.WEEKS:
        return Every(Unit.WEEKS, of.weeks * 2) if of.weeks * 2 <= WEEKS_AT_MOST else Every(Unit.YEAR)
    turn = (Unit.MONTH, Unit.QUARTER, Unit.HALF_YEAR, Unit.YEAR)
    return Every(turn[turn.index(of.unit) + 1]) if of.unit in turn[:-1] else None


def last_said(rules: Sequence[Rule], pauses: Sequence[Pause]) -> date:
    """The day on which somebody last said how often to meet, or for which a pause was made; it may lie ahead."""
    return max([rules[-1].since, *(each.last for each in pauses)])


def asks_whether_it_is_worth_it(confirmed: date, today: date) -> bool:
    """Whether it is time to ask if a relationship is still worth its meetings: a year after somebody last said so."""
    return today >= months_on(confirmed, STILL_WORTH_IT)
