"""Answers the files beside an item: brought, saved and taken back; never opened as a page."""

from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain import materials as rules
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import materials as seen
from vendorhub.usecases import materials as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.words import say

pages = Blueprint("materials", __name__)

# Its own frame without rights, and a file to keep rather than a page to open: it came from outside.
FILE_SECURITY = "sandbox; default-src 'none'"


@pages.get("/briefings/<code>/items/<item>/materials")
@policy(Policy.SIGNED_IN)
def listing(code: str, item: str) -> ResponseReturnValue:
    """The files of an item, and the form that brings another."""
    return _page(visitors.actor(), code, item)


@pages.post("/briefings/<code>/items/<item>/materials")
@policy(Policy.SIGNED_IN)
def attach(code: str, item: str) -> ResponseReturnValue:
    """Puts a file beside the item."""
    actor, sent = visitors.actor(), request.files.get("file")
    try:
        if sent is None or not sent.filename:
            deeds.judge(actor, code, item)
            raise Unfit("file", "Please choose a file.")
        deeds.attach(actor, code, item, file=sent.stream, name=sent.filename, replaces=request.form.get("replaces", ""))
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, item, refusal)
    flash(_("The file is there."), "success")
    return redirect(url_for("materials.listing", code=code, item=item), 303)


@pages.post("/materials/<name>/withdrawal")
@policy(Policy.SIGNED_IN)
def withdraw(name: str) -> ResponseReturnValue:
    """Takes a file back."""
    actor = visitors.actor()
    file = seen.see(actor, name)
    try:
        pressed("withdraw")
        deeds.withdraw(actor, name)
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, file.briefing, file.item, refusal)
    flash(_("The file is gone for everybody."), "success")
    return redirect(url_for("materials.listing", code=file.briefing, item=file.item), 303)


@pages.get("/materials/<name>")
@policy(Policy.SIGNED_IN)
def file(name: str) -> Response:
    """The file, to keep."""
    view, pieces = seen.opened(visitors.actor(), name)
    response = Response(stream_with_context(pieces), content_type=view.media_type)
    response.content_length = view.size
    plain = view.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(view.name, safe='')}"
    response.headers["Content-Disposition"] = told
    response.headers["Content-Security-Policy"] = FILE_SECURITY
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(actor: Actor, code: str, item: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    page = render_template(
        "materials/show.html",
        beside=seen.beside(actor, code, item),
        refused=say(refusal) if refusal else "",
        kinds=rules.KINDS,
        megabytes=rules.AT_MOST // 1_000_000,
    )
    return (page, refusal.status) if refusal else page
