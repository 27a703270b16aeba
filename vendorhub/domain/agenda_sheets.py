"""What a sheet of paper says of an agenda: every word as its reader may see it, in the reader's language and zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Line:
    """One entry. `begins` is a clock's time or, while no time is agreed, hours and minutes from the beginning.

    `whose` names the companies, `who` the people that present it; `abstract` is plain text.
    """

    starts_at: int  # minutes from the beginning
    minutes: int
    begins: str
    lasts: str
    segment: str
    whose: str
    title: str
    who: tuple[str, ...] = ()
    abstract: str = ""


@dataclass(frozen=True)
class Sheet:
    """An agenda for print. `facts` are pairs of label and words; `ticks` pairs of minute and what the clock shows then.

    `share` says in a sentence how much of the time is the buyer's. `made_at` is when this version was made: the same
    version is the same paper, octet by octet.
    """

    kind: str
    theme: str
    companies: str
    facts: tuple[tuple[str, str], ...]
    minutes: int
    lines: tuple[Line, ...]
    legend: tuple[tuple[str, str], ...]  # segment, its name
    ticks: tuple[tuple[int, str], ...]
    share: str
    rules_title: str
    rules: str
    version: str
    page: str  # with {page} and {pages}
    link: str
    boxes: str  # says what a box stands for, where the typeface lacks somebody's writing
    language: str
    made_at: datetime
    empty: str = ""  # what is said where there are no entries yet


def shares(lines: Sequence[Line]) -> list[tuple[str, int]]:
    """The minutes of each segment, in the order in which they first come."""
    found: dict[str, int] = {}
    for line in lines:
        found[line.segment] = found.get(line.segment, 0) + line.minutes
    return list(found.items())


def tick_every(minutes: int) -> int:
    """How many minutes lie between two marks beside a timeline of so many: at most nine marks, at round times."""
    return next((step for step in (5, 10, 15, 30, 60, 120) if minutes <= step * 8), 240)


def detail(heights: Sequence[tuple[float, float]]) -> int:
    """Which of several ways to print the entries is taken: the first whose height fits into its room, else the last."""
    return next((way for way, (height, room) in enumerate(heights) if height <= room), len(heights) - 1)
