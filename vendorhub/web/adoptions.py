"""Answers meetings that exist elsewhere: a calendar file is brought, looked at, and adopted by a press."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from vendorhub.domain.adoptions import EVENTS_AT_MOST, OCTETS_AT_MOST
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import adoptions as seen
from vendorhub.queries import vendors
from vendorhub.usecases import adoptions as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.words import say

pages = Blueprint("adoptions", __name__, url_prefix="/adoptions")


@pages.get("")
@policy(Policy.SIGNED_IN)
def show() -> ResponseReturnValue:
    """The form that takes a calendar file, and what waits to be adopted."""
    return _page(visitors.actor())


@pages.post("")
@policy(Policy.SIGNED_IN)
def bring() -> ResponseReturnValue:
    """Reads a calendar file; nothing counts before it is adopted."""
    actor, sent = visitors.actor(), request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise Unfit("file", "Please choose a file.")
        codes = deeds.bring(actor, sent.stream.read(OCTETS_AT_MOST + 1))
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, refusal), refusal.status
    known = {each.code for each in seen.waiting(actor)} & set(codes)
    if renewed := len(set(codes) - known):
        flash(
            ngettext("One that was adopted is up to date.", "%(num)s that were adopted are up to date.", renewed),
            "success",
        )
    return redirect(url_for("adoptions.show"), 303)


@pages.post("/<code>")
@policy(Policy.SIGNED_IN)
def settle(code: str) -> ResponseReturnValue:
    """Adopts what waits, or takes it out again."""
    actor = visitors.actor()
    try:
        view = seen.see(actor, code)
        if pressed("adopt", "discard") == "adopt":
            deeds.adopt(actor, code, company=request.form.get("company", ""))
            view = seen.see(actor, code)
            flash(_("Adopted. It counts from now on; nobody was written to."), "success")
        else:
            deeds.discard(actor, code)
            flash(_("Taken out. It is as if it had not been brought."), "success")
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, refusal, code=code), refusal.status
    if view.relationship:
        return redirect(url_for("relationships.show", code=view.relationship), 303)
    return redirect(url_for("adoptions.show"), 303)


def _page(actor: Actor, refusal: Refusal | None = None, *, code: str = "") -> str:
    return render_template(
        "adoptions/show.html",
        waiting=seen.waiting(actor),
        companies=vendors.known(),
        most=EVENTS_AT_MOST,
        alert=say(refusal) if refusal else "",
        field=refusal.field if isinstance(refusal, Unfit) else "",
        code=code,
        typed=request.form,
    )
