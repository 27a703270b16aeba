"""Answers how an ask is kept while it is written: by its button, and quietly by the page itself."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub import clock, keys
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.usecases import drafts as deeds
from vendorhub.web import visitors
from vendorhub.web.ask_forms import AskForm
from vendorhub.web.guards import csrf, limiter
from vendorhub.web.words import moment, say

pages = Blueprint("drafts", __name__, url_prefix="/b")


def _whose() -> str:
    """Each form is counted by itself: a whole company writes from behind one address."""
    return keys.hash_secret(request.form.get("ticket", ""))


# The sealed ticket in the form is the proof: it stands on its owner's page alone, and is good for this only.
@pages.post("/<slug>/ask/draft")
@policy(Policy.PUBLIC)
@csrf.exempt  # type: ignore[untyped-decorator]
@limiter.limit("60 per minute", key_func=_whose)
def keep(slug: str) -> ResponseReturnValue:
    """Keeps what is typed for whoever opened the form; the page asks for it `quietly` and reads a line of text."""
    form = AskForm(request.form)
    typist = deeds.holder(form.ticket.data or "", slug)
    if typist is None:
        raise NotThere
    try:
        kept = deeds.keep(typist, slug, form.words(), once=form.once.data or "")
        said = _("Kept at %(time)s.", time=moment(clock.now(), visitors.reads_in())) if kept else ""
    except Unfit as refusal:
        kept, said = False, say(refusal)
    if "quietly" in request.form:
        return said, 200, {"Content-Type": "text/plain; charset=utf-8"}
    if kept:
        flash(_("%(kept)s It is under My asks for thirty days.", kept=said), "success")
    else:
        flash(said or _("There is nothing to keep yet."), "warning")
    back = url_for("front_doors.ask", slug=slug)
    return redirect(back if visitors.signed_in() else url_for("sign_in.ask", next=back), 303)


@pages.post("/<slug>/ask/draft/end")
@policy(Policy.SIGNED_IN)
def throw_away(slug: str) -> ResponseReturnValue:
    """Throws the draft away."""
    deeds.throw_away(visitors.actor(), slug)
    flash(_("The draft is thrown away."), "success")
    return redirect(url_for("home.show"), 303)
