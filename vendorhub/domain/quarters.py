"""Which quarter of a buyer's fiscal year it is, and whether a standing yes has a meeting left in it."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from vendorhub.domain.refusals import WrongState
from vendorhub.domain.wall_times import in_zone

AHEAD = "A meeting is ahead already; once it is over, the time of the next can be found."

_MONTHS = 3

Span = tuple[datetime, datetime]  # from when to before when


def quarter_of(day: date, fiscal_year_start: int) -> tuple[date, date]:
    """The first day of the quarter in which `day` lies, and of the next; `fiscal_year_start` is a month, 1 to 12."""
    months = day.year * 12 + day.month - 1
    first = months - (day.month - fiscal_year_start) % _MONTHS
    return _first_of(first), _first_of(first + _MONTHS)


def quarter_at(instant: datetime, *, zone: str, fiscal_year_start: int) -> Span:
    """The instants (UTC) at which the quarter begins and ends that the buyer's calendar shows at `instant`."""
    place = ZoneInfo(zone)
    days = quarter_of(in_zone(instant, zone).date(), fiscal_year_start)
    begins, ends = (datetime(day.year, day.month, 1, tzinfo=place).astimezone(instant.tzinfo) for day in days)
    return begins, ends


def check_one_a_quarter(
    meetings: Iterable[Span], start: datetime, *, now: datetime, zone: str, fiscal_year_start: int
) -> None:
    """Whether a meeting may begin at `start` on a standing yes that has led to these `meetings`, cancelled ones left
    out: one a quarter, one ahead at a time. Raises WrongState with the day from which the next may be.
    """
    begins, ends = quarter_at(start, zone=zone, fiscal_year_start=fiscal_year_start)
    for began, ended in meetings:
        if ended > now:
            raise WrongState(AHEAD)
        if begins <= began < ends:
            raise WrongState(
                "You have met in that quarter already; the next meeting can be from %(day)s.",
                day=in_zone(ends, zone).date(),
            )


def _first_of(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)
