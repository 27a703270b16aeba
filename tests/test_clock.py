from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest
import time_machine

from vendorhub import clock

NOON = datetime(2027, 1, 13, 12, tzinfo=UTC)


@time_machine.travel(NOON, tick=False)
def test_now_is_the_machines_instant_in_utc() -> None:
    assert clock.now() == NOON
    assert clock.now().tzinfo is UTC


def test_at_stops_the_clock_and_lets_it_go_again() -> None:
    before = clock.now()
    with clock.at(NOON):
        assert clock.now() == NOON
        with clock.at(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON
    assert clock.now() >= before


def test_at_lets_the_clock_go_when_the_block_raises() -> None:
    with pytest.raises(ZeroDivisionError), clock.at(datetime(1999, 1, 1, tzinfo=UTC)):
        1 / 0  # noqa: B018
    assert clock.now().year > 1999


def test_an_instant_with_another_offset_is_given_back_in_utc() -> None:
    with clock.at(datetime(2027, 1, 13, 14, tzinfo=timezone(timedelta(hours=2)))):
        assert clock.now().isoformat() == "2027-01-13T12:00:00+00:00"


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(ValueError, match="with its offset"), clock.at(datetime(2027, 1, 13, 12)):
        pass


@time_machine.travel(NOON, tick=False)
def test_a_clock_that_goes_ahead_still_stands_where_it_is_set() -> None:
    clock.go_ahead(timedelta(days=40))
    try:
        with clock.at(NOON):
            assert clock.now() == NOON
        assert clock.now() == NOON + timedelta(days=40)
    finally:
        clock.go_ahead(timedelta())


def test_another_thread_keeps_its_own_clock() -> None:
    seen: list[datetime] = []
    with clock.at(datetime(1999, 1, 1, tzinfo=UTC)):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0].year > 1999
