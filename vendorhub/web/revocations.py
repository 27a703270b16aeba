"""Answers how a yes is called off: one page that asks once, for it is heard at once."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import StringField

from vendorhub.domain import texts
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import meeting_requests as seen
from vendorhub.usecases import revoking
from vendorhub.web import visitors
from vendorhub.web.answers import NOTE_AT_MOST
from vendorhub.web.forms import Fits, Form
from vendorhub.web.words import say

pages = Blueprint("revocations", __name__, url_prefix="/meeting-requests")


class RevocationForm(Form):
    """A line to them, and the button that was pressed: a form sent with its defaults calls nothing off."""

    note = StringField(validators=[Fits(lambda typed: texts.text(typed, at_most=NOTE_AT_MOST, what="note"))])


@pages.route("/<code>/revocation", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def show(code: str) -> ResponseReturnValue:
    """What calling it off would end, and the button that does it."""
    actor, form = visitors.actor(), RevocationForm(request.form)
    view = seen.see(actor, code)
    if request.method != "POST":
        if Deed.REVOKE not in view.may:
            return redirect(url_for("meeting_requests.show", code=code), 303)
        return _page(actor, code, form)
    try:
        if request.form.get("answer") != "revoke":
            raise Unfit("", "Please press one of the answers.")
        if not form.validate():
            return _page(actor, code, form), 422
        revoking.revoke(actor, code, note=form.note.data or "")
    except NotThere:
        raise
    except Unfit as refusal:
        form.take(refusal)
        return _page(actor, code, form), 422
    except Refusal as refusal:
        return _page(actor, code, form, alert=say(refusal)), refusal.status
    flash(_("Called off. They are told so."), "success")
    return redirect(url_for("meeting_requests.show", code=code), 303)


def _page(actor: Actor, code: str, form: RevocationForm, *, alert: str = "") -> str:
    return render_template("meeting_requests/revocation.html", ask=seen.see(actor, code), form=form, alert=alert)
