"""Answers how a yes, a not now or a no is read from a form, on a signed-in page and behind a letter's link alike."""

from collections.abc import Callable
from datetime import date

from flask import flash, request
from flask_babel import gettext as _
from wtforms import StringField

from vendorhub import clock
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import papers, places, texts
from vendorhub.domain.logged import Quiet
from vendorhub.domain.meeting_requests import Refused
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.wall_times import in_zone
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.request_views import RequestView
from vendorhub.usecases import amending, answering, decisions, questions, remembering, undo
from vendorhub.usecases import papers as paper_deeds
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
    what = StringField(validators=[Fits(lambda typed: texts.text(typed, at_most=papers.WHAT_AT_MOST, what="what"))])
    due = StringField()
    reader = StringField()
    tell = StringField(default="yes")
    each = StringField()
    reason = StringField()  # why it shall wait again

    def day(self, name: str) -> date | None:
        """The date in the field of this name. Raises Unfit for what is no date."""
        typed = (self[name].data or "").strip()
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            raise Unfit(name, "Please write the date like this: 2027-01-13.") from None

    def minutes_each(self) -> int | None:
        """How long each meeting of a standing yes is; None: as was asked for. Raises Unfit for other numbers."""
        typed = (self.each.data or "").strip()
        if not typed:
            return None
        if typed not in map(str, rules.MINUTES):
            raise Unfit("each", "Please choose 15, 30, 45 or 60 minutes.")
        return int(typed)

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


class ReplyForm(AnswerForm):
    """What the asking side says back: to a question in words, to changes by the press of a button.

    It is an answer's form too, for somebody of the buyer's side may send it, whose page then has one.
    """

    reply = StringField()


def accept(actor: Actor, code: str, form: AnswerForm) -> None:
    """Says yes. Raises as `give` does."""
    _pressed("yes", "each_quarter")
    _give_and_say(actor, code, form)


def refuse(actor: Actor, code: str, form: AnswerForm) -> None:
    """Says in writing, not now, no, or don't ask again. Raises as `give` does."""
    _pressed(*Refused, *Quiet)
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
    pressed, note = _pressed("yes", "each_quarter", *Refused, *Quiet), form.note.data or ""
    if form.errors:
        raise Unfit("", "Please look at what is marked.")
    if pressed in ("yes", "each_quarter"):
        minutes = form.minutes_each() if pressed == "each_quarter" else None
        standing = pressed == "each_quarter"
        decisions.accept(actor, code, note=note, place=form.place(), minutes=minutes, each_quarter=standing)
        return
    if pressed in list(Quiet):
        remembering.remember(actor, code, kind=Quiet(pressed), note=note)
        return
    if pressed == Refused.IN_WRITING:
        what, reader = form.what.data or "", form.reader.data or ""
        decisions.refuse(actor, code, kind=pressed, note=note, what=what, due=form.day("due"), reader=reader)
        return
    again_on = form.day("again_on") if pressed == Refused.NOT_NOW else None
    tell = pressed != Refused.NEVER or form.tell.data != "no"
    scope = form.scope.data or "company"
    decisions.refuse(actor, code, kind=pressed, again_on=again_on, note=note, scope=scope, tell=tell)


def enough(actor: Actor, code: str, form: AnswerForm) -> None:
    """Says that the paper which is here is enough. Raises as the use-case does."""
    _pressed("enough")
    if form.errors:
        raise Unfit("", "Please look at what is marked.")
    paper_deeds.enough(actor, code, note=form.note.data or "")
    flash(_("They hear that it is enough, with your thanks."), "success")


def take_back(actor: Actor, code: str, _form: AnswerForm) -> None:
    """Takes the held answer back."""
    _pressed("undo")
    undo.undo(actor, code)
    flash(_("Taken back. Nobody has heard of the answer."), "success")


DEEDS: dict[str, Callable[[Actor, str, AnswerForm], None]] = {
    "acceptance": accept,
    "refusal": refuse,
    "undo": take_back,
    "enough": enough,
}


def answer_question(actor: Actor, code: str, form: ReplyForm) -> None:
    """Answers the buyer's question. Raises as the use-case does; Unfit names `reply`."""
    _pressed("reply")
    try:
        questions.answer_back(actor, code, answer=form.reply.data or "")
    except Unfit as refusal:
        raise Unfit("reply", refusal.msgid, **refusal.values) from None
    flash(_("Your answer is with them; their time to answer you goes on."), "success")


def agree(actor: Actor, code: str, _form: ReplyForm) -> None:
    """Agrees to the changes with which the buyer said yes."""
    _pressed("agree")
    amending.agree(actor, code)
    flash(_("Agreed. Now you find a time together."), "success")


REPLIES: dict[str, Callable[[Actor, str, ReplyForm], None]] = {"answer": answer_question, "agreement": agree}


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
