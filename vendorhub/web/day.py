"""Answers the day of a briefing: what is on, how long it still has, and everything that is written down as it goes."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub import keys
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, SomebodyWasFaster, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import minutes as seen
from vendorhub.queries.minute_views import MinutesView
from vendorhub.usecases import minutes as deeds
from vendorhub.usecases import overlaps, promises
from vendorhub.usecases.once import once
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.timelines import timeline
from vendorhub.web.words import put, say

pages = Blueprint("day", __name__, url_prefix="/briefings")

WHOLE = "whole"  # in an address, for what is about no single entry
SETTLES = {"done": promises.complete, "confirm": promises.confirm, "open": promises.reopen}


@pages.get("/<code>/day")
@policy(Policy.SIGNED_IN)
def show(code: str) -> ResponseReturnValue:
    """The running order. `?entry=` opens the form of one entry, else that of what is on; `?line=` one line's."""
    return _page(visitors.actor(), code)


@pages.post("/<code>/day/now")
@policy(Policy.SIGNED_IN)
def begin(code: str) -> ResponseReturnValue:
    """Says what is on from now, or that it is over."""
    actor = visitors.actor()
    try:
        press, entry = pressed("begin", "over"), request.form.get("entry", "")
        if press == "begin" and not entry:
            raise Unfit("entry", "Please press one of the entries.")
        deeds.begin(actor, code, entry=entry if press == "begin" else "")
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal), refusal.status
    return redirect(url_for("day.show", code=code), 303)


@pages.post("/<code>/day/lines")
@policy(Policy.SIGNED_IN)
def write(code: str) -> ResponseReturnValue:
    """Writes a note or a decision down."""
    form = request.form
    actor = visitors.actor(once=form.get("once", ""))
    try:
        kind = pressed("note", "decision")
        once(lambda: deeds.note(actor, code, text=form.get("text", ""), kind=kind, entry=_entry()))
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal, wrong="line"), refusal.status
    return _back(code)


@pages.post("/<code>/day/lines/<line>")
@policy(Policy.SIGNED_IN)
def change(code: str, line: str) -> ResponseReturnValue:
    """Writes a line anew, or takes it out; where somebody was faster, both are shown."""
    actor = visitors.actor(if_match=request.form.get("version", ""))
    try:
        if pressed("keep", "take_out") == "keep":
            deeds.change_note(actor, code, line, text=request.form.get("text", ""))
        else:
            deeds.take_out(actor, code, line)
    except NotThere:
        if Deed.KEEP_MINUTES not in seen.see(actor, code).may:
            raise
        gone = SomebodyWasFaster("Somebody has taken this line out meanwhile. What you typed stands in the form.")
        return _page(actor, code, gone, wrong="line"), gone.status
    except Refusal as refusal:
        return _page(actor, code, refusal, wrong=line), refusal.status
    return _back(code)


@pages.post("/<code>/day/promises")
@policy(Policy.SIGNED_IN)
def promise(code: str) -> ResponseReturnValue:
    """Writes down who does what by when."""
    form = request.form
    actor = visitors.actor(once=form.get("once", ""))
    try:
        pressed("promise")
        once(
            lambda: deeds.promise(
                actor,
                code,
                text=form.get("what", ""),
                owner=form.get("owner", ""),
                due=_day(form.get("due", "")),
                entry=_entry(),
            )
        )
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal, wrong="promise"), refusal.status
    return _back(code)


@pages.post("/<code>/day/promises/<action>")
@policy(Policy.SIGNED_IN)
def change_promise(code: str, action: str) -> ResponseReturnValue:
    """Says that a promise was kept or not after all, writes it anew, or takes it out."""
    form, keeps = request.form, request.form.get("answer") == "keep"
    actor = visitors.actor(if_match=form.get("version", "") if keeps else "")
    try:
        press = pressed("done", "confirm", "open", "keep", "take_out")
        if press in SETTLES:
            SETTLES[press](actor, action)
        elif press == "keep":
            due = _day(form.get("due", ""))
            deeds.change_promise(actor, code, action, text=form.get("what", ""), owner=form.get("owner", ""), due=due)
        else:
            deeds.take_out_promise(actor, code, action)
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal, wrong=action if keeps else ""), refusal.status
    if request.form.get("back") == "minutes":
        return redirect(url_for("minutes.show", code=code), 303)
    return _back(code)


@pages.post("/<code>/day/found/<pair>")
@policy(Policy.SIGNED_IN)
def found(code: str, pair: str) -> ResponseReturnValue:
    """Keeps what two vendors found in the room."""
    actor = visitors.actor(if_match=request.form.get("version", ""))
    try:
        pressed("found")
        overlaps.mark(actor, code, pair, found=request.form.get("found", ""))
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal, wrong="found"), refusal.status
    return _back(code)


def _back(code: str) -> ResponseReturnValue:
    entry = _entry()
    flash(_("Kept."), "success")
    return redirect(url_for("day.show", code=code, entry=entry or WHOLE, _anchor=f"e-{entry or WHOLE}"), 303)


def _entry() -> str:
    found = request.values.get("entry", "")
    return "" if found == WHOLE else found


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError:
        raise Unfit("due", "Please give a date like 2027-01-13.") from None


def _page(actor: Actor, code: str, refusal: Refusal | None = None, *, wrong: str = "") -> str:
    view = seen.see(actor, code, say=put)
    writes = Deed.KEEP_MINUTES in view.may
    return render_template(
        "day/show.html",
        it=view,
        writes=writes,
        chosen=_chosen(view) if writes else None,
        line=wrong or request.args.get("line", ""),
        scale=timeline(
            view.agenda.lines, frame=view.briefing.minutes, start=view.briefing.start, zone=visitors.reads_in()
        ),
        alert=say(refusal) if refusal else "",
        field=_field(refusal, wrong),
        stale=isinstance(refusal, SomebodyWasFaster),
        wrong=wrong,
        typed=request.form if wrong else {},
        whole=WHOLE,
        once=keys.new_secret(),
    )


def _chosen(view: MinutesView) -> str:
    """Whose form is open: the one that was asked for, else what is on, else the whole."""
    if "entry" in request.values:
        return _entry()
    at = view.now.at if view.now else None
    return view.entries[at].ref if at is not None else ""


def _field(refusal: Any, wrong: str) -> str:
    """The id of the field that a refusal names."""
    if not isinstance(refusal, Unfit) or not wrong:
        return ""
    names = {"promise": {"text": "what", "owner": "owner", "due": "due"}, "found": {"found": "found"}}
    if "what" in request.form and wrong != "promise":
        return {"text": "what-again", "owner": "owner-again", "due": "due-again"}.get(refusal.field, "")
    return names.get(wrong, {"text": "text"}).get(refusal.field, "")
