"""Answers what is said to an ask: yes, no and what lies between, and taking it back."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import StringConstraints

from vendorhub.api.bodies import Body, Day, Note, Nothing, plain
from vendorhub.api.calls import Answer, post
from vendorhub.api.places import PlaceGiven, place_given
from vendorhub.api.request_shapes import Guests, MeetingRequest, Minutes, Topic, judged, told
from vendorhub.domain.deeds import Deed
from vendorhub.domain.logged import Quiet
from vendorhub.domain.papers import WHAT_AT_MOST
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.queries import judgements
from vendorhub.usecases import decisions, remembering
from vendorhub.usecases import undo as undoing
from vendorhub.usecases.once import once


class AcceptanceGiven(Body):
    """A yes: as asked or narrower (fewer minutes, fewer of their people, more of the buyer's own) at once; to another
    topic or to others of their people, once they have agreed.

    `attendees`, where given, are all who shall come. With `each_quarter` it is a standing yes: a meeting a quarter,
    until somebody calls it off.
    """

    note: Note | None = None
    minutes: Minutes | None = None
    attendees: Guests | None = None
    topic: Topic | None = None
    place: PlaceGiven | None = None
    each_quarter: bool | None = None


class RefusalGiven(Body):
    """In writing (what, until when, read by whom of the buyer's), not now (until a date), no, or never: to this person
    or the whole company; of a VAR's ask in a vendor's name, `company` is everybody of both, `var` and `vendor` are
    everybody of one. To an ask that came elsewhere also `remember` (nothing is sent)
    or `front_door` (one letter about how to ask).
    """

    kind: Literal["in_writing", "not_now", "no", "never", "remember", "front_door"]
    what: Annotated[str, StringConstraints(max_length=WHAT_AT_MOST)] | None = None
    due: Day | None = None
    reader: Annotated[str, StringConstraints(max_length=254)] | None = None
    again_on: Day | None = None
    scope: Literal["person", "company", "var", "vendor"] | None = None
    tell: bool | None = None
    note: Note | None = None


# What belongs to one kind of answer alone.
_OF_KIND: Final = {
    "again_on": "not_now",
    "scope": "never",
    "what": "in_writing",
    "due": "in_writing",
    "reader": "in_writing",
}


def _answering(actor: Actor, said: Mapping[str, object], code: str) -> None:
    kind = said.get("kind")
    deed = Deed.BLOCK if kind == "never" else Deed.DECLINE
    judgements.meeting_request(actor, code, deed, answer=kind if isinstance(kind, str) else "")


def _accepting(actor: Actor, said: Mapping[str, object], code: str) -> None:
    judgements.meeting_request(actor, code, Deed.STAND if said.get("each_quarter") is True else Deed.ACCEPT)


@post("/meeting-requests/<code>/acceptance", MeetingRequest, body=AcceptanceGiven, judge=_accepting)
def accept(actor: Actor, body: AcceptanceGiven, code: str) -> Answer:
    """Say yes. It is held for a while, in which it can be undone and nobody else knows of it."""
    once(
        lambda: decisions.accept(
            actor,
            code,
            note=plain(body.note),
            minutes=body.minutes,
            attendees=None if body.attendees is None else [guest.given() for guest in body.attendees],
            topic=body.topic,
            place=place_given(body.place),
            each_quarter=body.each_quarter is True,
        )
    )
    return told(actor, code)


@post("/meeting-requests/<code>/refusal", MeetingRequest, body=RefusalGiven, judge=_answering)
def refuse(actor: Actor, body: RefusalGiven, code: str) -> Answer:
    """Say in writing, not now, no, or never. Held like a yes."""
    for name, of_kind in _OF_KIND.items():
        if getattr(body, name) is not None and body.kind != of_kind:
            _answering(actor, {"kind": body.kind}, code)
            raise Unfit(name, "This goes with another kind of answer; please leave it out.")
    if body.kind in list(Quiet):
        once(lambda: remembering.remember(actor, code, kind=Quiet(body.kind), note=plain(body.note)))
        return told(actor, code)
    once(
        lambda: decisions.refuse(
            actor,
            code,
            kind=body.kind,
            again_on=body.again_on,
            note=plain(body.note),
            scope=body.scope or "company",
            what=plain(body.what),
            due=body.due,
            reader=plain(body.reader),
            tell=body.tell is not False,
        )
    )
    return told(actor, code)


@post("/meeting-requests/<code>/undo", MeetingRequest, judge=judged(Deed.UNDO))
def undo(actor: Actor, body: Nothing, code: str) -> Answer:
    """Take a held answer back; the other side never learns that there was one."""
    once(lambda: undoing.undo(actor, code))
    return told(actor, code)
