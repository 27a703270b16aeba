"""Answers how another time is found for a meeting: in the week; the buyer's side moves it there, others wish it."""

from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub import clock
from vendorhub.domain.deeds import Deed
from vendorhub.domain.offers import SlotGiven
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import meetings as seen
from vendorhub.queries.weeks import around
from vendorhub.usecases import meetings as deeds
from vendorhub.web import visitors
from vendorhub.web.picks import asks_to_look, keep_hours, look
from vendorhub.web.times import MoveForm
from vendorhub.web.weeks import Reader, draw
from vendorhub.web.words import say

pages = Blueprint("moves", __name__, url_prefix="/meetings")


def move(actor: Actor, uid: str, *, slot: SlotGiven, note: str) -> str:
    """Moves the meeting, or wishes it moved where that is the other side's to do. Answers what to say then."""
    if actor.asks:
        deeds.propose(actor, uid, slot=slot, note=note)
        return str(_("Your wish is with them. Nothing changes until they agree."))
    deeds.move(actor, uid, slot=slot, note=note)
    return str(_("Moved. Everybody is asked anew."))


@pages.route("/<uid>/times", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def times(uid: str) -> ResponseReturnValue:
    """My week around the meeting: one half hour is picked, and it moves there or they are asked to."""
    actor = visitors.actor()
    if request.method != "POST":
        return _page(actor, uid, MoveForm(data={"zone": visitors.reads_in()}))
    form = MoveForm(request.form)
    if asks_to_look():
        seen.see(actor, uid)
        return _page(actor, uid, form, alert=keep_hours(actor))
    if (slot := form.read()) is None:
        return _refused(actor, uid, form, 422)
    try:
        said = move(actor, uid, slot=slot, note=form.note.data or "")
    except NotThere:
        raise
    except Unfit as refusal:
        form.take(refusal)
        return _refused(actor, uid, form, 422)
    except Refusal as refusal:
        return _refused(actor, uid, form, refusal.status, alert=say(refusal))
    flash(said, "success")
    return redirect(url_for("meetings.show", uid=uid), 303)


def _refused(actor: Actor, uid: str, form: MoveForm, status: int, *, alert: str = "") -> ResponseReturnValue:
    shown = _page(actor, uid, form, alert=alert)
    return (shown, status) if isinstance(shown, str) else shown


def _page(actor: Actor, uid: str, form: MoveForm, *, alert: str = "") -> ResponseReturnValue:
    meeting, asked, here = seen.see(actor, uid), look(), visitors.reads_in()
    if not meeting.may & {Deed.MOVE, Deed.PROPOSE_MOVE}:
        return redirect(url_for("meetings.show", uid=uid), 303)
    minutes = (meeting.end - meeting.start) // timedelta(minutes=1)
    there = meeting.company_zone if actor.side is Side.BUYER else meeting.buyer_zone
    reader, picks = Reader(here, there, minutes=minutes, now=clock.now()), form.picks.picks()
    week = reader.week(asked, [pick.start for pick in picks] or [meeting.start])
    since, until = reader.reach(week, [])
    found = around(actor, meeting.request, since=since, until=until, but=meeting.uid)
    reader = replace(reader, hours=found.hours)
    return render_template(
        "meetings/times.html",
        meeting=meeting,
        minutes=minutes,
        form=form,
        alert=alert,
        there=there,
        grid=replace(draw(reader, week, asked, taken=found.taken, picks=picks, now_at=meeting.start), one=True),
        said={pick.value: reader.said(pick.start) for pick in picks},
    )
