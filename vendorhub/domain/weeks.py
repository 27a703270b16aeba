"""Which half hours a week has on the wall, and at which of them a meeting may begin (law 11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from vendorhub.domain.offers import FURTHEST
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.wall_times import WallTimeRefused, in_zone, instant

HALF_HOUR: Final = timedelta(minutes=30)
WORKING_HOURS: Final = (8, 18)
WHOLE_DAY: Final = (0, 24)
WEEKS_AHEAD: Final = 52
_LIKED: Final = (10, 14)

Hours = tuple[int, int]  # from this hour of the wall clock to before that one
Span = tuple[datetime, datetime]  # instants, from and to before
Hindrance = Literal["past", "far", "taken", "short"]


@dataclass(frozen=True)
class Beginning:
    """A half hour: what the wall clock shows, the instant, and which of two where it shows the same time twice."""

    wall: datetime
    start: datetime
    fold: int | None = None


@dataclass(frozen=True)
class Row:
    """The same time of several days; None where a day doesn't have it. `second` is its repetition in a fold."""

    at: time
    second: bool
    cells: tuple[Beginning | None, ...]


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def first_week(now: datetime, zone: str) -> date:
    """The Monday of the week in which a working day is still to come."""
    tomorrow = in_zone(now, zone).date() + timedelta(days=1)
    return monday(tomorrow + timedelta(days=2) if tomorrow.weekday() > 4 else tomorrow)


def within_reach(asked: date, now: datetime, zone: str) -> date:
    """The Monday of the week asked for, or of the nearest that lies neither behind nor too far ahead."""
    this = monday(in_zone(now, zone).date())
    last = this + timedelta(weeks=WEEKS_AHEAD)
    return monday(min(max(asked, this), last))


def days(week: date, zone: str, things: Iterable[Span], *, whole: bool = False) -> tuple[date, ...]:
    """Monday to Friday, and Saturday and Sunday where something is there or the whole week is asked for."""
    used = {in_zone(start, zone).date() for start, _ in things}
    all_days = [week + timedelta(days=number) for number in range(7)]
    return tuple(day for day in all_days if whole or day.weekday() < 5 or day in used)


def hours(shown: Sequence[date], zone: str, things: Iterable[Span], usual: Hours = WORKING_HOURS) -> Hours:
    """The usual hours, and as many more as it takes to show everything that is on these days."""
    begin, end = usual
    for start, until in things:
        first, last = in_zone(start, zone), in_zone(until, zone)
        if first.date() in shown:
            begin = min(begin, first.hour)
            end = max(end, 24 if last.date() > first.date() else last.hour + (1 if last.minute or last.second else 0))
    return begin, end


def rows(shown: Sequence[date], zone: str, between: Hours) -> list[Row]:
    """The half hours of these days side by side, in the order in which the clock shows them.

    What a gap skips is in no row of its day; what a fold repeats is there twice, as `second` the second time.
    """
    found = [{_key(cell): cell for cell in beginnings(day, zone, between)} for day in shown]
    keys = max((list(day) for day in found), key=len, default=[])
    if any(key not in keys for day in found for key in day):  # a gap and a fold in one week
        keys = sorted({key for day in found for key in day})
    return [Row(at, second, tuple(day.get((at, second)) for day in found)) for at, second in keys]


def beginnings(day: date, zone: str, between: Hours) -> list[Beginning]:
    """The half hours of one day, in order of time."""
    found = []
    for number in range(between[0] * 2, between[1] * 2):
        wall = datetime.combine(day, time(number // 2, number % 2 * 30))
        try:
            found.append(Beginning(wall, instant(wall, zone)))
        except WallTimeRefused as refusal:
            if refusal.problem == "fold":
                found += [Beginning(wall, instant(wall, zone, fold=fold), fold) for fold in (0, 1)]
    return sorted(found, key=lambda beginning: beginning.start)


def at(start: datetime, zone: str) -> Beginning:
    """An instant as a beginning on the wall of `zone`."""
    wall = in_zone(start, zone).replace(tzinfo=None, fold=0)
    try:
        return Beginning(wall, instant(wall, zone))
    except WallTimeRefused:
        return Beginning(wall, start, in_zone(start, zone).fold)


def best(free: Iterable[Beginning], *, count: int = 3) -> list[Beginning]:
    """So many of these, one a day on days far apart: in turn in the morning and after lunch, as near as can be."""
    by_day: dict[date, list[Beginning]] = {}
    for beginning in sorted(free, key=lambda each: each.start):
        by_day.setdefault(beginning.wall.date(), []).append(beginning)
    on = list(by_day)
    step = max(1, (len(on) - 1) // max(1, count - 1))
    return [_nearest(by_day[each], _LIKED[number % 2]) for number, each in enumerate(on[::step][:count])]


def hindrance(start: datetime, *, minutes: int, now: datetime, taken: Iterable[Span]) -> Hindrance | None:
    """Why a meeting of so many minutes can't begin then; None where nothing is in the way."""
    if start <= now:
        return "past"
    if start > now + FURTHEST:
        return "far"
    spans = list(taken)
    if any(overlap((start, start + HALF_HOUR), span) for span in spans):
        return "taken"
    if any(overlap((start, start + timedelta(minutes=minutes)), span) for span in spans):
        return "short"
    return None


def check_hours(begins: int, ends: int) -> None:
    """Raises Unfit unless these are whole hours of one day, the first before the second."""
    if not 0 <= begins < ends <= 24:
        raise Unfit("hours_begin", "Please let your working day begin before it ends, between 0 and 24 o'clock.")


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a moment; one that ends as the other begins doesn't."""
    return one[0] < other[1] and other[0] < one[1]


def _nearest(free: Iterable[Beginning], hour: int) -> Beginning:
    return min(free, key=lambda one: abs(one.wall.hour * 60 + one.wall.minute - hour * 60))


def _key(cell: Beginning) -> tuple[time, bool]:
    return cell.wall.time(), cell.fold == 1
