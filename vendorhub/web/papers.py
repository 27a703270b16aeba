"""Answers how a paper is handed in, read and found to be enough; its file is read by those who see the ask alone."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import papers as seen
from vendorhub.usecases import papers as deeds
from vendorhub.web import answers, visitors
from vendorhub.web import meeting_requests as asks
from vendorhub.web.answers import AnswerForm
from vendorhub.web.paper_forms import PaperForm

pages = Blueprint("papers", __name__, url_prefix="/meeting-requests")

# Its own frame without rights, and a file to keep rather than a page to open: it came from outside.
FILE_SECURITY = "sandbox; default-src 'none'"


@pages.post("/<code>/paper")
@policy(Policy.SIGNED_IN)
def hand_in(code: str) -> ResponseReturnValue:
    """Hands the paper in."""
    actor, form = visitors.actor(), PaperForm(request.form)
    sent = request.files.get("pdf")
    try:
        if not form.validate():
            raise Unfit("", "Please look at what is marked.")
        deeds.hand_in(actor, code, text=form.text.data or "", pdf=sent.read() if sent else b"")
    except NotThere:
        raise
    except Refusal as refusal:
        return asks.again(actor, code, AnswerForm(), refusal, paper=form)
    flash(_("Your paper is with them."), "success")
    return redirect(url_for("meeting_requests.show", code=code), 303)


@pages.get("/<code>/paper/<name>.pdf")
@policy(Policy.SIGNED_IN)
def file(code: str, name: str) -> Response:
    """The PDF, to keep."""
    return as_file(visitors.actor(), code, name)


@pages.post("/<code>/enough")
@policy(Policy.SIGNED_IN)
def enough(code: str) -> ResponseReturnValue:
    """Says that the paper is enough."""
    actor, form = visitors.actor(), answers.read_form()
    try:
        answers.enough(actor, code, form)
    except Refusal as refusal:
        return asks.again(actor, code, form, refusal)
    return redirect(url_for("home.show"), 303)


def as_file(actor: Actor, code: str, name: str) -> Response:
    """A PDF as what it is and nothing else. Raises NotThere for whom it is not."""
    response = Response(seen.pdf(actor, code, name), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response.headers["Content-Security-Policy"] = FILE_SECURITY
    response.headers["Cache-Control"] = "private, no-store"
    return response
