"""Answers which times lie on the table for an ask that has its yes: choosing one, or suggesting others."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain.deeds import Deed
from vendorhub.domain.offers import SLOTS_AT_MOST
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import meeting_requests as asks
from vendorhub.queries import offers as seen
from vendorhub.usecases import offers as deeds
from vendorhub.web import visitors
from vendorhub.web.times import SlotsForm
from vendorhub.web.words import say

pages = Blueprint("offers", __name__)


@pages.route("/meeting-requests/<code>/times", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def times(code: str) -> ResponseReturnValue:
    """The times of both sides; the form puts up others."""
    actor = visitors.actor()
    if request.method != "POST":
        return _page(actor, code, SlotsForm(data={"zone": visitors.reads_in()}))
    form = SlotsForm(request.form)
    if "more" in request.form:
        if len(form.slots) < SLOTS_AT_MOST:
            form.slots.append_entry()
        return _page(actor, code, form)
    given = form.read()
    try:
        if given is None:
            asks.see(actor, code)
            return _page(actor, code, form), 422
        _put_up(actor, code, form, given=given)
    except Refusal as refusal:
        return _again(actor, code, form, refusal)
    flash(_("The times are with the other side."), "success")
    return redirect(url_for("meeting_requests.show", code=code), 303)


@pages.post("/offers/<offer>/choice")
@policy(Policy.SIGNED_IN)
def choose(offer: str) -> ResponseReturnValue:
    """Agrees to one of the other side's times: the invitations go out."""
    actor, code = visitors.actor(), request.form.get("ask", "")
    try:
        uid = deeds.choose(actor, offer, slot=request.form.get("slot", ""))
    except Refusal as refusal:
        return _again(actor, code, SlotsForm(data={"zone": visitors.reads_in()}), refusal)
    flash(_("Agreed. The invitations are on their way."), "success")
    return redirect(url_for("meetings.show", uid=uid), 303)


@pages.post("/offers/<offer>/retraction")
@policy(Policy.SIGNED_IN)
def retract(offer: str) -> ResponseReturnValue:
    """Takes one's own times off the table."""
    actor, code = visitors.actor(), request.form.get("ask", "")
    try:
        deeds.retract(actor, offer)
    except Refusal as refusal:
        return _again(actor, code, SlotsForm(data={"zone": visitors.reads_in()}), refusal)
    flash(_("The times are off the table."), "success")
    return redirect(url_for("home.show"), 303)


def _put_up(actor: Actor, code: str, form: SlotsForm, *, given: list[tuple[str, str, int | None]]) -> None:
    """In answer to what the other side has put up, where something lies open; else as a new offer."""
    answers = [offer.code for offer in seen.of_request(actor, code) if Deed.COUNTER in offer.may]
    note = form.note.data or ""
    if answers:
        deeds.counter(actor, answers[-1], slots=given, note=note)
    else:
        deeds.offer(actor, code, slots=given, note=note)


def _again(actor: Actor, code: str, form: SlotsForm, refusal: Refusal) -> ResponseReturnValue:
    if isinstance(refusal, NotThere) or not code:
        raise refusal
    if isinstance(refusal, Unfit):
        form.take(refusal)
        return _page(actor, code, form), 422
    return _page(actor, code, form, alert=say(refusal)), refusal.status


def _page(actor: Actor, code: str, form: SlotsForm, *, alert: str = "") -> str:
    ask = asks.see(actor, code)
    lying = [offer for offer in seen.of_request(actor, code) if offer.state == "open"]
    return render_template("offers/show.html", ask=ask, offers=lying, form=form, alert=alert)
