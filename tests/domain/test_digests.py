"""When a pile comes by letter: pure, over weekends, nights of summer time, and any zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorhub.domain.digests import as_text, check_hours, from_text, is_due, latest
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.wall_times import in_zone
from vendorhub.domain.windows import next_working_noon

BERLIN = "Europe/Berlin"
ZONES = (BERLIN, "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo", "UTC")
SECOND = timedelta(seconds=1)

chosen = st.sets(st.integers(6, 20), min_size=1, max_size=3).filter(lambda hours: min(hours) <= 12)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


def berlin(*wall: int) -> datetime:
    return datetime(*wall, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)


def test_hours_come_in_order_and_none_means_a_letter_each():
    assert check_hours([13, 8, 13]) == (8, 13)
    assert check_hours([]) == ()
    assert from_text(as_text((8, 13))) == (8, 13)
    assert from_text(as_text(())) == ()


@pytest.mark.parametrize("hours", [[8, 9, 10, 11], [5], [8, 21], [13], [14, 20]])
def test_hours_that_will_not_do(hours: list[int]):
    with pytest.raises(Unfit) as refused:
        check_hours(hours)
    assert refused.value.field == "hours"


@pytest.mark.parametrize(
    ("now", "came"),
    [
        ((2027, 1, 5, 7, 59, 59), (2027, 1, 4, 13)),  # Tuesday before the first hour: Monday's last
        ((2027, 1, 5, 8), (2027, 1, 5, 8)),
        ((2027, 1, 5, 13, 1), (2027, 1, 5, 13)),
        ((2027, 1, 4, 7), (2027, 1, 1, 13)),  # Monday: Friday's
        ((2027, 1, 3, 9), (2027, 1, 1, 13)),  # Sunday: Friday's
        ((2027, 3, 29, 8), (2027, 3, 29, 8)),  # the Monday after the clocks went forward
        ((2027, 11, 1, 7, 59), (2027, 10, 29, 13)),  # before the first hour after they went back
    ],
)
def test_the_last_hour_that_has_come(now: tuple[int, ...], came: tuple[int, ...]):
    assert latest((8, 13), BERLIN, berlin(*now)) == berlin(*came)


@given(hours=chosen, zone=st.sampled_from(ZONES), now=instants)
def test_an_hour_is_due_until_somebody_has_looked_and_then_no_more(hours: set[int], zone: str, now: datetime):
    came = latest(hours, zone, now)
    assert came is not None
    assert came <= now
    local = in_zone(came, zone)
    assert (local.hour in hours, local.minute, local.weekday() < 5) == (True, 0, True)
    assert is_due(hours, zone, looked_at=came - SECOND, now=now)
    assert not is_due(hours, zone, looked_at=came, now=now)
    assert not is_due(hours, zone, looked_at=now, now=now)
    assert is_due(hours, zone, looked_at=now + SECOND, now=now)  # from a clock that was set ahead
    assert not is_due((), zone, looked_at=came, now=now)


@given(hours=chosen, zone=st.sampled_from(ZONES), asked=instants)
def test_by_noon_of_the_next_working_day_an_hour_has_come(hours: set[int], zone: str, asked: datetime):
    assert is_due(hours, zone, looked_at=asked, now=next_working_noon(asked, zone))
