"""Answers the ways to answer an ask that have a page of their own: yes with changes, a question, a colleague.

The same pages stand behind a signed-in session and behind a letter's link; opening one changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import SelectMultipleField, StringField

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import texts
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import passing as passable
from vendorhub.queries.request_views import RequestView
from vendorhub.usecases import decisions, passing, questions
from vendorhub.web.answers import AnswerForm
from vendorhub.web.forms import Form


class ChangesForm(AnswerForm):
    """A yes to something other than was asked; what stands in it at first is the ask."""

    minutes = StringField()
    topic = StringField()
    keep = SelectMultipleField(validate_choice=False, choices=[])  # addresses of those they named
    own = SelectMultipleField(validate_choice=False, choices=[])  # and of one's own people
    other_name = StringField()
    other_email = StringField()
    other_role = StringField()

    def length(self) -> int:
        """The minutes that were chosen. Raises Unfit for what is no choice."""
        typed = self.minutes.data or ""
        return rules.check_minutes(int(typed) if typed.isascii() and typed.isdecimal() else 0)

    def somebody(self) -> list[tuple[str, str, str]]:
        """The one of theirs who is asked for besides, if there is one. Raises Unfit, naming the field."""
        name, email, role = (each.data or "" for each in (self.other_name, self.other_email, self.other_role))
        if not any(each.strip() for each in (name, email, role)):
            return []
        texts.line(name, at_most=120, what="other_name")
        texts.email(email, what="other_email")
        if role.strip():
            texts.line(role, at_most=80, what="other_role")
        return [(name, email, role)]


class QuestionForm(Form):
    """What they are asked first."""

    answer = StringField()
    question = StringField()


class PassForm(Form):
    """To whom the ask is passed."""

    answer = StringField()
    to = StringField()


@dataclass(frozen=True)
class Way:
    """A way to answer: the deed it is, the button that is pressed, what its page knows besides the ask, how it is
    done, and what is said then."""

    deed: Deed
    pressed: str
    template: str
    form: type[Form]
    filled: Callable[[RequestView], Mapping[str, Any]]
    people: Callable[[Actor, str], list[tuple[str, str]]]
    give: Callable[[Actor, RequestView, Any], None]
    said: Any


def show(name: str, actor: Actor, code: str, *, base: str, csrf: bool) -> ResponseReturnValue:
    """The page of a way; where it is not open, the ask's own page says how things stand."""
    way, view = WAYS[name], seen.see(actor, code)
    if way.deed not in view.may:
        return redirect(base, 303)
    return _page(way, actor, view, way.form(data=way.filled(view)), base=base, csrf=csrf)


def give(name: str, actor: Actor, code: str, *, base: str, done: str, csrf: bool) -> ResponseReturnValue:
    """Does it and goes to `done`; what won't do is shown again with what was typed. Raises the other refusals."""
    way, view = WAYS[name], seen.see(actor, code)
    form = way.form(request.form)
    try:
        if request.form.get("answer") != way.pressed:
            raise Unfit("answer", "Please press one of the answers.")
        if not form.validate():
            raise Unfit("", "Please look at what is marked.")
        way.give(actor, view, form)
    except Unfit as refusal:
        if way.deed not in view.may:
            raise
        if refusal.field:
            form.take(Unfit(_FIELDS.get(refusal.field, refusal.field), refusal.msgid, **refusal.values))
        return _page(way, actor, view, form, base=base, csrf=csrf), 422
    flash(str(way.said), "success")
    return redirect(done, 303)


def _page(way: Way, actor: Actor, view: RequestView, form: Form, *, base: str, csrf: bool) -> str:
    return render_template(
        way.template,
        ask=view,
        form=form,
        lengths=[(str(each), _("%(minutes)s minutes", minutes=each)) for each in rules.MINUTES if each <= view.minutes],
        people=way.people(actor, view.code),
        base=base,
        csrf=csrf,
    )


def _with_changes(actor: Actor, view: RequestView, form: ChangesForm) -> None:
    theirs = [(name, email, role) for _side, name, email, role in view.guests if email in (form.keep.data or ())]
    own = [(name, email, "") for email, name in passable.may_come_along(actor, view.code) if email in form.own.data]
    other = form.somebody()
    as_asked = len(theirs) == len(view.guests) and not own and not other
    decisions.accept(
        actor,
        view.code,
        note=form.note.data or "",
        minutes=form.length(),
        topic=form.topic.data or "",
        attendees=None if as_asked else [*theirs, *other, *own],
        place=form.place(),
    )


def _nobody(_actor: Actor, _code: str) -> list[tuple[str, str]]:
    return []


_FIELDS: Final = {"attendees": "keep", "place": "detail"}
_NOTED: Final = lazy_gettext("Noted. You can take it back until they hear of it.")
WAYS: Final = {
    "yes-but": Way(
        deed=Deed.ACCEPT,
        pressed="yes_but",
        template="meeting_requests/yes_but.html",
        form=ChangesForm,
        filled=lambda view: {
            "minutes": str(view.minutes),
            "topic": view.topic,
            "keep": [email for _side, _name, email, _role in view.guests],
        },
        people=passable.may_come_along,
        give=_with_changes,
        said=_NOTED,
    ),
    "question": Way(
        deed=Deed.ASK_BACK,
        pressed="question",
        template="meeting_requests/question.html",
        form=QuestionForm,
        filled=lambda _view: {},
        people=_nobody,
        give=lambda actor, view, form: questions.ask_back(actor, view.code, question=form.question.data or ""),
        said=lazy_gettext("Your question is on its way, and your time to answer waits for them."),
    ),
    "passing": Way(
        deed=Deed.REDIRECT,
        pressed="pass",
        template="meeting_requests/passing.html",
        form=PassForm,
        filled=lambda _view: {},
        people=passable.may_be_passed_to,
        give=lambda actor, view, form: passing.pass_on(actor, view.code, to=form.to.data or ""),
        said=_NOTED,
    ),
}
