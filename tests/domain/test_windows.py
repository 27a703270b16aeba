from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorhub.domain.wall_times import WallTimeRefused
from vendorhub.domain.windows import is_over, last_day_before, next_working_noon, window_ends, working_days_left

BERLIN = "Europe/Berlin"
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)

# Midnights skipped and doubled, half hours, both edges of the day, a day that never was (Apia's, in 2011).
ZONES = [
    BERLIN,
    "UTC",
    "America/New_York",
    "America/Asuncion",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Havana",
    "America/St_Johns",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Antarctica/Casey",
    "Antarctica/Troll",
]

instants = st.datetimes(datetime(1985, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
holidays = st.frozensets(st.dates(date(2010, 1, 1), date(2012, 1, 1)), max_size=50)


def in_berlin(*wall: int) -> datetime:
    return datetime(*wall, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)


@pytest.mark.parametrize(
    ("asked", "working_days", "ends"),
    [
        ((2027, 1, 11, 9), 1, (2027, 1, 13, 0)),  # Monday: Tuesday 24:00
        ((2027, 1, 11, 0), 5, (2027, 1, 19, 0)),  # Monday, first instant: next Monday 24:00
        ((2027, 1, 11, 23, 59, 59), 5, (2027, 1, 19, 0)),  # Monday, last second: the same
        ((2027, 1, 15, 9), 1, (2027, 1, 19, 0)),  # Friday: Monday 24:00
        ((2027, 1, 16, 9), 1, (2027, 1, 19, 0)),  # Saturday: Monday 24:00
        ((2027, 1, 17, 9), 2, (2027, 1, 20, 0)),  # Sunday: Tuesday 24:00
        ((2027, 1, 14, 9), 10, (2027, 1, 29, 0)),  # two weeks
        ((2027, 3, 26, 9), 5, (2027, 4, 3, 0)),  # over the night of summer time
    ],
)
def test_a_window_ends_at_the_last_of_its_last_working_day(
    asked: tuple[int, ...], working_days: int, ends: tuple[int, ...]
):
    assert window_ends(in_berlin(*asked), working_days=working_days, zone=BERLIN) == in_berlin(*ends)


def test_the_day_of_the_ask_is_the_buyers():
    late_in_utc = datetime(2027, 1, 11, 23, 30, tzinfo=UTC)  # in Berlin already Tuesday
    assert window_ends(late_in_utc, working_days=1, zone="UTC") == datetime(2027, 1, 13, tzinfo=UTC)
    assert window_ends(late_in_utc, working_days=1, zone=BERLIN) == in_berlin(2027, 1, 14)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ((2027, 1, 11, 9), 5),  # Monday: five, as when it was asked
        ((2027, 1, 11, 23, 59, 59), 5),
        ((2027, 1, 12, 0), 4),
        ((2027, 1, 15, 9), 1),  # Friday: Monday is left
        ((2027, 1, 16, 9), 1),  # Saturday and Sunday: the same
        ((2027, 1, 18, 23, 59, 59), 0),  # its last day
    ],
)
def test_what_is_left_of_a_window(now: tuple[int, ...], left: int):
    ends = window_ends(in_berlin(2027, 1, 11, 9), working_days=5, zone=BERLIN)
    assert working_days_left(in_berlin(*now), ends, zone=BERLIN) == left
    assert left == 0 or window_ends(in_berlin(*now), working_days=left, zone=BERLIN) == ends


def test_holidays_are_not_left():
    easter = frozenset({date(2027, 3, 26), date(2027, 3, 29)})
    ends = window_ends(in_berlin(2027, 3, 24, 9), working_days=3, zone=BERLIN, holidays=easter)
    assert working_days_left(in_berlin(2027, 3, 25, 9), ends, zone=BERLIN, holidays=easter) == 2


def test_holidays_do_not_count():
    easter = frozenset({date(2027, 3, 26), date(2027, 3, 29)})
    asked = in_berlin(2027, 3, 25, 9)
    assert window_ends(asked, working_days=1, zone=BERLIN, holidays=easter) == in_berlin(2027, 3, 31)
    assert next_working_noon(asked, BERLIN, easter) == in_berlin(2027, 3, 30, 12)


@pytest.mark.parametrize(
    ("zone", "asked", "ends"),
    [
        # No midnight: the clocks jump from 24:00 to 01:00, and the day after begins with the jump.
        ("Africa/Cairo", datetime(2026, 4, 22, 9), datetime(2026, 4, 23, 22)),
        ("Asia/Beirut", datetime(2024, 3, 28, 9), datetime(2024, 3, 29, 22)),
        # Two midnights: on the first one the clocks go back an hour, and Thursday goes on.
        ("Africa/Cairo", datetime(2026, 10, 28, 9), datetime(2026, 10, 29, 22)),
        # Two hours into Friday the clocks of Casey went back to Thursday, 23:00.
        ("Antarctica/Casey", datetime(2010, 3, 3, 9), datetime(2010, 3, 4, 16)),
    ],
)
def test_where_midnight_is_skipped_or_doubled_the_day_is_over_for_good(zone: str, asked: datetime, ends: datetime):
    assert window_ends(asked.replace(tzinfo=UTC), working_days=1, zone=zone) == ends.replace(tzinfo=UTC)


@given(instants, st.integers(1, 30), st.sampled_from(ZONES), holidays)
def test_a_window_leaves_exactly_its_working_days(
    asked: datetime, working_days: int, zone: str, holidays: frozenset[date]
):
    ends = window_ends(asked, working_days=working_days, zone=zone, holidays=holidays)
    first = asked.astimezone(ZoneInfo(zone)).date() + DAY
    # A window over Apia's missing Friday counts it; the calendar of the day did, too.
    last = (ends - SECOND).astimezone(ZoneInfo(zone)).date()
    skipped = ends.astimezone(ZoneInfo(zone)).date() - DAY
    whole = [first + n * DAY for n in range((skipped - first).days + 1)]
    assert sum(day.weekday() < 5 and day not in holidays for day in whole) == working_days
    assert skipped.weekday() < 5
    assert skipped not in holidays
    assert last == skipped or zone == "Pacific/Apia"


@given(instants, st.integers(1, 10), st.sampled_from(ZONES))
def test_before_the_end_it_is_that_day_and_afterwards_never_again(asked: datetime, working_days: int, zone: str):
    place = ZoneInfo(zone)
    ends = window_ends(asked, working_days=working_days, zone=zone)
    last = (ends - SECOND).astimezone(place).date()
    assert all((ends + n * timedelta(minutes=1)).astimezone(place).date() > last for n in range(240))


@given(instants, st.integers(1, 10), st.sampled_from(ZONES))
def test_a_longer_window_ends_later_and_a_later_ask_never_earlier(asked: datetime, working_days: int, zone: str):
    ends = window_ends(asked, working_days=working_days, zone=zone)
    assert ends.tzinfo is UTC
    assert ends > asked
    assert window_ends(asked, working_days=working_days + 1, zone=zone) > ends
    assert window_ends(asked + timedelta(hours=7), working_days=working_days, zone=zone) >= ends


@given(instants, st.sampled_from(ZONES), holidays)
def test_who_may_decide_hears_of_it_at_noon(asked: datetime, zone: str, holidays: frozenset[date]):
    noon = next_working_noon(asked, zone, holidays).astimezone(ZoneInfo(zone))
    assert noon > asked
    assert noon < window_ends(asked, working_days=1, zone=zone, holidays=holidays) or zone == "Pacific/Apia"
    assert (noon.hour, noon.minute, noon.second) == (12, 0, 0) or zone == "Pacific/Apia"


def test_apia_had_no_friday_to_have_noon_on():
    thursday = datetime(2011, 12, 29, 22, tzinfo=UTC)
    saturday_begins = datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert next_working_noon(thursday, "Pacific/Apia") == saturday_begins
    assert window_ends(thursday, working_days=1, zone="Pacific/Apia") == saturday_begins


def test_days_after_and_before_count_working_days_only():
    friday = in_berlin(2027, 1, 15, 9)
    assert next_working_noon(friday, BERLIN, days=2) == in_berlin(2027, 1, 19, 12)
    tuesday = in_berlin(2027, 1, 19, 14)
    assert last_day_before(tuesday, working_days=3, zone=BERLIN) == in_berlin(2027, 1, 15)
    assert last_day_before(tuesday, working_days=1, zone=BERLIN) == in_berlin(2027, 1, 19)
    assert last_day_before(tuesday, working_days=0, zone=BERLIN) == tuesday
    epiphany = frozenset({date(2027, 1, 18)})
    assert last_day_before(tuesday, working_days=1, zone=BERLIN, holidays=epiphany) == in_berlin(2027, 1, 16)


def test_an_answer_at_the_very_end_is_too_late():
    ends = in_berlin(2027, 1, 13)
    assert not is_over(ends, ends - timedelta(microseconds=1))
    assert is_over(ends, ends)
    assert is_over(ends, ends + SECOND)
    assert is_over(ends, ends.astimezone(ZoneInfo("Asia/Tokyo")))


def test_no_window_without_a_working_day_or_a_zone():
    with pytest.raises(ValueError, match="^a window has at least one working day$"):
        window_ends(in_berlin(2027, 1, 11), working_days=0, zone=BERLIN)
    with pytest.raises(WallTimeRefused):
        window_ends(in_berlin(2027, 1, 11), working_days=1, zone="Berlin")
    with pytest.raises(WallTimeRefused):
        next_working_noon(in_berlin(2027, 1, 11), "Berlin")
