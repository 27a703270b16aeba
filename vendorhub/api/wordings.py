"""Answers in which words each answer is told, where they are the buyer's own."""

from typing import Annotated

from pydantic import ConfigDict, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body
from vendorhub.api.calls import Answer, get, put
from vendorhub.domain.people import Actor
from vendorhub.domain.wordings import AT_MOST
from vendorhub.queries import judgements
from vendorhub.queries import wordings as seen
from vendorhub.usecases import wordings
from vendorhub.usecases.once import once

Sentence = Annotated[str, StringConstraints(max_length=AT_MOST)]


class WordingsGiven(Body):
    """A sentence for each answer; one that is empty or left out is told in our words."""

    yes: Sentence = ""
    yes_but: Sentence = ""
    in_writing: Sentence = ""
    not_now: Sentence = ""
    no: Sentence = ""
    question: Sentence = ""
    pass_on: Sentence = ""
    front_door: Sentence = ""


@with_config(ConfigDict(extra="forbid"))
class Wordings(TypedDict):
    """The buyer's own sentence for each answer; "" is told in our words."""

    yes: str
    yes_but: str
    in_writing: str
    not_now: str
    no: str
    question: str
    pass_on: str
    front_door: str


@get("/wordings", Wordings, refused=(403,))
def see(actor: Actor) -> Answer:
    """The sentences with which the caller's company tells its answers."""
    return _told(actor)


@put("/wordings", Wordings, body=WordingsGiven, judge=lambda actor, said: judgements.own_words(actor))
def reword(actor: Actor, body: WordingsGiven) -> Answer:
    """Set them anew. Letters that wait stay as they are."""
    once(lambda: wordings.reword(actor, body.model_dump()))
    return _told(actor)


def _told(actor: Actor) -> Answer:
    own = seen.own(actor)
    said = own.said.get
    return Answer(
        Wordings(
            yes=said("yes", ""),
            yes_but=said("yes_but", ""),
            in_writing=said("in_writing", ""),
            not_now=said("not_now", ""),
            no=said("no", ""),
            question=said("question", ""),
            pass_on=said("pass_on", ""),
            front_door=said("front_door", ""),
        ),
        own.version,
    )
