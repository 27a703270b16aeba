"""Answers whom it is time to meet: the board, one relationship, and a meeting that was held elsewhere."""

from collections.abc import Callable

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub import keys
from vendorhub.domain.cadence import LIMIT_AT_MOST, rarer
from vendorhub.domain.meeting_requests import MINUTES
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.links import Links
from vendorhub.policy import Policy, policy
from vendorhub.queries import adoptions, promises, records, standing_consents, vendors
from vendorhub.queries import cadence as seen
from vendorhub.usecases import relationships as deeds
from vendorhub.usecases.once import once
from vendorhub.web import boards, notes, strips, visitors
from vendorhub.web.forms import pressed, typed_day, typed_number
from vendorhub.web.records import GOOD, WRONG, words_of
from vendorhub.web.rhythm_words import LETTERS, OFTEN, STATES, often
from vendorhub.web.words import KINDS, say
from vendorhub.wording import because

pages = Blueprint("relationships", __name__, url_prefix="/relationships")

WORDS = {"states": STATES, "letters": LETTERS, "because": because, "often": often}


@pages.get("")
@policy(Policy.SIGNED_IN)
def board() -> ResponseReturnValue:
    """The quarter board: every relationship by nine quarters."""
    return boards.page(visitors.actor())


@pages.get("/logged")
@policy(Policy.SIGNED_IN)
def logged() -> ResponseReturnValue:
    """The form for a meeting that was held elsewhere."""
    return _form(visitors.actor())


@pages.post("/logged")
@policy(Policy.SIGNED_IN)
def log() -> ResponseReturnValue:
    """Notes it."""
    actor, form = visitors.actor(once=request.form.get("once", "")), request.form
    try:
        pressed("log")
        made = once(
            lambda: deeds.log_meeting(
                actor,
                company=_company(form.get("company", "")),
                day=typed_day(form.get("date", ""), "date"),
                minutes=typed_number(form.get("minutes", ""), "minutes"),
                people=[(name, "") for name in form.get("people", "").split(",")],
                note=form.get("note", ""),
            )
        )
    except NotThere:
        raise
    except Refusal as refusal:
        return _form(actor, refusal), refusal.status
    flash(_("Noted. It counts like a meeting that was held here; nobody was written to."), "success")
    return redirect(url_for("relationships.show", code=seen.logged(actor, made).relationship), 303)


@pages.get("/<code>")
@policy(Policy.SIGNED_IN)
def show(code: str) -> ResponseReturnValue:
    """One relationship: where it stands, why, and what can be set."""
    return page(visitors.actor(), code)


@pages.post("/<code>/cadence")
@policy(Policy.SIGNED_IN)
def set_cadence(code: str) -> ResponseReturnValue:
    """How often to meet."""
    form = request.form

    def deed(actor: Actor) -> None:
        every = form.get("every", "")
        deeds.set_cadence(
            actor,
            code,
            every=f"{typed_number(form.get('weeks', ''), 'every')} weeks" if every == "weeks" else every,
            minutes=typed_number(form.get("minutes", ""), "minutes"),
            kind=form.get("kind", ""),
            soft=typed_number(form.get("soft", ""), "soft"),
            hard=typed_number(form.get("hard", ""), "hard"),
        )

    return _done(code, "set", deed, lambda: _("Kept. It counts from this quarter on; what is past stays as it was."))


@pages.post("/<code>/pauses")
@policy(Policy.SIGNED_IN)
def pause(code: str) -> ResponseReturnValue:
    """Asks for nothing for a while."""
    form = request.form

    def deed(actor: Actor) -> None:
        first, last = typed_day(form.get("first", ""), "first"), typed_day(form.get("last", ""), "last")
        deeds.pause(actor, code, first=first, last=last, reason=form.get("reason", ""))

    return _done(code, "pause", deed, lambda: _("Paused. What falls into these days is due when they are over."))


@pages.post("/<code>/waivers")
@policy(Policy.SIGNED_IN)
def let_go(code: str) -> ResponseReturnValue:
    """Lets a quarter go."""
    form = request.form

    def deed(actor: Actor) -> None:
        deeds.let_go(actor, code, quarter=form.get("quarter", ""), reason=form.get("reason", ""))

    return _done(code, "let_go", deed, lambda: _("This quarter is let go; the next one counts again."))


def _done(code: str, press: str, deed: Callable[[Actor], None], said: Callable[[], str]) -> ResponseReturnValue:
    """Does a deed of one press, and answers the page again: with what it did, or with why not beside the field."""
    actor = visitors.actor(if_match=request.form.get("version", ""))
    try:
        pressed(press)
        deed(actor)
    except NotThere:
        raise
    except Refusal as refusal:
        return page(actor, code, refusal, press=press), refusal.status
    flash(said(), "success")
    return redirect(url_for("relationships.show", code=code), 303)


def page(actor: Actor, code: str, refusal: Refusal | None = None, *, press: str = "") -> str:
    """One relationship as its own people see it; with why not, beside the field of the `press`. Raises NotThere."""
    it = seen.see(actor, code)
    if it.rule is None:
        raise NotThere
    quarters = seen.shown(actor)
    told = {str(cell.quarter): cell for cell in it.cells}
    return render_template(
        "relationships/show.html",
        it=it,
        less=rarer(it.rule.every),
        standing=standing_consents.see(actor, it.company),
        promised=promises.with_company(actor, it.company),
        review=_review_address(),
        adopted=adoptions.of_relationship(actor, it.code),
        told=told,
        year=strips.drawn(it, quarters, seen.today(actor)),
        record=records.see(actor, it.code),
        words_of=words_of,
        good_facts=GOOD,
        bad_facts=WRONG,
        quarters=quarters,
        open_quarters=quarters[seen.BACK :],
        back=seen.BACK,
        oftens=OFTEN,
        kinds=KINDS,
        minutes=MINUTES,
        most=LIMIT_AT_MOST,
        alert=say(refusal) if refusal else "",
        field=refusal.field if isinstance(refusal, Unfit) else "",
        press=press,
        typed=request.form if press else {},
        **WORDS,
        **notes.part(actor, code),
    )


def _review_address() -> str:
    """Where the other side asks for a governance review; nothing is sent by saying so."""
    me = visitors.me()
    return Links(current_app.config["BASE_URL"]).review(me.slug) if me else ""


def _form(actor: Actor, refusal: Refusal | None = None) -> str:
    if actor.asks:
        raise NotThere
    return render_template(
        "relationships/log.html",
        companies=vendors.known(),
        today=seen.today(actor),
        once=keys.new_secret(),
        alert=say(refusal) if refusal else "",
        field=refusal.field if isinstance(refusal, Unfit) else "",
        typed=request.form if refusal else {"company": request.args.get("company", "")},
    )


def _company(typed: str) -> str:
    """The slug of the company that is meant by its name or slug."""
    try:
        (slug,) = vendors.slugs([typed])
    except (Unfit, ValueError):
        return typed.strip()
    return slug
