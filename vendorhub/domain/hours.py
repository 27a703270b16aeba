"""Where a buyer's time with vendors goes: shares of meetings, by whatever they were given to (M13, M14)."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vendorhub.domain.quarters import months_on

MONTHS = 12  # that are looked at
NOTHING = ""  # what time is given to that nobody has named


@dataclass(frozen=True)
class Share:
    """A company's part of a meeting that was held, in minutes of the buyer's time: all of it, or where several came
    together (`joint`), as much as each of the others. `goals` and `topics` are what it was about."""

    day: date
    company: str  # its slug
    minutes: float
    joint: bool = False
    goals: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spent:
    """Minutes given to one thing, those of joint talks among them."""

    to: str
    minutes: float
    joint: float

    @property
    def alone(self) -> float:
        """What was given in meetings with one company."""
        return self.minutes - self.joint


def months_until(last: date) -> list[date]:
    """The firsts of the months that are looked at, the last of them that of this day."""
    return [months_on(last.replace(day=1), -back) for back in reversed(range(MONTHS))]


def by_month(shares: Iterable[Share], months: Sequence[date]) -> list[tuple[date, Spent]]:
    """What was given in each month; also of one in which nothing was."""
    found = {spent.to: spent for spent in given_to(shares, lambda share: (share.day.isoformat()[:7],))}
    return [(month, found.get(name, Spent(name, 0, 0))) for month in months for name in (month.isoformat()[:7],)]


def given_to(shares: Iterable[Share], what: Callable[[Share], Sequence[str]]) -> list[Spent]:
    """What was given to each thing that `what` names, the most first; time that has several is shared out evenly among
    them, so that the sum is the time that was given, and time that has none is given to NOTHING."""
    whole, joint = Counter[str](), Counter[str]()
    for share in shares:
        named = what(share) or (NOTHING,)
        for each in named:
            whole[each] += share.minutes / len(named)  # type: ignore[assignment]
            joint[each] += share.minutes / len(named) if share.joint else 0  # type: ignore[assignment]
    return sorted((Spent(to, whole[to], joint[to]) for to in whole), key=lambda each: (-each.minutes, each.to))
