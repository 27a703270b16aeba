"""Where a briefing is in its running order: what is on, how long it still has, what is next, and how late it gets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from math import ceil

EARLIEST = timedelta(minutes=30)  # before the agreed time somebody may begin
LATEST = timedelta(hours=2)  # after its end it is over, whatever was pressed
OVER = ""  # what is on when somebody has said that it is over


@dataclass(frozen=True)
class Step:
    """Somebody said at `began_at` that this entry is on, by its ref; OVER ends it."""

    ref: str
    began_at: datetime


@dataclass(frozen=True)
class Now:
    """Where it is. `at` is the entry that is on, from 0; None before it begins and when it is `over`.

    `left` are the minutes that it still has, below 0 by how many it has run over; `starts_in` those until it begins;
    `late` by how many minutes all of it would end later than planned, at `ends_at`. `told` says that somebody has
    said what is on; else it goes by the clock.
    """

    at: int | None
    over: bool
    left: int
    starts_in: int
    late: int
    ends_at: datetime
    told: bool


def now_at(
    entries: Sequence[tuple[str, int]], *, start: datetime, end: datetime, step: Step | None, now: datetime
) -> Now:
    """Where it is at this moment; `entries` are ref and minutes in running order, `end` the end that was agreed."""
    planned = start + timedelta(minutes=sum(minutes for _, minutes in entries))
    told = step is not None
    if not entries or now >= end + LATEST or (step is not None and step.ref == OVER):
        over = bool(step) or now >= end
        return Now(None, over, 0, 0 if over else _minutes(start - now), 0, planned, told)
    at = next((at for at, (ref, _) in enumerate(entries) if step is not None and ref == step.ref), None)
    if at is None or step is None:
        return _by_the_clock(entries, start=start, planned=planned, now=now)
    ends = step.began_at + timedelta(minutes=entries[at][1])
    after = timedelta(minutes=sum(minutes for _, minutes in entries[at + 1 :]))
    ends_at = max(ends, now) + after
    return Now(at, False, _minutes(ends - now), 0, max(0, _minutes(ends_at - planned)), ends_at, told)


def may_begin(*, start: datetime, end: datetime, now: datetime) -> bool:
    """Whether somebody can say now what is on."""
    return start - EARLIEST <= now < end + LATEST


def _by_the_clock(entries: Sequence[tuple[str, int]], *, start: datetime, planned: datetime, now: datetime) -> Now:
    if now < start:
        return Now(None, False, 0, _minutes(start - now), 0, planned, False)
    for at, minute in enumerate(accumulate(minutes for _, minutes in entries)):
        ends = start + timedelta(minutes=minute)
        if now < ends:
            return Now(at, False, _minutes(ends - now), 0, 0, planned, False)
    return Now(None, True, 0, 0, 0, planned, False)


def _minutes(span: timedelta) -> int:
    """Whole minutes, a begun one as one: of 30 seconds that are left one, of 30 seconds too many none yet."""
    return ceil(span / timedelta(minutes=1))
