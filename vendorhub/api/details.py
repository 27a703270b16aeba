"""Answers what a buyer holds of a relationship for itself: its owner, goals, topics, contract, spend and circle."""

from typing import Annotated, Any, Final, cast

from pydantic import Field, StringConstraints

from vendorhub.api.bodies import Body, Day
from vendorhub.api.calls import Answer, put
from vendorhub.api.relationship_shapes import Relationship, told
from vendorhub.domain.deeds import Deed
from vendorhub.domain.details import SPEND_AT_MOST, Said
from vendorhub.domain.people import Actor
from vendorhub.queries import judgements
from vendorhub.usecases import details
from vendorhub.usecases.once import once

Address = Annotated[str, StringConstraints(max_length=254)]
Name = Annotated[str, StringConstraints(max_length=120)]


_NONE: Final[dict[str, Any]] = {"owner": "", "goals": (), "topics": (), "currency": ""}


class DetailsGiven(Body):
    """What is said anew; what is left out stays, and null takes away. `spend` is a year's, in whole units of
    `currency`; a `confidential` relationship is for its `circle` alone, who are told by their addresses."""

    owner: Address | None = None
    goals: Annotated[list[Name], Field(max_length=20)] | None = None
    topics: Annotated[list[Name], Field(max_length=20)] | None = None
    contract_end: Day | None = None
    notice_by: Day | None = None
    spend: Annotated[int, Field(ge=0, le=SPEND_AT_MOST)] | None = None
    currency: Annotated[str, StringConstraints(max_length=3)] | None = None
    confidential: bool = False
    circle: Annotated[list[Address], Field(max_length=100)] = Field(default_factory=list)

    def said(self) -> Said:
        """The same as the deed takes it."""
        given = self.model_dump(exclude_unset=True)
        return cast("Said", {name: _NONE.get(name) if value is None else value for name, value in given.items()})


@put(
    "/relationships/<code>",
    Relationship,
    body=DetailsGiven,
    judge=lambda actor, said, code: judgements.relationship(actor, code, Deed.SET_DETAILS),
)
def set_details(actor: Actor, body: DetailsGiven, code: str) -> Answer:
    """Say what you hold of a relationship for yourself: nobody else is told."""
    once(lambda: details.set_details(actor, code, **body.said()))
    return told(actor, code)
