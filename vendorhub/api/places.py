"""Answers how a place is sent: as a person would write it, or as how and detail."""

from typing import Annotated

from pydantic import StringConstraints

from vendorhub.api.bodies import Body
from vendorhub.domain.places import LONGEST, How

Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]


class PlaceSaid(Body):
    """How a meeting is held, with the join link, the room or the number where it is known."""

    how: How
    detail: Annotated[str, StringConstraints(max_length=LONGEST)] | None = None


PlaceGiven = Text | PlaceSaid


def place_given(place: str | PlaceSaid | None) -> str | tuple[str, str] | None:
    """The place as use-cases take it."""
    return (place.how, place.detail or "") if isinstance(place, PlaceSaid) else place
