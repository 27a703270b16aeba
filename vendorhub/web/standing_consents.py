"""Answers the press that gives a relationship's company a standing yes."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain.refusals import NotThere, Refusal
from vendorhub.policy import Policy, policy
from vendorhub.usecases import standing_consents as deeds
from vendorhub.web import relationships, visitors
from vendorhub.web.forms import pressed

pages = Blueprint("standing_consents", __name__, url_prefix="/relationships")


@pages.post("/<code>/standing-consent")
@policy(Policy.SIGNED_IN)
def give(code: str) -> ResponseReturnValue:
    """A meeting a quarter, until somebody calls it off; held like any answer."""
    actor = visitors.actor(if_match=request.form.get("version", ""))
    try:
        pressed("stand")
        ask = deeds.give(actor, code, ask=request.form.get("ask", ""))
    except NotThere:
        raise
    except Refusal as refusal:
        return relationships.page(actor, code, refusal), refusal.status
    flash(_("Noted. You can take it back until they hear of it."), "success")
    return redirect(url_for("meeting_requests.show", code=ask), 303)
