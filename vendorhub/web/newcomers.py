"""Answers how somebody asks who has no place here: the same questions, and a letter that shows whose address it is."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.domain.refusals import NotThere, Refusal, Unfit, WrongState
from vendorhub.policy import Policy, policy
from vendorhub.queries import meeting_requests as asks
from vendorhub.queries import newcomers as seen
from vendorhub.queries import people
from vendorhub.queries.people import BuyerView
from vendorhub.usecases import newcomers as deeds
from vendorhub.usecases.placing import Words
from vendorhub.web.ask_forms import ROWS_AT_FIRST, NewcomerForm
from vendorhub.web.forms import pressed
from vendorhub.web.guards import limiter
from vendorhub.web.sign_in import let_in
from vendorhub.web.words import say
from vendorhub.web.working_days import answer_by

pages = Blueprint("newcomers", __name__)


def handed_over(actor: Actor, code: str) -> str:
    """What is said to whoever has just asked: an ask that met an answer from before waits for nothing."""
    if asks.see(actor, code).state == State.ATTACHED:
        return str(_("Your ask is kept. It is not taken up now."))
    return str(_("Your ask is with them."))


def blank(buyer: BuyerView) -> str:
    """The form with nothing in it."""
    return _page(buyer, NewcomerForm())


@pages.post("/b/<slug>/letter")
@policy(Policy.PUBLIC)
@limiter.limit("20 per 15 minutes")
@limiter.limit("5 per 15 minutes", key_func=lambda: request.form.get("email", "").strip().lower())
def send(slug: str) -> ResponseReturnValue:
    """Takes the ask and promises a letter, whoever's address it is."""
    buyer, form = people.buyer(slug), NewcomerForm(request.form)
    if "more" in request.form or "change" in request.form:
        if "more" in request.form:
            form.one_more()
        return _page(buyer, form)
    if not form.validate():
        return _page(buyer, form), 422
    try:
        deeds.ask(
            buyer=slug,
            name=form.name.data,
            email=form.email.data,
            company=form.company.data,
            words=Words(
                topic=form.topic.data,
                outcome=form.outcome.data,
                learned=form.learned.data,
                minutes=form.length(),
                attendees=[(form.name.data, form.email.data, ""), *form.guests()],
                introduced_by=form.introduced_by.data or None,
            ),
        )
    except Unfit as refusal:
        form.take(refusal)
        return _page(buyer, form), 422
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(buyer, form, alert=say(refusal)), refusal.status
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    return render_template("front_doors/letter.html", buyer=buyer, email=form.email.data.strip(), typed=typed)


@pages.route("/hand-over/<secret>", methods=["GET", "POST"])
@policy(Policy.LINK)
@limiter.limit("30 per 15 minutes", methods=["POST"])
def hand_over(secret: str) -> ResponseReturnValue:
    """The page of the letter's link: opening it changes nothing, its button hands the ask over and signs in; the form
    sent as it came, without a press, does neither."""
    waiting, form = seen.see(secret), NewcomerForm(request.form)
    if request.method != "POST":
        return _behind_the_link(waiting, form)
    try:
        pressed("hand_over")
        person, code = deeds.hand_over(secret, goal=form.goal.data or "")
    except Unfit as refusal:
        form.take(refusal)
        return _behind_the_link(waiting, form), 422
    except WrongState as refusal:
        flash(say(refusal), "warning")
        return redirect(url_for("sign_in.ask"), 303)
    actor = people.actor(person, Door(DoorName.PAGE))
    said = handed_over(actor, code) if actor else ""
    return let_in(person, to=url_for("meeting_requests.show", code=code), said=said)


def _behind_the_link(waiting: seen.Waiting, form: NewcomerForm) -> str:
    return render_template(
        "front_doors/hand_over.html",
        waiting=waiting,
        buyer=waiting.buyer,
        goals=[name for _id, name in waiting.buyer.goals],
        form=form,
        by=answer_by(waiting.buyer),
        zone=waiting.buyer.zone,
    )


def _page(buyer: BuyerView, form: NewcomerForm, *, alert: str = "") -> str:
    return render_template(
        "front_doors/newcomer.html",
        buyer=buyer,
        form=form,
        alert=alert,
        choices=rules.MINUTES,
        others_named=len(form.attendees) > ROWS_AT_FIRST or bool(form.guests()),
        by=answer_by(buyer),
        zone=buyer.zone,
    )
