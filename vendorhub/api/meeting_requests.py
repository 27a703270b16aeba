"""Answers asks: made, seen and taken back."""

from typing import Annotated

from pydantic import StringConstraints

from vendorhub.api.bodies import Body, Nothing, Page, Slug
from vendorhub.api.calls import Answer, get, post
from vendorhub.api.problems import of_refusal
from vendorhub.api.request_shapes import Guests, MeetingRequest, Minutes, Sentences, Topic, judged, shape, told
from vendorhub.api.wire import listed
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotAllowed
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import meeting_requests as seen
from vendorhub.usecases import meeting_requests
from vendorhub.usecases.once import once


class AskGiven(Body):
    """An ask: what about, what the buyer would know afterwards, what you have learned, who would come. No time."""

    buyer: Slug
    topic: Topic
    outcome: Sentences
    learned: Sentences
    minutes: Minutes
    attendees: Guests
    goal: Annotated[str, StringConstraints(max_length=120)] | None = None
    kind: Kind | None = None
    to: Annotated[str, StringConstraints(max_length=254)] | None = None


class StatePage(Page):
    """Which part of the list, and only those that are in `state` as the caller sees it."""

    state: State | None = None


@post(
    "/meeting-requests",
    MeetingRequest,
    body=AskGiven,
    statuses=(201,),
    judge=lambda actor, said: require(actor, Deed.ASK, frozenset({Relation.ANY})),
)
def ask(actor: Actor, body: AskGiven) -> Answer:
    """Ask a buyer for a meeting. There is no time in an ask: times are found after the yes."""
    try:
        code = once(
            lambda: meeting_requests.ask(
                actor,
                buyer=body.buyer,
                topic=body.topic,
                outcome=body.outcome,
                learned=body.learned,
                minutes=body.minutes,
                attendees=[guest.given() for guest in body.attendees],
                goal=body.goal,
                kind=body.kind or Kind.TOPIC,
                to=body.to,
            )
        )
    except NotAllowed as refusal:
        trouble = of_refusal(refusal)
        trouble.body["again_on"] = None
        raise trouble from None
    return told(actor, code)


@get("/meeting-requests", listed(MeetingRequest), query=StatePage)
def listing(actor: Actor, query: StatePage) -> Answer:
    """All meeting requests that the caller may see, newest first."""
    items, following = seen.listing(actor, state=query.state, limit=query.limit, cursor=query.cursor)
    return Answer({"items": [shape(view) for view in items], "next": following})


@get("/meeting-requests/<code>", MeetingRequest)
def see(actor: Actor, code: str) -> Answer:
    """One meeting request, as the caller's side sees it."""
    return told(actor, code)


@post("/meeting-requests/<code>/withdrawal", MeetingRequest, judge=judged(Deed.WITHDRAW))
def withdraw(actor: Actor, body: Nothing, code: str) -> Answer:
    """Take an ask back, before a time is agreed."""
    once(lambda: meeting_requests.withdraw(actor, code))
    return told(actor, code)
