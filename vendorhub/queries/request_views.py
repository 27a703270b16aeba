"""A meeting request as its reader may see it: held answers hidden, with the deeds that are possible."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, select

from vendorhub import clock
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.assistants import WAYS_TO_DECLINE
from vendorhub.domain.deeds import ANSWER_DEEDS, REQUEST_DEEDS, Deed
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.rights import may
from vendorhub.domain.wall_times import in_zone
from vendorhub.queries import beside
from vendorhub.queries.beside import Beside
from vendorhub.queries.paper_views import PaperView, WritingView, paper_deeds, paper_view, writing_view
from vendorhub.queries.request_parts import (
    ChangesView,
    Named,
    PassedView,
    RoomView,
    SortingView,
    changes_in,
    passed_to,
    room_in,
    sorting_in,
)
from vendorhub.queries.scope import decider, relations
from vendorhub.store import Amendment, Guest, MeetingRequest, db

_Guests = Sequence[tuple[bool, Named]]  # left out by the answer?, then side, name, email, role
_CHANGED = (State.AMENDED, State.LAPSED)


@dataclass(frozen=True)
class RequestView:
    """One meeting request as the actor sees it. `held_until` and the answer are the buyer's alone while held."""

    code: str
    state: str
    kind: str
    topic: str
    outcome: str
    learned: str
    minutes: int
    guests: tuple[tuple[str, str, str, str], ...]  # side, name, email, role
    goal: str | None
    buyer: str
    buyer_name: str
    buyer_zone: str
    company: str
    company_slug: str
    company_kind: str
    asked_by: str
    asked_of: str | None
    decided_by: str | None
    created_at: datetime
    answer_by: datetime
    answered_at: datetime | None
    held_until: datetime | None
    again_on: date | None
    note: str
    place_how: str
    place_detail: str
    meeting: str | None
    may: frozenset[Deed]
    # what most asks don't have
    vendor: str | None = None
    vendor_slug: str | None = None
    confirmed_by: str | None = None  # who gave the vendor's name
    channel: str = ""
    noted_by: str | None = None  # one of the buyer's own people
    words: str = ""
    unreadable: tuple[str, ...] = ()
    answered_as: str = ""
    sender_email: str | None = None  # where an answer to what came elsewhere would go
    untold: bool = False  # nobody outside knows that the buyer has it, or that it was answered
    introduced_by: str | None = None
    question: str = ""
    question_answer: str = ""
    attached_to: str | None = None
    passed_from: str | None = None
    passed_by: str | None = None
    passed_to: PassedView | None = None
    changes: ChangesView | None = None
    parked: str = ""
    standing: bool = False
    writing: WritingView | None = None
    paper: PaperView | None = None
    room: RoomView | None = None  # of a briefing
    # what lies between a decider and their assistants
    ways: frozenset[str] = frozenset()  # to decline, that the actor may go
    sorting: SortingView | None = None
    beside: Beside | None = None

    @property
    def answerable(self) -> bool:
        """Whether the actor may give any answer at all."""
        return not self.may.isdisjoint(ANSWER_DEEDS)

    @property
    def can_be_told(self) -> bool:
        """Whether there is somewhere to send an answer: who asked elsewhere may have left no address."""
        return not self.channel or bool(self.sender_email)

    @property
    def version(self) -> str:
        """A digest of what is seen: changes exactly when the actor could tell the difference (ETag)."""
        told = repr([sorted(value) if isinstance(value, frozenset) else value for value in vars(self).values()])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def shown(actor: Actor, rows: Sequence[Row[Any]]) -> list[RequestView]:
    """The rows as this actor sees them; one statement more, for the guests of all."""
    now = clock.now()
    guests: dict[int, list[tuple[bool, tuple[str, str, str, str]]]] = {}
    found = db.session.execute(
        select(Guest.request_id, Guest.side, Guest.name, Guest.email, Guest.role, Guest.left_out)
        .where(Guest.request_id.in_([row[0].id for row in rows]))
        .order_by(Guest.id)
    )
    for guest in found:
        named = (guest.side, guest.name, guest.email, guest.role)
        guests.setdefault(guest.request_id, []).append((guest.left_out, named))
    return [_view(actor, row, guests.get(row[0].id, []), now) for row in rows]


def _view(actor: Actor, row: Row[Any], guests: _Guests, now: datetime) -> RequestView:
    request: MeetingRequest = row[0]
    held, ours = rules.is_held(request.held_until, now), actor.side is Side.BUYER
    hidden = held and not ours
    writing = None if hidden else writing_view(request, row.Writing, row.reader, in_zone(now, row.buyer_zone).date())
    state = rules.seen_state(
        State(request.state),
        side=actor.side,
        before_answer=State(request.before_answer),
        held_until=request.held_until,
        answer_by=request.answer_by,
        now=now,
    )
    # A standing yes goes on once its meeting is over.
    over = request.standing and not (row.met_until and row.met_until > now)
    meeting = None if over else row.meeting
    if request.silent and not ours and state is State.BLOCKED:
        state = State.DECLINED
    secret = not ours and state is State.ATTACHED and request.again_on is None  # an answer that was not theirs (law 6)
    possible = deeds(actor, request, state, held=held, meeting=meeting is not None, writing=writing)
    as_asked = tuple(guest for _, guest in guests if guest[0] == Side.VENDOR)
    amendment: Amendment | None = row.Amendment
    changes = changes_in(request, amendment, as_asked) if amendment and state in _CHANGED else None
    passed = state is State.REDIRECTED and row.passed_to is not None
    return RequestView(
        code=request.code,
        state=state,
        kind=request.kind,
        topic=request.topic,
        outcome=request.outcome,
        learned=request.learned,
        minutes=request.minutes if hidden else (request.minutes_agreed or request.minutes),
        guests=as_asked if hidden else tuple(guest for left_out, guest in guests if not left_out),
        goal=row.goal,
        buyer=row.buyer,
        buyer_name=row.buyer_name,
        buyer_zone=row.buyer_zone,
        company=row.company,
        company_slug=row.company_slug,
        company_kind=row.company_kind,
        vendor=row.vendor,
        vendor_slug=row.vendor_slug,
        channel=request.channel,
        noted_by=row.noted_by if ours else None,
        answered_as=request.answered_as if ours else "",
        words=request.words if ours else "",
        unreadable=tuple(request.unreadable.splitlines()) if ours else (),
        sender_email=row.sender_email if ours and request.channel else None,
        untold=ours and (request.untold or request.silent),
        asked_by=row.asked_by,
        asked_of=row.asked_of,
        decided_by=row.amended_by if changes else None if hidden or secret else row.decided_by,
        introduced_by=row.introduced_by if ours else None,  # who works there is theirs to say
        confirmed_by=row.confirmed_by,
        created_at=request.created_at,
        answer_by=amendment.asked_until if amendment and hidden and not changes else request.answer_by,
        answered_at=amendment.made_at if amendment and changes else None if hidden else request.answered_at,
        held_until=request.held_until if held and not hidden else None,
        again_on=None if hidden else request.again_on,
        note=amendment.note if amendment and changes else "" if hidden else request.note,
        place_how="" if hidden else request.place_how,
        place_detail="" if hidden else request.place_detail,
        meeting=meeting,
        question=request.question,
        question_answer=request.question_answer,
        attached_to=row.attached_to if ours else None,
        passed_from=row.passed_from,
        passed_by=row.passed_by,
        passed_to=passed_to(actor, row.passed_to, receiver=row.receiver, now=now) if passed else None,
        changes=changes,
        parked=request.parked if ours else "",
        standing=request.standing and not hidden,
        writing=writing,
        paper=paper_view(row.Paper),
        room=room_in(row),
        may=possible,
        ways=ways(actor, request) if Deed.DECLINE in possible else frozenset(),
        sorting=sorting_in(row),
        beside=beside.of(row) if ours else None,
    )


def deeds(
    actor: Actor, request: MeetingRequest, state: State, *, held: bool, meeting: bool, writing: WritingView | None
) -> frozenset[Deed]:
    """What this actor can do with the request now: rights and state together; the buttons come from here."""
    stands = relations(actor, request)
    possible = set(rules.possible(state, held=held)) & set(REQUEST_DEEDS)
    if writing and not held:
        possible |= paper_deeds(writing)
    if request.kind == Kind.BRIEFING:
        possible.discard(Deed.STAND)  # one briefing is no rhythm
    elif state is State.ACCEPTED and not meeting:  # a time for all is found on the briefing's own page
        possible |= {Deed.OFFER, Deed.COUNTER}
    if state in rules.AWAITING:
        possible.add(Deed.SORT)
    if meeting:
        possible.discard(Deed.WITHDRAW)
    if request.asked_by is None:
        possible.discard(Deed.ASK_BACK)  # nobody could answer it
    if request.untold and state in (State.PENDING, State.ATTACHED):
        possible.add(Deed.CORRECT)
    if beside.met_an_answer(request) and request.introduced_by is None:
        possible.add(Deed.REMARK)
    if request.parked and state in rules.AWAITING:
        possible.add(Deed.SETTLE)
    return frozenset(deed for deed in possible if may(actor, deed, stands, decider=decider(request)))


def ways(actor: Actor, request: MeetingRequest) -> frozenset[str]:
    """The ways in which this actor may decline: an assistant may have been given one and not another."""
    stands, whose = relations(actor, request), decider(request)
    return frozenset(str(way) for way in WAYS_TO_DECLINE if may(actor, Deed.DECLINE, stands, decider=whose, answer=way))


def seen_state(actor: Actor) -> ColumnElement[str]:
    """The state as this actor sees it: time has closed what nobody answered, and a held answer is not there yet."""
    now = clock.now()
    true_state = case(
        (and_(MeetingRequest.state.in_(rules.CLOSED_BY_TIME), MeetingRequest.answer_by <= now), State.LAPSED.value),
        else_=MeetingRequest.state,
    )
    if actor.side is Side.BUYER:
        return true_state
    return case(
        (MeetingRequest.held_until > now, MeetingRequest.before_answer),
        (and_(MeetingRequest.silent, MeetingRequest.state == State.BLOCKED), State.DECLINED.value),
        else_=true_state,
    )
