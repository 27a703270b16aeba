"""How dates, times and deadlines are said."""

from datetime import UTC, date, datetime, timedelta

import pytest

from vendorhub.wording import day, deadline, distance, start_of, times, when

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
    zones = ("Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/London", "Pacific/Auckland")
    assert times(START, END, zones) == (
        "Wednesday, 13 January 2027, 13:00–13:30 (London time, UTC+00:00)",
        "14:00–14:30 (Berlin time, UTC+01:00)",
        "Thursday, 14 January 2027, 02:00–02:30 (Auckland time, UTC+13:00)",
    )


def test_over_midnight_every_zone_has_its_days() -> None:
    late = START + timedelta(hours=9, minutes=45)
    assert times(late, late + timedelta(minutes=30), ("Europe/Berlin", "Europe/London")) == (
        "Wednesday, 13 January 2027, 23:45 – Thursday, 14 January 2027, 00:15 (Berlin time, UTC+01:00)",
        "Wednesday, 13 January 2027, 22:45–23:15 (London time, UTC+00:00)",
    )


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Berlin", "Wed, 13 Jan 2027, 14:00 (Berlin time)"),
        ("Pacific/Auckland", "Thu, 14 Jan 2027, 02:00 (Auckland time)"),
        ("UTC", "Wed, 13 Jan 2027, 13:00 (UTC)"),
    ],
)
def test_a_beginning_fits_into_a_subject(zone: str, said: str) -> None:
    assert start_of(START, zone) == said


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (START + timedelta(days=1, hours=1), "in 1 day"),
        (START - timedelta(hours=2), "2 hours ago"),
        (date(2027, 4, 1), "in 3 months"),
    ],
)
def test_how_far_away_an_instant_or_a_day_is(until: datetime | date, said: str) -> None:
    assert distance(until, START) == said


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Berlin", "the end of Monday, 11 January 2027 (Berlin time, UTC+01:00)"),
        ("Europe/London", "Monday, 11 January 2027, 23:00 (London time, UTC+00:00)"),
    ],
)
def test_a_deadline_at_midnight_is_the_end_of_the_day_before(zone: str, said: str) -> None:
    assert deadline(datetime(2027, 1, 11, 23, tzinfo=UTC), zone) == said
