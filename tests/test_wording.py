"""How dates, times and deadlines are said."""

from datetime import UTC, date, datetime

import pytest

from vendorhub.wording import day, deadline, times, when

START, END = datetime(2027, 1, 13, 13, tzinfo=UTC), datetime(2027, 1, 13, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "said"),
    [("", "Wednesday, 13 January 2027"), ("en", "Wednesday, 13 January 2027"), ("de", "Mittwoch, 13. Januar 2027")],
)
def test_a_date_has_its_weekday(locale: str, said: str) -> None:
    assert day(date(2027, 1, 13), locale) == said


def test_a_span_has_its_zone() -> None:
    assert when(START, END, "Europe/Berlin") == "Wednesday, 13 January 2027, 14:00–14:30 (Berlin time, UTC+01:00)"


def test_a_span_over_midnight_has_both_days() -> None:
    assert when(datetime(2027, 1, 13, 14, 45, tzinfo=UTC), datetime(2027, 1, 13, 15, 15, tzinfo=UTC), "Asia/Tokyo") == (
        "Wednesday, 13 January 2027, 23:45 – Thursday, 14 January 2027, 00:15 (Tokyo time, UTC+09:00)"
    )


def test_the_readers_zone_comes_first_and_equal_clocks_once() -> None:
    zones = ("Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/London")
    assert times(START, END, zones) == (
        "Wednesday, 13 January 2027, 13:00–13:30 (London time, UTC+00:00)",
        "Wednesday, 13 January 2027, 14:00–14:30 (Berlin time, UTC+01:00)",
    )


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Berlin", "the end of Monday, 11 January 2027 (Berlin time, UTC+01:00)"),
        ("Europe/London", "Monday, 11 January 2027, 23:00 (London time, UTC+00:00)"),
    ],
)
def test_a_deadline_at_midnight_is_the_end_of_the_day_before(zone: str, said: str) -> None:
    assert deadline(datetime(2027, 1, 11, 23, tzinfo=UTC), zone) == said
