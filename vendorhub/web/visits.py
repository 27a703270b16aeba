"""Answers what the link of somebody who is invited and has no account opens: their meeting, and what they say to it.

The secret in the address is the proof, as it is of a decision's link (web/decisions.py): the forms need no session and
no CSRF token. It signs nobody in, and opens nothing but this one meeting.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import StringField

from vendorhub import keys
from vendorhub.domain import texts
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.domain.visits import NAME_AT_MOST
from vendorhub.policy import Policy, policy
from vendorhub.queries import visits as seen
from vendorhub.usecases import attendees as deeds
from vendorhub.usecases import briefs
from vendorhub.web.forms import Fits, Form, pressed
from vendorhub.web.guards import csrf, limiter
from vendorhub.web.timelines import timeline
from vendorhub.web.words import say

pages = Blueprint("visits", __name__, url_prefix="/visit")


class StandInForm(Form):
    """Who comes instead."""

    answer = StringField()
    name = StringField(validators=[Fits(lambda typed: texts.line(typed, at_most=NAME_AT_MOST, what="name"))])
    email = StringField(validators=[Fits(texts.email)])


def _the_link() -> str:
    """Each link is counted by itself: a whole company reads its letters from behind one address."""
    return keys.hash_secret((request.view_args or {}).get("secret", ""))


@pages.errorhandler(NotThere)
def gone(refusal: NotThere) -> ResponseReturnValue:
    """A link that was never there and one that opens nothing any more are the same page, which tells nothing."""
    return render_template("visits/gone.html", bare=True, here=""), refusal.status


@pages.get("/<secret>")
@policy(Policy.LINK)
@limiter.limit("120 per minute", key_func=_the_link)
def show(secret: str) -> ResponseReturnValue:
    """The meeting as this person may see it; opening it changes nothing."""
    return _page(secret, StandInForm())


@pages.get("/<secret>/brief")
@policy(Policy.LINK)
@limiter.limit("120 per minute", key_func=_the_link)
def brief(secret: str) -> ResponseReturnValue:
    """The one page before the meeting: nothing of what their company keeps for itself."""
    return render_template("briefs/show.html", sheet=briefs.for_visitor(secret).sheet, secret=secret, bare=True)


@pages.post("/<secret>/reply")
@policy(Policy.LINK)
@csrf.exempt  # type: ignore[untyped-decorator]
@limiter.limit("20 per hour", key_func=_the_link)
def reply(secret: str) -> ResponseReturnValue:
    """They can't come, or can after all. The form sent as it came says neither."""
    form = StandInForm()
    try:
        deeds.reply(secret, comes=pressed("cannot_come", "come") == "come")
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(secret, form, alert=say(refusal)), refusal.status
    return redirect(url_for("visits.show", secret=secret), 303)


@pages.post("/<secret>/stand-in")
@policy(Policy.LINK)
@csrf.exempt  # type: ignore[untyped-decorator]
@limiter.limit("20 per hour", key_func=_the_link)
def stand_in(secret: str) -> ResponseReturnValue:
    """Somebody else comes instead, and this link opens nothing any more; so the answer says how it stands."""
    form = StandInForm(request.form)
    try:
        pressed("send")
        before = seen.see(secret)
        if not form.validate():
            return _page(secret, form), 422
        deeds.send_instead(secret, name=form.name.data or "", email=form.email.data or "")
    except NotThere:
        raise
    except Unfit as refusal:
        form.take(refusal)
        return _page(secret, form), 422
    except Refusal as refusal:
        return _page(secret, form, alert=say(refusal)), refusal.status
    return render_template("visits/sent.html", visit=before, name=(form.name.data or "").strip(), bare=True, here="")


def _page(secret: str, form: StandInForm, *, alert: str = "") -> str:
    visit = seen.see(secret, say=_said)
    minutes = int((visit.end - visit.start).total_seconds() // 60)
    return render_template(
        "visits/show.html",
        visit=visit,
        scale=timeline(visit.agenda, frame=minutes, start=visit.start, zone=visit.zone),
        form=form,
        alert=alert,
        secret=secret,
        zone=visit.zone,
        bare=True,
    )


def _said(msgid: str, values: Mapping[str, Any]) -> str:
    return str(_(msgid, **values))
