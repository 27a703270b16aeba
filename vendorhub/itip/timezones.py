"""How is an IANA zone told to a calendar that has never heard of it?

Outlook and ical.js want one yearly rule per change of the clock (RFC 5545 3.6.5): no RDATE, no history.
A zone whose changes are not of that kind has no definition here, and its times are then sent in UTC.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo

import icalendar

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NO_PLACES = {"Factory", "localtime", "posixrules"}  # they mean something else on every machine
ORDINALS = (1, 2, 3, 4, -1, -2)
FIRST_YEAR = 1970
YEARS_BEFORE, YEARS_AFTER = 1, 5
A_DAY = timedelta(days=1)

Part = TypeVar("Part", icalendar.TimezoneStandard, icalendar.TimezoneDaylight)


@dataclass(frozen=True)
class Change:
    """One change of the clock: when, told by the clock before it; both offsets; the name of the new time."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str


@dataclass(frozen=True)
class Yearly:
    """When the clock changes in every year: BYMONTH, BYDAY with its ordinal, and the time of that day."""

    month: int
    ordinal: int
    weekday: int
    seconds: int

    def wall(self, year: int) -> datetime:
        """The change of that year, by the clock before it."""
        if self.ordinal > 0:
            first = date(year, self.month, 1)
            days = (self.weekday - first.weekday()) % 7 + 7 * (self.ordinal - 1)
        else:
            first = date(year + self.month // 12, self.month % 12 + 1, 1) - A_DAY
            days = -((first.weekday() - self.weekday) % 7) + 7 * (self.ordinal + 1)
        day = first + timedelta(days=days)
        return datetime(day.year, day.month, day.day) + timedelta(seconds=self.seconds)


def vtimezone(zone: str, at: datetime) -> icalendar.Timezone | None:
    """The VTIMEZONE that tells `zone` as it is kept around `at` (RFC 5545 3.6.5).

    None where UTC is to be sent: for UTC itself, and for a zone whose changes from the year before `at` to
    five years after it are not one STANDARD and one DAYLIGHT rule of the form BYMONTH, BYDAY. The component
    is shared: read it, don't change it. Raises ValueError for an unknown zone or an `at` without an offset.
    """
    if at.utcoffset() is None:
        raise ValueError("The instant needs an offset from UTC.")
    return _vtimezone(zone, at.astimezone(UTC).year)


@lru_cache(maxsize=1024)
def _vtimezone(zone: str, year: int) -> icalendar.Timezone | None:
    try:
        clock = ZoneInfo(zone)
    except (KeyError, OSError, ValueError) as unknown:
        raise ValueError(f"There is no time zone {zone!r}.") from unknown
    if zone in NO_PLACES:
        return None
    years = range(year - YEARS_BEFORE, year + YEARS_AFTER + 1)
    changes = list(_changes(clock, years))
    parts = _steady(clock, year) if not changes else _two_rules(changes, years)
    if not parts:
        return None
    told = icalendar.Timezone()
    told.add("tzid", zone)
    for part in parts:
        told.add_component(part)
    return told


def _changes(clock: ZoneInfo, years: range) -> Iterator[Change]:
    """Every change of the offset in those years, in order, found by comparing each noon with the next."""
    first, end = datetime(years[0], 1, 1, 12, tzinfo=UTC), datetime(years[-1] + 1, 1, 1, 12, tzinfo=UTC)
    noons = [first + n * A_DAY for n in range((end - first).days + 1)]
    offsets = [_offset(clock, noon) for noon in noons]
    for (noon, before), (_, after) in pairwise(zip(noons, offsets, strict=True)):
        if before != after:
            at = _moment(clock, noon, before)
            yield Change((at + before).replace(tzinfo=None), before, after, at.astimezone(clock).tzname() or "")


def _moment(clock: ZoneInfo, noon: datetime, before: timedelta) -> datetime:
    """The first second after `noon`, within a day, at which the offset is no longer `before`."""
    same, changed = 0, 86400
    while changed - same > 1:
        middle = (same + changed) // 2
        if _offset(clock, noon + timedelta(seconds=middle)) == before:
            same = middle
        else:
            changed = middle
    return noon + timedelta(seconds=changed)


def _offset(clock: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(clock).utcoffset() or timedelta()


def _steady(clock: ZoneInfo, year: int) -> list[icalendar.TimezoneStandard]:
    local = datetime(year, 7, 1, tzinfo=UTC).astimezone(clock)
    offset, name = _offset(clock, local), local.tzname() or ""
    if (offset, name) == (timedelta(), "UTC"):
        return []
    start = datetime(FIRST_YEAR, 1, 1)
    return [_observance(icalendar.TimezoneStandard(), start, before=offset, after=offset, name=name)]


def _two_rules(changes: list[Change], years: range) -> list[icalendar.TimezoneStandard | icalendar.TimezoneDaylight]:
    """STANDARD and DAYLIGHT, if each year has exactly one change to either and both always fall alike."""
    forwards = [change for change in changes if change.after > change.before]
    backwards = [change for change in changes if change.after < change.before]
    back, forth = _yearly(backwards, years), _yearly(forwards, years)
    if back is None or forth is None:
        return []
    standard, daylight = backwards[0], forwards[0]
    if (standard.before, standard.after) != (daylight.after, daylight.before):
        return []
    return [
        _observance(
            icalendar.TimezoneStandard(),
            back.wall(FIRST_YEAR),
            before=standard.before,
            after=standard.after,
            name=standard.name,
            rule=back,
        ),
        _observance(
            icalendar.TimezoneDaylight(),
            forth.wall(FIRST_YEAR),
            before=daylight.before,
            after=daylight.after,
            name=daylight.name,
            rule=forth,
        ),
    ]


def _yearly(changes: list[Change], years: range) -> Yearly | None:
    """The one rule that gives exactly these changes, or None."""
    walls = [change.wall for change in changes]
    alike = len({(change.before, change.after, change.name) for change in changes}) == 1
    if not alike or [wall.year for wall in walls] != list(years):
        return None
    first = walls[0]
    seconds = first.hour * 3600 + first.minute * 60 + first.second
    for ordinal in ORDINALS:
        rule = Yearly(first.month, ordinal, first.weekday(), seconds)
        if [rule.wall(year) for year in years] == walls:
            return rule
    return None


def _observance(
    part: Part,
    start: datetime,
    *,
    before: timedelta,
    after: timedelta,
    name: str,
    rule: Yearly | None = None,
) -> Part:
    part.add("dtstart", start)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    part.add("tzname", name)
    if rule is not None:
        by_day = f"{rule.ordinal}{DAYS[rule.weekday]}"
        part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": rule.month, "BYDAY": by_day})
    return part
