"""Answers papers: what is asked for instead of a meeting, handed in, and found to be enough; and a yes called off."""

from typing import Annotated

from pydantic import ConfigDict, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Note, plain
from vendorhub.api.calls import Answer, get, post
from vendorhub.api.request_shapes import MeetingRequest, Writing, judged, told, writing_shape
from vendorhub.api.wire import Instant, instant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.papers import TEXT_AT_MOST
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere
from vendorhub.queries import meeting_requests as seen
from vendorhub.usecases import papers, revoking
from vendorhub.usecases.once import once


class PaperGiven(Body):
    """A paper of two pages at most: Markdown."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=TEXT_AT_MOST)]


class NoteGiven(Body):
    """A line to the other side."""

    note: Note | None = None


@with_config(ConfigDict(extra="forbid"))
class Paper(TypedDict):
    """The paper that is read, and what was asked for; `pages` are those of its PDF, 0 where there is none."""

    request: str
    writing: Writing | None
    version: int
    text: str
    pages: int
    handed_in_at: Instant


@get("/meeting-requests/<code>/paper", Paper)
def see(actor: Actor, code: str) -> Answer:
    """The paper about a meeting request, as it is read now."""
    return _paper(actor, code)


@post("/meeting-requests/<code>/paper", Paper, body=PaperGiven, statuses=(201,), judge=judged(Deed.HAND_IN))
def hand_in(actor: Actor, body: PaperGiven, code: str) -> Answer:
    """Hand in the paper that was asked for; until it is answered a later one is read instead of it."""
    once(lambda: papers.hand_in(actor, code, text=body.text))
    return _paper(actor, code)


@post("/meeting-requests/<code>/enough", MeetingRequest, body=NoteGiven, judge=judged(Deed.ENOUGH))
def enough(actor: Actor, body: NoteGiven, code: str) -> Answer:
    """Say that the paper is enough. Any other answer to it is an acceptance or a refusal."""
    once(lambda: papers.enough(actor, code, note=plain(body.note)))
    return told(actor, code)


@post("/meeting-requests/<code>/revocation", MeetingRequest, body=NoteGiven, judge=judged(Deed.REVOKE))
def revoke(actor: Actor, body: NoteGiven, code: str) -> Answer:
    """Call off a yes that they have heard of, at once: the meeting ahead is cancelled, times on the table fall."""
    once(lambda: revoking.revoke(actor, code, note=plain(body.note)))
    return told(actor, code)


def _paper(actor: Actor, code: str) -> Answer:
    view = seen.see(actor, code)
    if view.paper is None:
        raise NotThere
    thing = Paper(
        request=view.code,
        writing=writing_shape(view),
        version=view.paper.version,
        text=view.paper.text,
        pages=view.paper.pages,
        handed_in_at=instant(view.paper.handed_in_at, view.buyer_zone),
    )
    return Answer(thing)
