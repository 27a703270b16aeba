"""Answers how due days come into one's own calendar: the page that makes the address, and the feed behind it."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain.refusals import Unfit
from vendorhub.policy import Policy, policy
from vendorhub.usecases import feeds as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.words import say

pages = Blueprint("feeds", __name__)


@pages.get("/relationships/feed")
@policy(Policy.SIGNED_IN)
def show() -> str:
    """Whether there is a feed, and the buttons that make it and take it back."""
    return render_template("relationships/feed.html", made=deeds.exists(visitors.actor()), address="", alert="")


@pages.post("/relationships/feed")
@policy(Policy.SIGNED_IN)
def make() -> ResponseReturnValue:
    """Makes an address, told this once; the one before opens nothing any more."""
    return _done("make")


@pages.post("/relationships/feed/revocation")
@policy(Policy.SIGNED_IN)
def revoke() -> ResponseReturnValue:
    """Takes the address back."""
    return _done("revoke")


@pages.get("/feeds/<secret>.ics")
@policy(Policy.LINK)
def read(secret: str) -> Response:
    """The feed, for programs that ask for it again and again."""
    raw, tag = deeds.read(secret)
    response = Response(raw, content_type="text/calendar; charset=utf-8")
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response


def _done(press: str) -> ResponseReturnValue:
    actor = visitors.actor()
    try:
        pressed(press)
    except Unfit as refusal:
        page = render_template("relationships/feed.html", made=deeds.exists(actor), address="", alert=say(refusal))
        return page, refusal.status
    if press == "make":
        return render_template("relationships/feed.html", made=True, address=deeds.make(actor), alert="")
    deeds.revoke(actor)
    flash(_("The address opens nothing any more."), "success")
    return redirect(url_for("feeds.show"), 303)
