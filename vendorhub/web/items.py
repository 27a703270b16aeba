"""Answers what is brought to a joint briefing: what is due by when, who is in, and the form for an item."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import ValidationError

from vendorhub import clock, keys
from vendorhub.domain.briefings import BriefingState
from vendorhub.domain.deeds import Deed
from vendorhub.domain.item_words import ItemWords
from vendorhub.domain.items import ItemState, telling_word
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import briefings
from vendorhub.queries import items as seen
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.items import ItemView
from vendorhub.usecases import item_drafts as keeping
from vendorhub.usecases import items as deeds
from vendorhub.web import visitors
from vendorhub.web.guards import csrf, limiter
from vendorhub.web.item_forms import ItemForm, words_of
from vendorhub.web.words import moment, say

pages = Blueprint("items", __name__, url_prefix="/briefings")


@pages.get("/<code>/items")
@policy(Policy.SIGNED_IN)
def listing(code: str) -> ResponseReturnValue:
    """What is due by when, the items that are there for the reader, and, with none of their own, the form."""
    actor = visitors.actor()
    view = seen.listing(actor, code)
    form = _blank(actor) if _may_send(actor, view.briefing) and not view.own else None
    return _page(actor, view.briefing, form=form, view=view)


@pages.get("/<code>/items/new")
@policy(Policy.SIGNED_IN)
def new(code: str) -> ResponseReturnValue:
    """The form for a further item."""
    actor = visitors.actor()
    briefing = briefings.see(actor, code)
    if not _may_write(briefing):
        return redirect(url_for("items.listing", code=briefing.code), 303)
    return _page(actor, briefing, form=_blank(actor))


@pages.get("/<code>/items/<item>")
@policy(Policy.SIGNED_IN)
def show(code: str, item: str) -> ResponseReturnValue:
    """One item: its own people go on writing at it, all others who may read it."""
    actor = visitors.actor()
    view = seen.listing(actor, code)
    one = seen.one_of(view, item)
    form = None
    if one.own and _may_write(view.briefing) and (one.state is ItemState.DRAFT or _may_send(actor, view.briefing)):
        form = ItemForm()
        form.fill(words_of(one, seen.vocabulary(actor, view.briefing)))
    return _page(actor, view.briefing, form=form, item=one)


# What is typed here is not lost with the session: so this view looks at the token itself, and keeps what it refuses.
@pages.post("/<code>/items/<item>")
@policy(Policy.PUBLIC)
@csrf.exempt  # type: ignore[untyped-decorator]
def send(code: str, item: str) -> ResponseReturnValue:
    """Sends an item. Where the session has ended, or is somebody else's, what was typed waits for whoever typed it."""
    form = ItemForm(request.form)
    typist = keeping.holder(form.ticket.data or "", code, item)
    if not visitors.signed_in() or (typist is not None and typist != visitors.actor().person):
        return _keep_for(typist, code, item, form)
    if typist is None:
        raise NotThere
    actor = visitors.actor()
    briefing = briefings.see(actor, code)
    form.frame = briefing.minutes
    if "more" in request.form or "preview" in request.form:
        _keep(typist, code, item, form)
        if "more" in request.form:
            form.one_more()
        return _page(actor, briefing, form=form, number=item, preview="preview" in request.form)
    if not _ours():
        alert = _("This form was opened before you signed in. What you typed is still here; please press once more.")
        return _page(actor, briefing, form=form, number=item, alert=alert), 400
    if not form.validate():
        return _page(actor, briefing, form=form, number=item), 422
    try:
        deeds.send(actor, code, form.words().given(), item=item, opened=form.since())
    except NotThere:
        raise
    except Unfit as refusal:
        form.take(refusal)
        return _page(actor, briefing, form=form, number=item), 422
    except Refusal as refusal:
        return _page(actor, briefing, form=form, number=item, alert=say(refusal)), refusal.status
    flash(_told(form.words(), vendor=actor.side is Side.VENDOR), "success")
    return redirect(url_for("items.listing", code=briefing.code), 303)


def _whose() -> str:
    """Each form is counted by itself: a whole company writes from behind one address."""
    return keys.hash_secret(request.form.get("ticket", ""))


# The sealed ticket in the form is the proof: it stands on its owner's page alone, and is good for this only.
@pages.post("/<code>/items/<item>/draft")
@policy(Policy.PUBLIC)
@csrf.exempt  # type: ignore[untyped-decorator]
@limiter.limit("60 per minute", key_func=_whose)
def keep(code: str, item: str) -> ResponseReturnValue:
    """Keeps what is typed for whoever opened the form; the page asks for it `quietly` and reads a line of text."""
    form = ItemForm(request.form)
    typist = keeping.holder(form.ticket.data or "", code, item)
    if typist is None:
        raise NotThere
    words = form.words()
    try:
        kept = keeping.keep(typist, code, item, words, opened=form.since())
        said = _kept(words) if kept else ""
    except NotThere:
        raise
    except Refusal as refusal:
        kept, said = False, say(refusal)
    if "quietly" in request.form:
        return said, 200, {"Content-Type": "text/plain; charset=utf-8"}
    if not kept and said and visitors.signed_in():
        actor = visitors.actor()
        return _page(actor, briefings.see(actor, code), form=form, number=item, alert=said), 409
    flash(said or _("There is nothing to keep yet."), "success" if kept else "warning")
    back = url_for("items.show", code=code, item=item) if kept else url_for("items.listing", code=code)
    return redirect(back if visitors.signed_in() else url_for("sign_in.ask", next=back), 303)


@pages.post("/<code>/items/<item>/withdrawal")
@policy(Policy.SIGNED_IN)
def take_back(code: str, item: str) -> ResponseReturnValue:
    """Takes an item back, or throws a draft away."""
    return _done(code, item, deeds.take_back, _("The item is taken back."))


@pages.post("/<code>/items/<item>/draft/end")
@policy(Policy.SIGNED_IN)
def drop(code: str, item: str) -> ResponseReturnValue:
    """Throws away what was typed and not sent."""
    return _done(code, item, keeping.drop, _("What was not sent is thrown away; the item is as you sent it."))


def _done(code: str, item: str, deed: object, said: str) -> ResponseReturnValue:
    actor = visitors.actor()
    try:
        deed(actor, code, item)  # type: ignore[operator]
    except NotThere:
        raise
    except Refusal as refusal:
        view = seen.listing(actor, code)
        return _page(actor, view.briefing, view=view, alert=say(refusal)), refusal.status
    flash(said, "success")
    return redirect(url_for("items.listing", code=code), 303)


def _may_write(briefing: BriefingView) -> bool:
    return Deed.WRITE_ITEM in briefing.may and briefing.state is not BriefingState.LIVE


def _may_send(actor: Actor, briefing: BriefingView) -> bool:
    return _may_write(briefing) and (actor.side is Side.BUYER or clock.now() < briefing.deadline)


def _blank(actor: Actor) -> ItemForm:
    form = ItemForm()
    who = visitors.me()
    if who and actor.side is Side.VENDOR:
        form.presenters[0].form.process(name=who.name, email=who.email)
    return form


def _kept(words: ItemWords) -> str:
    said = str(_("Kept at %(time)s; it is not sent.", time=moment(clock.now(), visitors.reads_in())))
    found = telling_word(words.title, words.abstract, words.all_topics())
    if words.visibility or not found:
        return said
    return str(_("%(kept)s As it reads now only the buyer will see it: it says “%(word)s”.", kept=said, word=found))


def _told(words: ItemWords, *, vendor: bool) -> str:
    said = str(_("Sent: you are in.") if vendor else _("Sent."))
    found = telling_word(words.title, words.abstract, words.all_topics())
    if words.visibility or not found or not vendor:
        return said
    return str(_("%(sent)s Only the buyer will read it, for it says “%(word)s”.", sent=said, word=found))


def _ours() -> bool:
    """Whether the form was made for this very session."""
    try:
        csrf.check(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def _keep_for(typist: int | None, code: str, item: str, form: ItemForm) -> ResponseReturnValue:
    """The session is gone, or another person's: what was typed is kept for whoever opened the form, and shown to
    nobody else."""
    back = url_for("items.show", code=code, item=item)
    kept = typist is not None and _keep(typist, code, item, form)
    if visitors.signed_in():
        flash(_("That form was opened by somebody else. What they typed is kept for them."), "warning")
        return redirect(url_for("home.show"), 303)
    if kept:
        flash(_("You were signed out meanwhile. What you typed is kept: sign in, and it is all there."), "warning")
    return redirect(url_for("sign_in.ask", next=back), 303)


def _keep(typist: int, code: str, item: str, form: ItemForm) -> bool:
    """Keeps what is typed beside something else that was pressed; what can't be kept stays on the page."""
    try:
        return keeping.keep(typist, code, item, form.words(), opened=form.since())
    except Refusal:
        return False


def _page(
    actor: Actor,
    briefing: BriefingView,
    *,
    form: ItemForm | None = None,
    item: ItemView | None = None,
    view: seen.ItemsView | None = None,
    number: str = "",
    alert: str = "",
    preview: bool = False,
) -> str:
    """The list, or (without a `view`) one item, whose form is known by `number`."""
    if form is not None:
        number = number or (item.code if item else keeping.further())
        form.ticket.data = keeping.ticket(actor, briefing.code, number)
        form.opened.data = form.opened.data or clock.now().isoformat()
        item = item or next((one for one in seen.of(actor, briefing).own if one.code == number), None)
    return render_template(
        "items/list.html" if view else "items/show.html",
        briefing=briefing,
        view=view,
        item=item,
        form=form,
        number=number,
        alert=alert,
        preview=preview,
        may_write=_may_write(briefing),
        may_send=_may_send(actor, briefing),
        over=clock.now() >= briefing.deadline,
        vocabulary=seen.vocabulary(actor, briefing) if form is not None else (),
        word=telling_word(*_says(form)) if form is not None else "",
        minutes_each=_minutes_each(briefing),
    )


def _says(form: ItemForm) -> tuple[str, str, tuple[str, ...]]:
    words = form.words()
    return words.title, words.abstract, words.all_topics()


def _minutes_each(briefing: BriefingView) -> int:
    """About how long each vendor has, where all have the same."""
    vendors = sum(part.state in ("asked", "joined", "named") for part in briefing.vendors)
    return briefing.minutes * (100 - briefing.buyer_share) // 100 // max(1, vendors)
