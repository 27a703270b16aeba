"""The year before and after today, to scale."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from vendorhub.domain.outcomes import Fell, Held
from vendorhub.domain.quarters import FiscalCalendar
from vendorhub.domain.rhythms import Encounter, How, Rhythm, State, cells
from vendorhub.domain.strips import LONG, Mark, Spot, Strip, strip

CALENDAR, TODAY = FiscalCalendar(), date(2026, 11, 22)
HELD, ALSO_HELD = Encounter(date(2026, 2, 10), held=True), Encounter(date(2026, 2, 10), held=True, how=How.LOGGED)
AHEAD, LONG_AGO = Encounter(date(2026, 12, 2), held=False), Encounter(date(2025, 11, 21), held=True)
FELL = Fell(date(2026, 5, 14), Held.THEY)


def drawn(
    rhythm: Rhythm, *, due: date | None = None, calendar: FiscalCalendar = CALENDAR, today: date = TODAY
) -> Strip:
    quarters = tuple(calendar.on(calendar.quarter_of(today), number) for number in range(-4, 5))
    told = cells(rhythm, quarters, calendar=calendar, today=today)
    return strip(quarters, cells=told, encounters=rhythm.encounters, fell=rhythm.fell, due=due, today=today)


def test_days_lie_where_they_are_in_the_730_around_today() -> None:
    made = drawn(Rhythm(encounters=(HELD, ALSO_HELD, AHEAD, LONG_AGO), fell=(FELL,)), due=date(2027, 11, 22))
    assert (made.first, made.last, made.now) == (date(2025, 11, 22), date(2027, 11, 22), 360)
    assert made.spots == [
        Spot(date(2026, 2, 10), Mark.HELD, 78.9),  # 80 days on; what was noted of the same day is the same spot
        Spot(date(2026, 5, 14), Mark.FELL, 170.6),
        Spot(date(2026, 12, 2), Mark.PLANNED, 369.9),
        Spot(date(2027, 11, 22), Mark.DUE, LONG),
    ]


def test_quarters_are_cut_where_the_line_ends_and_know_their_days_and_states() -> None:
    made = drawn(Rhythm(encounters=(HELD,), fell=(FELL,)))
    assert [(str(band.quarter), band.x, band.width) for band in made.bands] == [
        ("2025-Q4", 0, 39.5),
        ("2026-Q1", 39.5, 88.7),
        ("2026-Q2", 128.2, 89.8),
        ("2026-Q3", 218.0, 90.7),
        ("2026-Q4", 308.7, 90.8),
        ("2027-Q1", 399.5, 88.7),
        ("2027-Q2", 488.2, 89.8),
        ("2027-Q3", 578.0, 90.7),
        ("2027-Q4", 668.7, 51.3),
    ]
    assert made.bands[1].middle == 83.8
    assert [(band.cell.state if band.cell else None, [spot.mark for spot in band.spots]) for band in made.bands] == [
        *((None, []), (State.MET, [Mark.HELD]), (None, [Mark.FELL])),
        *[(None, [])] * 6,
    ]


def test_where_nothing_is_asked_and_nothing_happened_there_is_nothing_to_see() -> None:
    assert not drawn(Rhythm(encounters=(replace(LONG_AGO, day=date(2025, 9, 30)),)))
    assert drawn(Rhythm(encounters=(AHEAD,)))
    assert drawn(Rhythm(fell=(FELL,)))


def test_quarters_of_whole_weeks_and_a_leap_day_leave_no_more_than_a_day_at_an_end() -> None:
    weeks = FiscalCalendar(weekday=0)
    for day in range(0, 3 * 366, 13):
        made = drawn(Rhythm(), calendar=weeks, today=date(2027, 12, 30) + timedelta(days=day))
        ends = [(before.x + before.width, after.x) for before, after in pairwise(made.bands)]
        assert all(abs(end - begin) < 0.2 for end, begin in ends)
        assert made.bands[0].x <= 1.0
        assert made.bands[-1].x + made.bands[-1].width >= LONG - 1
    assert drawn(Rhythm(), today=date(2028, 2, 29)).first == date(2027, 2, 28)
