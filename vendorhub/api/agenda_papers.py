"""Answers an agenda to take along: as a PDF, and as an entry for a calendar."""

from flask import Response, request

from vendorhub.api.calls import CALENDAR, get
from vendorhub.domain.agendas import Single
from vendorhub.domain.people import Actor
from vendorhub.usecases import agenda_papers as papers


@get("/briefings/<code>/agenda.pdf", None, refused=(409,), media=("application/pdf",))
def printed(actor: Actor, code: str) -> Response:
    """The agenda as it was published last, as the caller may read it, for print."""
    return _paper(papers.sheet(actor, code))


@get("/meetings/<uid>/agenda.pdf", None, refused=(409,), media=("application/pdf",))
def printed_of_meeting(actor: Actor, uid: str) -> Response:
    """The same of a single meeting."""
    return _paper(papers.sheet(actor, Single(uid)))


@get("/briefings/<code>/agenda.ics", None, refused=(403, 409))
def entry(actor: Actor, code: str) -> Response:
    """The briefing as an entry for one's own calendar (METHOD:PUBLISH), with its agenda; for those who attend."""
    found = papers.entry(actor, code, known=request.if_none_match)
    response = Response(found.raw, content_type=f"{CALENDAR}; charset=utf-8; method=PUBLISH")
    response.set_etag(found.tag)
    response.headers["Content-Disposition"] = "attachment; filename=briefing.ics"
    return response


def _paper(found: papers.Printed) -> Response:
    response = Response(content_type="application/pdf")
    response.set_etag(found.version)
    response.headers["Content-Disposition"] = "attachment; filename=agenda.pdf"
    if found.version not in request.if_none_match:
        response.set_data(papers.pdf(found))
    return response
