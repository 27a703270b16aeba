"""What can be given to an assistant, one answer at a time."""

import pytest

from vendorhub.domain.assistants import AT_FIRST, Alone, alone, given_anew, gives
from vendorhub.domain.deeds import Deed
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.rights import GIVEN_AT_FIRST


def test_each_way_to_decline_is_given_by_itself():
    some = frozenset({"not_now", "offer"})
    assert [gives(some, Deed.DECLINE, kind) for kind in ("not_now", "no", "in_writing", "remember")] == [
        *(True, False, False, False)
    ]
    assert gives(some, Deed.DECLINE)
    assert gives(some, Deed.OFFER)
    assert not gives(frozenset({"offer", "accept"}), Deed.DECLINE)
    assert [gives(frozenset({"no"}), Deed.DECLINE, kind) for kind in ("remember", "front_door", "no")] == [True] * 3


def test_who_was_given_all_ways_at_once_before_keeps_them():
    before = frozenset({"decline", "accept"})
    assert all(gives(before, Deed.DECLINE, kind) for kind in ("", "not_now", "no", "in_writing"))
    assert alone(before) == {"accept", "in_writing", "not_now", "no"}
    assert given_anew(before, ["no"]) == {"no"}


def test_giving_anew_leaves_what_follows_a_yes_as_it_was():
    assert given_anew(GIVEN_AT_FIRST, ["accept"]) == (GIVEN_AT_FIRST - AT_FIRST) | {"accept"}
    assert given_anew(GIVEN_AT_FIRST, []) == GIVEN_AT_FIRST - AT_FIRST
    assert alone(given_anew(GIVEN_AT_FIRST, Alone)) == set(Alone)


@pytest.mark.parametrize("lasting", ["block", "never", "stand", "accept no", "undo", ""])
def test_nothing_that_lasts_can_be_given(lasting: str):
    with pytest.raises(Unfit) as refused:
        given_anew(GIVEN_AT_FIRST, ["no", lasting])
    assert (refused.value.field, refused.value.values) == ("answers", {"name": lasting})
