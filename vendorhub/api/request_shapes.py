"""Answers how a meeting request looks in the API, and what calls about one are sent alike."""

from collections.abc import Iterable
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body
from vendorhub.api.calls import Answer, Judge
from vendorhub.api.wire import Date, Instant, instant, maybe_instant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import GUESTS_AT_MOST, SENTENCE_AT_MOST, TOPIC_AT_MOST
from vendorhub.domain.people import Actor
from vendorhub.queries import judgements
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.request_views import RequestView

# What there is a call for, of all that may be done with a meeting request.
_CALLED: Final = frozenset(
    {
        *(Deed.ACCEPT, Deed.AMEND, Deed.DECLINE, Deed.BLOCK, Deed.REDIRECT, Deed.ASK_BACK, Deed.UNDO, Deed.SORT),
        *(Deed.VERIFY, Deed.AGREE, Deed.ANSWER_BACK, Deed.WITHDRAW, Deed.CORRECT),
        *(Deed.HAND_IN, Deed.ENOUGH, Deed.REVOKE),
        *(Deed.OFFER, Deed.COUNTER),
        *(Deed.REOPEN, Deed.REMARK, Deed.SETTLE),
    }
)

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
class Sorting(TypedDict):
    """How an assistant has sorted it, for the decider and their assistants to see."""

    pile: str
    line: str
    suggested: str
    by: str
    whose: str
    at: Instant


@with_config(ConfigDict(extra="forbid"))
class Changes(TypedDict):
    """What a yes is to, where it is to something other than was asked and nobody has agreed to it yet."""

    topic: str
    minutes: int
    attendees: list[Guest]
    place: AgreedPlace | None


@with_config(ConfigDict(extra="forbid"))
class PassedTo(TypedDict):
    """Who answers instead, by when, and the code of their request, where it is the caller's to see."""

    name: str
    answer_by: Instant
    code: str | None


@with_config(ConfigDict(extra="forbid"))
class Writing(TypedDict):
    """What the buyer would read instead of a meeting, until which day, who reads it, and how far the paper has come."""

    what: str
    due: Date
    reader: str
    stage: str


@with_config(ConfigDict(extra="forbid"))
class Claim(TypedDict):
    """Whom the sender of a parked ask says to be of: `known` is that company, where it is known here; `domain` its own,
    where theirs only looks like it; `name` and `email` are whom an unproven mail names."""

    company: str
    known: str | None
    domain: str
    name: str
    email: str


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
    vendor: str | None
    vendor_name: str | None
    confirmed_by: str | None
    channel: str
    noted_by: str | None
    words: str
    asked_by: str
    asked_of: str | None
    decided_by: str | None
    introduced_by: str | None
    created_at: Instant
    answer_by: Instant
    answered_at: Instant | None
    held_until: Instant | None
    again_on: Date | None
    note: str
    place: AgreedPlace | None
    meeting: str | None
    question: str
    answer: str
    attached_to: str | None
    passed_from: str | None
    passed_to: PassedTo | None
    changes: Changes | None
    parked: str
    claim: Claim | None
    remark: str
    standing: bool
    writing: Writing | None
    sorting: Sorting | None
    may: list[str]


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
        attendees=_guests(view.guests),
        goal=view.goal,
        buyer=view.buyer,
        company=view.company,
        vendor=view.vendor_slug,
        vendor_name=view.vendor,
        confirmed_by=view.confirmed_by,
        channel=view.channel,
        noted_by=view.noted_by,
        words=view.words,
        asked_by=view.asked_by,
        asked_of=view.asked_of,
        decided_by=view.decided_by,
        introduced_by=view.introduced_by,
        created_at=instant(view.created_at, zone),
        answer_by=instant(view.answer_by, zone),
        answered_at=maybe_instant(view.answered_at, zone),
        held_until=maybe_instant(view.held_until, zone),
        again_on=view.again_on.isoformat() if view.again_on else None,
        note=view.note,
        place=_place(view.place_how, view.place_detail),
        meeting=view.meeting,
        question=view.question,
        answer=view.question_answer,
        attached_to=view.attached_to,
        passed_from=view.passed_from,
        passed_to=_passed_to(view, zone),
        changes=_changes(view),
        parked=view.parked,
        claim=_claim(view),
        remark=view.beside.remark if view.beside else "",
        standing=view.standing,
        writing=writing_shape(view),
        sorting=_sorting(view, zone),
        may=sorted(view.may & _CALLED),
    )


def _claim(view: RequestView) -> Claim | None:
    if view.beside is None or (said := view.beside.claim) is None:
        return None
    return Claim(company=said.says, known=said.seems, domain=said.domain, name=said.name, email=said.email)


def _guests(people: Iterable[tuple[str, str, str, str]]) -> list[Guest]:
    return [Guest(name=name, email=email, role=role, side=side) for side, name, email, role in people]


def _place(how: str, detail: str) -> AgreedPlace | None:
    return AgreedPlace(how=how, detail=detail) if how else None


def _changes(view: RequestView) -> Changes | None:
    wanted = view.changes
    if wanted is None:
        return None
    place = _place(wanted.place_how, wanted.place_detail)
    return Changes(topic=wanted.topic, minutes=wanted.minutes, attendees=_guests(wanted.guests), place=place)


def _passed_to(view: RequestView, zone: str) -> PassedTo | None:
    passed = view.passed_to
    return PassedTo(name=passed.to, answer_by=instant(passed.answer_by, zone), code=passed.code) if passed else None


def _sorting(view: RequestView, zone: str) -> Sorting | None:
    said = view.sorting
    if said is None:
        return None
    return Sorting(
        pile=said.pile,
        line=said.line,
        suggested=said.suggested,
        by=said.by,
        whose=said.whose,
        at=instant(said.at, zone),
    )


def writing_shape(view: RequestView) -> Writing | None:
    """What is asked for in writing, as the API tells it."""
    if (writing := view.writing) is None:
        return None
    return Writing(what=writing.what, due=writing.due.isoformat(), reader=writing.reader, stage=writing.stage)


def judged(deed: Deed) -> Judge:
    """Judges rights and state before the body: whether this deed could be done on the request at all."""
    return lambda actor, said, code: judgements.meeting_request(actor, code, deed)
