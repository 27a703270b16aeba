"""Where a briefing stands and what may happen to a vendor's part: the tables here are written from the story."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from vendorhub.domain import briefings
from vendorhub.domain.briefings import BriefingState, Part, after, state_of
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.refusals import Unfit, WrongState

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEADS = {
    ("asked", "take_part"): "joined",
    ("asked", "stay_out"): "declined",
    ("asked", "name"): "asked",
    ("asked", "drop"): "dropped",
    ("joined", "leave"): "left",
    ("joined", "name"): "asked",
    ("joined", "drop"): "dropped",
    ("declined", "name"): "asked",
    ("declined", "drop"): "dropped",
    ("left", "name"): "asked",
    ("dropped", "name"): "asked",
}


def test_each_cell_of_part_and_deed() -> None:
    cells = {}
    for part, deed in product(Part, Deed):
        with suppress(WrongState):
            cells[part.value, deed.value] = after(part, deed).value
    assert cells == LEADS


MEETING = {
    "none": (None, None, False),
    "ahead": (NOW + HOUR, NOW + 2 * HOUR, False),
    "now": (NOW, NOW + HOUR, False),
    "over": (NOW - HOUR, NOW, False),
    "cancelled": (NOW + HOUR, NOW + 2 * HOUR, True),
}
OF_A_YES = {
    ("none", False): "consented",
    ("none", True): "consented",
    ("ahead", False): "confirmed",
    ("ahead", True): "fixed",
    ("now", False): "live",
    ("now", True): "live",
    ("over", False): "closed",
    ("over", True): "closed",
    ("cancelled", False): "called_off",
    ("cancelled", True): "called_off",
}
BEFORE_AND_AFTER = {
    **dict.fromkeys(("unverified", "pending", "asked_back", "amended"), "proposed"),
    **dict.fromkeys(("declined", "blocked", "redirected", "attached", "withdrawn", "lapsed"), "closed"),
    "revoked": "called_off",
}


@pytest.mark.parametrize("seen", State)
@pytest.mark.parametrize("meeting", MEETING)
@pytest.mark.parametrize("published", [False, True])
def test_where_it_stands(seen: State, meeting: str, published: bool) -> None:
    start, end, cancelled = MEETING[meeting]
    told = OF_A_YES[meeting, published] if seen is State.ACCEPTED else BEFORE_AND_AFTER[seen]
    state = state_of(seen, start=start, end=end, cancelled=cancelled, published=published, now=NOW)
    assert state is BriefingState(told)


@pytest.mark.parametrize("state", BriefingState)
def test_what_goes_on(state: BriefingState) -> None:
    if state in ("consented", "confirmed", "fixed", "live"):
        briefings.require_going_on(state)
        return
    with pytest.raises(WrongState) as refused:
        briefings.require_going_on(state)
    assert refused.value.sentence == (
        "The buyer has not said yes to this briefing yet."
        if state == "proposed"
        else "This briefing is over, so nothing can be changed any more."
    )


def test_the_frame_alone_is_shaped_before_the_yes() -> None:
    briefings.require_going_on(BriefingState.PROPOSED, Deed.SET_FRAME)
    for state, deed in (("proposed", Deed.SET_LINE_UP), ("closed", Deed.SET_FRAME), ("called_off", Deed.SET_FRAME)):
        with pytest.raises(WrongState):
            briefings.require_going_on(BriefingState(state), deed)


def test_a_line_up_has_one_name_in_any_order() -> None:
    assert briefings.line_up([3, 1, 20]) == briefings.line_up([20, 3, 1])
    assert len({briefings.line_up(each) for each in ([1, 2], [12], [1, 2, 3], [])}) == 4


def test_how_many_vendors() -> None:
    briefings.check_how_many(["a", "b"])
    briefings.check_how_many([str(number) for number in range(20)])
    for wrong in ([], ["a"], ["a", "b", "a"], [str(number) for number in range(21)]):
        with pytest.raises(Unfit) as refused:
            briefings.check_how_many(wrong)
        assert refused.value.field == "vendors"


@pytest.mark.parametrize(("share", "fits"), [(0, True), (50, True), (100, True), (-1, False), (101, False)])
def test_a_share(share: int, fits: bool) -> None:
    if fits:
        assert briefings.check_share(share) == share
        return
    with pytest.raises(Unfit):
        briefings.check_share(share)


@pytest.mark.parametrize(("days", "fits"), [(0, True), (3, True), (30, True), (-1, False), (31, False)])
def test_days_before(days: int, fits: bool) -> None:
    if fits:
        assert briefings.check_days_before(days) == days
        return
    with pytest.raises(Unfit):
        briefings.check_days_before(days)


def test_by_when_items_are_due() -> None:
    today = date(2027, 1, 4)
    assert briefings.check_items_due(date(2027, 1, 5), today=today) == date(2027, 1, 5)
    for wrong in (None, today, date(2027, 1, 3), date(2028, 1, 6)):
        with pytest.raises(Unfit):
            briefings.check_items_due(wrong, today=today)


def test_the_day_is_over_by_the_buyers_clock() -> None:
    assert briefings.deadline(date(2027, 1, 20), "Europe/Berlin") == datetime(2027, 1, 20, 23, tzinfo=UTC)
    assert briefings.deadline(date(2027, 1, 20), "Asia/Kolkata") == datetime(2027, 1, 20, 18, 30, tzinfo=UTC)


def test_house_rules_are_ours_unless_somebody_writes_others() -> None:
    assert briefings.check_house_rules("  ") == briefings.HOUSE_RULES
    assert briefings.check_house_rules("Be kind.") == "Be kind."
    with pytest.raises(Unfit):
        briefings.check_house_rules("x" * 2001)
