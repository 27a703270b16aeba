"""Answers the agenda of a briefing or a single meeting: built on a timeline by those who arrange it, read by everybody
in it."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import StringField, TextAreaField

from vendorhub.domain import texts
from vendorhub.domain.agenda_rules import NotReady
from vendorhub.domain.agenda_templates import NOTHING_OWED, Template
from vendorhub.domain.agendas import REASON_AT_MOST, TITLE_AT_MOST, Half, Segment, Single, is_own
from vendorhub.domain.meetings import half_of
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Refusal, SomebodyWasFaster, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import agenda_building, agenda_templates, agendas, occasions, owed_promises
from vendorhub.queries.agenda_building import Workbench
from vendorhub.queries.occasions import Occasion, SingleView
from vendorhub.usecases import agenda_building as deeds
from vendorhub.usecases.agenda_building import Given
from vendorhub.usecases.agenda_publication import publish as put_out
from vendorhub.web import visitors
from vendorhub.web.agenda_presses import Press, pressed_on
from vendorhub.web.forms import Fits, Form, pressed
from vendorhub.web.timelines import timeline
from vendorhub.web.words import say

pages = Blueprint("agendas", __name__)

SEGMENTS: Final = {
    Segment.OVERLAP: lazy_gettext("what vendors talk over together"),
    Segment.BUYER: lazy_gettext("the buyer’s own"),
    Segment.ACTIONS: lazy_gettext("who does what"),
    Segment.BREAK: lazy_gettext("a break"),
    Segment.VENDOR: lazy_gettext("a vendor’s"),
}
TEMPLATES: Final = {
    Template.JOINT: lazy_gettext("Joint, half of it the buyer’s"),
    Template.QUARTERLY: lazy_gettext("Half news, half ours"),
    Template.GOVERNANCE: lazy_gettext("Governance review"),
    Template.EMPTY: lazy_gettext("Empty"),
}


class Ticked(StringField):  # type: ignore[misc]
    """The values of all boxes of this name that were ticked."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keeps them all."""
        self.data = list(valuelist)


class EntryForm(Form):
    """An entry of the organisers' own."""

    segment = StringField(default=Segment.BUYER.value)
    title = StringField(validators=[Fits(lambda typed: texts.line(typed, at_most=TITLE_AT_MOST, what="title"))])
    minutes = StringField()
    vendors = Ticked()

    def read(self) -> Given | None:
        """What is to be added; None where something needs another look."""
        fits, minutes = bool(self.validate()), (self.minutes.data or "").strip()
        if not (minutes.isascii() and minutes.isdecimal() and 1 <= int(minutes[:9]) <= 480):
            self.minutes.errors = [say(Unfit("", "Please give each entry between 1 and %(most)s minutes.", most=480))]
            fits = False
        if not fits:
            return None
        return Given(
            segment=self.segment.data or "",
            title=self.title.data or "",
            minutes=int(minutes),
            vendors=self.vendors.data or (),
        )


class PublicationForm(Form):
    """Why the shares may be off."""

    overrule = TextAreaField(
        validators=[Fits(lambda typed: texts.text(typed, at_most=REASON_AT_MOST, what="overrule"), optional=True)]
    )


@pages.get("/briefings/<code>/agenda")
@pages.get("/meetings/<uid>/agenda")
@policy(Policy.SIGNED_IN)
def show(code: str = "", uid: str = "") -> ResponseReturnValue:
    """The builder for those who organise the briefing, for all others the agenda as it was published for them."""
    actor = visitors.actor()
    briefing = occasions.see(actor, whose(code, uid))
    return _bench(actor, briefing) if agenda_building.may_build(briefing) else _reading(actor, briefing)


@pages.get("/briefings/<code>/agenda/versions/<int:number>")
@pages.get("/meetings/<uid>/agenda/versions/<int:number>")
@policy(Policy.SIGNED_IN)
def version(number: int, code: str = "", uid: str = "") -> ResponseReturnValue:
    """One version as it was published."""
    actor = visitors.actor()
    return _reading(actor, occasions.see(actor, whose(code, uid)), number)


@pages.post("/briefings/<code>/agenda")
@pages.post("/meetings/<uid>/agenda")
@policy(Policy.SIGNED_IN)
def build(code: str = "", uid: str = "") -> ResponseReturnValue:
    """One press on the timeline: moved, given minutes, put in, taken out; and all minutes that were typed."""
    actor, of = visitors.actor(), whose(code, uid)
    try:
        bench = agenda_building.see(actor, of)
        press = pressed_on(bench, request.form)
    except Refusal as refusal:
        return _again(actor, of, refusal)
    try:
        _do(actor, of, press)
    except SomebodyWasFaster as refusal:
        return _bench(actor, occasions.see(actor, of), alert=say(refusal), stale=press), refusal.status
    except Refusal as refusal:
        return _again(actor, of, refusal, stale=press)
    return redirect(url_for("agendas.show", **_at(), _anchor=press.anchor or None), 303)


@pages.post("/briefings/<code>/agenda/entries")
@pages.post("/meetings/<uid>/agenda/entries")
@policy(Policy.SIGNED_IN)
def add(code: str = "", uid: str = "") -> ResponseReturnValue:
    """Adds an entry that is no item."""
    actor, form, of = visitors.actor(), EntryForm(request.form), whose(code, uid)
    if (given := form.read()) is None:
        return _bench(actor, occasions.see(actor, of), form=form), 422
    try:
        deeds.add(actor, of, given=given, revision=_revision())
    except Refusal as refusal:
        return _again(actor, of, refusal, form=form)
    return redirect(url_for("agendas.show", **_at(), _anchor="timeline"), 303)


@pages.post("/briefings/<code>/agenda/template")
@pages.post("/meetings/<uid>/agenda/template")
@policy(Policy.SIGNED_IN)
def start(code: str = "", uid: str = "") -> ResponseReturnValue:
    """Begins anew from a template."""
    actor, of = visitors.actor(), whose(code, uid)
    try:
        chosen = Template(pressed(*Template))
        deeds.start_from(actor, of, chosen, say=_said, revision=_revision())
    except Refusal as refusal:
        return _again(actor, of, refusal)
    flash(_("It stands as the template has it. What had no place there waits beside the timeline."), "success")
    return redirect(url_for("agendas.show", **_at(), _anchor="timeline"), 303)


@pages.post("/briefings/<code>/agenda/publication")
@pages.post("/meetings/<uid>/agenda/publication")
@policy(Policy.SIGNED_IN)
def publish(code: str = "", uid: str = "") -> ResponseReturnValue:
    """Publishes what stands, as the next version."""
    actor, form, of = visitors.actor(), PublicationForm(request.form), whose(code, uid)
    try:
        pressed("publish")
        number = put_out(actor, of, overrule=form.overrule.data or "", revision=_revision())
    except Refusal as refusal:
        return _again(actor, of, refusal, publication=form)
    if number == 1:
        flash(_("Published. Everybody who comes has it, as they may see it."), "success")
    else:
        flash(_("Published as version %(number)s. Those whom it touches are told.", number=number), "success")
    return redirect(url_for("agendas.version", **_at(), number=number), 303)


def whose(code: str, uid: str) -> str:
    """Whose agenda an address means: a briefing's by its code, or a single meeting's by its UID."""
    return Single(uid) if uid else code


def _do(actor: Actor, code: str, press: Press) -> None:
    if press.place:
        deeds.add(actor, code, given=Given(ref=press.place[0]), at=press.place[1], revision=press.revision)
    elif press.minutes or press.move or press.remove:
        deeds.change(actor, code, minutes=press.minutes, move=press.move, remove=press.remove, revision=press.revision)


def _at() -> dict[str, Any]:
    """The arguments of the address that was pressed on, which say whose agenda it is."""
    return dict(request.view_args or {})


def _revision() -> int:
    """The revision that the sender saw. Raises Unfit for a form that doesn't say."""
    sent = request.form.get("revision", "")
    if not (sent.isascii() and sent.isdecimal()):
        raise Unfit("revision", "Please open the page anew; this form is not whole.")
    return int(sent[:9])


def _again(actor: Actor, code: str, refusal: Refusal, **typed: Any) -> ResponseReturnValue:
    """The same page with what was typed and why it can't be taken; who may not build it is told by its own page."""
    briefing = occasions.see(actor, code)
    if not agenda_building.may_build(briefing):
        raise refusal
    form = next((each for each in typed.values() if isinstance(each, Form)), None)
    if isinstance(refusal, Unfit) and form is not None:
        form.take(refusal)
        return _bench(actor, briefing, **typed), 422
    alert = _("It is not published: something stands in the way.") if isinstance(refusal, NotReady) else say(refusal)
    return _bench(actor, briefing, alert=alert, **typed), refusal.status


def _bench(
    actor: Actor,
    briefing: Occasion,
    *,
    alert: str = "",
    stale: Press | None = None,
    form: EntryForm | None = None,
    publication: PublicationForm | None = None,
) -> str:
    bench, zone = agenda_building.of(actor, briefing), visitors.reads_in(briefing.buyer_zone)
    single = isinstance(briefing, SingleView)
    half = half_of(actor.side) if single else None
    return render_template(
        "agendas/build.html",
        bench=bench,
        agenda=bench.agenda,
        briefing=briefing,
        scale=timeline(bench.agenda.lines, frame=briefing.minutes, start=briefing.start, zone=zone, codes=bench.placed),
        stops=[problem for problem in bench.agenda.problems if problem.stops],
        warns=[problem for problem in bench.agenda.problems if not problem.stops],
        most=max((each.minutes for each in bench.vendors), default=0),
        single=single,
        half=half,
        segments=[(each.value, said) for each, said in SEGMENTS.items() if _offered(each, half)],
        templates=TEMPLATES,
        outcomes=agenda_templates.outcomes(
            bench.bench,
            briefing,
            half,
            record=owed_promises.record_of(actor, briefing) if single else NOTHING_OWED,
            say=_said,
        ),
        form=form or EntryForm(data={"segment": half or Segment.BUYER}),
        publication=publication or PublicationForm(),
        stale=_still(bench, stale),
        alert=alert,
    )


def _offered(segment: Segment, half: Half | None) -> bool:
    """Whether entries of this segment are the builder's to add."""
    return is_own(segment, half) and (half is None or segment is not Segment.OVERLAP)


def _still(bench: Workbench, press: Press | None) -> Press | None:
    """What was pressed, if it can still be done to what stands now."""
    if press is None or not press.act:
        return press
    there = {*bench.placed, *(line.id for line in bench.waiting)}
    return press if press.about in there else None


def _reading(actor: Actor, briefing: Occasion, number: int | None = None) -> str:
    agenda = agendas.of(actor, briefing, number, say=_said)
    zone = visitors.reads_in(briefing.buyer_zone)
    return render_template(
        "agendas/show.html",
        agenda=agenda,
        briefing=briefing,
        builds=agenda_building.may_build(briefing),
        single=isinstance(briefing, SingleView),
        scale=timeline(agenda.lines, frame=briefing.minutes, start=briefing.start, zone=zone),
    )


def _said(msgid: str, values: Mapping[str, object]) -> str:
    return str(_(msgid, **values))
