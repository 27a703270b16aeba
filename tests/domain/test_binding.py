"""Whom an answer binds: the line in every shape, circles too; companies that are one; and who is told of it."""

from datetime import UTC, date, datetime

import pytest

from vendorhub.domain.binding import Joined, carries, companies_of, is_told, kin, may_ask_again, reaches

BO, KIM, MO, PIA, CLEO = 1, 2, 3, 4, 5
LINE = {BO: None, KIM: BO, MO: KIM, CLEO: KIM, PIA: None}
CIRCLE = {BO: MO, KIM: BO, MO: KIM, PIA: None}
EARLY, LATE = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("decider", "asked", "bound"),
    [
        (KIM, KIM, True),
        (KIM, BO, True),  # the boss
        (KIM, MO, True),  # the manager
        (MO, BO, True),  # all the way up
        (MO, CLEO, False),  # a colleague with the same boss
        (KIM, PIA, False),  # another area
        (PIA, None, True),  # nobody in particular
        (None, KIM, False),
    ],
)
def test_the_line(decider, asked, bound):
    assert reaches(decider, asked, LINE) is bound


@pytest.mark.parametrize(("asked", "bound"), [(BO, True), (MO, True), (PIA, False)])
def test_a_circle_ends(asked, bound):
    assert reaches(KIM, asked, CIRCLE) is bound


def test_how_long_it_stands():
    assert may_ask_again(again_on=date(2027, 3, 1), answered_at=EARLY, zone="UTC") == date(2027, 3, 1)
    assert may_ask_again(again_on=None, answered_at=EARLY, zone="UTC") == date(2026, 8, 30)
    assert may_ask_again(again_on=None, answered_at=None, zone="UTC") is None


def test_companies_that_are_one():
    joined = [Joined(10, 20, EARLY), Joined(30, 20, LATE), Joined(30, 40, None), Joined(50, 60, None)]
    assert kin(10, joined) == {10: None, 20: EARLY, 30: LATE, 40: LATE}
    assert kin(40, joined) == {40: None, 30: None, 20: LATE, 10: LATE}
    assert kin(70, joined) == {70: None}
    assert kin(10, [Joined(10, 20, LATE), Joined(20, 30, EARLY), Joined(10, 30, EARLY)])[20] == EARLY


def test_which_answers_are_both_companies():
    assert carries(since=None, answered_at=EARLY, picked=False)
    assert carries(since=EARLY, answered_at=LATE, picked=False)
    assert not carries(since=LATE, answered_at=EARLY, picked=False)
    assert carries(since=LATE, answered_at=EARLY, picked=True)


def test_who_is_told():
    assert is_told(asks=companies_of(10, None), answered=companies_of(10, None), heard=True)
    assert not is_told(asks=companies_of(10, None), answered=companies_of(10, None), heard=False)
    assert not is_told(asks=companies_of(10, 20), answered=companies_of(20, None), heard=True)  # a VAR for the vendor
    assert not is_told(asks=companies_of(20, None), answered=companies_of(10, 20), heard=True)  # and after the VAR
    assert not is_told(asks=companies_of(30, None), answered=companies_of(20, None), heard=True)
