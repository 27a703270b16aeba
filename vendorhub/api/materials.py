"""Answers the files beside an item: sent as a form, read as what they are, taken back."""

from urllib.parse import quote

from flask import Response, stream_with_context
from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Nothing
from vendorhub.api.calls import Answer, delete, get, upload
from vendorhub.api.files import Sent
from vendorhub.api.wire import Instant, instant
from vendorhub.domain.materials import Kind
from vendorhub.domain.people import Actor
from vendorhub.queries import materials as seen
from vendorhub.queries.materials import MaterialView
from vendorhub.usecases import materials
from vendorhub.usecases.once import once


@with_config(ConfigDict(extra="forbid"))
class Material(TypedDict):
    """A file. `state` is here, replaced or withdrawn; `size` is in octets, `sha256` of its bytes in hex digits."""

    id: str
    briefing: str
    item: str
    name: str
    media_type: str
    size: int
    sha256: str
    state: str
    made_at: Instant


@upload(
    "/briefings/<code>/items/<item>/materials",
    Material,
    judge=lambda actor, said, code, item: materials.judge(actor, code, item),
)
def bring(actor: Actor, sent: Sent, code: str, item: str) -> Answer:
    """Put a file beside an item of one's own company, at most 25 MB; one of the same name takes its place.

    The form's `replaces` names another file that it takes the place of.
    """
    made = once(
        lambda: materials.attach(
            actor, code, item, file=sent.stream, name=sent.name, replaces=sent.said.get("replaces", "")
        )
    )
    return _told(seen.see(actor, made))


@get("/materials/<material>", None, media=tuple(kind.media_type.partition(";")[0] for kind in Kind))
def file(actor: Actor, material: str) -> Response:
    """The file itself, to keep; never to be opened as a page."""
    view, pieces = seen.opened(actor, material)
    response = Response(stream_with_context(pieces), content_type=view.media_type)
    response.content_length = view.size
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(view.name, safe='')}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    response.set_etag(view.digest[:32])
    return response


@delete(
    "/materials/<material>", Material, judge=lambda actor, said, material: materials.judge_withdrawal(actor, material)
)
def take_back_file(actor: Actor, body: Nothing, material: str) -> Answer:
    """Take a file back: it is gone for everybody at once, with the files that it had replaced."""
    once(lambda: materials.withdraw(actor, material))
    return _told(seen.see(actor, material))


def _told(view: MaterialView) -> Answer:
    thing = Material(
        id=view.code,
        briefing=view.briefing,
        item=view.item,
        name=view.name,
        media_type=view.media_type,
        size=view.size,
        sha256=view.digest,
        state=view.state,
        made_at=instant(view.made_at),
    )
    return Answer(thing, view.version)
