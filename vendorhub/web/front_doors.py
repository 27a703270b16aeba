"""Answers how a buyer is asked: its front door, and the five questions. There is no time field anywhere (M1)."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import ValidationError

from vendorhub import keys
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Refusal, Unfit
from vendorhub.domain.rights import Relation, may, require
from vendorhub.policy import Policy, policy
from vendorhub.queries import drafts, next_meetings, owed_promises, people, standing
from vendorhub.queries.people import BuyerView
from vendorhub.usecases import drafts as keeping
from vendorhub.usecases import meeting_requests as deeds
from vendorhub.usecases.once import once
from vendorhub.web import newcomers, visitors
from vendorhub.web.ask_forms import AskForm
from vendorhub.web.guards import csrf
from vendorhub.web.words import put, say
from vendorhub.web.working_days import answer_by

pages = Blueprint("front_doors", __name__, url_prefix="/b")


@pages.get("/<slug>")
@policy(Policy.PUBLIC)
def show(slug: str) -> ResponseReturnValue:
    """The front door: who they are and how to ask; goals and what they are open to for those signed in only (M6)."""
    buyer, who = people.buyer(slug), visitors.me()
    return render_template(
        "front_doors/show.html",
        buyer=buyer,
        goals=[name for _id, name in buyer.goals],
        by=answer_by(buyer),
        zone=who.zone if who else buyer.zone,
        theirs=who is not None and who.slug == slug and may(visitors.actor(), Deed.SET_DOOR, {Relation.ANY}),
    )


@pages.get("/<slug>/ask")
@policy(Policy.PUBLIC)
def ask(slug: str) -> ResponseReturnValue:
    """The five questions, with the buyer's brief beside them and what was kept of them before."""
    buyer = people.buyer(slug)
    if not visitors.signed_in():
        return newcomers.blank(buyer)
    actor = visitors.actor()
    require(actor, Deed.ASK, frozenset({Relation.ANY}))
    form = AskForm()
    prepared = next_meetings.words(actor, after) if (after := request.args.get("after", "")) else None
    if draft := drafts.see(actor, slug):  # what they have begun to write of it, too
        form.fill(draft.words)
    elif prepared:
        form.fill(prepared)
    elif request.args.get("kind") == Kind.GOVERNANCE:
        form.fill(owed_promises.review(actor, slug, say=put))
    elif who := visitors.me():
        form.attendees[0].form.process(name=who.name, email=who.email)
    form.once.data = keys.new_secret()
    return _page(actor, buyer, form)


# What is typed here is not lost with the session: so this view looks at the token itself, and keeps what it refuses.
@pages.post("/<slug>/ask")
@policy(Policy.PUBLIC)
@csrf.exempt  # type: ignore[untyped-decorator]
def send(slug: str) -> ResponseReturnValue:
    """Asks. Where the session has ended, or is somebody else's, what was typed waits for whoever typed it."""
    form = AskForm(request.form)
    typist = keeping.holder(form.ticket.data or "", slug)
    if not visitors.signed_in() or typist not in (None, visitors.actor().person):
        return _keep_for(typist, slug, form)
    actor, buyer = visitors.actor(once=form.once.data or ""), people.buyer(slug)
    require(actor, Deed.ASK, frozenset({Relation.ANY}))
    if "more" in request.form:
        form.one_more()
        return _page(actor, buyer, form)
    if not _ours():
        alert = _("This form was opened before you signed in. What you typed is still here; please press once more.")
        return _page(actor, buyer, form, alert=alert), 400
    if not form.validate():
        return _page(actor, buyer, form), 422
    try:
        code = once(lambda: _ask(actor, slug, form))
    except Unfit as refusal:
        form.take(refusal)
        return _page(actor, buyer, form), 422
    except Refusal as refusal:
        return _page(actor, buyer, form, alert=say(refusal)), refusal.status
    if form.in_whose_name():
        flash(_("Your ask waits for the vendor’s word. They have a letter, and nobody else sees it before."), "success")
    else:
        flash(newcomers.handed_over(actor, code), "success")
    return redirect(url_for("meeting_requests.show", code=code), 303)


@pages.after_request
def _for_people_only(response: Response) -> Response:
    """What a company says to those who would ask it is no matter for a search engine."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _ask(actor: Actor, slug: str, form: AskForm) -> str:
    return deeds.ask(
        actor,
        buyer=slug,
        topic=form.topic.data,
        outcome=form.outcome.data,
        learned=form.learned.data,
        minutes=form.length(),
        attendees=form.guests(),
        goal=form.goal.data or None,
        kind=form.kind.data,
        to=form.to.data or None,
        vendor=form.in_whose_name(),
        introduced_by=form.introduced_by.data or None,
    )


def _ours() -> bool:
    """Whether the form was made for this very session."""
    try:
        csrf.check(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def _keep_for(typist: int | None, slug: str, form: AskForm) -> ResponseReturnValue:
    """The session is gone, or another person's: what was typed is kept for whoever opened the form, and shown to
    nobody else."""
    kept = typist is not None and keeping.keep(typist, slug, form.words())
    back = url_for("front_doors.ask", slug=slug)
    if visitors.signed_in():
        flash(_("That form was opened by somebody else. What they typed is kept for them."), "warning")
        return redirect(back, 303)
    if kept:
        flash(_("You were signed out meanwhile. What you typed is kept: sign in, and it is all there."), "warning")
    return redirect(url_for("sign_in.ask", next=back), 303)


def _page(actor: Actor, buyer: BuyerView, form: AskForm, *, alert: str = "") -> str:
    form.ticket.data = keeping.ticket(actor, buyer.slug)
    return render_template(
        "front_doors/ask.html",
        buyer=buyer,
        goals=[name for _id, name in buyer.goals],
        form=form,
        alert=alert,
        choices=rules.MINUTES,
        by=answer_by(buyer),
        outlook=standing.outlook(actor, buyer.slug),
        draft=drafts.see(actor, buyer.slug),
    )
