"""Answers the agenda of a single meeting: read whole, written by halves, published, and read by version."""

from typing import Annotated

from pydantic import Field, StringConstraints

from vendorhub.api.bodies import Body
from vendorhub.api.briefing_agendas import BriefingAgenda, PublicationGiven, number_of, said, told
from vendorhub.api.calls import Answer, Judge, get, post, put
from vendorhub.domain.agendas import Single
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meetings import half_of
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.queries import agenda_building as building
from vendorhub.queries import agendas as seen
from vendorhub.queries import judgements
from vendorhub.usecases import agenda_building as deeds
from vendorhub.usecases.agenda_publication import publish as put_out
from vendorhub.usecases.once import once


class EntryGiven(Body):
    """One point of one's own half."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    minutes: Annotated[int, Field(ge=1, le=480)]
    segment: Annotated[str, StringConstraints(max_length=20)] | None = None


class AgendaGiven(Body):
    """One's own half of the agenda, in running order."""

    entries: Annotated[list[EntryGiven], Field(max_length=deeds.HALF_AT_MOST)]


def _judged() -> Judge:
    return lambda actor, given, uid: judgements.meeting(actor, uid, Deed.SET_AGENDA)


@get("/meetings/<uid>/agenda", BriefingAgenda)
def see(actor: Actor, uid: str) -> Answer:
    """The agenda of a meeting as it is being built, both halves."""
    return _told(actor, uid)


@put("/meetings/<uid>/agenda", BriefingAgenda, body=AgendaGiven, judge=_judged())
def replace(actor: Actor, body: AgendaGiven, uid: str) -> Answer:
    """Write one's own half of the agenda anew; the other side's stays as it is."""
    half = half_of(actor.side)
    if any(entry.segment not in (None, half) for entry in body.entries):
        judgements.meeting(actor, uid, Deed.SET_AGENDA)
        raise Unfit("entries", "Each side writes its own half; please leave out the other side's points.")
    items = [(entry.title, entry.minutes) for entry in body.entries]
    once(lambda: deeds.set_half(actor, uid, items=items))
    return _told(actor, uid)


@post("/meetings/<uid>/agenda/publication", BriefingAgenda, body=PublicationGiven, statuses=(201,), judge=_judged())
def publish_for_both(actor: Actor, body: PublicationGiven, uid: str) -> Answer:
    """Publish what stands, as the next version; 409 with `problems` where something stops it."""
    once(lambda: str(put_out(actor, Single(uid), overrule=body.overrule or "")))
    return _told(actor, uid)


@get("/meetings/<uid>/agenda/versions/<number>", BriefingAgenda)
def version(actor: Actor, uid: str, number: str) -> Answer:
    """One version as it was published."""
    return told(seen.see(actor, Single(uid), number_of(number), say=said))


def _told(actor: Actor, uid: str) -> Answer:
    view = building.told(actor, Single(uid), say=said)
    return told(view, version=view.briefing.version)
