"""Answers the one page before a meeting, and the same as a PDF."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from vendorhub.policy import Policy, policy
from vendorhub.usecases import briefs
from vendorhub.web import visitors

pages = Blueprint("briefs", __name__)


@pages.get("/meetings/<uid>/brief")
@policy(Policy.SIGNED_IN)
def show(uid: str) -> ResponseReturnValue:
    """The brief of a meeting, as its reader may see it."""
    return render_template("briefs/show.html", sheet=briefs.printed(visitors.actor(), uid).sheet, uid=uid)


@pages.get("/meetings/<uid>/brief.pdf")
@policy(Policy.SIGNED_IN)
def pdf(uid: str) -> ResponseReturnValue:
    """The same as a PDF."""
    made = briefs.printed(visitors.actor(), uid)
    answer = Response(mimetype="application/pdf")
    answer.set_etag(made.version)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'attachment; filename="brief.pdf"'
    if made.version not in request.if_none_match:
        answer.set_data(briefs.pdf(made))
    return answer.make_conditional(request)
