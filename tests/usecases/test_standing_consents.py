"""A standing yes, given and called off from the relationship."""

import pytest

from tests.stage import HOLD, Stage, refused
from vendorhub.domain.people import Door, DoorName
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, WrongState
from vendorhub.queries import cadence, standing_consents
from vendorhub.queries import meeting_requests as seen
from vendorhub.usecases import relationships
from vendorhub.usecases.standing_consents import give, revoke


def begun(stage: Stage) -> str:
    return relationships.begin(stage["Kim"], company="fastprint")


def test_the_one_ask_that_waits_is_answered_and_called_off_again(stage: Stage) -> None:
    code = begun(stage)
    assert str(refused(WrongState, give, stage["Kim"], code)) == (
        "Nothing of this company’s waits for an answer; a standing yes is an answer to an ask."
    )
    ask = stage.asked()
    assert give(stage["Kim"], code, minutes=15) == ask
    assert (seen.see(stage["Vera"], ask).state, seen.see(stage["Vera"], ask).standing) == ("pending", False)
    refused(WrongState, revoke, stage["Kim"], code)  # not heard of yet: it is taken back, not called off
    stage.go(HOLD)
    assert [(each.code, each.minutes) for each in standing_consents.see(stage["Kim"], "fastprint").stand] == [(ask, 15)]
    assert revoke(stage["Kim"], code, note="A tender.") == ask
    assert seen.see(stage["Vera"], ask).state == "revoked"
    refused(WrongState, revoke, stage["Kim"], code)
    assert (len(stage.letters(kind="yes")), len(stage.letters(kind="revoked"))) == (1, 1)


@pytest.mark.shared
def test_which_one_is_said_where_several_wait(stage: Stage) -> None:
    code, asks = begun(stage), [stage.asked(), stage.asked(topic="Paper")]
    other = stage.asked("Carl")
    assert [each.code for each in standing_consents.see(stage["Kim"], "fastprint").wait] == asks[::-1]
    refused(WrongState, give, stage["Kim"], code)
    refused(NotThere, give, stage["Kim"], code, ask=other)
    assert give(stage["Kim"], code, ask=asks[0]) == asks[0]


@pytest.mark.shared
def test_who_decides_gives_it_and_sees_what_they_answer(stage: Stage) -> None:
    code = begun(stage)
    before = cadence.see(stage["Kim"], code).version
    stage.asked()
    for name in ("Alex", "Cleo"):
        refused(NotAllowed, give, stage[name], code)
    for name in ("Charlie", "Vera", "Oz"):
        refused(NotThere, give, stage[name], code)
    relationships.set_cadence(stage["Kim"], code, every="month")
    refused(SomebodyWasFaster, give, stage["Kim"].by(Door(DoorName.PAGE, if_match=before)), code)
