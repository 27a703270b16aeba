"""Answers whose mail is no ask: the list of a company's customers, bank and sisters, for its own people to keep."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import StringField

from vendorhub.domain import not_vendors as rules
from vendorhub.domain.refusals import Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import not_vendors as seen
from vendorhub.usecases import not_vendors as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import Fits, Form

pages = Blueprint("not_vendors", __name__, url_prefix="/front-door/not-vendors")


class EntryForm(Form):
    """An address or a domain."""

    entry = StringField(validators=[Fits(rules.entry)])


@pages.route("", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def show() -> ResponseReturnValue:
    """The list, and the form that adds to it."""
    actor, form = visitors.actor(), EntryForm(request.form)
    entries = seen.listing(actor)
    if request.method == "GET":
        return _page(entries, EntryForm())
    if not form.validate():
        return _page(entries, form), 422
    try:
        entry = deeds.add(actor, form.entry.data or "")
    except Unfit as refusal:
        form.take(refusal)
        return _page(entries, form), 422
    flash(_("Mail from %(entry)s is no ask from now on.", entry=entry), "success")
    return redirect(url_for("not_vendors.show"), 303)


@pages.post("/removal")
@policy(Policy.SIGNED_IN)
def remove() -> ResponseReturnValue:
    """Takes one line off the list."""
    entry = request.form.get("entry", "")
    deeds.remove(visitors.actor(), entry)
    flash(_("%(entry)s is off the list: mail from there may be an ask again.", entry=entry), "success")
    return redirect(url_for("not_vendors.show"), 303)


def _page(entries: tuple[str, ...], form: EntryForm) -> str:
    return render_template("front_doors/not_vendors.html", entries=entries, form=form)
