from datetime import UTC, date, datetime, timedelta

import pytest

from vendorhub.domain.quarters import AHEAD, check_one_a_quarter, quarter_at, quarter_of
from vendorhub.domain.refusals import WrongState

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "start", "quarter"),
    [
        (date(2027, 1, 1), 1, (date(2027, 1, 1), date(2027, 4, 1))),
        (date(2027, 3, 31), 4, (date(2027, 1, 1), date(2027, 4, 1))),
        (date(2027, 1, 31), 2, (date(2026, 11, 1), date(2027, 2, 1))),
        (date(2027, 12, 31), 12, (date(2027, 12, 1), date(2028, 3, 1))),
        (date(2028, 2, 29), 3, (date(2027, 12, 1), date(2028, 3, 1))),
        (date(2027, 11, 30), 9, (date(2027, 9, 1), date(2027, 12, 1))),
    ],
)
def test_a_quarter_begins_where_the_fiscal_year_says(day: date, start: int, quarter: tuple[date, date]) -> None:
    assert quarter_of(day, start) == quarter


def test_every_day_lies_in_its_quarter_of_three_months() -> None:
    for start in range(1, 13):
        for days in range(800):
            day = date(2027, 1, 1) + timedelta(days=days)
            first, following = quarter_of(day, start)
            assert first <= day < following
            assert (first.day, following.day, (first.month - start) % 3) == (1, 1, 0)
            assert quarter_of(following, start)[0] == following


def test_a_quarter_goes_by_the_buyers_clocks() -> None:
    new_year_in_berlin = datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert quarter_at(new_year_in_berlin, zone="Europe/Berlin", fiscal_year_start=1) == (
        new_year_in_berlin,
        datetime(2027, 3, 31, 22, tzinfo=UTC),
    )
    assert quarter_at(new_year_in_berlin, zone="UTC", fiscal_year_start=1)[1] == datetime(2027, 1, 1, tzinfo=UTC)


def refusal(*meetings: datetime, start: datetime) -> str:
    with pytest.raises(WrongState) as refused:
        check_one_a_quarter(
            [(began, began + HOUR) for began in meetings], start, now=NOW, zone="Europe/Berlin", fiscal_year_start=4
        )
    return refused.value.sentence


def test_one_meeting_a_quarter_and_one_ahead() -> None:
    january, march, april = (datetime(2027, month, 20, 9, tzinfo=UTC) for month in (1, 3, 4))
    last_quarter = datetime(2026, 12, 20, 9, tzinfo=UTC)
    for fine in (march, april):
        check_one_a_quarter(
            [(last_quarter, last_quarter + HOUR)], fine, now=NOW, zone="Europe/Berlin", fiscal_year_start=4
        )
    assert refusal(january, start=march) == (
        "You have met in that quarter already; the next meeting can be from 2027-04-01."
    )
    assert refusal(march, start=april) == AHEAD
    check_one_a_quarter([(january, january + HOUR)], april, now=NOW, zone="Europe/Berlin", fiscal_year_start=4)
