"""What is written down of a briefing, who promises what, and what each side may read and say of it afterwards."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum

from vendorhub.domain import texts
from vendorhub.domain.briefings import BriefingState
from vendorhub.domain.refusals import Unfit, WrongState

TEXT_AT_MOST = 2000
PROMISE_AT_MOST = 120
REMARK_AT_MOST = 1000
THANKS_AT_MOST = 500
LINES_AT_MOST = 500  # of one briefing
FURTHEST = timedelta(days=731)
AT_LEAST, AT_MOST = 1, 5  # what it was worth


class LineKind(StrEnum):
    """What a line of the minutes is."""

    NOTE = "note"
    DECISION = "decision"


class ActionState(StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    DONE = "done"  # its own side says so
    CONFIRMED = "confirmed"  # the other side does


def have_met(state: BriefingState, start: datetime | None) -> bool:
    """Whether they are in the room, or were."""
    return start is not None and state in (BriefingState.LIVE, BriefingState.CLOSED)


def is_over(state: BriefingState, start: datetime | None) -> bool:
    """Whether they were in the room and its time is over."""
    return start is not None and state is BriefingState.CLOSED


def require_met(state: BriefingState, start: datetime | None) -> None:
    """Raises WrongState before it begins, and for a briefing that did not take place."""
    if not have_met(state, start):
        raise WrongState("Nothing is written down before it begins.")


def require_over(state: BriefingState, start: datetime | None) -> None:
    """Raises WrongState unless they have met and its time is over."""
    if not is_over(state, start):
        raise WrongState("That can be done once the briefing is over.")


def require_open(confirmed_at: datetime | None) -> None:
    """Raises WrongState once the minutes are confirmed: then what was read stays as it was."""
    if confirmed_at is not None:
        raise WrongState("These minutes are confirmed, so they stay as they are; a remark can still be added.")


def is_for(entry: str, readable: Collection[str]) -> bool:
    """Whether a line may be read by somebody who may read these entries; "" is of the whole, for everybody."""
    return entry == "" or entry in readable


def promise_is_for(*, owner: int, entry: str, reader: int, hosts: Collection[int], readable: Collection[str]) -> bool:
    """Whether a vendor may read a promise: its own, and of the hosts (the buyer, and who organises it) what was
    promised where the vendor may read. A rival's never."""
    return owner == reader or (owner in hosts and is_for(entry, readable))


def check_text(typed: str) -> str:
    """A line of the minutes, cleaned. Raises Unfit for none, or one too long."""
    found = texts.text(typed, at_most=TEXT_AT_MOST, what="text")
    if not found:
        raise Unfit("text", "Please write something down first.")
    return found


def check_kind(given: str) -> LineKind:
    """Which kind of line it is. Raises Unfit."""
    try:
        return LineKind(given)
    except ValueError:
        raise Unfit("kind", "Please say whether it is a note or a decision.") from None


def check_number(there: int) -> None:
    """Raises WrongState where the minutes are as long as anybody would read."""
    if there >= LINES_AT_MOST:
        raise WrongState("There are %(most)s lines already; please change one of them.", most=LINES_AT_MOST)


def check_promise(typed: str) -> str:
    """What somebody promises, cleaned. Raises Unfit."""
    return texts.line(typed, at_most=PROMISE_AT_MOST, what="text")


def check_due(due: date | None, *, today: date) -> date:
    """By when something is promised. Raises Unfit for no day, one that is past, or one too far away."""
    if due is None:
        raise Unfit("due", "Please say by when.")
    if due < today:
        raise Unfit("due", "Please choose today or a later day.")
    if due - today > FURTHEST:
        raise Unfit("due", "Please choose a day within two years.")
    return due


def check_remark(typed: str) -> str:
    """A remark on the minutes, cleaned. Raises Unfit."""
    found = texts.text(typed, at_most=REMARK_AT_MOST, what="text")
    if not found:
        raise Unfit("text", "Please write something down first.")
    return found


def check_worth(worth: int) -> int:
    """Whether it was worth the time, from 1 to 5. Raises Unfit."""
    if not AT_LEAST <= worth <= AT_MOST:
        raise Unfit("worth", "Please choose a number from %(least)s to %(most)s.", least=AT_LEAST, most=AT_MOST)
    return worth


def check_thanks(typed: str) -> str:
    """Thanks, cleaned. Raises Unfit."""
    found = texts.text(typed, at_most=THANKS_AT_MOST, what="text")
    if not found:
        raise Unfit("text", "Please say what you thank them for.")
    return found


def three_months_on(day: date) -> date:
    """The same day three months later, or the last of that month."""
    year, month = day.year + (day.month + 2) // 12, (day.month + 2) % 12 + 1
    first_after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), first_after - timedelta(days=1))


def due_again(items_due: date, met_on: date, *, today: date) -> date:
    """By when items are due for the same again, three months after they met: as long before it as they were, and
    two weeks from `today` at least."""
    return max(three_months_on(met_on) - (met_on - items_due), today + timedelta(days=14))
