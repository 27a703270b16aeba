"""Where a briefing is in its running order, by the clock and by what somebody said."""

from datetime import UTC, datetime, timedelta

import pytest

from vendorhub.domain.running import OVER, Now, Step, may_begin, now_at

START = datetime(2027, 1, 13, 13, tzinfo=UTC)
END = START + timedelta(minutes=90)
ENTRIES = [("A", 40), ("B", 20), ("C", 20)]
PLANNED = START + timedelta(minutes=80)


def at(minute: float, step: Step | None = None) -> Now:
    return now_at(ENTRIES, start=START, end=END, step=step, now=START + timedelta(minutes=minute))


@pytest.mark.parametrize(
    ("minute", "entry", "left"), [(0, 0, 40), (39.5, 0, 1), (40, 1, 20), (79, 2, 1), (80, None, 0), (300, None, 0)]
)
def test_by_the_clock(minute: float, entry: int | None, left: int) -> None:
    now = at(minute)
    assert (now.at, now.left, now.over, now.late, now.told) == (entry, left, entry is None, 0, False)


def test_before_it_begins() -> None:
    assert at(-90) == Now(None, over=False, left=0, starts_in=90, late=0, ends_at=PLANNED, told=False)


@pytest.mark.parametrize(
    ("minute", "left", "late"),
    [(45, 20, 5), (65, 0, 5), (65.5, 0, 6), (66, -1, 6), (72, -7, 12)],
)
def test_what_somebody_said_is_on_runs_over(minute: float, left: int, late: int) -> None:
    now = at(minute, Step("B", START + timedelta(minutes=45)))
    assert (now.at, now.left, now.late, now.over, now.told) == (1, left, late, False, True)


def test_it_is_over_when_somebody_says_so_or_long_after_its_end() -> None:
    assert at(30, Step(OVER, START)).over
    assert at(89 + 120, Step("C", START)).at == 2
    assert at(90 + 120, Step("C", START)).over


def test_an_entry_that_is_not_there_any_more_leaves_it_to_the_clock() -> None:
    assert at(45, Step("GONE", START)) == at(45)


def test_it_is_begun_half_an_hour_early_at_most_and_two_hours_late() -> None:
    told = [
        may_begin(start=START, end=END, now=START + timedelta(minutes=minute)) for minute in (-31, -30, 0, 209, 210)
    ]
    assert told == [False, True, True, True, False]
