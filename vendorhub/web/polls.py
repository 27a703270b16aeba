"""Answers which times are up for all at a joint briefing: each party says which suit it, the buyer's side chooses."""

from collections.abc import Collection
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from vendorhub import clock
from vendorhub.domain.deeds import Deed
from vendorhub.domain.offers import OfferState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.polls import NO_WORD_YET, Rank, Suits, too_early
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.domain.wall_times import in_zone
from vendorhub.policy import Policy, policy
from vendorhub.queries import briefings
from vendorhub.queries import polls as seen
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.offers import SlotView
from vendorhub.queries.polls import PollView
from vendorhub.queries.weeks import around
from vendorhub.usecases import polls as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.picks import keep_hours, look, picked
from vendorhub.web.times import SlotsForm
from vendorhub.web.weeks import Grid, Reader, best, draw
from vendorhub.web.words import say
from vendorhub.wording import clock_time, short_day

pages = Blueprint("polls", __name__, url_prefix="/briefings")

WAYS = {
    Suits.YES: lazy_gettext("yes"),
    Suits.IF_NEED_BE: lazy_gettext("if need be"),
    Suits.NO: lazy_gettext("no"),
}
MARKS = {Suits.YES: "✓", Suits.IF_NEED_BE: "(✓)", Suits.NO: "✕"}


@pages.route("/<code>/times", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def times(code: str) -> ResponseReturnValue:
    """The times that are up, with what is said of them; the form puts others up, or shows another week."""
    actor = visitors.actor()
    if request.method != "POST":
        return _page(actor, code)
    form = SlotsForm(request.form)
    if form.looks_first():
        briefings.see(actor, code)
        return _page(actor, code, form, alert=keep_hours(actor))
    given = form.read()
    try:
        if given is None:
            return _page(actor, code, form), 422
        pressed("put_up")
        deeds.put_up(actor, code, slots=given)
    except Refusal as refusal:
        return _again(actor, code, refusal, form)
    flash(_("The times are up. Everybody is asked which suit them."), "success")
    return redirect(url_for("polls.times", code=code), 303)


@pages.post("/<code>/times/answers")
@policy(Policy.SIGNED_IN)
def answer(code: str) -> ResponseReturnValue:
    """One's own company says which times suit it."""
    actor = visitors.actor()
    try:
        pressed("say")
        said = {name.removeprefix("at-"): way for name, way in request.form.items() if name.startswith("at-") and way}
        deeds.say_when(actor, code, answers=said)
    except Refusal as refusal:
        return _again(actor, code, refusal)
    flash(_("Noted. You can change it until a time is chosen."), "success")
    return redirect(url_for("polls.times", code=code), 303)


@pages.post("/<code>/times/choice")
@policy(Policy.SIGNED_IN)
def choose(code: str) -> ResponseReturnValue:
    """The buyer's side chooses: the invitations go out, or wait for the last word that is missing."""
    actor = visitors.actor()
    try:
        poll = seen.asked_of(actor, code)
        if poll is None:
            briefings.see(actor, code)
            raise Unfit("slot", "No times are up at the moment.")
        uid = deeds.set_time(actor, poll.code, slot=request.form.get("slot", ""))
    except Refusal as refusal:
        return _again(actor, code, refusal)
    if not uid:
        flash(_("Chosen. The invitations leave as soon as every vendor has joined."), "success")
        return redirect(url_for("polls.times", code=code), 303)
    flash(_("Chosen. The invitations are on their way."), "success")
    return redirect(url_for("meetings.show", uid=uid), 303)


def reason(rank: Rank, owing: Collection[str] = ()) -> str:
    """Why a time stands where it stands, as a sentence in the reader's language; those who owe an answer to all of
    them are said elsewhere."""
    said_already = rank.silent == tuple(owing)
    clauses = [clause for clause in rank.reason if not (said_already and clause.msgid == NO_WORD_YET)]
    return f"{'; '.join(str(_(clause.msgid, **clause.values)) for clause in clauses)}."


def _again(actor: Actor, code: str, refusal: Refusal, form: SlotsForm | None = None) -> ResponseReturnValue:
    """The same page, with all that was ticked and typed, and why it can't be taken."""
    if isinstance(refusal, NotThere):
        raise refusal
    if isinstance(refusal, Unfit) and form is not None:
        form.take(refusal)
        return _page(actor, code, form), 422
    return _page(actor, code, form, alert=say(refusal)), refusal.status


def _page(actor: Actor, code: str, form: SlotsForm | None = None, *, alert: str = "") -> str:
    it = briefings.see(actor, code)
    polls = [poll for poll in seen.of_briefing(actor, code) if poll.state in (OfferState.OPEN, OfferState.CHOSEN)]
    poll = polls[-1] if polls else None
    puts_up = Deed.POLL in it.may and not it.meeting
    here = visitors.reads_in()
    if form is None or not form.zone.data:
        form = SlotsForm(data={"zone": here, "picks": [picked(slot.start, here).value for slot in _ahead(poll)]})
    reader = Reader(here, here, minutes=it.minutes, now=clock.now())
    grid = _week(actor, it, form, reader) if puts_up else None
    return render_template(
        "polls/show.html",
        it=it,
        poll=poll,
        heads={slot.code: _head(slot, here) for slot in poll.slots} if poll else {},
        slots={slot.code: slot for slot in poll.slots} if poll else {},
        form=form,
        alert=alert,
        grid=grid,
        early=too_early([(slot.code, slot.start) for slot in _ahead(poll)], it.deadline),
        reason=reason,
        ways=WAYS,
        marks=MARKS,
        missing=[part.name for part in it.vendors if part.state in ("asked", "declined")],
        typed=bool(request.method == "POST" and grid),
        said={pick.value: reader.said(pick.start) for pick in form.picks.picks()} if puts_up else {},
    )


def _head(slot: SlotView, zone: str) -> tuple[str, str]:
    local = in_zone(slot.start, zone)
    return short_day(local.date()), clock_time(local)


def _ahead(poll: PollView | None) -> list[SlotView]:
    return [slot for slot in poll.slots if slot.start > clock.now()] if poll else []


def _week(actor: Actor, it: BriefingView, form: SlotsForm, reader: Reader) -> Grid:
    """My week, in which half hours are ticked to be put up."""
    asked, picks = look(), form.picks.picks()
    week = reader.week(asked, [pick.start for pick in picks])
    since, until = reader.reach(week, [pick.start for pick in picks])
    found = around(actor, it.code, since=since, until=until)
    there = found.company_zone if actor.side is Side.BUYER else found.buyer_zone
    reader = replace(reader, there=there, hours=found.hours)
    grid = draw(reader, week, asked, taken=found.taken, picks=picks)
    if "best" not in request.form:
        return grid
    form.picks.data = [pick.value for pick in (*grid.elsewhere, *best(grid, reader.here))]
    return draw(reader, week, asked, taken=found.taken, picks=form.picks.picks())
