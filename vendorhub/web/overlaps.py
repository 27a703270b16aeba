"""Answers where the vendors of a briefing meet: a matrix of all pairs, what somebody makes of each, and its time."""

from collections.abc import Callable
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from vendorhub.domain import overlaps as rules
from vendorhub.domain.agendas import check_minutes
from vendorhub.domain.overlaps import Kind
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import overlaps as seen
from vendorhub.queries.overlaps import MatrixView, PairView
from vendorhub.usecases import overlaps as deeds
from vendorhub.usecases.overlaps import Talk
from vendorhub.web import visitors
from vendorhub.web.forms import pressed
from vendorhub.web.words import say

pages = Blueprint("overlaps", __name__, url_prefix="/briefings")

KINDS: Final = {
    Kind.SYNERGY: lazy_gettext("synergy"),
    Kind.COMPETITION: lazy_gettext("competition"),
    Kind.NONE: lazy_gettext("neither"),
}
LETTERS: Final = {Kind.SYNERGY: lazy_gettext("S"), Kind.COMPETITION: lazy_gettext("C"), Kind.NONE: lazy_gettext("N")}
FORMS_AT_MOST: Final = 10  # with more pairs the form is that of the pair that was chosen
LISTED_AT_MOST: Final = 30  # with more the list is of the first and of what was said; the matrix has all
SHADES: Final = 5
RANGE_AT_LEAST: Final = 25  # scores that lie nearer to each other, or to 0, are not spread over all shades


@pages.get("/<code>/overlaps")
@policy(Policy.SIGNED_IN)
def show(code: str) -> ResponseReturnValue:
    """All pairs that the reader may see; `?pair=` opens the form of one of many."""
    return _page(seen.see(visitors.actor(), code))


@pages.post("/<code>/overlaps/<overlap>")
@policy(Policy.SIGNED_IN)
def mark(code: str, overlap: str) -> ResponseReturnValue:
    """Keeps what somebody makes of two vendors, and with *talk* gives them time on the agenda."""
    actor, form = visitors.actor(), request.form
    try:
        press = pressed("keep", "talk")
        deeds.mark(
            actor,
            code,
            overlap,
            kind=form.get("kind"),
            sentence=form.get("sentence"),
            found=form.get("found"),
            talk=Talk(_minutes(form.get("minutes", ""))) if press == "talk" else None,
        )
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(seen.see(actor, code), overlap, refusal), refusal.status
    if press == "talk":
        flash(_("They have their time on the agenda."), "success")
    else:
        flash(_("That is kept."), "success")
    return redirect(url_for("overlaps.show", code=code, _anchor=f"pair-{overlap}"), 303)


def _page(matrix: MatrixView, wrong: str = "", refusal: Refusal | None = None) -> str:
    chosen = wrong or request.args.get("pair", "")
    many = len(matrix.pairs) > FORMS_AT_MOST
    listed = matrix.pairs
    if len(listed) > LISTED_AT_MOST:
        listed = tuple(
            pair for at, pair in enumerate(listed) if at < LISTED_AT_MOST or pair.kind or pair.code == chosen
        )
    field = refusal.field if isinstance(refusal, Unfit) else ""
    return render_template(
        "overlaps/show.html",
        matrix=matrix,
        stairs=_stairs(matrix),
        listed=listed,
        with_form={pair.code for pair in listed if not many or pair.code == chosen},
        kinds=KINDS,
        letters=LETTERS,
        shade=_shades(matrix),
        minutes=rules.MINUTES,
        wrong=wrong,
        typed=request.form if wrong else {},
        field=field if field in ("kind", "sentence", "found", "minutes") else "",
        alert=say(refusal) if refusal else "",
    )


def _stairs(matrix: MatrixView) -> list[tuple[str, list[PairView]]]:
    """Each vendor with the pairs that it makes with those before it, as they stand in a staircase of cells."""
    if matrix.briefing.own is not None:
        return []  # a vendor sees its own pairs, which are a list
    by_names = {frozenset(slug for slug, _ in pair.vendors): pair for pair in matrix.pairs}
    return [
        (name, [by_names[frozenset((slug, before))] for before, _ in matrix.vendors[:at]])
        for at, (slug, name) in enumerate(matrix.vendors if matrix.pairs else ())
    ]


def _shades(matrix: MatrixView) -> Callable[[PairView], int]:
    """How dark the cell of a pair is, from 0: by how far it is behind the highest score of this matrix."""
    scores = [pair.score for pair in matrix.pairs] or [0]
    top = max(*scores, RANGE_AT_LEAST)
    span = max(top - min(scores), RANGE_AT_LEAST)
    return lambda pair: max(0, SHADES - 1 - (top - pair.score) * SHADES // span)


def _minutes(typed: str) -> int:
    """The minutes of the discussion. Raises Unfit, naming `minutes`."""
    if not (typed.strip().isascii() and typed.strip().isdecimal()):
        raise Unfit("minutes", "Please give the minutes as a number.")
    try:
        return check_minutes(int(typed.strip()[:6]))
    except Unfit as refusal:
        raise Unfit("minutes", refusal.msgid, **refusal.values) from None
