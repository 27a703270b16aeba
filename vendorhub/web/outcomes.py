"""Answers how a meeting was: what came of it, said in ten seconds, put right, and when to meet next."""

from datetime import date
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict

from vendorhub.domain.deeds import Deed
from vendorhub.domain.minutes import AT_LEAST, AT_MOST
from vendorhub.domain.outcomes import Held, Next, Prepares, Promised, Said
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import meetings, next_meetings
from vendorhub.queries import outcomes as seen
from vendorhub.queries.outcomes import OutcomeView
from vendorhub.usecases import outcomes as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.words import say

pages = Blueprint("outcomes", __name__, url_prefix="/meetings")

MARKS: Final = range(AT_LEAST, AT_MOST + 1)
HELD: Final = {
    Held.YES: lazy_gettext("we met"),
    Held.THEY: lazy_gettext("they did not come"),
    Held.WE: lazy_gettext("we did not come"),
    Held.LATE: lazy_gettext("it was called off late"),
}
PREPARES: Final = {
    Prepares.BOTH: lazy_gettext("both sides"),
    Prepares.THEY: lazy_gettext("they do"),
    Prepares.WE: lazy_gettext("we do"),
}
_ROWS: Final = range(3)  # of promises


@pages.get("/<uid>/outcome")
@policy(Policy.SIGNED_IN)
def show(uid: str) -> ResponseReturnValue:
    """The form, empty or with what was said."""
    return _page(visitors.actor(), uid)


@pages.post("/<uid>/outcome")
@policy(Policy.SIGNED_IN)
def keep(uid: str) -> ResponseReturnValue:
    """Says it, or puts right what was said."""
    version = request.form.get("version", "")
    actor = visitors.actor(if_match=version)
    try:
        pressed("keep")
        (deeds.correct if version else deeds.say)(actor, uid, _said())
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, uid, refusal), refusal.status
    flash(_("Kept. What you think of it stays with your own people."), "success")
    return redirect(url_for("meetings.show", uid=uid, _anchor="outcome"), 303)


def _said() -> Said:
    """What was typed. Raises Unfit for what can't be read."""
    form = request.form
    if (held := form.get("held", "")) not in set(Held):
        raise Unfit("held", "Please say first whether you met.")
    return Said(
        held=Held(held),
        worth=_number(form.get("worth", "")),
        note=form.get("note", ""),
        goal_moved={"yes": True, "no": False}.get(form.get("goal_moved", "")),
        decisions=form.get("decisions", "").splitlines(),
        promises=[
            Promised(text, form.get(f"owner-{row}", ""), _day(form.get(f"due-{row}", ""), "due"))
            for row in _ROWS
            if (text := form.get(f"text-{row}", "").strip())
        ],
        thanks=form.get("thanks", ""),
        quotable=form.get("quotable") == "yes",
        next=_next(),
    )


def _next() -> Next | None:
    form = request.form
    if form.get("again") != "yes":
        return None
    first, last = _day(form.get("first", ""), "next"), _day(form.get("last", ""), "next")
    prepares = form.get("prepares", "")
    if first is None or last is None or prepares not in set(Prepares):
        raise Unfit("next", "Please say from when until when, and who prepares it.")
    return Next(first, last, Prepares(prepares))


def _number(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 1):
        raise Unfit("worth", "Please choose a number from %(least)s to %(most)s.", least=AT_LEAST, most=AT_MOST)
    return int(typed)


def _day(typed: str, field: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError:
        raise Unfit(field, "Please write the date like this: 2027-01-13.") from None


def _page(actor: Actor, uid: str, refusal: Refusal | None = None) -> str:
    meeting, outcome = meetings.see(actor, uid), seen.see(actor, uid)
    if actor.side is not Side.BUYER or not (Deed.SAY_OUTCOME in meeting.may or outcome):
        raise NotThere
    sent = request.form if request.method == "POST" else None
    return render_template(
        "outcomes/show.html",
        meeting=meeting,
        outcome=outcome,
        typed=sent if sent is not None else _known(actor, uid, outcome),
        rows=_ROWS,
        marks=MARKS,
        helds=HELD,
        prepares=PREPARES,
        goal=outcome.goal if outcome else seen.goal_of(actor, uid),
        alert=say(refusal) if refusal else "",
        field=refusal.field if isinstance(refusal, Unfit) else "",
    )


def _known(actor: Actor, uid: str, outcome: OutcomeView | None) -> MultiDict[str, str]:
    """What the form shows before anybody has typed: what was said, and the days that the rhythm suggests."""
    wish = (outcome.next if outcome else None) or next_meetings.suggested(actor, uid)
    known = MultiDict(
        {
            "first": wish.first.isoformat() if wish else "",
            "last": wish.last.isoformat() if wish else "",
            "prepares": str(wish.prepares if wish else Prepares.BOTH),
        }
    )
    if outcome is None:
        return known
    known.update(
        {
            "held": str(outcome.held),
            "worth": str(outcome.worth or ""),
            "note": outcome.note,
            "goal_moved": "" if outcome.goal_moved is None else "yes" if outcome.goal_moved else "no",
            "decisions": "\n".join(outcome.decisions),
            "thanks": outcome.thanks,
            "quotable": "yes" if outcome.quotable else "",
            "again": "yes" if outcome.next else "",
        }
    )
    return known
