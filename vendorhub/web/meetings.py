"""Answers what is agreed: each meeting with its people, place and agenda, and what its people can do with it."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import FieldList, FormField, StringField

from vendorhub import clock
from vendorhub.domain import places, texts
from vendorhub.domain.agenda_templates import Buyer, Part, Template, start
from vendorhub.domain.agendas import Segment
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import half_of
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.domain.wall_times import in_zone
from vendorhub.domain.weeks import monday
from vendorhub.policy import Policy, policy
from vendorhub.queries import briefings, history
from vendorhub.queries import meetings as seen
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.history import LineView
from vendorhub.queries.meetings import MeetingView
from vendorhub.usecases import agendas, entries
from vendorhub.usecases import meetings as deeds
from vendorhub.web import moves, visitors
from vendorhub.web.bars import bar
from vendorhub.web.forms import Fits, Form, pressed
from vendorhub.web.times import MoveForm
from vendorhub.web.words import asking, say

pages = Blueprint("meetings", __name__, url_prefix="/meetings")

_ROWS_AT_FIRST = 3
_WEEK = timedelta(weeks=1)


class PlaceForm(Form):
    """How to meet and where."""

    how = StringField()
    detail = StringField()

    def take(self, refusal: Unfit) -> None:
        """What is wrong with a place is wrong with its detail, unless it has none."""
        unknown = isinstance(refusal, texts.TextRefused) and refusal.problem == "how"
        super().take(Unfit("how" if unknown else "detail", refusal.msgid, **refusal.values))


class ItemForm(Form):
    """One point of the agenda; an empty row is none."""

    title = StringField(validators=[Fits(lambda typed: texts.line(typed, at_most=120, what="title"), optional=True)])
    minutes = StringField()


class AgendaForm(Form):
    """One side's half of the agenda, and the version of the page on which it was typed."""

    entries = FieldList(FormField(ItemForm), max_entries=agendas.ITEMS_AT_MOST)
    version = StringField()

    def read(self) -> list[tuple[str, int]] | None:
        """Titles and minutes; None where something needs another look."""
        fits, read = bool(self.validate()), []
        for row in (entry.form for entry in self.entries):
            title, minutes = (row.title.data or "").strip(), (row.minutes.data or "").strip()
            if not title and not minutes:
                continue
            if not title:
                row.title.errors = [say(Unfit("", "Please fill this in."))]
            if not (minutes.isascii() and minutes.isdecimal() and 1 <= int(minutes[:9]) <= 480):
                row.minutes.errors = [say(Unfit("", "Please give each point between 1 and 480 minutes."))]
            if row.title.errors or row.minutes.errors:
                fits = False
            else:
                read.append((title, int(minutes)))
        return read if fits else None


@pages.get("")
@policy(Policy.SIGNED_IN)
def listing() -> ResponseReturnValue:
    """Meetings ahead, the next first; those behind on their own page, the last first. Each week by itself."""
    past, now, zone = "past" in request.args, clock.now(), visitors.reads_in()
    found, more = seen.listing(
        visitors.actor(),
        since=None if past else now,
        until=now if past else None,
        limit=20,
        cursor=request.args.get("after"),
        latest_first=past,
    )
    this = monday(in_zone(now, zone).date())
    weeks = [(week, list(those)) for week, those in groupby(found, lambda each: _week(each, zone))]
    return render_template("meetings/list.html", weeks=weeks, this=this, after=this + _WEEK, more=more, past=past)


@pages.get("/<uid>")
@policy(Policy.SIGNED_IN)
def show(uid: str) -> ResponseReturnValue:
    """One meeting."""
    return _page(visitors.actor(), uid)


@pages.get("/<uid>.ics")
@policy(Policy.SIGNED_IN)
def entry(uid: str) -> ResponseReturnValue:
    """The entry for a calendar, for those who attend."""
    answer = Response(entries.published(visitors.actor(), uid), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/<uid>/rescheduling")
@policy(Policy.SIGNED_IN)
def move(uid: str) -> ResponseReturnValue:
    """The buyer's side moves the meeting, the other wishes to."""
    actor, form = visitors.actor(), MoveForm(request.form)
    if (slot := form.read()) is None:
        return _page(actor, uid, move=form), 422
    try:
        said = moves.move(actor, uid, slot=slot, note=form.note.data or "")
    except Refusal as refusal:
        return _again(actor, uid, refusal, move=form)
    return _done(uid, said)


@pages.post("/<uid>/proposals/<proposal>/acceptance", defaults={"agreed": True})
@pages.post("/<uid>/proposals/<proposal>/refusal", defaults={"agreed": False})
@policy(Policy.SIGNED_IN)
def answer_wish(uid: str, proposal: str, agreed: bool) -> ResponseReturnValue:
    """The buyer's side answers a wish to move."""
    actor = visitors.actor()
    try:
        pressed("move" if agreed else "keep")
        (deeds.accept_move if agreed else deeds.refuse_move)(actor, uid, proposal)
    except Refusal as refusal:
        return _again(actor, uid, refusal)
    return _done(uid, _("Moved. Everybody is asked anew.") if agreed else _("It stays where it is; they are told so."))


@pages.post("/<uid>/cancellation")
@policy(Policy.SIGNED_IN)
def cancel(uid: str) -> ResponseReturnValue:
    """Calls the meeting off."""
    actor = visitors.actor()
    try:
        pressed("call_off")
        deeds.cancel(actor, uid, note=request.form.get("note", ""))
    except Refusal as refusal:
        return _again(actor, uid, refusal, cancel_note=request.form.get("note", ""))
    return _done(uid, _("Called off. Everybody who was invited is told so."))


@pages.post("/<uid>/place")
@policy(Policy.SIGNED_IN)
def place(uid: str) -> ResponseReturnValue:
    """Says where to meet: an update to everybody, never a new consent."""
    actor, form = visitors.actor(), PlaceForm(request.form)
    try:
        pressed("place")
        deeds.set_place(actor, uid, place=(form.how.data or "", form.detail.data or ""))
    except Refusal as refusal:
        return _again(actor, uid, refusal, place=form)
    return _done(uid, _("Noted. Everybody gets the new invitation."))


@pages.post("/<uid>/agenda")
@policy(Policy.SIGNED_IN)
def agenda(uid: str) -> ResponseReturnValue:
    """Each side writes its own half (M8)."""
    form = AgendaForm(request.form)
    actor = visitors.actor(if_match=form.version.data or "")
    if "more" in request.form:
        if len(form.entries) < agendas.ITEMS_AT_MOST:
            form.entries.append_entry()
        return _page(actor, uid, agenda=form)
    if chosen := request.form.get("template", ""):
        return _page(actor, uid, agenda=_from_template(seen.see(actor, uid), actor, chosen, form))
    if (items := form.read()) is None:
        return _page(actor, uid, agenda=form), 422
    try:
        agendas.set_half(actor, uid, items=items)
    except Refusal as refusal:
        return _again(actor, uid, refusal, agenda=form)
    return _done(uid, _("Your half of the agenda is kept."))


def _week(meeting: MeetingView, zone: str) -> date:
    return monday(in_zone(meeting.start, zone).date())


def _done(uid: str, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("meetings.show", uid=uid), 303)


def _again(actor: Actor, uid: str, refusal: Refusal, **typed: Any) -> ResponseReturnValue:
    """The same page with what was typed and why it can't be taken."""
    if isinstance(refusal, NotThere):
        raise refusal
    form = next((form for form in typed.values() if isinstance(form, Form)), None)
    if isinstance(refusal, Unfit) and form is not None:
        form.take(refusal)
        return _page(actor, uid, **typed), 422
    return _page(actor, uid, alert=say(refusal), **typed), refusal.status


def _page(actor: Actor, uid: str, *, alert: str = "", **typed: Any) -> str:
    meeting = seen.see(actor, uid)
    minutes = int((meeting.end - meeting.start).total_seconds() // 60)
    forms = {
        "move": MoveForm(data={"zone": visitors.reads_in(meeting.zone)}),
        "place": PlaceForm(data={"how": meeting.place_how, "detail": meeting.place_detail}),
        "agenda": _half(meeting, half_of(actor.side)),
        "cancel_note": "",
    } | typed
    may_place = not meeting.place_how or places.may_set_detail(
        places.Place(places.How(meeting.place_how), meeting.place_detail), side=actor.side
    )
    briefing = _briefing(actor, meeting)
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        briefing=briefing,
        unknown=[part.name for part in briefing.vendors if part.state == "named"] if briefing else [],
        minutes=minutes,
        own=half_of(actor.side),
        bar=bar(meeting.agenda, start=meeting.start, minutes=minutes),
        there=meeting.company_zone if actor.side is Side.BUYER else meeting.buyer_zone,
        story=_story(actor, meeting),
        attends=any(each.email == _address() for each in meeting.attendees),
        may_place=may_place,
        alert=alert,
        **forms,
    )


def _briefing(actor: Actor, meeting: MeetingView) -> BriefingView | None:
    """The briefing that this meeting is; None for any other meeting."""
    return briefings.see(actor, meeting.request) if meeting.kind == Kind.BRIEFING else None


def _story(actor: Actor, meeting: MeetingView) -> list[LineView]:
    """What happened so far; somebody who was only added to the list doesn't see the ask, so not its story either."""
    try:
        return history.lines(actor, about=meeting.request)[0]
    except NotThere:
        return []


def _address() -> str:
    who = visitors.me()
    return who.email if who else ""


def _from_template(meeting: MeetingView, actor: Actor, chosen: str, typed: AgendaForm) -> AgendaForm:
    """One's own half as the template deals it out, to be changed before it is kept; nothing for a template unknown."""
    minutes = int((meeting.end - meeting.start).total_seconds() // 60)
    known = chosen in (Template.QUARTERLY, Template.GOVERNANCE)
    made = start(Template(chosen), minutes, {1: Part(asking(meeting))}, Buyer(0, 50), say=_said) if known else []
    own = [Segment.VENDOR] if actor.asks else [Segment.BUYER, Segment.ACTIONS]
    rows = [{"title": each.title, "minutes": each.minutes} for each in made if each.segment in own]
    return _with_room(AgendaForm(data={"entries": rows, "version": typed.version.data}), len(rows)) if rows else typed


def _said(msgid: str, values: Mapping[str, object]) -> str:
    return str(_(msgid, **values))


def _half(meeting: MeetingView, own: str) -> AgendaForm:
    items = [{"title": item.title, "minutes": item.minutes} for item in meeting.agenda if item.segment == own]
    return _with_room(AgendaForm(data={"entries": items, "version": meeting.version}), len(items))


def _with_room(form: AgendaForm, filled: int) -> AgendaForm:
    """The form with an empty row below those that are filled."""
    while len(form.entries) < max(_ROWS_AT_FIRST, filled + 1) and len(form.entries) < agendas.ITEMS_AT_MOST:
        form.entries.append_entry()
    return form
