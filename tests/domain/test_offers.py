from datetime import UTC, datetime, timedelta

import pytest

from vendorhub.domain.deeds import Deed
from vendorhub.domain.offers import (
    DONE_BY_OTHER,
    OfferSide,
    OfferState,
    Slot,
    after,
    check_choosable,
    check_slots,
    read_slots,
)
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.wall_times import WallTimeRefused

NOW = datetime(2027, 1, 4, 11, tzinfo=UTC)
VALID_UNTIL = NOW + timedelta(days=180)
MINUTE = timedelta(minutes=1)
FROM_OPEN = {"choose": "chosen", "counter": "countered", "retract": "retracted", "lapse": "lapsed"}
SAID = {
    "open": "That is not possible with these times.",
    "chosen": "One of these times has already been chosen.",
    "countered": "Other times have been suggested in answer to these.",
    "retracted": "These times have been taken back.",
    "lapsed": "These times have all passed.",
}


@pytest.mark.parametrize("state", OfferState)
def test_each_cell_of_state_and_deed(state: OfferState):
    came_to, said = {}, set()
    for deed in Deed:
        try:
            came_to[str(deed)] = str(after(state, deed))
        except WrongState as refusal:
            said.add(refusal.sentence)
    assert came_to == (FROM_OPEN if state == "open" else {})
    assert said == {SAID[state]}


def test_who_put_times_up_takes_them_back_and_the_other_answers():
    assert {str(deed) for deed in DONE_BY_OTHER} == {"choose", "counter"}
    assert (OfferSide.BUYER.other, OfferSide.VENDOR.other) == (OfferSide.VENDOR, OfferSide.BUYER)


def slot(start: datetime, minutes: int = 30) -> Slot:
    return Slot(start, start + minutes * MINUTE, start.replace(tzinfo=None), "UTC")


def fit(*slots: Slot) -> tuple[Slot, ...]:
    return check_slots(slots, minutes=30, now=NOW, valid_until=VALID_UNTIL)


def test_wall_times_are_read_in_their_zone():
    read = read_slots(
        [("2027-01-13T14:00:00", "Europe/Berlin", None), ("2026-10-25T02:30", "Europe/Berlin", 1)], minutes=45
    )
    assert read == [
        Slot(
            datetime(2027, 1, 13, 13, tzinfo=UTC),
            datetime(2027, 1, 13, 13, 45, tzinfo=UTC),
            datetime(2027, 1, 13, 14),
            "Europe/Berlin",
        ),
        Slot(
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 2, 15, tzinfo=UTC),
            datetime(2026, 10, 25, 2, 30),
            "Europe/Berlin",
        ),
    ]


@pytest.mark.parametrize(
    ("start", "zone", "problem"),
    [
        ("2027-01-13T14:00:00", "Europe/Berlyn", "unknown_zone"),
        ("2027-01-13T14:00:00", "../../etc/passwd", "unknown_zone"),
        ("2027-03-28T02:30:00", "Europe/Berlin", "gap"),
        ("2027-10-31T02:30:00", "Europe/Berlin", "fold"),
        ("2027-02-30T14:00:00", "Europe/Berlin", "malformed"),
        ("2027-01-13T14:00:00+01:00", "Europe/Berlin", "malformed"),
        ("13.01.2027 14:00", "Europe/Berlin", "malformed"),
    ],
)
def test_what_is_no_time_is_refused(start: str, zone: str, problem: str):
    with pytest.raises(WallTimeRefused) as refused:
        read_slots([(start, zone, None)], minutes=30)
    assert refused.value.problem == problem
    assert refused.value.field == ("timezone" if problem == "unknown_zone" else "start")


def test_slots_come_in_time_order():
    early, late = slot(NOW + MINUTE), slot(NOW + 60 * MINUTE)
    assert fit(late, early) == (early, late)
    shorter = slot(NOW + 90 * MINUTE, minutes=15)
    assert fit(shorter) == (shorter,)
    last = slot(VALID_UNTIL - 30 * MINUTE)
    assert fit(last) == (last,)


@pytest.mark.parametrize(
    ("slots", "sentence"),
    [
        ([], "Please give at least one time."),
        ([slot(NOW + n * MINUTE) for n in range(1, 14)], "Please give at most 12 times."),
        ([slot(NOW)], "One of these times has already begun; please choose times ahead."),
        ([slot(NOW - MINUTE), slot(NOW + MINUTE)], "One of these times has already begun; please choose times ahead."),
        (
            [slot(VALID_UNTIL - 29 * MINUTE)],
            "One of these times is too far away; the yes doesn't reach that far.",
        ),
        ([slot(NOW + MINUTE, minutes=31)], "One of these times is longer than the 30 minutes agreed."),
        ([slot(NOW + MINUTE), slot(NOW + 2 * MINUTE), slot(NOW + MINUTE)], "The same time is there twice."),
    ],
)
def test_slots_that_will_not_do(slots: list[Slot], sentence: str):
    with pytest.raises(Unfit) as refused:
        fit(*slots)
    assert (refused.value.field, refused.value.sentence) == ("slots", sentence)


def test_no_slot_is_more_than_a_year_ahead_whatever_the_consent_says():
    far = slot(NOW + timedelta(days=366))
    assert check_slots([far], minutes=30, now=NOW, valid_until=NOW + timedelta(days=1000)) == (far,)
    with pytest.raises(Unfit):
        check_slots([slot(far.start + MINUTE)], minutes=30, now=NOW, valid_until=NOW + timedelta(days=1000))


def test_a_slot_that_has_begun_is_chosen_no_more():
    check_choosable(slot(NOW + MINUTE), now=NOW)
    with pytest.raises(WrongState) as refused:
        check_choosable(slot(NOW), now=NOW)
    assert refused.value.sentence == "That time has passed; please choose another or suggest other times."
