"""Answers how an assistant sorts what waits, for the decider they serve."""

from typing import Annotated

from pydantic import StringConstraints

from vendorhub.api.bodies import Body
from vendorhub.api.calls import Answer, post
from vendorhub.api.request_shapes import MeetingRequest, judged, told
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.sortings import LINE_AT_MOST, Pile, Suggestion
from vendorhub.usecases import sortings
from vendorhub.usecases.once import once


class SortingGiven(Body):
    """The pile; a line and a suggested answer for the decider."""

    pile: Pile
    line: Annotated[str, StringConstraints(max_length=LINE_AT_MOST)] | None = None
    suggested: Suggestion | None = None


@post("/meeting-requests/<code>/sorting", MeetingRequest, body=SortingGiven, judge=judged(Deed.SORT))
def sort(actor: Actor, body: SortingGiven, code: str) -> Answer:
    """Put it on a pile: for the decider, your own, or no for us. It decides nothing and tells the asker nothing;
    but a no that you may give alone is given with *no for us*, held like any answer."""
    once(lambda: sortings.sort(actor, code, pile=body.pile, line=body.line or "", suggested=body.suggested or ""))
    return told(actor, code)
