"""Answers how an agenda is drawn to scale: a bar as long as the meeting, a piece for each point, and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from vendorhub.queries.meetings import AgendaView

LONG: Final = 600  # units of the drawing's width


@dataclass(frozen=True)
class Piece:
    """A point on the bar: its number in the list beneath, where it lies, and the instants between which it is on."""

    number: int
    segment: str
    title: str
    minutes: int
    x: float
    width: float
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Bar:
    """The whole bar; minutes by half, and those that nobody has spoken for."""

    pieces: tuple[Piece, ...]
    minutes: int
    vendor: int
    buyer: int
    left: int


def bar(items: Iterable[AgendaView], *, start: datetime, minutes: int) -> Bar:
    """The bar of a meeting; points beyond its end, where it was made shorter, make the bar longer."""
    points = list(items)
    spoken_for = {half: sum(item.minutes for item in points if item.segment == half) for half in ("vendor", "buyer")}
    long = max(minutes, sum(spoken_for.values()))
    pieces = tuple(
        Piece(
            number=number,
            segment=item.segment,
            title=item.title,
            minutes=item.minutes,
            x=round(item.starts_at_minute / long * LONG, 1),
            width=round(item.minutes / long * LONG, 1),
            start=start + timedelta(minutes=item.starts_at_minute),
            end=start + timedelta(minutes=item.starts_at_minute + item.minutes),
        )
        for number, item in enumerate(points, start=1)
    )
    return Bar(pieces, minutes, spoken_for["vendor"], spoken_for["buyer"], long - sum(spoken_for.values()))
