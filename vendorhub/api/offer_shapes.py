"""Answers how a time on the table goes over the wire, in an offer of one side and in times that are up for all."""

from collections.abc import Iterable

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from vendorhub.api.wire import Instant, instant
from vendorhub.queries.offers import SlotView


@with_config(ConfigDict(extra="forbid"))
class Slot(TypedDict):
    """One time, with the offset that its zone has then."""

    id: str
    start: Instant
    end: Instant
    timezone: str


def slots_of(slots: Iterable[SlotView]) -> list[Slot]:
    """Times as they are told."""
    return [
        Slot(id=slot.code, start=instant(slot.start, slot.zone), end=instant(slot.end, slot.zone), timezone=slot.zone)
        for slot in slots
    ]
