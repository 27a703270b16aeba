"""What came of a meeting, as the buyer's side says it in ten seconds, and what it asks of the next one (M8, M13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from vendorhub.domain import texts
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.minutes import check_thanks, check_worth
from vendorhub.domain.refusals import Unfit, WrongState

CORRECTED_FOR: Final = timedelta(days=30)  # after it was said
ASKED_FOR: Final = timedelta(days=7)  # after a meeting's end the desk asks how it was
NOTE_AT_MOST: Final = 200
DECISION_AT_MOST: Final = 300
DECISIONS_AT_MOST: Final = 20
PROMISES_AT_MOST: Final = 20
FURTHEST: Final = timedelta(days=731)


class Held(StrEnum):
    """Whether a meeting took place, and if not, through whom."""

    YES = "yes"
    THEY = "they"  # they did not come
    WE = "we"  # the buyer did not come
    LATE = "late"  # called off too late to be called off here


_DID_NOT: Final = {
    Held.THEY: ("They did not come on %(fell)s.", "They did not come on %(fell)s; the next date is %(day)s."),
    Held.WE: ("You did not come on %(fell)s.", "You did not come on %(fell)s; the next date is %(day)s."),
    Held.LATE: (
        "Your meeting of %(fell)s was called off late.",
        "Your meeting of %(fell)s was called off late; the next date is %(day)s.",
    ),
}


@dataclass(frozen=True, order=True)
class Fell:
    """A day on which the two were to meet and did not: they did not come, the buyer did not, or it was called off."""

    day: date
    held: Held

    def said(self, *, over: bool) -> str:
        """Why a quarter has no meeting although one was agreed, before translation; `over` once it can have none."""
        missed, still_asked = _DID_NOT[self.held]
        return missed if over else still_asked


class Prepares(StrEnum):
    """Who prepares the next one."""

    BOTH = "both"
    THEY = "they"
    WE = "we"


@dataclass(frozen=True)
class Promised:
    """A promise made in the room: what, the address of the attendee whose it is, and by when."""

    text: str
    owner: str
    due: date | None


@dataclass(frozen=True)
class Next:
    """From when until when to meet again, both days included, and who prepares it."""

    first: date
    last: date
    prepares: Prepares = Prepares.BOTH


@dataclass(frozen=True)
class Said:
    """What the buyer's side says of a meeting. `worth` is from 1 to 5; `goal_moved` None where nobody said. The other
    side reads whether it was held, the decisions, its thanks, and that one would meet again: never worth and note."""

    held: Held = Held.YES
    worth: int | None = None
    note: str = ""
    goal_moved: bool | None = None
    decisions: Sequence[str] = ()
    promises: Sequence[Promised] = ()
    thanks: str = ""
    quotable: bool = False
    next: Next | None = None


def checked(said: Said, *, kind: str, today: date) -> Said:
    """The same, cleaned. Raises Unfit for what can't be said of such a meeting; `today` is by the buyer's calendar."""
    if said.held is not Held.YES and said.worth is not None:
        raise Unfit("worth", "Only a meeting that took place can be worth the time; please leave this out.")
    if kind == Kind.BRIEFING:
        _refuse_minutes(said)
    if len(said.promises) > PROMISES_AT_MOST:
        raise Unfit("actions", "Please write down at most %(most)s promises.", most=PROMISES_AT_MOST)
    decisions = [
        texts.line(each, at_most=DECISION_AT_MOST, what="decisions") for each in said.decisions if each.strip()
    ]
    if len(decisions) > DECISIONS_AT_MOST:
        raise Unfit("decisions", "Please write down at most %(most)s decisions.", most=DECISIONS_AT_MOST)
    return Said(
        held=said.held,
        worth=check_worth(said.worth) if said.worth is not None else None,
        note=texts.line(said.note, at_most=NOTE_AT_MOST, what="note") if said.note.strip() else "",
        goal_moved=said.goal_moved,
        decisions=tuple(decisions),
        promises=tuple(said.promises),
        thanks=check_thanks(said.thanks) if said.thanks.strip() else "",
        quotable=said.quotable,
        next=_check_next(said.next, today=today) if said.next else None,
    )


def check_correctable(said_at: datetime, *, now: datetime) -> None:
    """Raises WrongState once what was said is too old to be put right: then it is the record."""
    if now >= said_at + CORRECTED_FOR:
        raise WrongState("This was said more than %(days)s days ago, so it stays as it is.", days=CORRECTED_FOR.days)


def _refuse_minutes(said: Said) -> None:
    for field, given in (("decisions", said.decisions), ("actions", said.promises), ("thanks", said.thanks.strip())):
        if given:
            raise Unfit(field, "A joint briefing has minutes for this: please write it there.")
    if said.next is not None:
        raise Unfit("next", "To meet again, please propose the same briefing once more: its minutes have a button.")


def _check_next(wish: Next, *, today: date) -> Next:
    if wish.first < today:
        raise Unfit("next", "Please let the next one be from today or a later day on.")
    if wish.last < wish.first:
        raise Unfit("next", "Please choose a last day that is not before the first.")
    if wish.last - today > FURTHEST:
        raise Unfit("next", "Please choose days within two years.")
    return wish
