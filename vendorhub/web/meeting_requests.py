"""Answers what one ask looks like and what can be done with it: its story, its answers, taking it back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import history, offers, relationships
from vendorhub.queries import meeting_requests as seen
from vendorhub.usecases import confirmations
from vendorhub.usecases import meeting_requests as deeds
from vendorhub.web import answers, visitors, ways
from vendorhub.web.answers import AnswerForm
from vendorhub.web.forms import Form, pressed
from vendorhub.web.paper_forms import PaperForm
from vendorhub.web.words import say

pages = Blueprint("meeting_requests", __name__, url_prefix="/meeting-requests")


@pages.get("/<code>")
@policy(Policy.SIGNED_IN)
def show(code: str) -> ResponseReturnValue:
    """The ask, how it stands, the times on the table and what happened."""
    return _page(visitors.actor(), code, AnswerForm())


@pages.post("/<code>/acceptance", defaults={"deed": "acceptance"})
@pages.post("/<code>/refusal", defaults={"deed": "refusal"})
@pages.post("/<code>/undo", defaults={"deed": "undo"})
@policy(Policy.SIGNED_IN)
def answer(code: str, deed: str) -> ResponseReturnValue:
    """Answers, or takes an answer back, and goes on with what waits."""
    actor, form = visitors.actor(), answers.read_form()
    try:
        answers.DEEDS[deed](actor, code, form)
    except Refusal as refusal:
        return again(actor, code, form, refusal)
    return redirect(url_for("home.show"), 303)


@pages.get("/<code>/never")
@policy(Policy.SIGNED_IN)
def never(code: str) -> ResponseReturnValue:
    """The lasting answer asks once more: only this person, or the whole company."""
    actor = visitors.actor()
    view = seen.see(actor, code)
    if Deed.BLOCK not in view.may:
        return redirect(url_for("meeting_requests.show", code=code), 303)
    there = url_for("meeting_requests.show", code=code)
    own = {} if (who := visitors.me()) is None else who.wordings
    return render_template("meeting_requests/never.html", ask=view, base=there, csrf=True, own=own)


@pages.post("/<code>/confirmation")
@policy(Policy.SIGNED_IN)
def confirm(code: str) -> ResponseReturnValue:
    """Gives the company's name for what a VAR asks; the ask goes out with that."""
    actor = visitors.actor()
    try:
        pressed("confirm")
        confirmations.confirm(actor, code)
    except Refusal as refusal:
        return again(actor, code, AnswerForm(), refusal)
    flash(_("Confirmed. They ask in your name, and you hear what comes of it."), "success")
    return redirect(url_for("meeting_requests.show", code=code), 303)


@pages.get("/<code>/yes-but", defaults={"way": "yes-but"})
@pages.get("/<code>/question", defaults={"way": "question"})
@pages.get("/<code>/passing", defaults={"way": "passing"})
@policy(Policy.SIGNED_IN)
def other_way(code: str, way: str) -> ResponseReturnValue:
    """Yes with changes, a question first, or to a colleague: each asks for a few words more."""
    return ways.show(way, visitors.actor(), code, base=_address(code), csrf=True)


@pages.post("/<code>/yes-but", defaults={"way": "yes-but"})
@pages.post("/<code>/question", defaults={"way": "question"})
@pages.post("/<code>/passing", defaults={"way": "passing"})
@policy(Policy.SIGNED_IN)
def go_another_way(code: str, way: str) -> ResponseReturnValue:
    """The same, done; then on with what waits."""
    actor = visitors.actor()
    try:
        return ways.give(way, actor, code, base=_address(code), done=url_for("home.show"), csrf=True)
    except Refusal as refusal:
        return again(actor, code, AnswerForm(), refusal)


@pages.post("/<code>/answer", defaults={"deed": "answer"})
@pages.post("/<code>/agreement", defaults={"deed": "agreement"})
@policy(Policy.SIGNED_IN)
def reply(code: str, deed: str) -> ResponseReturnValue:
    """The asking side answers the question, or agrees to the changes."""
    actor, form = visitors.actor(), answers.ReplyForm(request.form)
    try:
        answers.REPLIES[deed](actor, code, form)
    except Refusal as refusal:
        return again(actor, code, form, refusal)
    return redirect(_address(code), 303)


@pages.post("/<code>/withdrawal")
@policy(Policy.SIGNED_IN)
def withdraw(code: str) -> ResponseReturnValue:
    """Takes the ask back; for the vendor in whose name a VAR asks or would ask, its name."""
    actor = visitors.actor()
    try:
        pressed("withdraw")
        deeds.withdraw(actor, code)
    except Refusal as refusal:
        return again(actor, code, AnswerForm(), refusal)
    who = visitors.me()
    if who and seen.see(actor, code).vendor_slug == who.slug:
        flash(_("They do not ask in your name; they are told so."), "success")
    else:
        flash(_("Your ask is taken back; they are told so."), "success")
    return redirect(url_for("home.show"), 303)


def _address(code: str) -> str:
    return url_for("meeting_requests.show", code=code)


def again(
    actor: Actor,
    code: str,
    form: Form,
    refusal: Refusal,
    *,
    paper: PaperForm | None = None,
    sort_form: Form | None = None,
) -> ResponseReturnValue:
    """The same page with what was typed, into the answer, as a `paper` or to sort it, and why it can't be taken."""
    if isinstance(refusal, NotThere):
        raise refusal
    if isinstance(refusal, Unfit):
        if refusal.field:
            (sort_form or paper or form).take(refusal)
        return _page(actor, code, form, paper=paper, sort_form=sort_form), 422
    return _page(actor, code, form, alert=say(refusal), paper=paper), refusal.status


def _page(
    actor: Actor,
    code: str,
    form: Form,
    *,
    alert: str = "",
    paper: PaperForm | None = None,
    sort_form: Form | None = None,
) -> str:
    view = seen.see(actor, code)
    lines, _more = history.lines(actor, about=code)
    arranged = view.state == State.ACCEPTED
    on_the_table = offers.of_request(actor, code) if arranged else []
    return render_template(
        "meeting_requests/show.html",
        ask=view,
        form=form,
        paper=paper or PaperForm(),
        sort_form=sort_form,
        alert=alert,
        offers=[offer for offer in on_the_table if offer.state == "open"],
        lines=lines,
        again_on=answers.suggested(visitors.reads_in()),
        stories=relationships.beside(actor, view) if view.answerable else {},
    )
