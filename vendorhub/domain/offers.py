"""Which times one side may put up for the other, and what may happen to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vendorhub.domain import wall_times
from vendorhub.domain.deeds import Deed
from vendorhub.domain.refusals import Unfit, WrongState

SLOTS_AT_MOST = 12
FURTHEST = timedelta(days=366)

SlotGiven = tuple[str, str, int | None]  # wall time, IANA zone, and which of two where a clock is set back


class OfferState(StrEnum):
    """Where an offer of times stands."""

    OPEN = "open"
    CHOSEN = "chosen"
    COUNTERED = "countered"
    RETRACTED = "retracted"
    LAPSED = "lapsed"


class OfferSide(StrEnum):
    """Who put the times up: the buyer's side or the side that asked (VARs stand on the vendor's side here)."""

    BUYER = "buyer"
    VENDOR = "vendor"

    @property
    def other(self) -> "OfferSide":
        """The side that may choose."""
        return OfferSide.VENDOR if self is OfferSide.BUYER else OfferSide.BUYER


TRANSITIONS: dict[OfferState, dict[Deed, OfferState]] = {
    OfferState.OPEN: {
        Deed.CHOOSE: OfferState.CHOSEN,
        Deed.COUNTER: OfferState.COUNTERED,
        Deed.RETRACT: OfferState.RETRACTED,
        Deed.LAPSE: OfferState.LAPSED,
    },
    OfferState.CHOSEN: {},
    OfferState.COUNTERED: {},
    OfferState.RETRACTED: {},
    OfferState.LAPSED: {},
}

# Which side of an offer may do what: the one who put it up takes it back, the other one answers it.
DONE_BY_OTHER = frozenset({Deed.CHOOSE, Deed.COUNTER})


@dataclass(frozen=True)
class Slot:
    """One time on the table: the instants, and the wall clock and zone in which it was meant (law 11)."""

    start: datetime
    end: datetime
    wall: datetime
    zone: str


def after(state: OfferState, deed: Deed) -> OfferState:
    """The state a deed leads to. Raises WrongState where the table has no such row."""
    to = TRANSITIONS[state].get(deed)
    if to is None:
        raise WrongState(_WHY_NOT[state])
    return to


def read_slots(given: Sequence[SlotGiven], *, minutes: int) -> list[Slot]:
    """Wall times as slots of so many minutes. Raises Unfit naming the time that isn't one (law 11)."""
    read: list[Slot] = []
    for start, zone, fold in given:
        wall = wall_times.parse_wall(start)
        begins = wall_times.instant(wall, zone, fold=fold)
        read.append(Slot(begins, begins + timedelta(minutes=minutes), wall, zone))
    return read


def check_slots(slots: Sequence[Slot], *, minutes: int, now: datetime, valid_until: datetime) -> tuple[Slot, ...]:
    """The slots in time order. Raises Unfit, naming the first that is past, too far, twice there, or too long."""
    if not slots:
        raise Unfit("slots", "Please give at least one time.")
    if len(slots) > SLOTS_AT_MOST:
        raise Unfit("slots", "Please give at most %(most)s times.", most=SLOTS_AT_MOST)
    ordered = tuple(sorted(slots, key=lambda slot: slot.start))
    for at, slot in enumerate(ordered):
        if slot.start <= now:
            raise Unfit("slots", "One of these times has already begun; please choose times ahead.")
        if slot.start > now + FURTHEST or slot.end > valid_until:
            raise Unfit("slots", "One of these times is too far away; the yes doesn't reach that far.")
        if slot.end - slot.start > timedelta(minutes=minutes):
            raise Unfit("slots", "One of these times is longer than the %(minutes)s minutes agreed.", minutes=minutes)
        if at and slot.start == ordered[at - 1].start:
            raise Unfit("slots", "The same time is there twice.")
    return ordered


def check_choosable(slot: Slot, *, now: datetime) -> None:
    """Raises WrongState if the slot has passed while it lay on the table."""
    if slot.start <= now:
        raise WrongState("That time has passed; please choose another or suggest other times.")


_WHY_NOT = {
    OfferState.OPEN: "That is not possible with these times.",
    OfferState.CHOSEN: "One of these times has already been chosen.",
    OfferState.COUNTERED: "Other times have been suggested in answer to these.",
    OfferState.RETRACTED: "These times have been taken back.",
    OfferState.LAPSED: "These times have all passed.",
}
