"""Answers what is said beside an ask: open it again, how it came, and who its sender is."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Refusal
from vendorhub.policy import Policy, policy
from vendorhub.usecases import parking, remarks, reopening
from vendorhub.web import visitors
from vendorhub.web.answers import AnswerForm
from vendorhub.web.meeting_requests import again

pages = Blueprint("beside", __name__, url_prefix="/meeting-requests")


@pages.post("/<code>/reopening")
@policy(Policy.SIGNED_IN)
def reopen(code: str) -> ResponseReturnValue:
    """Lets the ask wait again, with the reason that whoever answered before reads."""
    reason = request.form.get("reason", "")
    return _say(code, lambda actor: reopening.reopen(actor, code, reason=reason), _("It waits again."))


@pages.post("/<code>/remark")
@policy(Policy.SIGNED_IN)
def remark(code: str) -> ResponseReturnValue:
    """Notes how the ask came although there was an answer."""
    said = request.form.get("remark", "")
    return _say(code, lambda actor: remarks.remark(actor, code, said=said), _("Noted. They never see it."))


@pages.post("/<code>/sender")
@policy(Policy.SIGNED_IN)
def sender(code: str) -> ResponseReturnValue:
    """Says whether it is them who ask."""
    who = request.form.get("who", "")
    return _say(code, lambda actor: parking.settle(actor, code, who=who), _("Noted. They never see it."))


def _say(code: str, deed: Callable[[Actor], None], done: str) -> ResponseReturnValue:
    actor = visitors.actor()
    try:
        deed(actor)
    except Refusal as refusal:
        return again(actor, code, AnswerForm(request.form), refusal)
    flash(done, "success")
    return redirect(url_for("meeting_requests.show", code=code), 303)
