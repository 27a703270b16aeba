"""What may happen to an agreed meeting, and which change asks the attendees anew."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vendorhub.domain.agendas import Half
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Side
from vendorhub.domain.refusals import WrongState

SEQUENCE_AT_MOST = 2**31 - 1


class MeetingState(StrEnum):
    """Confirmed until somebody calls it off; that it was held is computed from its time and outcome."""

    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class PartStat(StrEnum):
    """RFC 5545, 3.2.12."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


@dataclass(frozen=True)
class Step:
    """What a deed does to the state, to SEQUENCE, and to the attendees' answers."""

    to: MeetingState
    raises_sequence: bool = False
    asks_anew: bool = False


_STAYS = Step(MeetingState.CONFIRMED)

# RFC 5546, 2.1.4: SEQUENCE rises when the time, the place or the status changes; RFC 6638, 3.2.8: only a changed
# time sets everybody's answer back.
TRANSITIONS: dict[MeetingState, dict[Deed, Step]] = {
    MeetingState.CONFIRMED: {
        Deed.MOVE: Step(MeetingState.CONFIRMED, raises_sequence=True, asks_anew=True),
        Deed.ACCEPT_MOVE: Step(MeetingState.CONFIRMED, raises_sequence=True, asks_anew=True),
        Deed.SET_PLACE: Step(MeetingState.CONFIRMED, raises_sequence=True),
        Deed.CANCEL: Step(MeetingState.CANCELLED, raises_sequence=True),
        Deed.PROPOSE_MOVE: _STAYS,
        Deed.REFUSE_MOVE: _STAYS,
        Deed.SET_AGENDA: _STAYS,
        Deed.CANNOT_COME: _STAYS,
        Deed.COME: _STAYS,
        Deed.REPLACE: _STAYS,
        Deed.INVITE: _STAYS,
        Deed.SAY_OUTCOME: _STAYS,
    },
    MeetingState.CANCELLED: {},
}

AHEAD_ONLY = frozenset(
    {
        *(Deed.MOVE, Deed.ACCEPT_MOVE, Deed.CANCEL, Deed.SET_PLACE, Deed.PROPOSE_MOVE),
        *(Deed.CANNOT_COME, Deed.COME, Deed.REPLACE, Deed.INVITE),
    }
)
AFTERWARDS_ONLY = frozenset({Deed.SAY_OUTCOME})


def after(state: MeetingState, deed: Deed, *, start: datetime, now: datetime) -> Step:
    """What a deed does to a meeting. Raises WrongState if it was called off, is past (ITIP 62), or has yet to begin."""
    step = TRANSITIONS[state].get(deed)
    if step is None:
        raise WrongState("This meeting has been called off.")
    if deed in AHEAD_ONLY and now >= start:
        raise WrongState("This meeting has already begun, so that can't be changed any more.")
    if deed in AFTERWARDS_ONLY and now < start:
        raise WrongState("This meeting has not begun yet; once it has, you can say how it was.")
    return step


def next_sequence(sequence: int) -> int:
    """SEQUENCE after a significant change; it never falls (ITIP 34)."""
    if sequence >= SEQUENCE_AT_MOST:
        raise WrongState("This meeting has been changed too often; please call it off and agree a new one.")
    return sequence + 1


def partstat_at_start(*, decided: bool) -> PartStat:
    """The decider who said yes is listed as ACCEPTED; everybody else is asked (CONTRACT.md, Mail)."""
    return PartStat.ACCEPTED if decided else PartStat.NEEDS_ACTION


def half_of(side: Side) -> Half:
    """Which half of the agenda a side writes (M8: half and half)."""
    return Half.BUYER if side is Side.BUYER else Half.VENDOR
