"""Answers in which words each answer is told, and lets those who may change a company's front door change them."""

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import StringField

from vendorhub.domain import texts
from vendorhub.domain.refusals import Refusal, SomebodyWasFaster, Unfit
from vendorhub.domain.wordings import AT_MOST, Answer
from vendorhub.policy import Policy, policy
from vendorhub.queries import wordings as seen
from vendorhub.usecases import wordings as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import Fits, Form
from vendorhub.web.words import say

pages = Blueprint("wordings", __name__, url_prefix="/front-door/wordings")

NAMES: Final = {
    Answer.YES: lazy_gettext("Yes"),
    Answer.YES_BUT: lazy_gettext("Yes, but"),
    Answer.IN_WRITING: lazy_gettext("In writing"),
    Answer.NOT_NOW: lazy_gettext("Not now"),
    Answer.NO: lazy_gettext("No"),
    Answer.QUESTION: lazy_gettext("A question first"),
    Answer.PASS_ON: lazy_gettext("Passed to a colleague"),
    Answer.FRONT_DOOR: lazy_gettext("Send them our front door"),
}


def _sentence() -> Any:
    return StringField(validators=[Fits(lambda typed: texts.text(typed, at_most=AT_MOST, what="text"))])


class WordingsForm(Form):
    """A sentence for each answer, and the version of them that was seen."""

    yes = _sentence()
    yes_but = _sentence()
    in_writing = _sentence()
    not_now = _sentence()
    no = _sentence()
    question = _sentence()
    pass_on = _sentence()
    front_door = _sentence()
    version = StringField()


@pages.route("", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def show() -> ResponseReturnValue:
    """The sentences as they are, and the form that changes them."""
    form = WordingsForm(request.form)
    actor = visitors.actor(if_match=form.version.data or "")
    own = seen.own(actor)
    if request.method != "POST":
        return _page(WordingsForm(data={**own.said, "version": own.version}))
    if not form.validate():
        return _page(form), 422
    try:
        deeds.reword(actor, {answer: form[answer].data or "" for answer in Answer})
    except Unfit as refusal:
        form.take(refusal)
        return _page(form), 422
    except SomebodyWasFaster as refusal:
        form.version.data = seen.own(actor).version
        why = _("Somebody has changed this since you opened it. What you typed is still here; save again to keep it.")
        return _page(form, alert=why), refusal.status
    except Refusal as refusal:
        return _page(form, alert=say(refusal)), refusal.status
    flash(_("Saved. Answers are told like this from now on."), "success")
    return redirect(url_for("wordings.show"), 303)


def _page(form: WordingsForm, *, alert: str = "") -> str:
    return render_template("front_doors/wordings.html", form=form, alert=alert, names=NAMES)
