"""Answers the agenda of a meeting: read whole, written by halves."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body
from vendorhub.api.calls import Answer, get, put
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meetings import half_of
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.queries import judgements
from vendorhub.queries import meetings as seen
from vendorhub.usecases import agendas
from vendorhub.usecases.once import once


class EntryGiven(Body):
    """One point of one's own half."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    minutes: Annotated[int, Field(ge=1, le=480)]
    segment: Annotated[str, StringConstraints(max_length=20)] | None = None


class AgendaGiven(Body):
    """One's own half of the agenda, in running order."""

    entries: Annotated[list[EntryGiven], Field(max_length=agendas.ITEMS_AT_MOST)]


@with_config(ConfigDict(extra="forbid"))
class Entry(TypedDict):
    """One point, the half it stands in, and the minute at which it starts."""

    id: str
    title: str
    minutes: int
    segment: str
    vendor: str | None
    topics: list[str]
    visibility: str
    starts_at_minute: int


@with_config(ConfigDict(extra="forbid"))
class Agenda(TypedDict):
    """Both halves, the asking side's first; `minutes` is how long all points take together."""

    version: int
    published: bool
    entries: list[Entry]
    minutes: int
    buyer_minutes: int
    problems: list[str]


@get("/meetings/<uid>/agenda", Agenda)
def see(actor: Actor, uid: str) -> Answer:
    """The agenda of a meeting, both halves."""
    return _told(actor, uid)


@put(
    "/meetings/<uid>/agenda",
    Agenda,
    body=AgendaGiven,
    judge=lambda actor, said, uid: judgements.meeting(actor, uid, Deed.SET_AGENDA),
)
def replace(actor: Actor, body: AgendaGiven, uid: str) -> Answer:
    """Write one's own half of the agenda anew; the other side's stays as it is."""
    half = half_of(actor.side)
    if any(entry.segment not in (None, half) for entry in body.entries):
        judgements.meeting(actor, uid, Deed.SET_AGENDA)
        raise Unfit("entries", "Each side writes its own half; please leave out the other side's points.")
    items = [(entry.title, entry.minutes) for entry in body.entries]
    once(lambda: agendas.set_half(actor, uid, items=items))
    return _told(actor, uid)


def _told(actor: Actor, uid: str) -> Answer:
    view = seen.see(actor, uid)
    entries = [
        Entry(
            id=f"{point.segment}-{at}",
            title=point.title,
            minutes=point.minutes,
            segment=point.segment,
            vendor=view.company_slug if point.segment == "vendor" else None,
            topics=[],
            visibility="room",
            starts_at_minute=point.starts_at_minute,
        )
        for at, point in enumerate(view.agenda, start=1)
    ]
    agenda = Agenda(
        version=view.agenda_version,
        published=False,
        entries=entries,
        minutes=sum(point.minutes for point in view.agenda),
        buyer_minutes=sum(point.minutes for point in view.agenda if point.segment == "buyer"),
        problems=[],
    )
    return Answer(agenda, view.version)
