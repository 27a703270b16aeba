"""What may be written down of a briefing, and who may read it."""

from datetime import date

import pytest

from vendorhub.domain import minutes as rules
from vendorhub.domain.refusals import Unfit

NORDEN, BRIDGE, FASTPRINT, CLOUDIO = 1, 2, 3, 4


@pytest.mark.parametrize(
    ("owner", "entry", "read"),
    [
        (FASTPRINT, "HIDDEN", True),  # one's own, wherever it was promised
        (CLOUDIO, "", False),  # a rival's never
        (CLOUDIO, "SHOWN", False),
        (NORDEN, "", True),
        (NORDEN, "SHOWN", True),
        (NORDEN, "HIDDEN", False),
        (BRIDGE, "SHOWN", True),
        (BRIDGE, "HIDDEN", False),
    ],
)
def test_whose_promise_a_vendor_reads(owner: int, entry: str, read: bool) -> None:
    assert (
        rules.promise_is_for(owner=owner, entry=entry, reader=FASTPRINT, hosts=(NORDEN, BRIDGE), readable={"SHOWN"})
        is read
    )


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2027, 1, 13), date(2027, 4, 13)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 9, 30), date(2027, 12, 30)),
        (date(2027, 10, 1), date(2028, 1, 1)),
    ],
)
def test_three_months_on_stays_within_the_month(day: date, later: date) -> None:
    assert rules.three_months_on(day) == later


def test_items_are_due_again_as_long_before_it_and_two_weeks_from_now_at_least() -> None:
    due, met = date(2027, 1, 4), date(2027, 1, 18)
    assert rules.due_again(due, met, today=date(2027, 1, 19)) == date(2027, 4, 4)
    assert rules.due_again(due, met, today=date(2027, 6, 1)) == date(2027, 6, 15)


@pytest.mark.parametrize("worth", [0, 6])
def test_a_worth_is_from_one_to_five(worth: int) -> None:
    assert [rules.check_worth(each) for each in (1, 5)] == [1, 5]
    with pytest.raises(Unfit):
        rules.check_worth(worth)
