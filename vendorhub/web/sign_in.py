"""Answers how somebody signs in: a letter with a link and a code; the link's page signs in by its form only."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security.utils import login_user
from wtforms import StringField

from vendorhub.domain import texts
from vendorhub.domain.refusals import WrongState
from vendorhub.policy import Policy, policy
from vendorhub.usecases import passwords
from vendorhub.usecases import sign_in as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import Fits, Form
from vendorhub.web.guards import limiter
from vendorhub.web.paths import own_path
from vendorhub.web.words import say

pages = Blueprint("sign_in", __name__)

_ASKED = "sign_in_ask"  # what the browser keeps for typing the code
_MEANT_FOR = "sign_in_next"


class AddressForm(Form):
    """Who wants to sign in."""

    email = StringField(validators=[Fits(texts.email)])


class CodeForm(Form):
    """The code in the letter."""

    code = StringField()


@pages.route("/sign-in", methods=["GET", "POST"])
@policy(Policy.PUBLIC)
@limiter.limit("20 per 15 minutes", methods=["POST"])
@limiter.limit("5 per 15 minutes", methods=["POST"], key_func=lambda: request.form.get("email", "").strip().lower())
def ask() -> ResponseReturnValue:
    """Types an address; known or not, a letter is promised (T06)."""
    if visitors.signed_in():
        return redirect(url_for("home.show"), 303)
    form = AddressForm(request.form)
    if form.sent():
        meant_for = own_path(request.args.get("next", ""))
        session.clear()
        session[_ASKED], session[_MEANT_FOR] = deeds.ask(form.email.data), meant_for
        return redirect(url_for("sign_in.code"), 303)
    return render_template("sign_in/ask.html", form=form), 422 if request.method == "POST" else 200


@pages.route("/sign-in/code", methods=["GET", "POST"])
@policy(Policy.PUBLIC)
@limiter.limit("30 per 15 minutes", methods=["POST"])
def code() -> ResponseReturnValue:
    """Says that the letter is on its way and takes the code in it."""
    if _ASKED not in session:
        return redirect(url_for("sign_in.ask"), 303)
    form = CodeForm(request.form)
    if request.method != "POST":
        return render_template("sign_in/code.html", form=form)
    try:
        person = deeds.by_code(session[_ASKED], form.code.data or "")
    except WrongState as refusal:
        form.code.errors = [say(refusal)]
        return render_template("sign_in/code.html", form=form), refusal.status
    return let_in(person)


@pages.route("/sign-in/<secret>", methods=["GET", "POST"])
@policy(Policy.PUBLIC)
@limiter.limit("30 per 15 minutes", methods=["POST"])
def link(secret: str) -> ResponseReturnValue:
    """The page of a mailed link: opening it changes nothing, its button signs in (law 12)."""
    if request.method != "POST":
        return render_template("sign_in/link.html")
    try:
        person = deeds.by_link(secret)
    except WrongState as refusal:
        flash(say(refusal), "warning")
        return redirect(url_for("sign_in.ask"), 303)
    return let_in(person)


def let_in(person: int, *, to: str = "", said: str = "") -> ResponseReturnValue:
    """A new session for this person, on their way to a page: nothing of the session before is kept."""
    meant_for = session.get(_MEANT_FOR, "")
    session.clear()
    session.permanent = True
    login_user(passwords.account(person), remember=False, authn_via=["email"])
    flash(" ".join(filter(None, (said, _("You are signed in.")))), "success")
    return redirect(own_path(to or meant_for) or url_for("home.show"), 303)
