"""Answers how a briefing's agenda is drawn to scale: down the page, and as one bar across it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from vendorhub.domain.wall_times import in_zone
from vendorhub.queries.agendas import Line
from vendorhub.wording import clock_time

LONG: Final = 600  # units of the bar's width
ROW: Final = 38  # the least height at which an entry can be read, in pixels
LEAST, MOST = 3, 7  # pixels a minute


@dataclass(frozen=True)
class Block:
    """An entry as it is drawn: its number, when it begins and ends, its height in pixels, its place on the bar."""

    number: int
    code: str
    line: Line
    begins: str
    ends: str
    height: int
    x: float
    width: float


@dataclass(frozen=True)
class Timeline:
    """The whole of it. `left` are the minutes that nobody has, below 0 where there are too many; `frame_at` where the
    frame ends on the bar."""

    blocks: tuple[Block, ...]
    minutes: int
    frame: int
    left: int
    left_height: int
    frame_at: float
    left_width: float
    ends: str


def timeline(
    lines: Sequence[Line], *, frame: int, start: datetime | None, zone: str, codes: Sequence[str] = ()
) -> Timeline:
    """The drawing of these lines in a frame of so many minutes; clock times where `start` is agreed."""
    minutes = sum(line.entry.minutes for line in lines)
    long = max(minutes, frame, 1)
    shortest = min((line.entry.minutes for line in lines), default=frame)
    scale = min(MOST, max(LEAST, ROW / max(1, shortest)))
    # Where one ends the next begins, and saying a time is slow: each is said once.
    minutes_said = {minute for line in lines for minute in (line.starts_at_minute, line.ends_at_minute)}
    clocks = {minute: at(minute, start, zone) for minute in minutes_said}
    blocks = tuple(
        Block(
            number=number,
            code=codes[number - 1] if codes else line.id,
            line=line,
            begins=clocks[line.starts_at_minute],
            ends=clocks[line.ends_at_minute],
            height=round(line.entry.minutes * scale),
            x=round(line.starts_at_minute / long * LONG, 1),
            width=round(line.entry.minutes / long * LONG, 1),
        )
        for number, line in enumerate(lines, start=1)
    )
    left = frame - minutes
    return Timeline(
        blocks,
        minutes,
        frame,
        left,
        round(min(max(0, left) * scale, 160)),
        round(frame / long * LONG, 1),
        round(max(0, left) / long * LONG, 1),
        at(frame, start, zone),
    )


def at(minute: int, start: datetime | None, zone: str) -> str:
    """A minute of the agenda: the clock's time where it is agreed when it begins, else hours and minutes from there."""
    if start is None:
        return f"{minute // 60}:{minute % 60:02}"
    return clock_time(in_zone(start + timedelta(minutes=minute), zone))
