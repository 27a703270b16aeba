"""Answers the joint briefings of whoever looks: proposing one, its track, who comes, and each vendor's own word."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub import clock, keys
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import Refusal, Unfit
from vendorhub.domain.rights import Relation, require
from vendorhub.domain.wall_times import in_zone
from vendorhub.policy import Policy, policy
from vendorhub.queries import briefings as seen
from vendorhub.queries import history, people, vendors
from vendorhub.usecases import briefings as deeds
from vendorhub.usecases import line_ups, participations
from vendorhub.usecases.once import once
from vendorhub.web import visitors
from vendorhub.web.briefing_forms import BriefingForm, FrameForm, LineUpForm, whole
from vendorhub.web.forms import Form, pressed
from vendorhub.web.words import say

pages = Blueprint("briefings", __name__, url_prefix="/briefings")


@pages.get("")
@policy(Policy.SIGNED_IN)
def listing() -> ResponseReturnValue:
    """The briefings one has to do with, the latest first."""
    actor = visitors.actor()
    items, following = seen.listing(actor, limit=20, cursor=request.args.get("after"))
    proposes = actor.side in (Side.BUYER, Side.VAR)
    return render_template("briefings/list.html", briefings=items, next=following, proposes=proposes)


@pages.get("/new")
@policy(Policy.SIGNED_IN)
def new() -> ResponseReturnValue:
    """The proposal; whoever is of no buyer says first to whom."""
    actor = visitors.actor()
    require(actor, Deed.PROPOSE, frozenset({Relation.ANY}))
    slug = _whose(request.args.get("buyer", ""))
    if not slug:
        return render_template("briefings/whom.html", buyers=people.buyers())
    form = BriefingForm.blank(in_zone(clock.now(), people.buyer(slug).zone).date())
    if like := request.args.get("like"):
        form.copy(seen.see(actor, like))
    form.prefill(request.args)
    form.once.data = keys.new_secret()
    return _proposal(slug, form)


@pages.post("/new")
@policy(Policy.SIGNED_IN)
def propose() -> ResponseReturnValue:
    """Proposes the briefing."""
    form = BriefingForm(request.form)
    actor, slug = visitors.actor(once=form.once.data or ""), _whose(request.args.get("buyer", ""))
    require(actor, Deed.PROPOSE, frozenset({Relation.ANY}))
    if "more" in request.form:
        form.more()
        return _proposal(slug, form)
    if not form.validate():
        return _proposal(slug, form), 422
    try:
        code = once(lambda: _propose(actor, slug, form))
    except Unfit as refusal:
        form.take(refusal)
        return _proposal(slug, form), 422
    except Refusal as refusal:
        return _proposal(slug, form, alert=say(refusal)), refusal.status
    if seen.see(actor, code).held_until:
        flash(
            _("Your proposal is your yes. The vendors are asked in a minute; until then you can take it back."),
            "success",
        )
    else:
        flash(_("Proposed. The vendors hear of it once the buyer has said yes."), "success")
    return redirect(url_for("briefings.show", code=code), 303)


@pages.get("/<code>")
@policy(Policy.SIGNED_IN)
def show(code: str) -> ResponseReturnValue:
    """The track: what waits for whoever looks, who comes, and how far everything is."""
    return _track(visitors.actor(), code)


@pages.post("/<code>/part")
@policy(Policy.SIGNED_IN)
def part(code: str) -> ResponseReturnValue:
    """The vendor's own word: it comes, it does not, or it leaves again."""
    actor, note = visitors.actor(if_match=request.form.get("version", "")), request.form.get("note", "")
    try:
        said = pressed("join", "stay_out", "leave")
        if said == "join":
            participations.take_part(actor, code)
        elif said == "stay_out":
            participations.stay_out(actor, code, note=note)
        else:
            participations.leave(actor, code, note=note)
    except Refusal as refusal:
        return _track(actor, code, alert=say(refusal), note=note), refusal.status
    told = {
        "join": _("You come. What is due is below."),
        "stay_out": _("They know that you don’t come."),
        "leave": _("They know that you don’t come after all."),
    }
    flash(told[said], "success")
    return redirect(url_for("briefings.show", code=code), 303)


@pages.route("/<code>/line-up", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def line_up(code: str) -> ResponseReturnValue:
    """Changes who is in the room, for what and how long."""
    form = LineUpForm(request.form)
    actor = visitors.actor(if_match=form.version.data or "")
    view = seen.see(actor, code)
    if Deed.SET_LINE_UP not in view.may:
        return redirect(url_for("briefings.show", code=code), 303)
    if request.method == "GET":
        form = LineUpForm()
        form.name(view)
    if request.method == "GET" or "more" in request.form:
        form.version.data = form.version.data or view.version
        form.more()
        return render_template("briefings/line_up.html", it=view, form=form, known=vendors.known())
    if not form.validate():
        return render_template("briefings/line_up.html", it=view, form=form, known=vendors.known()), 422
    try:
        line_ups.set_line_up(actor, code, vendors=form.slugs(), theme=form.theme.data, minutes=whole(form.minutes.data))
    except Unfit as refusal:
        form.take(refusal)
        return render_template("briefings/line_up.html", it=view, form=form, known=vendors.known()), 422
    except Refusal as refusal:
        return _track(actor, code, alert=say(refusal)), refusal.status
    wished = seen.see(actor, code).wished
    flash(_("The buyer is asked first.") if wished else _("Changed, and everybody is asked again."), "success")
    return redirect(url_for("briefings.show", code=code), 303)


@pages.post("/<code>/wider")
@policy(Policy.SIGNED_IN)
def wider(code: str) -> ResponseReturnValue:
    """The buyer's word on other terms than it said yes to."""
    actor = visitors.actor(if_match=request.form.get("version", ""))
    try:
        if pressed("yes", "no") == "yes":
            line_ups.allow_wider(actor, code)
        else:
            line_ups.refuse_wider(actor, code, note=request.form.get("note", ""))
    except Refusal as refusal:
        return _track(actor, code, alert=say(refusal)), refusal.status
    return redirect(url_for("briefings.show", code=code), 303)


@pages.route("/<code>/frame", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def frame(code: str) -> ResponseReturnValue:
    """Changes by when items are due, and the rest of the frame."""
    form = FrameForm(request.form)
    actor = visitors.actor(if_match=form.version.data or "")
    view = seen.see(actor, code)
    if Deed.SET_FRAME not in view.may:
        return redirect(url_for("briefings.show", code=code), 303)
    if request.method == "GET":
        form = FrameForm(
            data={
                "items_due": view.items_due,
                "buyer_share": str(view.buyer_share),
                "publish_days_before": str(view.publish_days_before),
                "house_rules": view.house_rules,
                "version": view.version,
            }
        )
        return render_template("briefings/frame.html", it=view, form=form)
    if not form.validate():
        return render_template("briefings/frame.html", it=view, form=form), 422
    try:
        deeds.set_frame(
            actor,
            code,
            items_due=form.items_due.data,
            buyer_share=whole(form.buyer_share.data),
            house_rules=form.house_rules.data or "",
            publish_days_before=whole(form.publish_days_before.data),
        )
    except Unfit as refusal:
        form.take(refusal)
        return render_template("briefings/frame.html", it=view, form=form), 422
    except Refusal as refusal:
        return _track(actor, code, alert=say(refusal)), refusal.status
    flash(_("Changed, for everybody alike."), "success")
    return redirect(url_for("briefings.show", code=code), 303)


def _whose(slug: str) -> str:
    """The buyer to whom it is proposed: one's own, or the one that was chosen."""
    who, actor = visitors.me(), visitors.actor()
    return who.slug or "" if who and actor.side is Side.BUYER else slug


def _propose(actor: Actor, slug: str, form: BriefingForm) -> str:
    return deeds.propose(
        actor,
        buyer=slug,
        theme=form.theme.data,
        outcome=form.outcome.data,
        minutes=whole(form.minutes.data),
        vendors=form.slugs(),
        items_due=form.items_due.data,
        goal=form.goal.data or None,
        buyer_share=whole(form.buyer_share.data),
        house_rules=form.house_rules.data or "",
        to=form.to.data or None,
    )


def _proposal(slug: str, form: BriefingForm, *, alert: str = "") -> str:
    buyer = people.buyer(slug)
    goals = [name for _id, name in buyer.goals]
    return render_template(
        "briefings/new.html",
        buyer=buyer,
        goals=goals,
        goal_choices=[("", _("none of them")), *((name, name) for name in goals)],
        form=form,
        alert=alert,
        known=vendors.known(),
    )


def _track(actor: Actor, code: str, *, alert: str = "", note: str = "") -> str:
    view = seen.see(actor, code)
    lines, _next = history.lines(actor, about=code)
    return render_template("briefings/show.html", it=view, lines=lines, form=Form(), alert=alert, note=note)
