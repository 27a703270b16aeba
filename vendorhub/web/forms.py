"""Answers how a form is read: what was typed is kept, and each field is judged by the domain's own rule."""

from collections.abc import Callable
from datetime import date
from typing import Any

import wtforms
from flask import request
from wtforms.validators import StopValidation

from vendorhub.domain.refusals import Unfit
from vendorhub.web.words import say


def pressed(*possible: str) -> str:
    """Which of these buttons was pressed. Raises Unfit for a form sent as it came: that decides nothing (law 4)."""
    found = request.form.get("answer", "")
    if found not in possible:
        raise Unfit("answer", "Please press one of the answers.")
    return found


def typed_day(typed: str, field: str) -> date:
    """The day that somebody typed. Raises Unfit, naming the field."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise Unfit(field, "Please write the date like this: 2027-01-13.") from None


def typed_number(typed: str, field: str) -> int:
    """The number below ten thousand that somebody typed. Raises Unfit, naming the field."""
    given = typed.strip()
    if not (given.isascii() and given.isdecimal() and len(given) < 5):
        raise Unfit(field, "Please write a number.")
    return int(given)


class Form(wtforms.Form):  # type: ignore[misc]
    """A form of ours. CSRFProtect has seen the token before; what is sent stays in the fields as it was typed."""

    form_errors: list[str]

    def sent(self) -> bool:
        """Whether it has been sent and every field fits."""
        return request.method == "POST" and bool(self.validate())

    def take(self, refusal: Unfit) -> None:
        """Puts a refusal beside the field it names, or above the form if there is none such."""
        field = self._fields.get(refusal.field)
        if field is None or isinstance(field, wtforms.FieldList):
            self.form_errors.append(say(refusal))
        else:
            field.errors = [*field.errors, say(refusal)]


class Fits:
    """Validates a field by a rule that raises Unfit; the rule's own answer is not used, the use-case asks again.

    `empty` is what is said of a field in which nothing is typed, where the rule itself would not name it.
    """

    def __init__(self, rule: Callable[[str], object], *, optional: bool = False, empty: object = "") -> None:
        self.rule = rule
        self.optional = optional
        self.empty = empty

    def __call__(self, form: Any, field: Any) -> None:
        """Raises StopValidation with the rule's sentence."""
        typed = field.data or ""
        if not typed.strip() and (self.optional or self.empty):
            if self.optional:
                return
            raise StopValidation(str(self.empty))
        try:
            self.rule(typed)
        except Unfit as refusal:
            raise StopValidation(say(refusal)) from None
