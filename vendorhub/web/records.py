"""Answers how it has gone between two companies: the facts, a word on one of them, and why a goal will fail."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from vendorhub.domain.people import Actor, Side
from vendorhub.domain.records import Fact, What, Whose
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import doubts
from vendorhub.queries import records as seen
from vendorhub.queries.records import RecordView
from vendorhub.usecases import records as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.words import say

pages = Blueprint("records", __name__)

_WHAT: Final = {
    What.PAPER_IN_TIME: lazy_gettext("the paper came in time"),
    What.PAPER_LATE: lazy_gettext("the paper came late"),
    What.PAPER_MISSING: lazy_gettext("the paper did not come"),
    What.ITEMS_IN_TIME: lazy_gettext("the items were in by their day"),
    What.ITEMS_LATE: lazy_gettext("the items came after their day"),
    What.ITEMS_MISSING: lazy_gettext("no items came"),
    What.PROMISE_KEPT: lazy_gettext("a promise kept"),
    What.PROMISE_LATE: lazy_gettext("a promise late"),
    What.PROMISE_MISSED: lazy_gettext("a promise not kept by its day"),
    What.THANKED: lazy_gettext("thanked"),
    What.NOT_ANSWERED: lazy_gettext("closed without an answer"),
    What.CALLED_OFF_LATE: lazy_gettext("the meeting was called off late"),
    What.MET: lazy_gettext("met as agreed"),
    What.NOT_THERE: lazy_gettext("did not come"),
}
# What is told beside its name as a tag: well, not well, or neither.
GOOD: Final = {What.PAPER_IN_TIME, What.ITEMS_IN_TIME, What.PROMISE_KEPT, What.THANKED, What.MET}
WRONG: Final = {What.PAPER_MISSING, What.ITEMS_MISSING, What.PROMISE_MISSED, What.NOT_THERE, What.NOT_ANSWERED}


@pages.get("/relationships/<code>/record")
@policy(Policy.SIGNED_IN)
def show(code: str) -> ResponseReturnValue:
    """Every fact, the latest first."""
    return _page(visitors.actor(), code)


@pages.post("/relationships/<code>/record/answers")
@policy(Policy.SIGNED_IN)
def answer(code: str) -> ResponseReturnValue:
    """The company says what it finds wrong with a fact."""
    actor, form = visitors.actor(), request.form
    try:
        pressed("say")
        deeds.answer(actor, code, fact=form.get("fact", ""), text=form.get("text", ""))
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal, press="say"), refusal.status
    flash(_("It stands beside the fact, for both sides."), "success")
    return redirect(url_for("records.show", code=code, _anchor=form.get("fact", "")), 303)


@pages.post("/relationships/<code>/doubts")
@policy(Policy.SIGNED_IN)
def doubt(code: str) -> ResponseReturnValue:
    """The company says why a goal will fail."""
    actor, form = visitors.actor(), request.form
    try:
        pressed("doubt")
        deeds.doubt(actor, code, goal=form.get("goal", ""), text=form.get("text", ""))
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, code, refusal, press="doubt"), refusal.status
    flash(_("They find it on their desk. It was no ask, and no letter went out."), "success")
    return redirect(url_for("records.show", code=code, _anchor="doubts"), 303)


@pages.post("/doubts/<doubt>/hearing")
@policy(Policy.SIGNED_IN)
def hear(doubt: str) -> ResponseReturnValue:
    """The buyer's side has read it."""
    actor = visitors.actor()
    try:
        doubts.hearing(actor, doubt)  # what is not there comes before what was pressed
        pressed("heard")
        deeds.hear(actor, doubt)
    except NotThere:
        raise
    except Refusal as refusal:
        flash(say(refusal), "warning")
        return redirect(url_for("home.show"), 303)
    flash(_("Read. It stands with the company, and they see that you have read it."), "success")
    return redirect(url_for("home.show"), 303)


def words_of(fact: Fact, view: RecordView) -> str:
    """What happened, as a line."""
    if fact.what is What.ANSWERED:
        if not fact.days:
            return str(_("%(name)s answered the same day", name=view.buyer_name))
        took = ngettext("%(num)s working day", "%(num)s working days", fact.days)
        return str(_("%(name)s answered within %(took)s", name=view.buyer_name, took=took))
    said = str(_WHAT[fact.what])
    if fact.whose is Whose.BOTH:
        return said[0].upper() + said[1:]
    name = view.buyer_name if fact.whose is Whose.BUYER else view.company_name
    return str(_("%(name)s: %(said)s", name=name, said=said))


def tallied(view: RecordView) -> list[tuple[str, int]]:
    """How often each happened within the last year, as lines; whose it is stands with it."""
    told = []
    for (whose, what), times in sorted(view.counts.items()):
        name = {Whose.BUYER: view.buyer_name, Whose.COMPANY: view.company_name}.get(whose, "")
        said = _("answered") if what is What.ANSWERED else str(_WHAT[what])
        told.append((_("%(name)s: %(said)s", name=name, said=said) if name else said, times))
    return told


def _page(actor: Actor, code: str, refusal: Refusal | None = None, *, press: str = "") -> str:
    view = seen.see(actor, code)
    return render_template(
        "relationships/record.html",
        view=view,
        doubts=doubts.of_relationship(actor, code),
        words_of=words_of,
        tallied=tallied(view),
        good=GOOD,
        bad=WRONG,
        buyers=actor.side is Side.BUYER,
        alert=say(refusal) if refusal else "",
        field=refusal.field if isinstance(refusal, Unfit) else "",
        press=press,
        typed=request.form if press else {},
    )
