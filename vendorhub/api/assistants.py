"""Answers who answers for me: what each assistant may answer alone, and when my pile comes by letter."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body
from vendorhub.api.calls import Answer, get, put
from vendorhub.domain.assistants import Alone
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.queries import assistants as seen
from vendorhub.queries import judgements
from vendorhub.usecases import assistants
from vendorhub.usecases.once import once


class AnswersGiven(Body):
    """Which answers an `assistant` of the caller's, by address, may give alone: these and no others."""

    assistant: Annotated[str, StringConstraints(min_length=1, max_length=254)]
    answers: Annotated[list[Alone], Field(max_length=len(Alone))]


class HoursGiven(Body):
    """The hours at which the pile comes in one letter, by the caller's own clock; none: each ask by its own letter."""

    hours: Annotated[list[int], Field(max_length=24)]


@with_config(ConfigDict(extra="forbid"))
class Assistant(TypedDict):
    """One of the caller's assistants, and the answers that they may give alone."""

    email: str
    name: str
    answers: list[str]


@with_config(ConfigDict(extra="forbid"))
class Assistants(TypedDict):
    """All of them, and the hours of the pile."""

    assistants: list[Assistant]
    hours: list[int]


@get("/assistants", Assistants, refused=(403,))
def see(actor: Actor) -> Answer:
    """Who answers for the caller, and when the caller's pile comes by letter."""
    return _told(actor)


@put("/assistants/answers", Assistants, body=AnswersGiven, judge=lambda actor, said: judgements.assistants(actor))
def give(actor: Actor, body: AnswersGiven) -> Answer:
    """Say which answers an assistant may give alone. *Don't ask again* and a standing yes stay with the decider."""
    try:
        once(lambda: assistants.give(actor, body.assistant, body.answers))
    except NotThere:
        raise Unfit("assistant", "Nobody with this address assists you.") from None
    return _told(actor)


@put("/assistants/hours", Assistants, body=HoursGiven, judge=lambda actor, said: judgements.assistants(actor))
def set_hours(actor: Actor, body: HoursGiven) -> Answer:
    """Say at which hours the pile comes in one letter."""
    once(lambda: assistants.set_hours(actor, body.hours))
    return _told(actor)


def _told(actor: Actor) -> Answer:
    view = seen.mine(actor)
    people = [Assistant(email=each.email, name=each.name, answers=sorted(each.alone)) for each in view.people]
    return Answer(Assistants(assistants=people, hours=list(view.hours)), view.version)
