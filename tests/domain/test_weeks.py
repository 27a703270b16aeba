from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from vendorhub.domain import weeks
from vendorhub.domain.wall_times import in_zone

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
MINUTE = timedelta(minutes=1)
NOON = datetime(2027, 1, 13, 12, tzinfo=UTC)


def names(rows: list[weeks.Row]) -> list[str]:
    return [f"{row.at:%H:%M}{' again' if row.second else ''}" for row in rows]


def test_a_week_begins_on_monday_and_has_a_weekend_where_something_is_there() -> None:
    week = weeks.monday(date(2027, 1, 13))
    assert week == date(2027, 1, 11)
    assert [day.day for day in weeks.days(week, BERLIN, [])] == [11, 12, 13, 14, 15]
    saturday = datetime(2027, 1, 15, 23, 30, tzinfo=UTC)  # half past midnight in Berlin
    assert [day.day for day in weeks.days(week, BERLIN, [(saturday, saturday + 30 * MINUTE)])][5:] == [16]
    assert len(weeks.days(week, BERLIN, [], whole=True)) == 7


def test_hours_grow_by_what_is_there() -> None:
    shown = weeks.days(date(2027, 1, 11), BERLIN, [])
    early, late = datetime(2027, 1, 12, 5, 30, tzinfo=UTC), datetime(2027, 1, 13, 18, 15, tzinfo=UTC)
    assert weeks.hours(shown, BERLIN, []) == (8, 18)
    assert weeks.hours(shown, BERLIN, [(early, early + 30 * MINUTE)]) == (6, 18)
    assert weeks.hours(shown, BERLIN, [(late, late + 30 * MINUTE)]) == (8, 20)
    assert weeks.hours(shown, BERLIN, [(late, late + 9 * 60 * MINUTE)]) == (8, 24)
    assert weeks.hours(shown[3:], BERLIN, [(early, early + 30 * MINUTE)]) == (8, 18)


def test_what_a_gap_skips_does_not_exist_and_what_a_fold_repeats_is_there_twice() -> None:
    spring = weeks.rows((date(2027, 3, 27), date(2027, 3, 28)), BERLIN, (1, 4))
    assert names(spring) == ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]
    assert [row.cells[1] is None for row in spring] == [False, False, True, True, False, False]
    assert spring[4].cells[1] == weeks.Beginning(datetime(2027, 3, 28, 3), datetime(2027, 3, 28, 1, tzinfo=UTC))
    autumn = weeks.rows((date(2027, 10, 30), date(2027, 10, 31)), BERLIN, (1, 4))
    assert names(autumn) == [
        *("01:00", "01:30", "02:00", "02:30", "02:00 again", "02:30 again", "03:00", "03:30"),
    ]
    first, second = (autumn[number].cells[1] for number in (2, 4))
    assert first == weeks.Beginning(datetime(2027, 10, 31, 2), datetime(2027, 10, 31, 0, tzinfo=UTC), 0)
    assert second == weeks.Beginning(datetime(2027, 10, 31, 2), datetime(2027, 10, 31, 1, tzinfo=UTC), 1)
    assert autumn[4].cells[0] is None


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, "Australia/Lord_Howe", "Asia/Kolkata"])
def test_every_half_hour_of_a_year_is_there_once(zone: str) -> None:
    days = [date(2027, 1, 1) + timedelta(days=number) for number in range(365)]
    found = [cell.start for day in days for cell in weeks.beginnings(day, zone, weeks.WHOLE_DAY)]
    assert {later - earlier for earlier, later in pairwise(found)} == {30 * MINUTE}
    assert all(weeks.at(start, zone).start == start for start in found)
    assert {in_zone(start, zone).minute for start in found} == {0, 30}


@pytest.mark.parametrize(
    ("minutes_from_noon", "why"),
    [(-30, "past"), (0, "past"), (30, None), (60, "short"), (90, "taken"), (120, "taken"), (150, None)],
)
def test_why_a_meeting_cannot_begin(minutes_from_noon: int, why: str | None) -> None:
    taken = [(NOON + 105 * MINUTE, NOON + 150 * MINUTE)]
    start = NOON + minutes_from_noon * MINUTE
    assert weeks.hindrance(start, minutes=60, now=NOON, taken=taken) == why


def test_no_week_behind_and_none_too_far() -> None:
    assert weeks.first_week(NOON, BERLIN) == date(2027, 1, 11)
    assert weeks.first_week(datetime(2027, 1, 15, 12, tzinfo=UTC), BERLIN) == date(2027, 1, 18)
    assert weeks.within_reach(date.min, NOON, BERLIN) == date(2027, 1, 11)
    assert weeks.within_reach(date.max, NOON, BERLIN) == date(2028, 1, 10)
    assert weeks.within_reach(date(2027, 1, 24), NOON, BERLIN) == date(2027, 1, 18)
    assert weeks.hindrance(NOON + timedelta(days=367), minutes=30, now=NOON, taken=[]) == "far"


def test_the_clock_shows_the_time_twice_only_where_it_does() -> None:
    assert weeks.at(NOON, NEW_YORK) == weeks.Beginning(datetime(2027, 1, 13, 7), NOON)
    twice = datetime(2027, 11, 7, 6, 30, tzinfo=UTC)
    assert weeks.at(twice, NEW_YORK) == weeks.Beginning(datetime.combine(date(2027, 11, 7), time(1, 30)), twice, 1)


def test_the_best_three_are_far_apart_in_the_morning_and_after_lunch() -> None:
    week = [date(2027, 1, 11) + timedelta(days=number) for number in range(5)]
    free = [cell for day in week for cell in weeks.beginnings(day, BERLIN, (8, 18))]
    assert [f"{one.wall:%a %H:%M}" for one in weeks.best(free)] == ["Mon 10:00", "Wed 14:00", "Fri 10:00"]
    late = [one for one in free if one.wall.hour >= 15 and one.wall.day > 13]
    assert [f"{one.wall:%a %H:%M}" for one in weeks.best(late)] == ["Thu 15:00", "Fri 15:00"]
    assert weeks.best([]) == []
