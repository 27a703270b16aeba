"""Answers what a side keeps in mind of its relationships: its notes, people's lines, and a search."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub import keys
from vendorhub.domain.memory import paragraph
from vendorhub.domain.notes import LINE_AT_MOST, TEXT_AT_MOST
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import memory
from vendorhub.queries import notes as seen
from vendorhub.queries.cadence import today as seen_today
from vendorhub.queries.memory import MemoryView
from vendorhub.usecases import notes as deeds
from vendorhub.usecases.once import once
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.words import say
from vendorhub.wording import because

pages = Blueprint("notes", __name__)


@pages.get("/notes")
@policy(Policy.SIGNED_IN)
def listing() -> ResponseReturnValue:
    """All notes that the reader may read, or those with the words that are looked for."""
    actor, query = visitors.actor(), request.args.get("q", "")
    views, following = seen.listing(actor, query=query, limit=30, cursor=request.args.get("cursor") or None)
    return render_template("notes/listing.html", notes=views, query=query, following=following)


@pages.get("/relationships/<code>/memory")
@policy(Policy.SIGNED_IN)
def show(code: str) -> ResponseReturnValue:
    """What is remembered of one relationship, by the reader's side and by both."""
    return _page(visitors.actor(), code)


@pages.post("/relationships/<code>/notes")
@policy(Policy.SIGNED_IN)
def write(code: str) -> ResponseReturnValue:
    """Writes a note, or the line that is remembered of a person."""
    actor, form = visitors.actor(once=request.form.get("once", "")), request.form
    try:
        press = pressed("note", "remember")
        kind, _sep, about = form.get("about", "").partition(":")
        once(
            lambda: deeds.note(
                actor,
                code,
                text=form.get("text", ""),
                shared=form.get("shared") == "yes",
                person=about if kind == "person" else form.get("person", ""),
                meeting=about if kind == "meeting" else "",
                remember=press == "remember",
            )
        )
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal), refusal.status
    flash(_("Kept."), "success")
    return redirect(url_for("notes.show", code=code), 303)


@pages.get("/notes/<code>")
@policy(Policy.SIGNED_IN)
def edit(code: str) -> ResponseReturnValue:
    """One note: to read, and to change where it is of the reader's side."""
    return _one(visitors.actor(), code)


@pages.post("/notes/<code>")
@policy(Policy.SIGNED_IN)
def change(code: str) -> ResponseReturnValue:
    """Writes it anew, or takes it out."""
    form = request.form
    actor = visitors.actor(if_match=form.get("version", ""))
    try:
        press = pressed("change", "take_out")
        of = seen.see(actor, code).relationship
        if press == "take_out":
            deeds.take_out(actor, code)
        else:
            deeds.change(actor, code, text=form.get("text", ""), shared=form.get("shared") == "yes")
    except NotThere:
        raise
    except Refusal as refusal:
        return _one(actor, code, refusal), refusal.status
    flash(_("Taken out.") if press == "take_out" else _("Kept."), "success")
    return redirect(url_for("notes.show", code=of), 303)


def part(actor: Actor, code: str) -> dict[str, Any]:
    """What the page of a relationship shows of it: where the two left off, people's lines, the newest notes."""
    found = memory.see(actor, code, notes_at_most=3)
    return {"memory": found, "left_off": _left_off(found, seen_today(actor))}


def _page(actor: Actor, code: str, refusal: Refusal | None = None) -> str:
    found = memory.see(actor, code, notes_at_most=40)
    return render_template(
        "notes/show.html",
        memory=found,
        left_off=_left_off(found, seen_today(actor)),
        code=code,
        most=TEXT_AT_MOST,
        line_most=LINE_AT_MOST,
        once=keys.new_secret(),
        alert=say(refusal) if refusal else "",
        field=refusal.field if isinstance(refusal, Unfit) else "",
        typed=request.form if refusal else {},
    )


def _one(actor: Actor, code: str, refusal: Refusal | None = None) -> str:
    note = seen.see(actor, code)
    return render_template(
        "notes/edit.html",
        note=note,
        most=LINE_AT_MOST if note.remembered else TEXT_AT_MOST,
        alert=say(refusal) if refusal else "",
        field=refusal.field if isinstance(refusal, Unfit) else "",
        typed=request.form if refusal else {},
    )


def _left_off(found: MemoryView, today: date) -> str:
    return " ".join(because(each) for each in paragraph(found.left, today=today))
