"""Answers how the year before and after today is drawn and said for one relationship: its meetings and quarters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import lazy_gettext

from vendorhub.domain.quarters import Quarter
from vendorhub.domain.strips import LONG, Band, Mark, Strip, strip
from vendorhub.queries.cadence import RelationshipView
from vendorhub.web.rhythm_words import LETTERS
from vendorhub.wording import brief_day

MARKS: Final = {
    Mark.HELD: lazy_gettext("you met"),
    Mark.FELL: lazy_gettext("did not take place"),
    Mark.PLANNED: lazy_gettext("agreed"),
    Mark.DUE: lazy_gettext("due"),
}
_A_LETTER: Final = 22  # units that a quarter has at least where its letter stands in it
_A_NAME: Final = 50


@dataclass(frozen=True)
class Drawn:
    """A strip, how long it is, what its marks mean that are on it, and the same in words."""

    strip: Strip
    long: int
    marks: dict[Mark, str]
    said: str

    def letter(self, band: Band) -> str:
        """What stands in a quarter, if there is room for it."""
        return LETTERS[band.cell.state] if band.cell and band.width >= _A_LETTER else ""

    def is_named(self, band: Band) -> bool:
        """Whether there is room for its name below it."""
        return band.width >= _A_NAME


def drawn(it: RelationshipView, quarters: Sequence[Quarter], today: date) -> Drawn | None:
    """The strip of a relationship around today; None where there is nothing to see on it."""
    made = strip(quarters, cells=it.cells, encounters=it.encounters, fell=it.fell, due=it.next_due, today=today)
    if not made:
        return None
    days: dict[Mark, list[str]] = {mark: [] for mark in MARKS}
    for spot in made.spots:
        days[spot.mark].append(brief_day(spot.day))
    marks = {mark: str(MARKS[mark]) for mark, named in days.items() if named}
    said = "; ".join(f"{words}: {' · '.join(days[mark])}" for mark, words in marks.items())
    return Drawn(made, LONG, marks, said)
