"""Whom an ask may be passed to."""

import pytest

from vendorhub.domain.passing import check_hops, check_receiver, may_get
from vendorhub.domain.refusals import Unfit, WrongState

KIM, MO, ALEX, CLEO = 1, 2, 3, 4


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        (None, "Nobody with this address answers for your company; please choose somebody who does."),
        (ALEX, "That is you; please choose somebody else."),
        (KIM, "They have had this ask already; please choose somebody else."),
        (MO, "They have had this ask already; please choose somebody else."),
    ],
)
def test_not_to_nobody_not_to_oneself_and_not_in_a_circle(to: int | None, sentence: str):
    assert check_receiver(CLEO, by=ALEX, had_it={KIM, MO}) == CLEO
    with pytest.raises(Unfit) as refused:
        check_receiver(to, by=ALEX, had_it={KIM, MO})
    assert (refused.value.field, refused.value.sentence) == ("to", sentence)


def test_those_to_whom_it_may_be_passed():
    assert may_get([MO, CLEO, ALEX, KIM], by=KIM, had_it={KIM, MO}) == [CLEO, ALEX]


def test_it_is_not_passed_on_for_ever():
    for hops in range(5):
        check_hops(hops)
    with pytest.raises(WrongState) as refused:
        check_hops(5)
    assert refused.value.sentence == "This ask has been passed on 5 times; please answer it."
