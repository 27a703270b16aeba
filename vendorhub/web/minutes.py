"""Answers the minutes of a briefing: read, confirmed and remarked on, and what is said of the vendors afterwards."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub import keys
from vendorhub.domain import minutes as rules
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import minutes as seen
from vendorhub.usecases import afterwards as deeds
from vendorhub.usecases.once import once
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.words import put, say

pages = Blueprint("minutes", __name__, url_prefix="/briefings")


@pages.get("/<code>/minutes")
@policy(Policy.SIGNED_IN)
def show(code: str) -> ResponseReturnValue:
    """What was written down, as the reader may read it."""
    return _page(visitors.actor(), code)


@pages.post("/<code>/minutes/confirmation")
@policy(Policy.SIGNED_IN)
def confirm(code: str) -> ResponseReturnValue:
    """The buyer confirms them; everybody gets their letter."""
    actor = visitors.actor(if_match=request.form.get("version", ""))
    try:
        pressed("confirm")
        deeds.confirm(actor, code)
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal), refusal.status
    flash(_("Confirmed. Everybody who was invited has their letter."), "success")
    return redirect(url_for("minutes.show", code=code), 303)


@pages.post("/<code>/minutes/remarks")
@policy(Policy.SIGNED_IN)
def remark(code: str) -> ResponseReturnValue:
    """Another party says something to them."""
    actor = visitors.actor(once=request.form.get("once", ""))
    try:
        once(lambda: deeds.remark(actor, code, text=request.form.get("text", "")))
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal, wrong="remark"), refusal.status
    flash(_("Your remark stands beside the minutes."), "success")
    return redirect(url_for("minutes.show", code=code, _anchor="remarks"), 303)


@pages.post("/<code>/minutes/vendors/<vendor>")
@policy(Policy.SIGNED_IN)
def say_of(code: str, vendor: str) -> ResponseReturnValue:
    """Whether a vendor was worth the time, or what it is thanked for."""
    actor, form = visitors.actor(if_match=request.form.get("version", "")), request.form
    try:
        press = pressed("weigh", "thank")
        if press == "weigh":
            deeds.weigh(actor, code, vendor, worth=_number(form.get("worth", "")))
        else:
            deeds.thank(actor, code, vendor, text=form.get("thanks", ""), quotable=form.get("quotable") == "yes")
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal, wrong=vendor), refusal.status
    flash(_("Kept, for your own people.") if press == "weigh" else _("They have your thanks by letter."), "success")
    return redirect(url_for("minutes.show", code=code, _anchor=f"of-{vendor}"), 303)


@pages.post("/<code>/minutes/again")
@policy(Policy.SIGNED_IN)
def again(code: str) -> ResponseReturnValue:
    """Proposes the same once more."""
    actor = visitors.actor(once=request.form.get("once", ""))
    try:
        pressed("again")
        made = once(lambda: deeds.again(actor, code))
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal), refusal.status
    flash(_("Proposed again. What was left over stands among the items."), "success")
    return redirect(url_for("briefings.show", code=made), 303)


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 3):
        raise Unfit("worth", "Please choose a number from %(least)s to %(most)s.", least=1, most=5)
    return int(typed)


def _page(actor: Actor, code: str, refusal: Refusal | None = None, *, wrong: str = "") -> str:
    field = refusal.field if isinstance(refusal, Unfit) else ""
    names = {"worth": f"worth-{wrong}", "text": "remark" if wrong == "remark" else f"thanks-{wrong}"}
    return render_template(
        "minutes/show.html",
        it=seen.see(actor, code, say=put),
        once=keys.new_secret(),
        alert=say(refusal) if refusal else "",
        field=names.get(field, "") if wrong else "",
        wrong=wrong,
        typed=request.form if wrong else {},
        marks=range(rules.AT_LEAST, rules.AT_MOST + 1),
    )
