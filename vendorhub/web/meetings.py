"""Answers what is agreed: each meeting with its people, place and agenda, and what its people can do with it."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import StringField

from vendorhub import clock
from vendorhub.domain import places, texts
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.domain.wall_times import in_zone
from vendorhub.domain.weeks import monday
from vendorhub.policy import Policy, policy
from vendorhub.queries import agenda_building, agendas, briefings, history, occasions, outcomes
from vendorhub.queries import meetings as seen
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.history import LineView
from vendorhub.queries.meetings import MeetingView
from vendorhub.usecases import entries
from vendorhub.usecases import meetings as deeds
from vendorhub.web import moves, visitors
from vendorhub.web.forms import Form, pressed
from vendorhub.web.outcomes import HELD, MARKS
from vendorhub.web.timelines import Timeline, timeline
from vendorhub.web.times import MoveForm
from vendorhub.web.words import say

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
    forms = {
        "move": MoveForm(data={"zone": visitors.reads_in(meeting.zone)}),
        "place": PlaceForm(data={"how": meeting.place_how, "detail": meeting.place_detail}),
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
        scale=None if briefing else _scale(actor, meeting),
        uninvited=seen.uninvited(actor, meeting),
        there=meeting.company_zone if actor.side is Side.BUYER else meeting.buyer_zone,
        story=_story(actor, meeting),
        attends=any(each.email == _address() for each in meeting.attendees),
        may_place=may_place,
        outcome=outcomes.see(actor, uid) if meeting.start <= clock.now() else None,
        marks=MARKS,
        helds=HELD,
        alert=alert,
        **forms,
    )


def _briefing(actor: Actor, meeting: MeetingView) -> BriefingView | None:
    """The briefing that this meeting is; None for any other meeting."""
    return briefings.see(actor, meeting.request) if meeting.kind == Kind.BRIEFING else None


def _scale(actor: Actor, meeting: MeetingView) -> Timeline:
    """The drawing of a single meeting's agenda, as far as it is."""
    bench = agenda_building.lay_out(actor, single := occasions.of_meeting(meeting))
    lines = agendas.lines_of(bench.entries, bench.circle)
    return timeline(lines, frame=single.minutes, start=meeting.start, zone=visitors.reads_in(meeting.zone))


def _story(actor: Actor, meeting: MeetingView) -> list[LineView]:
    """What happened so far; somebody who was only added to the list doesn't see the ask, so not its story either."""
    try:
        return history.lines(actor, about=meeting.request)[0]
    except NotThere:
        return []


def _address() -> str:
    who = visitors.me()
    return who.email if who else ""
