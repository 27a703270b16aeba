"""Answers what happened, newest first, as the reader's side may know it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vendorhub.policy import Policy, policy
from vendorhub.queries import history
from vendorhub.web import visitors

pages = Blueprint("history", __name__)


@pages.get("/history")
@policy(Policy.SIGNED_IN)
def listing() -> ResponseReturnValue:
    """A page of lines and the way to the one before."""
    lines, more = history.lines(visitors.actor(), cursor=request.args.get("before"))
    return render_template("history/list.html", lines=lines, more=more)
