"""Answers what is said beside an ask: open it again, how it came, and who its sender is."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from vendorhub.api.bodies import Body
from vendorhub.api.calls import Answer, post
from vendorhub.api.request_shapes import MeetingRequest, judged, told
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.usecases import parking, remarks, reopening
from vendorhub.usecases.once import once


class ReopeningGiven(Body):
    """Why the ask shall wait again: whoever answered before reads it."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=reopening.REASON_AT_MOST)]


class RemarkGiven(Body):
    """How an ask came although there was an answer: the buyer's own note, which can be changed."""

    remark: Literal["went_around", "told_to", "invited"]


class SenderGiven(Body):
    """Whether the sender of a parked ask is whom they say they are."""

    who: Literal["them", "other"]


@post("/meeting-requests/<code>/reopening", MeetingRequest, body=ReopeningGiven, judge=judged(Deed.REOPEN))
def reopen(actor: Actor, body: ReopeningGiven, code: str) -> Answer:
    """Let an ask wait again that was declined, met an earlier answer, or was closed without one."""
    once(lambda: reopening.reopen(actor, code, reason=body.reason))
    return told(actor, code)


@post("/meeting-requests/<code>/remark", MeetingRequest, body=RemarkGiven, judge=judged(Deed.REMARK))
def remark(actor: Actor, body: RemarkGiven, code: str) -> Answer:
    """Note how an ask came that met an answer: around it, told to come, or invited. Its asker never sees it."""
    once(lambda: remarks.remark(actor, code, said=body.remark))
    return told(actor, code)


@post("/meeting-requests/<code>/sender", MeetingRequest, body=SenderGiven, judge=judged(Deed.SETTLE))
def sender(actor: Actor, body: SenderGiven, code: str) -> Answer:
    """Say whether a parked ask comes from whom it says ("them": that company's answers hold at once) or from others."""
    once(lambda: parking.settle(actor, code, who=body.who))
    return told(actor, code)
