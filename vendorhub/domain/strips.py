"""Where the last and the next twelve months of a relationship lie on a line, drawn to scale by their days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vendorhub.domain.outcomes import Fell
from vendorhub.domain.quarters import Quarter, months_on
from vendorhub.domain.rhythms import Cell, Encounter

LONG: Final = 720  # units of the line's length
MONTHS: Final = 12  # to either side of the day


class Mark(StrEnum):
    """What happened, or is to happen, on a day."""

    HELD = "held"
    FELL = "fell"
    PLANNED = "planned"
    DUE = "due"


@dataclass(frozen=True)
class Spot:
    """A day with its mark, and how far along the line it lies."""

    day: date
    mark: Mark
    x: float


@dataclass(frozen=True)
class Band:
    """What is seen of a quarter: from where on, how wide, what it is (None of which nothing is asked), its days."""

    quarter: Quarter
    cell: Cell | None
    x: float
    width: float
    spots: tuple[Spot, ...]

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Strip:
    """The line from its `first` to its `last` day, with the present one at `now`; and its quarters with their days."""

    first: date
    last: date
    now: float
    bands: tuple[Band, ...]

    @property
    def spots(self) -> list[Spot]:
        """All of its days in order."""
        return [spot for band in self.bands for spot in band.spots]

    def __bool__(self) -> bool:
        """Whether there is anything to see on it."""
        return any(band.cell or band.spots for band in self.bands)


def strip(
    quarters: Sequence[Quarter],
    *,
    cells: Sequence[Cell],
    encounters: Iterable[Encounter],
    fell: Iterable[Fell],
    due: date | None,
    today: date,
) -> Strip:
    """The line around `today`, of these consecutive quarters. They are a year to either side; where quarters are of
    whole weeks that can leave a day at an end to none of them."""
    first, last = months_on(today, -MONTHS), months_on(today, MONTHS)
    days = (last - first).days

    def along(day: date) -> float:
        return round((min(max(day, first), last) - first).days / days * LONG, 1)

    marked = {(each.day, Mark.HELD if each.held else Mark.PLANNED) for each in encounters}
    marked |= {(each.day, Mark.FELL) for each in fell}
    marked |= {(due, Mark.DUE)} if due else set()
    spots = [Spot(day, mark, along(day)) for day, mark in sorted(marked) if first <= day <= last]
    told = {cell.quarter: cell for cell in cells}
    bands = (
        Band(
            quarter,
            told.get(quarter),
            along(quarter.first),
            round(along(quarter.after) - along(quarter.first), 1),
            tuple(spot for spot in spots if spot.day in quarter),
        )
        for quarter in quarters
    )
    return Strip(first, last, along(today), tuple(band for band in bands if band.width))
