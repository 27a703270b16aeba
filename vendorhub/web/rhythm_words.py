"""Answers how the rhythm of a relationship is said on a page (UX.md): states, their letters, why, and how often."""

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from vendorhub.domain.cadence import Every, Unit
from vendorhub.domain.rhythms import State

STATES: Final = {
    State.OVERDUE: lazy_gettext("overdue"),
    State.DUE: lazy_gettext("due"),
    State.UPCOMING: lazy_gettext("still to come"),
    State.PLANNED: lazy_gettext("agreed"),
    State.MET: lazy_gettext("met"),
    State.MISSED: lazy_gettext("skipped"),
    State.PAUSED: lazy_gettext("paused"),
    State.WAIVED: lazy_gettext("let go"),
}
LETTERS: Final = {
    State.OVERDUE: "!",
    State.DUE: "D",
    State.UPCOMING: "·",
    State.PLANNED: "A",
    State.MET: "M",
    State.MISSED: "S",
    State.PAUSED: "P",
    State.WAIVED: "L",
}
OFTEN: Final = {
    "month": lazy_gettext("once a month"),
    "quarter": lazy_gettext("once a quarter"),
    "half-year": lazy_gettext("twice a year"),
    "year": lazy_gettext("once a year"),
    "none": lazy_gettext("no rhythm: only when there is a reason"),
}


def often(every: Every) -> str:
    """How often two meet."""
    if every.unit is Unit.WEEKS:
        return str(_("every %(weeks)s weeks", weeks=every.weeks))
    return str(OFTEN[str(every)])
