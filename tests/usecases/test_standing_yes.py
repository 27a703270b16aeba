"""A standing yes: a meeting a quarter, until it is called off."""

from datetime import timedelta

import pytest

from tests.people import address
from tests.stage import DAY, HOLD, SLOTS, Stage, refused, words
from vendorhub.domain.deeds import Deed
from vendorhub.domain.offers import SlotGiven
from vendorhub.domain.quarters import AHEAD
from vendorhub.domain.refusals import NotAllowed, Unfit, WrongState
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import meetings as seen_meetings
from vendorhub.queries.desk import desk
from vendorhub.queries.my_asks import piles
from vendorhub.usecases import blocks, decisions, meetings, offers, revoking, undo

FEBRUARY: list[SlotGiven] = [("2027-02-24T09:00:00", "Europe/Berlin", None)]
APRIL: list[SlotGiven] = [("2027-04-01T09:00:00", "Europe/Berlin", None)]


def stands(stage: Stage) -> str:
    """An ask with a standing yes of fifteen minutes that counts."""
    code = stage.asked()
    decisions.accept(stage["Kim"], code, minutes=15, each_quarter=True)
    stage.go(HOLD)
    return code


def meet(stage: Stage, code: str, slots: list[SlotGiven]) -> str:
    offer = offers.offer(stage["Kim"], code, slots=slots)
    return offers.choose(stage["Vera"], offer, slot=stage.slot(offer))


def over(stage: Stage, uid: str) -> None:
    stage.go(seen_meetings.see(stage["Kim"], uid).end + timedelta(minutes=1))


def to_find(stage: Stage) -> list[str]:
    return [view.code for view in desk(stage["Kim"]).arranging]


def lies_on(stage: Stage, code: str) -> str:
    return next(pile.pile for pile in piles(stage["Vera"]) for line in pile.lines if line.ask.code == code)


def test_it_is_held_and_hidden_like_any_yes(stage: Stage) -> None:
    code = stage.asked()
    before = stage.seen("Vera", code)
    decisions.accept(stage["Kim"], code, minutes=15, each_quarter=True)
    assert stage.seen("Vera", code) == before
    assert seen.see(stage["Kim"], code).standing is True
    undo.undo(stage["Kim"], code)
    assert (stage.seen("Vera", code), seen.see(stage["Kim"], code).standing) == (before, False)
    decisions.accept(stage["Kim"], code, minutes=15, each_quarter=True)
    stage.go(HOLD)
    view = seen.see(stage["Vera"], code)
    assert (view.state, view.standing, view.minutes) == ("accepted", True, 15)
    assert "a standing yes: a meeting a quarter, 15 minutes each" in " ".join(
        words(stage.letters(kind="yes")[-1]).split()
    )


def test_the_decider_alone_gives_it(stage: Stage) -> None:
    code = stage.asked()
    assert Deed.STAND in seen.see(stage["Kim"], code).may
    assert Deed.STAND not in seen.see(stage["Alex"], code).may
    for name in ("Alex", "Bo", "Vera"):
        refused(NotAllowed, decisions.accept, stage[name], code, each_quarter=True)
    guests = [("Nina", "nina@fastprint.example", "")]
    refusal = refused(Unfit, decisions.accept, stage["Kim"], code, each_quarter=True, attendees=guests)
    assert refusal.field == "each_quarter"


def test_a_meeting_a_quarter_and_one_ahead(stage: Stage) -> None:
    code = stands(stage)
    assert (to_find(stage), lies_on(stage, code)) == ([code], "agreed")
    first = meet(stage, code, list(SLOTS))
    assert to_find(stage) == []
    assert refused(WrongState, offers.offer, stage["Kim"], code, slots=APRIL).sentence == AHEAD
    assert seen.see(stage["Kim"], code).meeting == first
    over(stage, first)
    again = refused(WrongState, offers.offer, stage["Kim"], code, slots=FEBRUARY)
    assert again.sentence == "You have met in that quarter already; the next meeting can be from 2027-04-01."
    refused(WrongState, offers.offer, stage["Vera"], code, slots=FEBRUARY)
    assert (to_find(stage), seen.see(stage["Kim"], code).meeting) == ([], None)
    offer = offers.offer(stage["Kim"], code, slots=APRIL)
    assert lies_on(stage, code) == "mine"
    second = offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
    assert [meeting.uid for meeting in seen_meetings.listing(stage["Vera"])[0]] == [first, second]
    stage.go(90 * DAY)
    assert to_find(stage) == []
    stage.go(90 * DAY)
    assert to_find(stage) == [code]


def test_times_put_up_before_do_not_make_a_second_one(stage: Stage) -> None:
    code = stands(stage)
    first = offers.offer(stage["Kim"], code, slots=FEBRUARY)
    slot = stage.slot(first)
    uid = meet(stage, code, list(SLOTS))
    refused(WrongState, offers.choose, stage["Vera"], first, slot=slot)
    meetings.cancel(stage["Vera"], uid)
    assert to_find(stage) == [code]
    other = meet(stage, code, FEBRUARY)
    assert other != uid


@pytest.mark.parametrize("end", ["call off", "block"])
def test_it_ends_with_what_is_ahead(stage: Stage, end: str) -> None:
    code = stands(stage)
    uid = meet(stage, code, list(SLOTS))
    if end == "call off":
        revoking.revoke(stage["Kim"], code)
    else:
        blocks.block(stage["Kim"], company="fastprint")
    assert seen_meetings.see(stage["Kim"], uid).state == "cancelled"
    assert (seen.see(stage["Vera"], code).state, to_find(stage)) == ("revoked", [])
    refused(WrongState, offers.offer, stage["Kim"], code, slots=APRIL)


def test_a_company_hears_that_it_ended_between_two_meetings(stage: Stage) -> None:
    code = stands(stage)
    over(stage, meet(stage, code, list(SLOTS)))
    blocks.block(stage["Kim"], company="fastprint")
    assert seen.see(stage["Vera"], code).state == "revoked"
    assert stage.told(kind="no") == [("no", address("Vera"))]
