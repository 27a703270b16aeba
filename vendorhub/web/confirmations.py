"""Answers what the link opens by which a vendor's name is asked for: the whole ask, to confirm or to refuse.

The secret in the address is the proof, as it is of a decision's link (web/decisions.py): the forms need no session and
no CSRF token. It signs nobody in, and opens nothing but this one ask.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from vendorhub import keys
from vendorhub.domain import texts
from vendorhub.domain.newcomers import COMPANY_AT_MOST
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import confirmations as seen
from vendorhub.usecases import confirmations as deeds
from vendorhub.web.forms import Fits, Form, pressed
from vendorhub.web.guards import csrf, limiter
from vendorhub.web.words import say

pages = Blueprint("confirmations", __name__, url_prefix="/in-your-name")


class NameForm(Form):
    """The answer, and what their company is called where it is new here."""

    answer = StringField()
    company = StringField(
        validators=[Fits(lambda typed: texts.line(typed, at_most=COMPANY_AT_MOST, what="company"), optional=True)]
    )


def _the_link() -> str:
    """Each link is counted by itself: a whole company reads its letters from behind one address."""
    return keys.hash_secret((request.view_args or {}).get("secret", ""))


@pages.get("/<secret>")
@policy(Policy.LINK)
@limiter.limit("120 per minute", key_func=_the_link)
def show(secret: str) -> ResponseReturnValue:
    """The ask and the form that confirms or refuses it; opening it changes nothing."""
    waiting = seen.see(secret)
    return _page(secret, waiting, NameForm(company=waiting.vendor))


@pages.post("/<secret>")
@policy(Policy.LINK)
@csrf.exempt  # type: ignore[untyped-decorator]
@limiter.limit("60 per minute", key_func=_the_link)
def answer(secret: str) -> ResponseReturnValue:
    """Confirms or refuses, as whoever the letter went to. The form sent as it came does neither."""
    form = NameForm(request.form)
    form.validate()
    try:
        if pressed("confirm", "refuse") == "confirm":
            deeds.confirm_by_link(secret, company=form.company.data or "")
        else:
            deeds.refuse_by_link(secret)
    except NotThere:
        raise
    except Unfit as refusal:
        form.take(refusal)
        return _page(secret, seen.see(secret), form), 422
    except Refusal as refusal:
        return _page(secret, seen.see(secret), form, alert=say(refusal)), refusal.status
    return redirect(url_for("confirmations.show", secret=secret), 303)


def _page(secret: str, waiting: seen.NameAsked, form: NameForm, *, alert: str = "") -> str:
    return render_template(
        "confirmations/show.html",
        ask=waiting,
        form=form,
        alert=alert,
        action=url_for("confirmations.answer", secret=secret),
        zone=waiting.buyer_zone,
    )
