"""Answers how several asks are seen to by one press: each is a deed of its own, and what is refused is said by code."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub.domain.refusals import Refusal
from vendorhub.queries import desk as desks
from vendorhub.web.words import say


def each_chosen(do: Callable[[str], object], *, done: Callable[[int], str], nothing: str) -> ResponseReturnValue:
    """Does it with each ask that was ticked, and leads back to the desk, which says how many it was `done` with."""
    number, refused = 0, {}
    for code in request.form.getlist("code")[: desks.AT_MOST]:
        try:
            do(code)
            number += 1
        except Refusal as refusal:
            refused[code] = say(refusal)
    if number:
        flash(done(number), "success")
    for code, why in refused.items():
        flash(_("%(code)s is as it was: %(why)s", code=code, why=why), "warning")
    if not number and not refused:
        flash(nothing, "warning")
    return redirect(url_for("home.show"), 303)
