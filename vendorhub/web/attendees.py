"""Answers who comes instead of whom, for those who are signed in; by a letter's link it is web/visits.py."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import StringField

from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import meetings as seen
from vendorhub.usecases import attendees as deeds
from vendorhub.usecases.attendees import StandIn
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.visits import StandInForm
from vendorhub.web.words import say

pages = Blueprint("attendees", __name__, url_prefix="/meetings")


class InsteadForm(StandInForm):
    """Who comes instead, and of whom."""

    instead_of = StringField()

    def take(self, refusal: Unfit) -> None:
        """What is wrong with the pair is wrong with whom it names."""
        super().take(Unfit("instead_of", refusal.msgid, **refusal.values) if refusal.field == "replace" else refusal)


@pages.get("/<uid>/stand-in")
@policy(Policy.SIGNED_IN)
def show(uid: str) -> ResponseReturnValue:
    """Whom of one's own one can send instead of whom; oneself stands first."""
    actor, who = visitors.actor(), visitors.me()
    if Deed.REPLACE not in seen.see(actor, uid).may:
        return redirect(url_for("meetings.show", uid=uid), 303)
    return _page(actor, uid, InsteadForm(data={"instead_of": who.email if who else ""}))


@pages.post("/<uid>/stand-in")
@policy(Policy.SIGNED_IN)
def send(uid: str) -> ResponseReturnValue:
    """Sends somebody else."""
    actor, form = visitors.actor(), InsteadForm(request.form)
    try:
        pressed("send")
        if not form.validate():
            return _page(actor, uid, form), 422
        deeds.replace(actor, uid, [StandIn(form.instead_of.data or "", form.name.data or "", form.email.data or "")])
    except NotThere:
        raise
    except Unfit as refusal:
        form.take(refusal)
        return _page(actor, uid, form), 422
    except Refusal as refusal:
        return _page(actor, uid, form, alert=say(refusal)), refusal.status
    flash(_("%(name)s is invited, and those who arrange it are told.", name=(form.name.data or "").strip()), "success")
    return redirect(url_for("meetings.show", uid=uid) if _still_there(actor, uid) else url_for("meetings.listing"), 303)


@pages.post("/<uid>/invitations")
@policy(Policy.SIGNED_IN)
def invite(uid: str) -> ResponseReturnValue:
    """Invites those who present and were named after the invitations had left."""
    actor = visitors.actor()
    seen.see(actor, uid)  # what is not there comes before what was pressed
    try:
        pressed("invite")
        deeds.invite_presenters(actor, uid)
    except NotThere:
        raise
    except Refusal as refusal:
        flash(say(refusal), "warning")
    else:
        flash(_("They are invited."), "success")
    return redirect(url_for("meetings.show", uid=uid), 303)


def _page(actor: Actor, uid: str, form: InsteadForm, *, alert: str = "") -> str:
    meeting, own = seen.see(actor, uid), seen.own_people(actor, uid)
    return render_template("meetings/stand_in.html", meeting=meeting, own=own, form=form, alert=alert)


def _still_there(actor: Actor, uid: str) -> bool:
    """Whether they still see the meeting: who sends somebody else instead of themselves may not."""
    try:
        seen.see(actor, uid)
    except NotThere:
        return False
    return True
