"""Answers what the letter on a Monday looks like."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from vendorhub.demo import vendors
from vendorhub.demo.sample_world import BY_NOBODY, CIO
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.rhythms import Why
from vendorhub.domain.weeks_ahead import Line, Week
from vendorhub.outbox.weeks_ahead import facts_of

_OVERDUE = Why(
    "A meeting was due on %(day)s, %(since)s days ago, and none is planned.", {"day": date(2026, 12, 4), "since": 31}
)
_DUE = Why("A meeting is due on %(day)s, and none is planned.", {"day": date(2027, 1, 12)})
_MEETS = Why("You meet on %(day)s.", {"day": date(2027, 1, 7)})
_WEEK = Week(
    overdue=[Line("7K2QM9TXWA", vendors.FROSTAISLE.name, _OVERDUE)],
    due=[Line("3DN8PH4VRC", vendors.KEELSAFE.name, _DUE)],
    meets=[Line("9XG5BTQ6JE", vendors.LOAMLINE.name, _MEETS)],
    worth=[Line("4VRC7M2KQD", vendors.PARLANDE.name)],
)


def letters(plain: Callable[..., bytes]) -> Iterator[tuple[str, LetterKind, Any, Callable[[LetterKind], bytes]]]:
    """Each letter's name, its kind, who gets it and when, and what writes it, as the gallery's others are."""
    told = _("To who looks after companies, on Mondays: what the week asks")
    yield "week_ahead", LetterKind.WEEK_AHEAD, told, lambda kind: plain(kind, CIO, BY_NOBODY, **facts_of(_WEEK))
