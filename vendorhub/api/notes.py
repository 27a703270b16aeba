"""Answers what either side keeps in mind of a relationship: notes of its own and for both, found by their words."""

from typing import Annotated

from pydantic import ConfigDict, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Page
from vendorhub.api.calls import Answer, delete, get, post, put
from vendorhub.api.wire import Instant, instant, listed
from vendorhub.domain import notes as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.queries import notes as seen
from vendorhub.queries.notes import NoteView
from vendorhub.usecases import notes as deeds
from vendorhub.usecases.once import once

Text = Annotated[str, StringConstraints(max_length=rules.TEXT_AT_MOST)]


class NotesAsked(Page):
    """Which notes: with `q` those that have all its words, the best first; of one `relationship`, by its id."""

    q: str = ""
    relationship: Annotated[str, StringConstraints(max_length=40)] = ""


class NoteChanged(Body):
    """What a note says (Markdown), and whether the other side reads it too; without `shared` it stays as it is."""

    text: Text
    shared: bool | None = None


class NoteGiven(Body):
    """The same, and about whom (`person`, an address) or which `meeting` (its UID) it is. `remember` makes it the one
    line that the caller's side keeps of that person."""

    text: Text
    shared: bool = False
    person: Annotated[str, StringConstraints(max_length=254)] = ""
    meeting: Annotated[str, StringConstraints(max_length=64)] = ""
    remember: bool = False


@with_config(ConfigDict(extra="forbid"))
class Note(TypedDict):
    """A note. `own` is whether it is of the caller's side; `snippet` the words around what was looked for, with those
    in `**` that were found, null where nothing was."""

    id: str
    relationship: str
    other: str
    text: str
    shared: bool
    remember: bool
    own: bool
    person: str | None
    meeting: str | None
    by: str
    at: Instant
    snippet: str | None


@get("/notes", listed(Note), query=NotesAsked, refused=(403, 404))
def listing_notes(actor: Actor, query: NotesAsked) -> Answer:
    """The notes that the caller may read: their own side's, and what the other side shares. The newest first."""
    views, following = seen.listing(actor, query=query.q, of=query.relationship, limit=query.limit, cursor=query.cursor)
    return Answer({"items": [_shape(view) for view in views], "next": following})


@get("/notes/<code>", Note)
def see_note(actor: Actor, code: str) -> Answer:
    """One of them."""
    return _told(actor, code)


@post(
    "/relationships/<code>/notes",
    Note,
    body=NoteGiven,
    statuses=(201,),
    judge=lambda actor, said, code: deeds.judge_writing(actor, code),
)
def write_note(actor: Actor, body: NoteGiven, code: str) -> Answer:
    """Write something down about a relationship, a person or a meeting, for the caller's side or for both."""
    return _told(actor, once(lambda: deeds.note(actor, code, **body.model_dump())))


@put("/notes/<code>", Note, body=NoteChanged, judge=lambda actor, said, code: deeds.judge(actor, code, Deed.WRITE_NOTE))
def change_note(actor: Actor, body: NoteChanged, code: str) -> Answer:
    """Write a note of the caller's side anew; with If-Match only if nobody has meanwhile."""
    once(lambda: deeds.change(actor, code, text=body.text, shared=body.shared))
    return _told(actor, code)


@delete(
    "/notes/<code>",
    listed(Note),
    judge=lambda actor, said, code: deeds.judge(actor, code, Deed.TAKE_OUT_NOTE),
)
def take_out_note(actor: Actor, body: object, code: str) -> Answer:
    """Take a note of the caller's side out; answers the newest of those that are left."""
    once(lambda: deeds.take_out(actor, code))
    views, following = seen.listing(actor)
    return Answer({"items": [_shape(view) for view in views], "next": following})


def _told(actor: Actor, code: str) -> Answer:
    view = seen.see(actor, code)
    return Answer(_shape(view), view.version)


def _shape(view: NoteView) -> Note:
    found = "".join(f"**{each.text}**" if each.found else each.text for each in view.snippet)
    return Note(
        id=view.code,
        relationship=view.relationship,
        other=view.other,
        text=view.text,
        shared=view.shared,
        remember=view.remembered,
        own=view.own,
        person=view.email or None,
        meeting=view.meeting or None,
        by=view.by,
        at=instant(view.at),
        snippet=found or None,
    )
