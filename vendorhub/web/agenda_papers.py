"""Answers an agenda to take along: as a page to print, as a PDF, and as an entry for a calendar."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from vendorhub.policy import Policy, policy
from vendorhub.usecases import agenda_papers as papers
from vendorhub.web import visitors
from vendorhub.web.agenda_builder import whose

pages = Blueprint("agenda_papers", __name__)


@pages.get("/briefings/<code>/agenda/sheet")
@pages.get("/meetings/<uid>/agenda/sheet")
@policy(Policy.SIGNED_IN)
def sheet(code: str = "", uid: str = "") -> ResponseReturnValue:
    """The agenda on one or two sheets."""
    printed = papers.sheet(visitors.actor(), whose(code, uid))
    return render_template("agenda_papers/sheet.html", sheet=printed.sheet, at=request.view_args)


@pages.get("/briefings/<code>/agenda.pdf")
@pages.get("/meetings/<uid>/agenda.pdf")
@policy(Policy.SIGNED_IN)
def pdf(code: str = "", uid: str = "") -> ResponseReturnValue:
    """The same as a PDF."""
    printed = papers.sheet(visitors.actor(), whose(code, uid))
    answer = Response(mimetype="application/pdf")
    answer.set_etag(printed.version)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'attachment; filename="agenda.pdf"'
    if printed.version not in request.if_none_match:
        answer.set_data(papers.pdf(printed))
    return answer.make_conditional(request)


@pages.get("/briefings/<code>/agenda.ics")
@policy(Policy.SIGNED_IN)
def entry(code: str) -> ResponseReturnValue:
    """The entry for a calendar, for those who attend."""
    found = papers.entry(visitors.actor(), code, known=request.if_none_match)
    answer = Response(found.raw, mimetype="text/calendar")
    answer.set_etag(found.tag)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'attachment; filename="briefing.ics"'
    return answer.make_conditional(request)
