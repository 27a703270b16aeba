"""Answers how a quarter is planned: what it asks for, who could come together, and the planner's proposals."""

from typing import Final

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from vendorhub.domain.people import Actor
from vendorhub.domain.planning import HOURS_AT_MOST, Limit, PlanState, Span
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.links import Links
from vendorhub.policy import Policy, policy
from vendorhub.queries import planning as seen
from vendorhub.queries.planning import PlanView, ProposalView
from vendorhub.queries.rhythms import Kept
from vendorhub.usecases import planning as deeds
from vendorhub.usecases.once import once
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.rhythm_words import LETTERS, STATES
from vendorhub.web.words import say
from vendorhub.wording import because, day, short_day

pages = Blueprint("planning", __name__, url_prefix="/plan")

NO_ROOM: Final = {
    Limit.HOURS: lazy_gettext("the hours are used up"),
    Limit.DAYS: lazy_gettext("no week is left"),
}
GOES_ON: Final = (PlanState.WAITING, PlanState.RUNNING)
_THEME_AT_MOST: Final = 120


@pages.get("")
@policy(Policy.SIGNED_IN)
def show() -> ResponseReturnValue:
    """A quarter, by `?quarter=`, else the present one."""
    try:
        return _page(seen.see(visitors.actor(), request.args.get("quarter", "")))
    except Unfit as refusal:
        return _page(seen.see(visitors.actor()), refusal), refusal.status


@pages.post("")
@policy(Policy.SIGNED_IN)
def ask() -> ResponseReturnValue:
    """Asks for a plan of it."""
    form = request.form
    actor, quarter = visitors.actor(), form.get("quarter", "")
    try:
        pressed("plan")
        once(lambda: deeds.ask(actor, quarter=quarter, leave_out=form.getlist("leave_out")))
    except NotThere:
        raise
    except Refusal as refusal:
        return _again(actor, quarter, refusal), refusal.status
    return redirect(url_for("planning.show", quarter=quarter, _anchor="plan"), 303)


@pages.post("/hours")
@policy(Policy.SIGNED_IN)
def set_hours() -> ResponseReturnValue:
    """Says how many hours a month vendors may take."""
    actor, quarter, typed = visitors.actor(), request.form.get("quarter", ""), request.form.get("hours", "").strip()
    try:
        pressed("hours")
        deeds.set_hours(actor, hours=_hours(typed) if typed else None)
    except NotThere:
        raise
    except Refusal as refusal:
        return _again(actor, quarter, refusal), refusal.status
    flash(_("Kept. The next plan goes by it."), "success")
    return redirect(url_for("planning.show", quarter=quarter, _anchor="plan"), 303)


def briefing_for(companies: list[Kept], subjects: list[str], minutes: int | None = None) -> str:
    """The address of a briefing's proposal with these companies, prepared; nothing is sent by opening it."""
    theme = ", ".join(subjects)[:_THEME_AT_MOST]
    return url_for("briefings.new", theme=theme, minutes=minutes, vendors=[kept.name for kept in companies])


def week(span: Span) -> str:
    """Its days: "Mon, 7 Dec – Fri, 11 Dec"."""
    days = dict.fromkeys((span.first, span.last))
    return " – ".join(map(short_day, days))


def to_send(proposal: ProposalView) -> str:
    """What one may write to the company, for it to ask for the meeting."""
    me, span = visitors.me(), proposal.proposal.span
    address = Links(current_app.config["BASE_URL"]).ask(me.slug) if me else ""
    return str(
        _(
            "We would like to meet you between %(first)s and %(last)s, for %(minutes)s minutes. Please ask for it "
            "here, in five lines; we find the time together afterwards: %(address)s",
            first=day(span.first),
            last=day(span.last),
            minutes=proposal.proposal.minutes,
            address=address,
        )
    )


def together(number: int) -> str:
    """The press that brings so many together."""
    return str(ngettext("See this one alone", "See these %(num)s together", number))


def _again(actor: Actor, quarter: str, refusal: Refusal) -> str:
    try:
        view = seen.see(actor, quarter)
    except Unfit:
        view = seen.see(actor)
    return _page(view, refusal)


def _page(view: PlanView, refusal: Refusal | None = None) -> str:
    asked = [each for each in view.asked if each.kept.code not in view.left_out]
    minutes = sum(each.proposal.minutes for each in view.proposals if not each.agreed)
    limit = view.hours * 60 * 3 if view.hours else None
    return render_template(
        "planning/show.html",
        it=view,
        alone=sum(each.wish.minutes for each in asked),
        number=len(asked),
        minutes=minutes,
        whole=max(limit or 0, view.given + minutes, 1),
        limit=limit,
        goes_on=view.state in GOES_ON,
        states=STATES,
        letters=LETTERS,
        because=because,
        no_room=NO_ROOM,
        most=HOURS_AT_MOST,
        briefing_for=briefing_for,
        week=week,
        to_send=to_send,
        together=together,
        alert=say(refusal) if refusal else "",
        field=refusal.field if isinstance(refusal, Unfit) else "",
        typed=request.form if refusal else {},
    )


def _hours(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 5):
        raise Unfit("hours", "Please write a number.")
    return int(typed)
