"""How a promise between two companies stands, whose word it is, and when its owner is reminded (M12, M13).

A day is one of the buyer's calendar. What is open, kept, late or missed is never stored: it follows from the day by
which it was promised, the day on which it was said to be done, and today.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, islice
from typing import Final

from vendorhub.domain import texts
from vendorhub.domain.deeds import Deed
from vendorhub.domain.minutes import ActionState
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.rights import Relation
from vendorhub.domain.windows import is_working_day, reached

MISSED_AFTER: Final = timedelta(days=14)  # what is not done so long after its day is missed, no longer late
TOLD_WITHIN: Final = timedelta(days=366)  # what was missed longer ago is no news
BEFORE, AFTER = 2, 1  # working days at which the owner is reminded
PROOF_AT_MOST: Final = 300
WHY_AT_MOST: Final = 300

_DAY: Final = timedelta(days=1)
_MORNING: Final = time(8)
_LATEST: Final = timedelta(days=7)  # a reminder that could not leave for so long does not leave any more


class How(StrEnum):
    """How a promise has gone so far."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"  # done after its day, or not yet
    MISSED = "missed"


class Reminder(StrEnum):
    """Which of the two reminders it is."""

    BEFORE = "before"
    AFTER = "after"


TRANSITIONS: Final[Mapping[ActionState, Mapping[Deed, ActionState]]] = {
    ActionState.OPEN: {
        Deed.KEEP_PROMISE: ActionState.DONE,
        Deed.CONFIRM_PROMISE: ActionState.CONFIRMED,
        Deed.SAY_WHY: ActionState.OPEN,
    },
    ActionState.DONE: {
        Deed.CONFIRM_PROMISE: ActionState.CONFIRMED,
        Deed.REOPEN_PROMISE: ActionState.OPEN,
    },
    ActionState.CONFIRMED: {Deed.REOPEN_PROMISE: ActionState.OPEN},
}
_REFUSED: Final[Mapping[ActionState, str]] = {
    ActionState.OPEN: "This is open already.",
    ActionState.DONE: "This is done already.",
    ActionState.CONFIRMED: "The other side has confirmed this already.",
}


def stands(reader: int, *, owner: int, buyer: int) -> frozenset[Relation]:
    """How somebody of the company `reader`, who may read it, stands to a promise of `owner`.

    A vendor's is made to the buyer; the buyer's to whoever may read it. Who only organised the briefing at which a
    vendor promised something reads that, and is neither.
    """
    if reader == owner:
        return frozenset({Relation.OWES})
    return frozenset({Relation.OWED}) if buyer in (owner, reader) else frozenset()


def after(state: ActionState, deed: Deed, *, owes: bool) -> ActionState:
    """The state that follows. `owes`: who does it is of the company that promised; they may take back their own word
    that it is done, not the other side's. Raises WrongState."""
    to = TRANSITIONS[state].get(deed)
    if to is None or (owes and deed is Deed.REOPEN_PROMISE and state is ActionState.CONFIRMED):
        raise WrongState(_REFUSED[state])
    return to


def how(*, due: date, done_on: date | None, told: bool, today: date) -> How:
    """How a promise has gone; `told` says that somebody told it as missed, without a meeting."""
    if done_on is not None:
        return How.KEPT if done_on <= due else How.LATE
    if told or today > due + MISSED_AFTER:
        return How.MISSED
    return How.LATE if today > due else How.OPEN


def days_late(*, due: date, done_on: date | None, today: date) -> int:
    """How many days after its day it was done, or is not done yet; 0 in time."""
    return max(0, ((done_on or today) - due).days)


def reminder(*, due: date, made_at: datetime, now: datetime, zone: str) -> tuple[Reminder, datetime] | None:
    """Which reminder of an open promise is due, and since when: the morning of the second working day before its day,
    or of the first one after it. None where neither is; one before a promise was made is none."""
    before = _morning(_working_day(due, -BEFORE), zone)
    after_it = _morning(_working_day(due, AFTER), zone)
    for which, at, until in (
        (Reminder.BEFORE, before, reached(datetime.combine(due + _DAY, time()), zone)),
        (Reminder.AFTER, after_it, after_it + _LATEST),
    ):
        if made_at < at <= now < until:
            return which, at
    return None


def check_proof(typed: str) -> str:
    """How one sees that it is done, in a line or as a link; "" where nobody said. Raises Unfit."""
    return texts.line(typed, at_most=PROOF_AT_MOST, what="proof") if typed.strip() else ""


def is_link(proof: str) -> bool:
    """Whether it is an address that a page may link to, and nothing else."""
    return proof.startswith(("https://", "http://")) and " " not in proof


def check_why(typed: str, *, required: bool = True) -> str:
    """Why something is late, and what changes, cleaned. Raises Unfit."""
    if not typed.strip() and not required:
        return ""
    return texts.line(typed, at_most=WHY_AT_MOST, what="why")


def check_missed(due: date | None, *, today: date) -> date:
    """When a delivery that was missed had been due. Raises Unfit for no day, one to come, and one long ago."""
    if due is None:
        raise Unfit("due", "Please say when it was due.")
    if due > today:
        raise Unfit("due", "That day is still to come; what was promised for it can be told when it is over.")
    if today - due > TOLD_WITHIN:
        raise Unfit("due", "Please choose a day within the last year.")
    return due


def _working_day(day: date, steps: int) -> date:
    """The working day that lies so many of them after a day, or before it."""
    one = _DAY if steps > 0 else -_DAY
    working = (each for each in (day + n * one for n in count(1)) if is_working_day(each))
    return next(islice(working, abs(steps) - 1, None))


def _morning(day: date, zone: str) -> datetime:
    return reached(datetime.combine(day, _MORNING), zone)
