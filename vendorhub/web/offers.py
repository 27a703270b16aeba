"""Answers which times lie on the table for an ask that has its yes: choosing one, or suggesting others."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub import clock
from vendorhub.domain.deeds import Deed
from vendorhub.domain.offers import SlotGiven
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import meeting_requests as asks
from vendorhub.queries import offers as seen
from vendorhub.queries.weeks import around
from vendorhub.usecases import offers as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.picks import keep_hours, look, picked
from vendorhub.web.times import SlotsForm
from vendorhub.web.weeks import Reader, best, clash, draw
from vendorhub.web.words import say

pages = Blueprint("offers", __name__)


@pages.route("/meeting-requests/<code>/times", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def times(code: str) -> ResponseReturnValue:
    """The times of both sides in a week; the form puts up others, or shows another week with all that was ticked."""
    actor = visitors.actor()
    if request.method != "POST":
        return _page(actor, code)
    form = SlotsForm(request.form)
    if form.looks_first():
        asks.see(actor, code)
        return _page(actor, code, form, alert=keep_hours(actor))
    given = form.read()
    try:
        if given is None:
            return _page(actor, code, form), 422
        pressed("put_up")
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
        return _again(actor, code, SlotsForm(request.form), refusal)
    flash(_("Agreed. The invitations are on their way."), "success")
    return redirect(url_for("meetings.show", uid=uid), 303)


@pages.post("/offers/<offer>/retraction")
@policy(Policy.SIGNED_IN)
def retract(offer: str) -> ResponseReturnValue:
    """Takes one's own times off the table."""
    actor, code = visitors.actor(), request.form.get("ask", "")
    try:
        pressed("retract")
        deeds.retract(actor, offer)
    except Refusal as refusal:
        return _again(actor, code, None, refusal)
    flash(_("The times are off the table."), "success")
    return redirect(url_for("home.show"), 303)


def _put_up(actor: Actor, code: str, form: SlotsForm, *, given: list[SlotGiven]) -> None:
    """In answer to what the other side has put up, where something lies open; else as a new offer."""
    answers = [offer.code for offer in seen.of_request(actor, code) if Deed.COUNTER in offer.may]
    note = form.note.data or ""
    if answers:
        deeds.counter(actor, answers[-1], slots=given, note=note)
    else:
        deeds.offer(actor, code, slots=given, note=note)


def _again(actor: Actor, code: str, form: SlotsForm | None, refusal: Refusal) -> ResponseReturnValue:
    """The same page, with all that was ticked and typed, and why it can't be taken."""
    if isinstance(refusal, NotThere) or not code:
        raise refusal
    if isinstance(refusal, Unfit) and form is not None:
        form.take(refusal)
        return _page(actor, code, form), 422
    return _page(actor, code, form, alert=say(refusal)), refusal.status


def _page(actor: Actor, code: str, form: SlotsForm | None = None, *, alert: str = "") -> str:
    ask, asked, here = asks.see(actor, code), look(), visitors.reads_in()
    lying = [offer for offer in seen.of_request(actor, code) if offer.state == "open"]
    theirs = [(offer.code, slot) for offer in lying if Deed.CHOOSE in offer.may for slot in offer.slots]
    own = [slot.start for offer in lying if Deed.RETRACT in offer.may for slot in offer.slots]
    may_put_up = bool(ask.may & {Deed.OFFER, Deed.COUNTER})
    if form is None or not form.zone.data:
        form = SlotsForm(data={"zone": here, "picks": [picked(start, here).value for start in own]})
    reader = Reader(here, here, minutes=ask.minutes, now=clock.now())
    picks = form.picks.picks() if may_put_up else []
    things = [*(slot.start for _offer, slot in theirs), *(pick.start for pick in picks)]
    week = reader.week(asked, things)
    since, until = reader.reach(week, things)
    found = around(actor, code, since=since, until=until)
    there = found.company_zone if actor.side is Side.BUYER else found.buyer_zone
    reader = replace(reader, there=there, hours=found.hours)
    tick = may_put_up and (asked.others or not theirs)
    grid = draw(reader, week, asked, taken=found.taken, theirs=theirs, picks=picks, tick=tick)
    if "best" in request.form and tick:
        form.picks.data = [pick.value for pick in (*grid.elsewhere, *best(grid, here))]
        picks = form.picks.picks()
        grid = draw(reader, week, asked, taken=found.taken, theirs=theirs, picks=picks, tick=tick)
    return render_template(
        "offers/show.html",
        ask=ask,
        offers=lying,
        form=form,
        alert=alert,
        grid=grid if tick or theirs else None,
        tick=tick,
        there=reader.there,
        in_the_way={slot.code: clash(slot, found.taken) for _offer, slot in theirs},
        said={pick.value: reader.said(pick.start) for pick in picks},
    )
