"""When somebody is written to about a week: on its Monday, at their hour, once; and what stands in that letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from vendorhub.domain.rhythms import Why
from vendorhub.domain.wall_times import in_zone
from vendorhub.domain.windows import reached

HOUR: Final = 8  # of those who have chosen none for their pile
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """A relationship by its code and its company's name, and why it is named."""

    code: str
    name: str
    why: Why | None = None


@dataclass(frozen=True)
class Week:
    """What a week asks of somebody: who is overdue, who is due, whom they meet within it, for whom the quarter ends
    within it without a meeting, and of whom it is time to ask whether meeting is still worth it."""

    overdue: Sequence[Line] = ()
    due: Sequence[Line] = ()
    meets: Sequence[Line] = ()
    ends: Sequence[Line] = ()
    worth: Sequence[Line] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return any(vars(self).values())


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def to_write(last: date | None, *, hour: int, zone: str, now: datetime) -> date | None:
    """The Monday of the week about which to write now, by the clocks of `zone`; None before its hour, or where that was
    done. `last` is the Monday about which it was done last."""
    monday = monday_of(in_zone(now, zone).date())
    if now < reached(datetime.combine(monday, time(hour)), zone):
        monday -= _WEEK  # a letter that nobody wrote in time is of that week still
    return monday if last is None or last < monday else None
