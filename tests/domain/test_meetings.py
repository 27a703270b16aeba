from datetime import UTC, datetime, timedelta

import pytest

from vendorhub.domain.deeds import Deed
from vendorhub.domain.meetings import (
    AFTERWARDS_ONLY,
    MeetingState,
    PartStat,
    Step,
    after,
    half_of,
    next_sequence,
    partstat_at_start,
)
from vendorhub.domain.people import Side
from vendorhub.domain.refusals import WrongState

START = datetime(2027, 1, 13, 13, tzinfo=UTC)
SECOND = timedelta(seconds=1)
# deed: what becomes of it, whether SEQUENCE rises, whether everybody is asked anew, whether it may be done once begun
TABLE = {
    "move": ("confirmed", True, True, False),
    "accept_move": ("confirmed", True, True, False),
    "set_place": ("confirmed", True, False, False),
    "cancel": ("cancelled", True, False, False),
    "propose_move": ("confirmed", False, False, False),
    "refuse_move": ("confirmed", False, False, True),
    "set_agenda": ("confirmed", False, False, True),
    "cannot_come": ("confirmed", False, False, False),
    "come": ("confirmed", False, False, False),
    "replace": ("confirmed", False, False, False),
    "invite": ("confirmed", False, False, False),
    "say_outcome": ("confirmed", False, False, True),
}


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("state", MeetingState)
def test_each_cell_of_state_and_deed(state: MeetingState, begun: bool):
    came_to, said = {}, {}
    for deed in Deed:
        try:
            came_to[str(deed)] = after(state, deed, start=START, now=START if begun else START - SECOND)
        except WrongState as refusal:
            said[str(deed)] = refusal.sentence
    assert came_to == {
        deed: Step(MeetingState(to), raises_sequence=raises, asks_anew=anew)
        for deed, (to, raises, anew, once_begun) in TABLE.items()
        if state == "confirmed" and (once_begun if begun else deed not in AFTERWARDS_ONLY)
    }
    too_late = "This meeting has already begun, so that can't be changed any more."
    too_early = "This meeting has not begun yet; once it has, you can say how it was."
    assert said == {
        deed: (too_late if begun else too_early)
        if deed in TABLE and state == "confirmed"
        else "This meeting has been called off."
        for deed in Deed
        if deed not in came_to
    }


def test_sequence_rises_by_one_and_stays_an_integer_of_rfc_5545():
    assert [next_sequence(sequence) for sequence in (0, 1, 2**31 - 2)] == [1, 2, 2**31 - 1]
    with pytest.raises(WrongState) as refused:
        next_sequence(2**31 - 1)
    assert refused.value.sentence == (
        "This meeting has been changed too often; please call it off and agree a new one."
    )


def test_who_said_yes_has_accepted_and_everybody_else_is_asked():
    assert partstat_at_start(decided=True) is PartStat.ACCEPTED
    assert partstat_at_start(decided=False) is PartStat.NEEDS_ACTION
    assert [part.value for part in PartStat] == ["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE"]


def test_each_side_writes_its_half():
    assert {side: half_of(side) for side in Side} == {
        Side.BUYER: "buyer",
        Side.VENDOR: "vendor",
        Side.VAR: "vendor",
        Side.OPERATOR: "vendor",
    }
