"""Answers who answers for me: what each assistant may answer alone, and when my pile comes by letter."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from vendorhub.domain import digests
from vendorhub.domain.assistants import Alone
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import assistants as seen
from vendorhub.usecases import assistants as deeds
from vendorhub.web import visitors
from vendorhub.web.words import say

pages = Blueprint("assistants", __name__, url_prefix="/my-assistants")

ANSWERS: Final = {
    Alone.YES: lazy_gettext("Yes"),
    Alone.YES_BUT: lazy_gettext("Yes, but: other people or another topic"),
    Alone.IN_WRITING: lazy_gettext("In writing"),
    Alone.NOT_NOW: lazy_gettext("Not now"),
    Alone.NO: lazy_gettext("No"),
    Alone.QUESTION: lazy_gettext("Ask a question first"),
    Alone.PASS_ON: lazy_gettext("Pass to a colleague"),
}
_HOURS: Final = tuple(str(hour) for hour in range(digests.EARLIEST, digests.LATEST + 1))


@pages.get("")
@policy(Policy.SIGNED_IN)
def show() -> ResponseReturnValue:
    """The assistants with what each may answer, and the hours."""
    return _page(visitors.actor())


@pages.post("/answers")
@policy(Policy.SIGNED_IN)
def give() -> ResponseReturnValue:
    """Says anew what one assistant may answer alone."""
    actor = visitors.actor()
    deeds.give(actor, request.form.get("assistant", ""), request.form.getlist("answers"))
    flash(_("Saved. It counts from now on."), "success")
    return redirect(url_for("assistants.show"), 303)


@pages.post("/hours")
@policy(Policy.SIGNED_IN)
def set_hours() -> ResponseReturnValue:
    """Sets the hours at which the pile comes, or that each ask comes by its own letter."""
    actor, typed = visitors.actor(), [hour for hour in request.form.getlist("hour") if hour]
    at_hours = request.form.get("letters") == "hours"
    try:
        if at_hours and not typed:
            raise Unfit("hours", "Please choose at least one hour, or let each ask come by its own letter.")
        if any(hour not in _HOURS for hour in typed):
            raise Unfit("hours", "Please choose hours between 6 and 20.")
        deeds.set_hours(actor, [int(hour) for hour in typed] if at_hours else [])
    except Unfit as refusal:
        return _page(actor, typed=typed, wrong=refusal), refusal.status
    flash(_("Saved. This is how you hear of asks from now on."), "success")
    return redirect(url_for("assistants.show"), 303)


def _page(actor: Actor, *, typed: list[str] | None = None, wrong: Refusal | None = None) -> str:
    mine = seen.mine(actor)
    chosen = [str(hour) for hour in mine.hours] if typed is None else typed
    return render_template(
        "assistants/show.html",
        assistants=mine.people,
        answers=ANSWERS,
        hours=_HOURS,
        chosen=[*chosen, "", "", ""][: digests.AT_MOST],
        at_hours=bool(chosen) or wrong is not None,
        wrong=say(wrong) if wrong else "",
    )
