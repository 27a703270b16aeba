"""Answers the agenda of a briefing to take along: as a page to print, as a PDF, and as an entry for a calendar."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from vendorhub.policy import Policy, policy
from vendorhub.usecases import agenda_papers as papers
from vendorhub.web import visitors

pages = Blueprint("agenda_papers", __name__, url_prefix="/briefings")


@pages.get("/<code>/agenda/sheet")
@policy(Policy.SIGNED_IN)
def sheet(code: str) -> ResponseReturnValue:
    """The agenda on one or two sheets."""
    printed = papers.sheet(visitors.actor(), code)
    return render_template("agenda_papers/sheet.html", sheet=printed.sheet, code=code)


@pages.get("/<code>/agenda.pdf")
@policy(Policy.SIGNED_IN)
def pdf(code: str) -> ResponseReturnValue:
    """The same as a PDF."""
    printed = papers.sheet(visitors.actor(), code)
    answer = Response(mimetype="application/pdf")
    answer.set_etag(printed.version)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'attachment; filename="agenda.pdf"'
    if printed.version not in request.if_none_match:
        answer.set_data(papers.pdf(printed))
    return answer.make_conditional(request)


@pages.get("/<code>/agenda.ics")
@policy(Policy.SIGNED_IN)
def entry(code: str) -> ResponseReturnValue:
    """The entry for a calendar, for those who attend."""
    found = papers.entry(visitors.actor(), code, known=request.if_none_match)
    answer = Response(found.raw, mimetype="text/calendar")
    answer.set_etag(found.tag)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'attachment; filename="briefing.ics"'
    return answer.make_conditional(request)
