"""Answers a table that is brought in: tried first, with what would not be taken and why, then taken by a press."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain.imports import COLUMNS, OCTETS_AT_MOST, ROWS_AT_MOST
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.papers import csv
from vendorhub.policy import Policy, policy
from vendorhub.usecases import imports as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.words import say

pages = Blueprint("imports", __name__, url_prefix="/imports")

BAD_SHOWN = 100
_SAMPLE = (
    (
        *("Example Storage", "storage.example", "Sam Reed", "sam@storage.example", "quarter", "", "", "backup|archive"),
        *("2027-12-31", "2027-09-30", "120000", "EUR", "2026-10-06", "60", "They showed the restore test."),
    ),
    ("Example Storage", "", "Ida Holm", "ida@storage.example", *[""] * 8, "2026-07-02", "45", ""),
    ("Example Networks", "networks.example", "", "", "6 weeks", *[""] * 10),
)


@pages.get("")
@policy(Policy.SIGNED_IN)
def show() -> ResponseReturnValue:
    """The form that takes a table, and what would become of the one that was tried."""
    return _page(visitors.actor())


@pages.get("/sample.csv")
@policy(Policy.SIGNED_IN)
def sample() -> Response:
    """A table to begin with."""
    response = Response(csv.table(COLUMNS, _SAMPLE), content_type=csv.TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="vendors.csv"'
    return response


@pages.post("")
@policy(Policy.SIGNED_IN)
def bring() -> ResponseReturnValue:
    """Tries a table; nothing is changed."""
    actor, sent = visitors.actor(), request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise Unfit("file", "Please choose a file.")
        deeds.keep(actor, sent.stream.read(OCTETS_AT_MOST + 1))
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, refusal), refusal.status
    return redirect(url_for("imports.show"), 303)


@pages.post("/rows")
@policy(Policy.SIGNED_IN)
def take() -> ResponseReturnValue:
    """Takes the good rows of the table that was tried."""
    actor = visitors.actor()
    try:
        pressed("take")
        _tried, new = deeds.take_waiting(actor)
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, refusal), refusal.status
    flash(
        _(
            "Taken. New are: companies %(companies)s, relationships %(relationships)s, meetings %(meetings)s.",
            **vars(new),
        ),
        "success",
    )
    return redirect(url_for("relationships.board"), 303)


def _page(actor: Actor, refusal: Refusal | None = None) -> str:
    return render_template(
        "imports/show.html",
        tried=deeds.waiting(actor),
        shown=BAD_SHOWN,
        columns=COLUMNS,
        most=ROWS_AT_MOST,
        say=say,
        alert=say(refusal) if refusal else "",
        field=refusal.field if isinstance(refusal, Unfit) else "",
    )
