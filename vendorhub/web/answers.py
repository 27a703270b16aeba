"""Answers how a yes, a not now or a no is read from a form, on a signed-in page and behind a letter's link alike."""

from collections.abc import Callable
from datetime import date

from flask import flash, request
from flask_babel import gettext as _
from wtforms import StringField

from vendorhub import clock
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import places, texts
from vendorhub.domain.meeting_requests import Refused
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.wall_times import in_zone
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.request_views import RequestView
from vendorhub.usecases import answering, decisions, undo
from vendorhub.web.forms import Fits, Form

NOTE_AT_MOST = answering.NOTE_AT_MOST


class AnswerForm(Form):
    """The answer: the button that was pressed and what belongs to it. A form sent with its defaults has none."""

    answer = StringField()
    note = StringField(validators=[Fits(lambda typed: texts.text(typed, at_most=NOTE_AT_MOST, what="note"))])
    again_on = StringField()
    how = StringField()
    detail = StringField()
    scope = StringField(default="company")

    def day(self) -> date | None:
        """The date from which they may ask again. Raises Unfit for what is no date."""
        typed = (self.again_on.data or "").strip()
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            raise Unfit("again_on", "Please write the date like this: 2027-01-13.") from None

    def place(self) -> tuple[str, str] | None:
        """How to meet, if that was said. Raises Unfit, naming `how` or `detail`."""
        how, detail = self.how.data or "", self.detail.data or ""
        if not how and not detail.strip():
            return None
        if not how:
            raise Unfit("how", "Please say how you meet: by video, in a room or by phone.")
        try:
            places.place(how, detail)
        except texts.TextRefused as refusal:
            field = "how" if refusal.problem == "how" else "detail"
            raise Unfit(field, refusal.msgid, **refusal.values) from None
        return how, detail


def accept(actor: Actor, code: str, form: AnswerForm) -> None:
    """Says yes. Raises as `give` does."""
    _pressed("yes")
    _give_and_say(actor, code, form)


def refuse(actor: Actor, code: str, form: AnswerForm) -> None:
    """Says not now, no, or don't ask again. Raises as `give` does."""
    _pressed(*Refused)
    _give_and_say(actor, code, form)


def _give_and_say(actor: Actor, code: str, form: AnswerForm) -> None:
    give(actor, code, form)
    view: RequestView = seen.see(actor, code)
    if view.held_until is None:
        flash(_("Your answer is on its way."), "success")
    else:
        flash(_("Noted. You can take it back until they hear of it."), "success")


def give(actor: Actor, code: str, form: AnswerForm) -> None:
    """Gives the answer whose button was pressed. Raises as the use-case does; Unfit names a field of the form."""
    pressed, note = _pressed("yes", *Refused), form.note.data or ""
    if form.errors:
        raise Unfit("", "Please look at what is marked.")
    if pressed == "yes":
        decisions.accept(actor, code, note=note, place=form.place())
        return
    again_on = form.day() if pressed == Refused.NOT_NOW else None
    decisions.refuse(actor, code, kind=pressed, again_on=again_on, note=note, scope=form.scope.data or "company")


def take_back(actor: Actor, code: str, _form: AnswerForm) -> None:
    """Takes the held answer back."""
    undo.undo(actor, code)
    flash(_("Taken back. Nobody has heard of the answer."), "success")


DEEDS: dict[str, Callable[[Actor, str, AnswerForm], None]] = {
    "acceptance": accept,
    "refusal": refuse,
    "undo": take_back,
}


def read_form() -> AnswerForm:
    """The form as it was sent."""
    form = AnswerForm(request.form)
    form.validate()
    return form


def suggested(zone: str) -> date:
    """The day that stands beside "not now" until somebody changes it, as the reader's calendar goes."""
    return rules.suggested_again_on(in_zone(clock.now(), zone).date())


def _pressed(*possible: str) -> str:
    pressed = request.form.get("answer", "")
    if pressed not in possible:
        raise Unfit("answer", "Please press one of the answers.")
    return pressed
