"""An answer in writing instead of a meeting: what the buyer would read, by when, and what comes of it."""

from datetime import date, timedelta
from enum import StrEnum

from vendorhub.domain import texts
from vendorhub.domain.deeds import Deed
from vendorhub.domain.refusals import Unfit, WrongState

WHAT_AT_MOST = 600
PAGES_AT_MOST = 2
TEXT_AT_MOST = 6000  # characters: two pages
VERSIONS_AT_MOST = 10
PDF_AT_MOST = 2_000_000  # octets
FORTNIGHT = timedelta(days=14)
FURTHEST = timedelta(days=183)
_FRIDAY = 4


# Besides "enough", a paper that is here is answered as an ask is: the ask is opened again with it.
ANSWERS_TO_PAPERS = frozenset({Deed.ACCEPT, Deed.STAND, Deed.AMEND, Deed.DECLINE, Deed.BLOCK})


class Stage(StrEnum):
    """How far a paper has come that a buyer has asked for instead of a meeting."""

    ASKED = "asked"
    HERE = "here"
    ENOUGH = "enough"
    REOPENED = "reopened"  # "meet", or a no after the paper: the ask was opened again for another answer
    MISSED = "missed"


# The table is the rule, as for asks.
TRANSITIONS: dict[Stage, dict[Deed, Stage]] = {
    Stage.ASKED: {Deed.HAND_IN: Stage.HERE, Deed.REOPEN: Stage.REOPENED, Deed.LAPSE: Stage.MISSED},
    Stage.HERE: {Deed.HAND_IN: Stage.HERE, Deed.ENOUGH: Stage.ENOUGH, Deed.REOPEN: Stage.REOPENED},
    Stage.ENOUGH: {Deed.REOPEN: Stage.REOPENED},
    Stage.MISSED: {Deed.REOPEN: Stage.REOPENED},
    Stage.REOPENED: {},
}


def true_stage(stage: Stage, *, due: date, today: date) -> Stage:
    """The stage as time has made it: a paper that is not here when its day is over is missed, swept or not."""
    return Stage.MISSED if stage is Stage.ASKED and today > due else stage


def after(stage: Stage | None, deed: Deed) -> Stage:
    """The stage a deed leads to; from None where no paper was asked for. Raises WrongState, in words for the person,
    where the table has no such row.
    """
    if stage is None:
        raise WrongState("Nobody has asked for a paper here.")
    to = TRANSITIONS[stage].get(deed)
    if to is None:
        raise WrongState(_why_not(stage, deed))
    return to


def suggested_due(today: date) -> date:
    """The day that stands in the form until somebody changes it: the Friday in a fortnight."""
    later = today + FORTNIGHT
    return later + timedelta(days=(_FRIDAY - later.weekday()) % 7)


def check_due(due: date | None, *, today: date) -> date:
    """The last day for the paper; where none is given, the suggested one. Raises Unfit if past, or too far away."""
    if due is None:
        return suggested_due(today)
    if due <= today:
        raise Unfit("due", "Please choose a date after today.")
    if due - today > FURTHEST:
        raise Unfit("due", "Please choose a date within half a year.")
    return due


def check_text(typed: str) -> str:
    """The paper's words, cleaned. Raises Unfit for more than two pages of them."""
    return texts.text(typed, at_most=TEXT_AT_MOST, what="text")


def check_pdf(*, size: int, begins: bytes) -> None:
    """Raises Unfit unless a file could be a PDF that is small enough, before anybody looks into it."""
    if size > PDF_AT_MOST:
        raise Unfit("pdf", "Please keep the file to 2 MB.")
    if not begins.startswith(b"%PDF-"):
        raise Unfit("pdf", "This is not a PDF; please send the paper as PDF, or type it in.")


def check_pages(pages: int) -> int:
    """How many pages a PDF has. Raises Unfit for more than two, or none."""
    if not 1 <= pages <= PAGES_AT_MOST:
        raise Unfit("pdf", "They have asked for two pages at most; this has %(pages)s.", pages=pages)
    return pages


def _why_not(stage: Stage, deed: Deed) -> str:
    if deed is Deed.HAND_IN and stage is Stage.MISSED:
        return "The day for the paper is over, so it can't be handed in any more."
    if deed is Deed.HAND_IN:
        return "They have answered, so no paper is waited for any more."
    if stage in (Stage.ASKED, Stage.MISSED):
        return "There is no paper here to read."
    return "The paper has already been answered."
