from datetime import UTC, date, datetime, timedelta

import pytest

from vendorhub.domain.quarters import AHEAD, FiscalCalendar, check_one_a_quarter, months_on, quarter_at
from vendorhub.domain.refusals import Unfit, WrongState

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


MONTHS = [FiscalCalendar(start) for start in range(1, 13)]
WEEKS = [FiscalCalendar(start, weekday) for start in (1, 2, 7, 12) for weekday in range(7)]


@pytest.mark.parametrize(
    ("day", "start", "name", "first", "after"),
    [
        (date(2027, 1, 1), 1, "2027-Q1", date(2027, 1, 1), date(2027, 4, 1)),
        (date(2027, 3, 31), 4, "2026-Q4", date(2027, 1, 1), date(2027, 4, 1)),
        (date(2027, 1, 31), 2, "2026-Q4", date(2026, 11, 1), date(2027, 2, 1)),
        (date(2027, 12, 31), 12, "2027-Q1", date(2027, 12, 1), date(2028, 3, 1)),
        (date(2028, 2, 29), 3, "2027-Q4", date(2027, 12, 1), date(2028, 3, 1)),
        (date(2027, 11, 30), 9, "2027-Q1", date(2027, 9, 1), date(2027, 12, 1)),
    ],
)
def test_a_quarter_begins_where_the_fiscal_year_says(
    day: date, start: int, name: str, first: date, after: date
) -> None:
    quarter = FiscalCalendar(start).quarter_of(day)
    assert (str(quarter), quarter.first, quarter.after) == (name, first, after)


@pytest.mark.parametrize(
    ("year", "weekday", "begins", "weeks"),
    [
        (2026, 0, date(2025, 12, 29), 53),  # 1 January 2026 is a Thursday
        (2027, 0, date(2027, 1, 4), 52),
        (2025, 0, date(2024, 12, 30), 52),
        (2024, 0, date(2024, 1, 1), 52),  # two years begin in 2024, and each has its own name
        (2028, 6, date(2028, 1, 2), 52),
    ],
)
def test_a_year_of_whole_weeks_begins_on_the_weekday_nearest(year: int, weekday: int, begins: date, weeks: int) -> None:
    calendar = FiscalCalendar(1, weekday)
    assert (calendar.begins(year), calendar.begins(year + 1) - begins) == (begins, timedelta(weeks=weeks))
    last = calendar.quarter(year, 4)
    assert last.after - last.first == timedelta(weeks=weeks - 39)


@pytest.mark.parametrize("calendar", [*MONTHS, *WEEKS], ids=str)
def test_every_day_lies_in_one_quarter_and_quarters_follow_each_other(calendar: FiscalCalendar) -> None:
    quarter = calendar.quarter_of(date(2023, 12, 1))
    for days in range(1900):
        day = date(2023, 12, 1) + timedelta(days=days)
        if day == quarter.after:
            before, quarter = quarter, calendar.on(quarter, 1)
            assert (quarter.first, calendar.on(quarter, -1)) == (before.after, before)
            assert (quarter.year, quarter.number) == (before.year + before.number // 4, before.number % 4 + 1)
        assert calendar.quarter_of(day) == quarter
        assert day in quarter
    assert calendar.named(str(quarter)) == quarter


@pytest.mark.parametrize("name", ["2026-Q5", "2026-Q0", "2026Q4", "0001-Q1", "3000-Q1", "2026-Q4 ", "٢٠٢٦-Q1", ""])
def test_what_is_no_quarter_is_refused(name: str) -> None:
    with pytest.raises(Unfit, match="Please name a quarter of a fiscal year like 2026-Q4"):
        FiscalCalendar().named(name)


@pytest.mark.parametrize(("start", "weekday"), [(0, None), (13, None), (1, 7), (1, -1)])
def test_a_calendar_has_a_month_and_perhaps_a_weekday(start: int, weekday: int | None) -> None:
    with pytest.raises(Unfit):
        FiscalCalendar(start, weekday)


def test_a_month_later_is_the_same_day_or_the_months_last() -> None:
    assert months_on(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert months_on(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_on(date(2027, 11, 15), 2) == date(2028, 1, 15)
    assert months_on(date(2027, 3, 31), -13) == date(2026, 2, 28)


def test_a_quarter_goes_by_the_buyers_clocks() -> None:
    new_year_in_berlin = datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert quarter_at(new_year_in_berlin, zone="Europe/Berlin", fiscal=FiscalCalendar()) == (
        new_year_in_berlin,
        datetime(2027, 3, 31, 22, tzinfo=UTC),
    )
    assert quarter_at(new_year_in_berlin, zone="UTC", fiscal=FiscalCalendar())[1] == datetime(2027, 1, 1, tzinfo=UTC)


def refusal(*meetings: datetime, start: datetime) -> str:
    with pytest.raises(WrongState) as refused:
        check_one_a_quarter(
            [(began, began + HOUR) for began in meetings],
            start,
            now=NOW,
            zone="Europe/Berlin",
            fiscal=FiscalCalendar(4),
        )
    return refused.value.sentence


def test_one_meeting_a_quarter_and_one_ahead() -> None:
    january, march, april = (datetime(2027, month, 20, 9, tzinfo=UTC) for month in (1, 3, 4))
    last_quarter = datetime(2026, 12, 20, 9, tzinfo=UTC)
    for fine in (march, april):
        check_one_a_quarter(
            [(last_quarter, last_quarter + HOUR)], fine, now=NOW, zone="Europe/Berlin", fiscal=FiscalCalendar(4)
        )
    assert refusal(january, start=march) == (
        "You have met in that quarter already; the next meeting can be from 2027-04-01."
    )
    assert refusal(march, start=april) == AHEAD
    check_one_a_quarter([(january, january + HOUR)], april, now=NOW, zone="Europe/Berlin", fiscal=FiscalCalendar(4))
