"""Answers what your own people hold of a relationship: the form by which it is said."""

import re
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain.deeds import Deed
from vendorhub.domain.details import Details, Said
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotAllowed, NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import cadence as seen
from vendorhub.queries import details as choices
from vendorhub.usecases import details as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import pressed, typed_day
from vendorhub.web.words import say

pages = Blueprint("details", __name__, url_prefix="/relationships")

_AMOUNT: Final = re.compile(r"\d{1,15}|\d{1,3}(?:[ .,'\u2019\u00a0\u202f]\d{3}){1,4}", re.ASCII)


@pages.get("/<code>/details")
@policy(Policy.SIGNED_IN)
def show(code: str) -> ResponseReturnValue:
    """The form as it stands."""
    return _page(visitors.actor(), code)


@pages.post("/<code>/details")
@policy(Policy.SIGNED_IN)
def keep(code: str) -> ResponseReturnValue:
    """Keeps it."""
    actor = visitors.actor(if_match=request.form.get("version", ""))
    try:
        pressed("keep")
        deeds.set_details(actor, code, **_said())
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal), refusal.status
    flash(_("Kept. Only your own people see it."), "success")
    return redirect(url_for("relationships.show", code=code), 303)


def _said() -> Said:
    form = request.form
    end, notice = form.get("contract_end", "").strip(), form.get("notice_by", "").strip()
    spend = form.get("spend", "").strip()
    return Said(
        owner=form.get("owner", ""),
        goals=form.getlist("goals"),
        topics=form.get("topics", "").split(","),
        contract_end=typed_day(end, "contract_end") if end else None,
        notice_by=typed_day(notice, "notice_by") if notice else None,
        spend=_amount(spend) if spend else None,
        currency=form.get("currency", ""),
        confidential="confidential" in form,
        circle=form.getlist("circle"),
    )


def _amount(typed: str) -> int:
    """Whole units, in groups of three or not."""
    if not _AMOUNT.fullmatch(typed):
        raise Unfit("spend", "Please write a whole number, like 120,000.")
    return int(re.sub(r"\D", "", typed))


def _page(actor: Actor, code: str, refusal: Refusal | None = None) -> str:
    it = seen.see(actor, code)
    if it.details is None:
        raise NotThere
    if Deed.SET_DETAILS not in it.may:
        raise NotAllowed("Those who decide in your company, and their assistants, say this.")
    return render_template(
        "relationships/details.html",
        it=it,
        typed=_typed() if refusal else _as_it_is(it.details),
        choices=choices.choices(actor),
        alert=say(refusal) if refusal else "",
        field=refusal.field if isinstance(refusal, Unfit) else "",
    )


def _typed() -> dict[str, object]:
    one = {name: request.form.get(name, "") for name in request.form}
    return one | {name: request.form.getlist(name) for name in ("goals", "circle")}


def _as_it_is(held: Details) -> dict[str, object]:
    return {
        "owner": held.owner[1] if held.owner else "",
        "goals": held.goals,
        "topics": ", ".join(held.topics),
        "contract_end": held.contract_end.isoformat() if held.contract_end else "",
        "notice_by": held.notice_by.isoformat() if held.notice_by else "",
        "spend": f"{held.spend:,}" if held.spend is not None else "",
        "currency": held.currency or "EUR",
        "confidential": held.confidential,
        "circle": [email for _name, email in held.circle],
    }
