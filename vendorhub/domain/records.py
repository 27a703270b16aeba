"""How it has gone between a buyer and a company: facts with their dates, the latest first, and no verdict (M13)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from vendorhub.domain import texts
from vendorhub.domain.outcomes import Held
from vendorhub.domain.promises import How
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.windows import is_working_day

ANSWER_AT_MOST: Final = 500
DOUBT_AT_MOST: Final = 500
A_YEAR: Final = timedelta(days=365)


class Whose(StrEnum):
    """Whose conduct a fact is about."""

    COMPANY = "company"
    BUYER = "buyer"
    BOTH = "both"


class What(StrEnum):
    """What happened, or did not."""

    MET = "met"
    NOT_THERE = "not_there"
    CALLED_OFF_LATE = "called_off_late"
    PAPER_IN_TIME = "paper_in_time"
    PAPER_LATE = "paper_late"
    PAPER_MISSING = "paper_missing"
    ITEMS_IN_TIME = "items_in_time"
    ITEMS_LATE = "items_late"
    ITEMS_MISSING = "items_missing"
    PROMISE_KEPT = "promise_kept"
    PROMISE_LATE = "promise_late"
    PROMISE_MISSED = "promise_missed"
    THANKED = "thanked"
    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"


OF_HELD: Final = {
    Held.YES: (What.MET, Whose.BOTH),
    Held.THEY: (What.NOT_THERE, Whose.COMPANY),
    Held.WE: (What.NOT_THERE, Whose.BUYER),
    Held.LATE: (What.CALLED_OFF_LATE, Whose.BOTH),
}
# One that is open and not due is no fact yet.
OF_PROMISE: Final = {
    How.KEPT: What.PROMISE_KEPT,
    How.LATE: What.PROMISE_LATE,
    How.MISSED: What.PROMISE_MISSED,
}


@dataclass(frozen=True)
class Fact:
    """Something that happened on a day: `id` names it for good, `about` is the subject of the meeting, ask or promise,
    `days` how many it took, where that is the fact."""

    id: str
    what: What
    whose: Whose
    day: date
    about: str
    days: int | None = None


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """The latest first; of one day by name, so that two who look see the same."""
    return sorted(facts, key=lambda fact: (-fact.day.toordinal(), fact.id))


def counted(facts: Iterable[Fact], *, today: date) -> Mapping[tuple[Whose, What], int]:
    """How often each happened within a year: what is longer ago is told with its day and counts no more."""
    return Counter((fact.whose, fact.what) for fact in facts if fact.day > today - A_YEAR)


def delivered(due: date, came: date | None, *, kept: What, late: What, missing: What) -> What:
    """What became of something that was due on a day."""
    if came is None:
        return missing
    return kept if came <= due else late


def check_answer(typed: str) -> str:
    """What a company says to a fact, cleaned. Raises Unfit for nothing, or more than a few lines."""
    found = texts.text(typed, at_most=ANSWER_AT_MOST, what="text")
    if not found:
        raise Unfit("text", "Please say what you find wrong with it.")
    return found


def check_doubt(typed: str) -> str:
    """Why a goal will fail, cleaned. Raises Unfit likewise."""
    found = texts.text(typed, at_most=DOUBT_AT_MOST, what="text")
    if not found:
        raise Unfit("text", "Please say why you think that it will fail.")
    return found


def check_one_doubt(open_: int) -> None:
    """Raises WrongState where the company has said so of this goal already and nobody has heard it yet: one at a
    time, so that it stays a word and becomes no campaign."""
    if open_:
        raise WrongState("Your company has said so of this goal already; they have yet to read it.")


def working_days(asked: date, answered: date) -> int:
    """How many working days an answer took; 0 for one of the same day."""
    return sum(is_working_day(asked + timedelta(days=number + 1)) for number in range((answered - asked).days))
