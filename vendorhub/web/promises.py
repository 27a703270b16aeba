"""Answers promises, ours and theirs: late, open, to be confirmed; and what was missed, told without a meeting."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub import keys
from vendorhub.domain.deeds import Deed
from vendorhub.domain.minutes import PROMISE_AT_MOST, ActionState
from vendorhub.domain.people import Actor
from vendorhub.domain.promises import WHY_AT_MOST
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import cadence, links
from vendorhub.queries import promises as seen
from vendorhub.queries.promises import PromiseView
from vendorhub.usecases import promises as deeds
from vendorhub.usecases.once import once
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.guards import csrf, limiter
from vendorhub.web.words import say

pages = Blueprint("promises", __name__)

_COMPANIES_AT_MOST = 300


@pages.get("/promises")
@policy(Policy.SIGNED_IN)
def listing() -> ResponseReturnValue:
    """Promises both ways: what is not settled, then what is kept, the latest first."""
    return _page(visitors.actor())


@pages.post("/promises/<code>")
@policy(Policy.SIGNED_IN)
def settle(code: str) -> ResponseReturnValue:
    """Done, kept, open again, or why not yet."""
    actor = visitors.actor(if_match=request.form.get("version", ""))
    seen.see(actor, code)  # what is not there comes before what was pressed
    try:
        _press(actor, code)
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(actor, refusal, wrong=code), refusal.status
    flash(_("Kept. The other side reads it beside the promise."), "success")
    return redirect(url_for("promises.listing", _anchor=f"promise-{code}"), 303)


@pages.get("/promises/missed")
@policy(Policy.SIGNED_IN)
def missed() -> ResponseReturnValue:
    """The form that tells of a delivery that was missed."""
    return _form(visitors.actor())


@pages.post("/promises/missed")
@policy(Policy.SIGNED_IN)
def tell_missed() -> ResponseReturnValue:
    """Tells it."""
    form = request.form
    actor = visitors.actor(once=form.get("once", ""))
    try:
        pressed("tell")
        whose = form.get("whose", "")
        if whose not in ("ours", "theirs"):
            raise Unfit("whose", "Please say whose delivery it was.")
        made = once(
            lambda: deeds.tell_missed(
                actor,
                company=form.get("company", ""),
                ours=whose == "ours",
                text=form.get("what", ""),
                due=_day(form.get("due", "")),
                why=form.get("why", ""),
            )
        )
    except NotThere:
        raise
    except Refusal as refusal:
        return _form(actor, refusal), refusal.status
    flash(
        _("Told. Those who were in touch with you last get one letter, and it stands among your promises."), "success"
    )
    return redirect(url_for("promises.listing", _anchor=f"promise-{made}"), 303)


def _the_link() -> str:
    """Each link is counted by itself: a whole company reads its letters from behind one address."""
    return keys.hash_secret((request.view_args or {}).get("secret", ""))


@pages.get("/promise/<secret>")
@policy(Policy.LINK)
@limiter.limit("120 per minute", key_func=_the_link)
def by_link(secret: str) -> ResponseReturnValue:
    """One promise to whoever it is of; opening it changes nothing."""
    return _own(secret)


@pages.post("/promise/<secret>")
@policy(Policy.LINK)
@csrf.exempt  # type: ignore[untyped-decorator]
@limiter.limit("20 per hour", key_func=_the_link)
def settle_by_link(secret: str) -> ResponseReturnValue:
    """They say that it is done, or why not yet. The form sent as it came says neither."""
    try:
        press, said = pressed("done", "why"), request.form.get("line", "")
        if press == "done":
            deeds.complete_by_link(secret, proof=said)
        else:
            deeds.say_why_by_link(secret, why=said)
    except NotThere:
        raise
    except Refusal as refusal:
        return _own(secret, refusal), refusal.status
    return redirect(url_for("promises.by_link", secret=secret), 303)


def _press(actor: Actor, code: str) -> None:
    said = request.form.get("line", "")
    steps: dict[str, Callable[[], None]] = {
        "done": lambda: deeds.complete(actor, code, proof=said),
        "why": lambda: deeds.say_why(actor, code, why=said),
        "confirm": lambda: deeds.confirm(actor, code),
        "open": lambda: deeds.reopen(actor, code, note=said),
    }
    steps[pressed(*steps)]()


def _page(actor: Actor, refusal: Refusal | None = None, *, wrong: str = "") -> str:
    after = request.args.get("after", "")
    waiting = [] if after else seen.waiting(actor)
    kept, following = seen.listing(actor, state=ActionState.CONFIRMED, limit=20, cursor=after or None)
    return render_template(
        "promises/list.html",
        piles=_piles(waiting),
        reviews=sorted({(view.buyer, view.buyer_name) for view in waiting if view.days and actor.asks}),
        kept=kept,
        next=following,
        later=bool(after),
        alert=say(refusal) if refusal else "",
        field=refusal.field if isinstance(refusal, Unfit) else "",
        wrong=wrong,
        typed=request.form if wrong else {},
    )


def _piles(waiting: list[PromiseView]) -> list[tuple[str, str, list[PromiseView]]]:
    """What is late or missed, what is to be confirmed, and what is open or waits for the other side's word."""
    late = [view for view in waiting if view.state is ActionState.OPEN and view.days]
    asked = [view for view in waiting if view.state is ActionState.DONE and Deed.CONFIRM_PROMISE in view.may]
    rest = [view for view in waiting if view not in late and view not in asked]
    piles = [
        ("late", _("Late"), late),
        ("asked", _("Said to be done"), asked),
        ("open", _("Open"), rest),
    ]
    return [pile for pile in piles if pile[2]]


def _form(actor: Actor, refusal: Refusal | None = None) -> str:
    companies = [(view.company, view.name) for view in cadence.listing(actor, limit=_COMPANIES_AT_MOST)[0]]
    return render_template(
        "promises/missed.html",
        companies=companies,
        buys=not actor.asks,
        today=cadence.today(actor),
        most=(PROMISE_AT_MOST, WHY_AT_MOST),
        once=keys.new_secret(),
        alert=say(refusal) if refusal else "",
        field={"text": "what"}.get(refusal.field, refusal.field) if isinstance(refusal, Unfit) else "",
        typed=request.form if refusal else {"company": request.args.get("company", "")},
    )


def _own(secret: str, refusal: Refusal | None = None) -> str:
    actor, code = links.promise_link(secret)
    return render_template(
        "promises/own.html",
        promise=seen.see(actor, code),
        secret=secret,
        zone=actor.zone,
        bare=True,
        alert=say(refusal) if refusal else "",
        field="line" if isinstance(refusal, Unfit) else "",
        typed=request.form if refusal else {},
    )


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError:
        raise Unfit("due", "Please give a date like 2027-01-13.") from None
