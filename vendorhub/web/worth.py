"""Answers whether a relationship is still worth its meetings, once a year: as it is, less often, or not at all."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain.cadence import Unit, rarer
from vendorhub.domain.refusals import NotThere, Refusal
from vendorhub.policy import Policy, policy
from vendorhub.queries import cadence as seen
from vendorhub.usecases import relationships as deeds
from vendorhub.web import relationships, visitors
from vendorhub.web.forms import pressed

pages = Blueprint("worth", __name__, url_prefix="/relationships")


@pages.post("/<code>/worth")
@policy(Policy.SIGNED_IN)
def answer(code: str) -> ResponseReturnValue:
    """Says anew how often to meet; to pause, there is a form of its own."""
    actor = visitors.actor(if_match=request.form.get("version", ""))
    it = seen.see(actor, code)
    if it.rule is None:
        raise NotThere
    every = it.rule.every
    try:
        rhythms = {"keep": every, "less": rarer(every) or every, "none": Unit.NONE}
        deeds.set_cadence(actor, code, every=str(rhythms[pressed(*rhythms)]))
    except NotThere:
        raise
    except Refusal as refusal:
        return relationships.page(actor, code, refusal), refusal.status
    flash(_("Kept. You are asked again in a year."), "success")
    return redirect(url_for("relationships.show", code=code), 303)
