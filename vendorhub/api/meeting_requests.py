"""Answers asks: made, seen, answered, undone and taken back."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Day, Note, Nothing, Page, Slug, plain
from vendorhub.api.calls import Answer, Judge, get, post
from vendorhub.api.places import PlaceGiven, place_given
from vendorhub.api.problems import of_refusal
from vendorhub.api.wire import Date, Instant, instant, listed, maybe_instant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import GUESTS_AT_MOST, SENTENCE_AT_MOST, TOPIC_AT_MOST, Kind, State
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotAllowed, Unfit
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import judgements
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.meeting_requests import RequestView
from vendorhub.usecases import decisions, meeting_requests
from vendorhub.usecases import undo as undoing
from vendorhub.usecases.once import once

# What there is a call for, of all that may be done with a meeting request.
_CALLED: Final = frozenset({Deed.ACCEPT, Deed.DECLINE, Deed.BLOCK, Deed.UNDO, Deed.WITHDRAW, Deed.OFFER, Deed.COUNTER})

Minutes = Literal[15, 30, 45, 60]
Topic = Annotated[str, StringConstraints(min_length=1, max_length=TOPIC_AT_MOST)]
Sentences = Annotated[str, StringConstraints(min_length=1, max_length=SENTENCE_AT_MOST)]


class GuestGiven(Body):
    """Somebody who would come."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    email: Annotated[str, StringConstraints(min_length=1, max_length=254)]
    role: Annotated[str, StringConstraints(max_length=80)] | None = None

    def given(self) -> tuple[str, str, str]:
        """Name, email and role, as use-cases take them."""
        return self.name, self.email, self.role or ""


Guests = Annotated[list[GuestGiven], Field(min_length=1, max_length=GUESTS_AT_MOST)]


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


class AcceptanceGiven(Body):
    """A yes, as asked or narrower: fewer minutes, fewer of their people; more of the buyer's own people."""

    note: Note | None = None
    minutes: Minutes | None = None
    attendees: Guests | None = None
    topic: Topic | None = None
    place: PlaceGiven | None = None


class RefusalGiven(Body):
    """Not now (until a date), no, or never (this person or the whole company)."""

    kind: Literal["not_now", "no", "never"]
    again_on: Day | None = None
    scope: Literal["person", "company"] | None = None
    tell: Literal[True] | None = None
    note: Note | None = None


class StatePage(Page):
    """Which part of the list, and only those that are in `state` as the caller sees it."""

    state: State | None = None


@with_config(ConfigDict(extra="forbid"))
class Guest(TypedDict):
    """Somebody who would come, and on which side."""

    name: str
    email: str
    role: str
    side: str


@with_config(ConfigDict(extra="forbid"))
class AgreedPlace(TypedDict):
    """How a meeting is held."""

    how: str
    detail: str


@with_config(ConfigDict(extra="forbid"))
class MeetingRequest(TypedDict):
    """A meeting request as the caller sees it; while an answer is held, only the buyer's side sees it."""

    code: str
    state: str
    kind: str
    topic: str
    outcome: str
    learned: str
    minutes: int
    attendees: list[Guest]
    goal: str | None
    buyer: str
    company: str
    asked_by: str
    asked_of: str | None
    decided_by: str | None
    created_at: Instant
    answer_by: Instant
    answered_at: Instant | None
    held_until: Instant | None
    again_on: Date | None
    note: str
    place: AgreedPlace | None
    meeting: str | None
    may: list[str]


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


def _answering(actor: Actor, said: Mapping[str, object], code: str) -> None:
    deed = Deed.BLOCK if said.get("kind") == "never" else Deed.DECLINE
    judgements.meeting_request(actor, code, deed)


def _judged(deed: Deed) -> Judge:
    return lambda actor, said, code: judgements.meeting_request(actor, code, deed)


@post("/meeting-requests/<code>/acceptance", MeetingRequest, body=AcceptanceGiven, judge=_judged(Deed.ACCEPT))
def accept(actor: Actor, body: AcceptanceGiven, code: str) -> Answer:
    """Say yes. It is held for a while, in which it can be undone and nobody else knows of it."""
    if body.topic is not None and body.topic != seen.see(actor, code).topic:
        judgements.meeting_request(actor, code, Deed.ACCEPT)
        raise Unfit("topic", "A yes is to the topic that they asked about; please leave it as it is.")
    once(
        lambda: decisions.accept(
            actor,
            code,
            note=plain(body.note),
            minutes=body.minutes,
            attendees=None if body.attendees is None else [guest.given() for guest in body.attendees],
            place=place_given(body.place),
        )
    )
    return told(actor, code)


@post("/meeting-requests/<code>/refusal", MeetingRequest, body=RefusalGiven, judge=_answering)
def refuse(actor: Actor, body: RefusalGiven, code: str) -> Answer:
    """Say not now, no, or never. Held like a yes."""
    for name, of_kind in (("again_on", "not_now"), ("scope", "never")):
        if getattr(body, name) is not None and body.kind != of_kind:
            _answering(actor, {"kind": body.kind}, code)
            raise Unfit(name, "This goes with another kind of answer; please leave it out.")
    once(
        lambda: decisions.refuse(
            actor,
            code,
            kind=body.kind,
            again_on=body.again_on,
            note=plain(body.note),
            scope=body.scope or "company",
        )
    )
    return told(actor, code)


@post("/meeting-requests/<code>/undo", MeetingRequest, judge=_judged(Deed.UNDO))
def undo(actor: Actor, body: Nothing, code: str) -> Answer:
    """Take a held answer back; the other side never learns that there was one."""
    once(lambda: undoing.undo(actor, code))
    return told(actor, code)


@post("/meeting-requests/<code>/withdrawal", MeetingRequest, judge=_judged(Deed.WITHDRAW))
def withdraw(actor: Actor, body: Nothing, code: str) -> Answer:
    """Take an ask back, before a time is agreed."""
    once(lambda: meeting_requests.withdraw(actor, code))
    return told(actor, code)


def told(actor: Actor, code: str) -> Answer:
    """A meeting request as the answer to a call. Raises NotThere."""
    view = seen.see(actor, code)
    return Answer(shape(view), view.version)


def shape(view: RequestView) -> MeetingRequest:
    """A meeting request as the API tells it; its instants in the buyer's zone."""
    zone = view.buyer_zone
    return MeetingRequest(
        code=view.code,
        state=view.state,
        kind=view.kind,
        topic=view.topic,
        outcome=view.outcome,
        learned=view.learned,
        minutes=view.minutes,
        attendees=[Guest(name=name, email=email, role=role, side=side) for side, name, email, role in view.guests],
        goal=view.goal,
        buyer=view.buyer,
        company=view.company,
        asked_by=view.asked_by,
        asked_of=view.asked_of,
        decided_by=view.decided_by,
        created_at=instant(view.created_at, zone),
        answer_by=instant(view.answer_by, zone),
        answered_at=maybe_instant(view.answered_at, zone),
        held_until=maybe_instant(view.held_until, zone),
        again_on=view.again_on.isoformat() if view.again_on else None,
        note=view.note,
        place=AgreedPlace(how=view.place_how, detail=view.place_detail) if view.place_how else None,
        meeting=view.meeting,
        may=sorted(view.may & _CALLED),
    )
