"""The piles of an assistant's tray."""

import pytest

from vendorhub.domain.meeting_requests import State
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.sortings import LINE_AT_MOST, Pile, Sorted, check, check_waits, own_pile


def test_a_sorting_says_where_and_may_say_why_and_what():
    assert check("for_you", line="  Old  friends ", suggested="yes") == Sorted(Pile.FOR_YOU, "Old friends", "yes")
    assert check("mine") == Sorted(Pile.MINE, "", "")
    assert check("for_you") == Sorted(Pile.FOR_YOU, "", "")


def test_no_for_us_suggests_no_unless_another_answer_is_named():
    assert check("no_for_us").suggested == "no"
    assert check("no_for_us", suggested="never").suggested == "never"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"pile": ""}, "pile"),
        ({"pile": "yours"}, "pile"),
        ({"pile": "mine", "suggested": "accept"}, "suggested"),
        ({"pile": "mine", "line": "x" * (LINE_AT_MOST + 1)}, "line"),
        ({"pile": "mine", "line": "one\ntwo"}, "line"),
    ],
)
def test_what_cannot_be_read_is_named(said: dict[str, str], field: str):
    with pytest.raises(Unfit) as refused:
        check(**said)
    assert refused.value.field == field


@pytest.mark.parametrize("state", State)
def test_only_what_waits_is_sorted(state: State):
    if state in (State.PENDING, State.ASKED_BACK):
        check_waits(state)
        return
    with pytest.raises(WrongState):
        check_waits(state)


def test_what_lies_open_before_whom():
    assert (own_pile(decides=True), own_pile(decides=False)) == (Pile.FOR_YOU, Pile.MINE)
