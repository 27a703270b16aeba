"""What an assistant may answer alone: each answer is given by the decider one by one, and never the lasting ones."""

from collections.abc import Collection, Set
from enum import StrEnum

from vendorhub.domain.deeds import Deed
from vendorhub.domain.refusals import Unfit


class Alone(StrEnum):
    """The answers that can be given to an assistant, in the order in which they are asked about.

    *Don't ask again* and a standing yes are not among them: they last, so they stay with the decider.
    """

    YES = "accept"
    YES_BUT = "amend"
    IN_WRITING = "in_writing"
    NOT_NOW = "not_now"
    NO = "no"
    QUESTION = "ask_back"
    PASS_ON = "redirect"  # noqa: S105 - the name of an answer


# A new assistant may keep people away, which the decider can undo or reopen; what takes the decider's time is asked.
AT_FIRST = frozenset({Alone.IN_WRITING, Alone.NOT_NOW, Alone.NO})

WAYS_TO_DECLINE = frozenset({Alone.IN_WRITING, Alone.NOT_NOW, Alone.NO})
_SAID_AS = {"remember": Alone.NO, "front_door": Alone.NO}  # they bind like a no


def gives(given: Set[str], deed: Deed, answer: str = "") -> bool:
    """Whether an assistant who was `given` these may do this deed; `answer` says in which way they decline.

    Without one that is known: whether there is any way in which they may. A plain "decline" is all of them.
    """
    if deed is not Deed.DECLINE or Deed.DECLINE in given:
        return deed in given
    way = _SAID_AS.get(answer, answer)
    return way in given if way in WAYS_TO_DECLINE else not given.isdisjoint(WAYS_TO_DECLINE)


def alone(given: Set[str]) -> frozenset[Alone]:
    """Which answers these let an assistant give."""
    coarse = WAYS_TO_DECLINE if Deed.DECLINE in given else frozenset()
    return frozenset(answer for answer in Alone if answer in given) | coarse


def given_anew(given: Set[str], answers: Collection[str]) -> frozenset[str]:
    """What an assistant has after the decider said which answers they may give; what follows a yes stays as it was.

    Raises Unfit for what can't be given.
    """
    if unknown := set(answers) - set(Alone):
        raise Unfit("answers", "%(name)s is not an answer that can be given to somebody else.", name=min(unknown))
    return frozenset(given - set(Alone) - {Deed.DECLINE}) | frozenset(map(str, answers))
