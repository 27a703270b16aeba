"""Answers how an assistant sorts what waits: a press on each card, or one for several."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import StringField

from vendorhub.domain.meeting_requests import AWAITING
from vendorhub.domain.refusals import Refusal
from vendorhub.policy import Policy, policy
from vendorhub.queries import meeting_requests as seen
from vendorhub.usecases import sortings
from vendorhub.web import visitors
from vendorhub.web.answers import AnswerForm
from vendorhub.web.forms import Form
from vendorhub.web.meeting_requests import again
from vendorhub.web.several import each_chosen

pages = Blueprint("sortings", __name__)


class SortForm(Form):
    """The pile whose button was pressed, the line and the suggestion; the use-case judges them. A form sent with its
    defaults has no pile."""

    pile = StringField()
    line = StringField()
    suggested = StringField()


@pages.post("/meeting-requests/<code>/sorting")
@policy(Policy.SIGNED_IN)
def sort(code: str) -> ResponseReturnValue:
    """Puts an ask on a pile and goes on with what waits."""
    actor, form = visitors.actor(), SortForm(request.form)
    try:
        sortings.sort(actor, code, **_said(form))
    except Refusal as refusal:
        return again(actor, code, AnswerForm(), refusal, sort_form=form)
    if seen.see(actor, code).state in AWAITING:
        flash(_("Sorted. They hear nothing of it."), "success")
    else:
        flash(_("Noted. You can take it back until they hear of it."), "success")
    return redirect(url_for("home.show"), 303)


@pages.post("/several/sorting")
@policy(Policy.SIGNED_IN)
def several() -> ResponseReturnValue:
    """Puts each ask that was chosen on the same pile."""
    actor, pile = visitors.actor(), request.form.get("pile", "")
    return each_chosen(
        lambda code: sortings.sort(actor, code, pile=pile),
        done=lambda number: ngettext("%(num)s ask is sorted.", "%(num)s asks are sorted.", number),
        nothing=_("Nothing was chosen, so nothing was sorted."),
    )


def _said(form: SortForm) -> dict[str, str]:
    return {name: form[name].data or "" for name in ("pile", "line", "suggested")}
