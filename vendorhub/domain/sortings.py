"""How an assistant sorts what waits: on whose pile it lies, with which line, and which answer they would suggest."""

from dataclasses import dataclass
from enum import StrEnum

from vendorhub.domain import texts
from vendorhub.domain.meeting_requests import AWAITING, State
from vendorhub.domain.refusals import Unfit, WrongState

LINE_AT_MOST = 280


class Pile(StrEnum):
    """Where an ask lies; sorting decides nothing, so it can be changed for as long as the ask waits."""

    FOR_YOU = "for_you"
    MINE = "mine"
    NO = "no_for_us"


class Suggestion(StrEnum):
    """The answers an assistant may suggest: also those that they may not give."""

    YES = "yes"
    YES_BUT = "yes_but"
    IN_WRITING = "in_writing"
    NOT_NOW = "not_now"
    NO = "no"
    NEVER = "never"
    QUESTION = "question"
    PASS_ON = "pass_on"  # noqa: S105 - the name of an answer


@dataclass(frozen=True)
class Sorted:
    """A sorting, cleaned; `line` and `suggested` are "" where nothing was said."""

    pile: Pile
    line: str
    suggested: str


def check(pile: str, *, line: str = "", suggested: str = "") -> Sorted:
    """What was said, cleaned; *no for us* suggests a no unless another answer is named. Raises Unfit."""
    if pile not in list(Pile):
        raise Unfit("pile", "Please say on which pile it goes.")
    if suggested and suggested not in list(Suggestion):
        raise Unfit("suggested", "Please suggest one of the answers, or none.")
    said = texts.line(line, at_most=LINE_AT_MOST, what="line") if line.strip() else ""
    return Sorted(Pile(pile), said, suggested or (Suggestion.NO if pile == Pile.NO else ""))


def check_waits(state: State) -> None:
    """Raises WrongState for what doesn't wait for an answer any more."""
    if state not in AWAITING:
        raise WrongState("This ask does not wait for an answer any more, so there is nothing to sort.")


def own_pile(*, decides: bool) -> Pile:
    """What lies open before the person who looks, beside what isn't sorted yet; the other piles are folded."""
    return Pile.FOR_YOU if decides else Pile.MINE
