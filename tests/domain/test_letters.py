from datetime import timedelta
from itertools import product

import pytest

from vendorhub.domain.letters import TRANSITIONS, LetterState, gives_up, wait_after

MAY_BECOME = {
    "waiting": "leased stopped",
    "leased": "sent failed waiting leased stopped",
    "sent": "",
    "failed": "waiting",
    "stopped": "waiting",
}


def test_each_cell_of_state_and_state():
    assert {(state, to): to in TRANSITIONS[state] for state, to in product(LetterState, LetterState)} == {
        (state, to): to in MAY_BECOME[state].split() for state, to in product(LetterState, LetterState)
    }


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(0, 30), (1, 30), (2, 60), (3, 120), (7, 1920), (9, 7680), (10, 14400), (11, 14400)],
)
def test_a_letter_rests_twice_as_long_each_time_up_to_four_hours(attempts: int, seconds: int):
    assert wait_after(attempts) == timedelta(seconds=seconds)


def test_a_letter_is_given_up_when_refused_for_good_or_tried_eight_times():
    assert [gives_up(attempts, permanent=False) for attempts in (1, 7, 8, 9)] == [False, False, True, True]
    assert [gives_up(attempts, permanent=True) for attempts in (1, 8)] == [True, True]
