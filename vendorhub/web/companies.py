"""Answers which companies there are to do with, what holds for each, and which of them are one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import companies as seen
from vendorhub.usecases import joinings as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.words import say

pages = Blueprint("companies", __name__, url_prefix="/companies")


@pages.get("")
@policy(Policy.SIGNED_IN)
def listing() -> ResponseReturnValue:
    """All of them by name, or those in whose name something stands."""
    name, after = request.args.get("name", ""), request.args.get("after")
    lines, more = seen.listing(visitors.actor(), name=name, cursor=after)
    return render_template("companies/list.html", lines=lines, name=name, later=after is not None, next=more)


@pages.get("/<slug>")
@policy(Policy.SIGNED_IN)
def show(slug: str) -> ResponseReturnValue:
    """What holds for one of them, and what else it is called."""
    return _page(slug)


@pages.get("/<slug>/one-with")
@policy(Policy.SIGNED_IN)
def choose(slug: str) -> ResponseReturnValue:
    """Both sides by each other, before anything is said: which of their answers shall hold for both."""
    other = request.args.get("other", "")
    try:
        seen.see(visitors.actor(), other)
    except NotThere:
        seen.see(visitors.actor(), slug)
        return _page(slug, alert=_("Please choose one of the companies."), status=422)
    return _both(slug, other)


@pages.post("/<slug>/one-with")
@policy(Policy.SIGNED_IN)
def join(slug: str) -> ResponseReturnValue:
    """Takes the two for one."""
    actor, other = visitors.actor(), request.form.get("other", "")
    try:
        pressed("join")
        deeds.join(actor, one=slug, other=other, holding=request.form.getlist("holding"))
    except NotThere:
        raise
    except Unfit as refusal:
        if refusal.field == "holding":
            return _both(slug, other, alert=say(refusal), status=422)
        return _page(slug, alert=say(refusal), status=422)
    except Refusal as refusal:
        return _page(slug, alert=say(refusal), status=refusal.status)
    flash(_("These two are one from now on. You can part them again here."), "success")
    return redirect(url_for("companies.show", slug=slug), 303)


@pages.post("/<slug>/parting/<code>")
@policy(Policy.SIGNED_IN)
def part(slug: str, code: str) -> ResponseReturnValue:
    """Takes them for two again."""
    try:
        pressed("part")
        deeds.part(visitors.actor(), code)
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(slug, alert=say(refusal), status=refusal.status)
    flash(_("They are two companies again."), "success")
    return redirect(url_for("companies.show", slug=slug), 303)


def _page(slug: str, *, alert: str = "", status: int = 200) -> ResponseReturnValue:
    actor = visitors.actor()
    company = seen.see(actor, slug)
    return render_template(
        "companies/show.html", company=company, others=seen.others(actor, company.slug), alert=alert
    ), status


def _both(slug: str, other: str, *, alert: str = "", status: int = 200) -> ResponseReturnValue:
    actor = visitors.actor()
    pair = (seen.see(actor, slug), seen.see(actor, other))
    return render_template("companies/one_with.html", pair=pair, alert=alert), status
