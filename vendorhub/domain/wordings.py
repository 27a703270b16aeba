"""The sentence with which each answer is told, where a buyer would rather say it in words of its own."""

from collections.abc import Mapping
from enum import StrEnum

from vendorhub.domain import texts

AT_MOST = 600


class Answer(StrEnum):
    """The answers that a sentence goes with."""

    YES = "yes"
    YES_BUT = "yes_but"
    IN_WRITING = "in_writing"
    NOT_NOW = "not_now"
    NO = "no"
    QUESTION = "question"
    PASS_ON = "pass_on"  # noqa: S105 - the name of an answer
    FRONT_DOOR = "front_door"


def check(typed: Mapping[str, str]) -> dict[str, str]:
    """The buyer's own sentences by answer, cleaned; where nothing is to be seen ours is said.

    Raises Unfit, naming the answer as the field, for what will not do.
    """
    clean = {
        answer.value: texts.text(typed.get(answer, "").strip(), at_most=AT_MOST, what=answer.value) for answer in Answer
    }
    return {answer: said for answer, said in clean.items() if said}
