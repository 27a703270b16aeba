"""Answers how a yes, a not now or a no is read from a form, on a signed-in page and behind a letter's link alike."""

from collections.abc import Callable
from datetime import date

from flask import flash, request
from flask_babel import gettext as _
from wtforms import StringField

from vendorhub.domain import places, texts
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.meeting_requests import RequestView
from vendorhub.usecases import decisions, undo
from vendorhub.web.forms import Fits, Form

NOTE_AT_MOST = decisions.NOTE_AT_MOST


class AnswerForm(Form):
    """The answer: the button that was pressed and what belongs to it. A form sent with its defaults has none."""

    answer = StringField()
    note = StringField(validators=[Fits(lambda typed: texts.text(typed, at_most=NOTE_AT_MOST, what="note"))])
    again_on = StringField()
    how = StringField()
    detail = StringField()

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
    """Says yes. Raises as the use-case does; Unfit names a field of the form."""
    _pressed(form, "yes")
    decisions.accept(actor, code, note=form.note.data or "", place=form.place())
    _held(actor, code)


def refuse(actor: Actor, code: str, form: AnswerForm) -> None:
    """Says not now or no. Raises as the use-case does; Unfit names a field of the form."""
    kind = _pressed(form, "not_now", "no")
    decisions.refuse(
        actor, code, kind=kind, again_on=form.day() if kind == "not_now" else None, note=form.note.data or ""
    )
    _held(actor, code)


def take_back(actor: Actor, code: str, _form: AnswerForm) -> None:
    """Takes the held answer back."""
    undo.undo(actor, code)
    flash(_("Taken back. Nobody has heard of the answer."), "success")


DEEDS: dict[str, Callable[[Actor, str, AnswerForm], None]] = {
    "acceptance": accept,
    "refusal": refuse,
    "undo": take_back,
}


def read_form(code: str) -> AnswerForm:
    """The form as it was sent; on the desk each card's fields carry its code."""
    prefixed = any(name.startswith(f"{code}-") for name in request.form)
    form = AnswerForm(request.form, prefix=code if prefixed else "")
    form.validate()
    return form


def _pressed(form: AnswerForm, *possible: str) -> str:
    pressed = request.form.get("answer", "")
    if pressed not in possible:
        raise Unfit("answer", "Please press one of the answers.")
    if form.errors:
        raise Unfit("", "Please look at what is marked.")
    return pressed


def _held(actor: Actor, code: str) -> None:
    view: RequestView = seen.see(actor, code)
    if view.held_until is None:
        flash(_("Your answer is on its way."), "success")
    else:
        flash(_("Noted. You can take it back until they hear of it."), "success")
