"""Answers what became of the mail that came, and lets people say that a doubtful one is theirs."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain.mails import SENTENCES, STATE_OF, MailState
from vendorhub.policy import Policy, policy
from vendorhub.queries import mails as seen
from vendorhub.usecases import mails as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import pressed

pages = Blueprint("kept_mail", __name__, url_prefix="/kept-mail")


@pages.get("")
@policy(Policy.SIGNED_IN)
def listing() -> ResponseReturnValue:
    """A page of mails, the newest first, and the way to those before."""
    mails, more = seen.listing(visitors.actor(), cursor=request.args.get("before"))
    return render_template("kept_mail/list.html", mails=mails, more=more, because=SENTENCES)


@pages.post("/<code>/confirmation")
@policy(Policy.SIGNED_IN)
def confirm(code: str) -> ResponseReturnValue:
    """Says that one's own mail is one's own."""
    pressed("confirm")
    why = deeds.confirm(visitors.actor(), code)
    if STATE_OF[why] is MailState.TAKEN:
        flash(_("Thank you. What it asks for is a card now."), "success")
    else:
        flash(_(SENTENCES[why]), "success")
    return redirect(url_for("kept_mail.listing"), 303)
