"""A meeting request as its reader may see it: held answers hidden, with the deeds that are possible."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.assistants import WAYS_TO_DECLINE
from vendorhub.domain.deeds import REQUEST_DEEDS, Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.rights import may
from vendorhub.queries.scope import decider, relations, scope, sorting_of
from vendorhub.store import Goal, Guest, Meeting, MeetingRequest, Organisation, Person, Sorting, db

_COMPANY, _BUYER = aliased(Organisation, name="company"), aliased(Organisation, name="buyer")
_Guests = Sequence[tuple[bool, tuple[str, str, str, str]]]  # left out by the answer?, then side, name, email, role

_VENDOR = aliased(Organisation, name="vendor")
_ASKER, _ASKED, _DECIDER, _INTRODUCER, _NOTER = (
    aliased(Person, name=name) for name in ("asker", "asked", "decider", "introducer", "noter")
)
_SORTED_BY, _SORTED_FOR = aliased(Person, name="sorted_by"), aliased(Person, name="sorted_for")
_ATTACHED_TO, _PASSED_FROM = aliased(MeetingRequest, name="attached"), aliased(MeetingRequest, name="passed")

_LATEST_MEETING = (
    select(Meeting.uid)
    .where(Meeting.buyer_id == MeetingRequest.buyer_id, Meeting.request_id == MeetingRequest.id)
    .order_by(Meeting.id.desc())
    .limit(1)
    .correlate(MeetingRequest)
    .scalar_subquery()
)
# Put together once: that takes longer than the database needs to answer.
_VIEWS = (
    select(
        MeetingRequest,
        Goal.name.label("goal"),
        _BUYER.slug.label("buyer"),
        _BUYER.name.label("buyer_name"),
        _BUYER.zone.label("buyer_zone"),
        _COMPANY.name.label("company"),
        _COMPANY.slug.label("company_slug"),
        _COMPANY.kind.label("company_kind"),
        _VENDOR.name.label("vendor"),
        _VENDOR.slug.label("vendor_slug"),
        func.coalesce(func.nullif(MeetingRequest.sender_name, ""), _ASKER.name).label("asked_by"),
        _ASKER.email.label("sender_email"),
        _NOTER.name.label("noted_by"),
        _ASKED.name.label("asked_of"),
        _DECIDER.name.label("decided_by"),
        _INTRODUCER.name.label("introduced_by"),
        _ATTACHED_TO.code.label("attached_to"),
        _PASSED_FROM.code.label("passed_from"),
        Sorting.pile,
        Sorting.line,
        Sorting.suggested,
        Sorting.at.label("sorted_at"),
        _SORTED_BY.name.label("sorted_by"),
        _SORTED_FOR.name.label("sorted_for"),
        _LATEST_MEETING.label("meeting"),
    )
    .join(_BUYER, _BUYER.id == MeetingRequest.buyer_id)
    .join(_COMPANY, _COMPANY.id == MeetingRequest.company_id)
    .outerjoin(_VENDOR, _VENDOR.id == MeetingRequest.vendor_id)
    .outerjoin(_ASKER, _ASKER.id == MeetingRequest.asked_by)
    .outerjoin(_NOTER, _NOTER.id == MeetingRequest.logged_by)
    .outerjoin(_ASKED, _ASKED.id == MeetingRequest.asked_of)
    .outerjoin(_DECIDER, _DECIDER.id == MeetingRequest.decided_by)
    .outerjoin(_INTRODUCER, _INTRODUCER.id == MeetingRequest.introduced_by)
    .outerjoin(
        _ATTACHED_TO,
        and_(_ATTACHED_TO.buyer_id == MeetingRequest.buyer_id, _ATTACHED_TO.id == MeetingRequest.attached_to),
    )
    .outerjoin(
        _PASSED_FROM,
        and_(_PASSED_FROM.buyer_id == MeetingRequest.buyer_id, _PASSED_FROM.id == MeetingRequest.from_id),
    )
    .outerjoin(Goal, and_(Goal.buyer_id == MeetingRequest.buyer_id, Goal.id == MeetingRequest.goal_id))
)


@dataclass(frozen=True)
class SortingView:
    """How an assistant (`by`) has sorted an ask for their decider (`whose`): for these two alone to see."""

    pile: str
    line: str
    suggested: str
    by: str
    whose: str
    at: datetime


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
    channel: str = ""
    noted_by: str | None = None  # one of the buyer's own people
    words: str = ""
    unreadable: tuple[str, ...] = ()
    sender_email: str | None = None  # where an answer to what came elsewhere would go
    introduced_by: str | None = None
    question: str = ""
    question_answer: str = ""
    attached_to: str | None = None
    passed_from: str | None = None
    parked: str = ""
    standing: bool = False
    # what lies between a decider and their assistants
    ways: frozenset[str] = frozenset()  # to decline, that the actor may go
    sorting: SortingView | None = None

    @property
    def version(self) -> str:
        """A digest of what is seen: changes exactly when the actor could tell the difference (ETag)."""
        told = repr([sorted(value) if isinstance(value, frozenset) else value for value in vars(self).values()])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def views(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The rows that become views: all of the actor's, to be narrowed by the caller."""
    return (
        _VIEWS.outerjoin(Sorting, Sorting.id == sorting_of(actor))
        .outerjoin(_SORTED_BY, _SORTED_BY.id == Sorting.by)
        .outerjoin(_SORTED_FOR, _SORTED_FOR.id == Sorting.decider)
        .where(scope(actor))
    )


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
    state = rules.seen_state(
        State(request.state),
        side=actor.side,
        before_answer=State(request.before_answer),
        held_until=request.held_until,
        answer_by=request.answer_by,
        now=now,
    )
    possible = deeds(actor, request, state, held=held, meeting=row.meeting is not None)
    return RequestView(
        code=request.code,
        state=state,
        kind=request.kind,
        topic=request.topic,
        outcome=request.outcome,
        learned=request.learned,
        minutes=request.minutes if hidden else (request.minutes_agreed or request.minutes),
        guests=tuple(guest for left_out, guest in guests if (guest[0] == "vendor" if hidden else not left_out)),
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
        words=request.words if ours else "",
        unreadable=tuple(request.unreadable.splitlines()) if ours else (),
        sender_email=row.sender_email if ours and request.channel else None,
        asked_by=row.asked_by,
        asked_of=row.asked_of,
        decided_by=None if hidden else row.decided_by,
        introduced_by=row.introduced_by,
        created_at=request.created_at,
        answer_by=request.answer_by,
        answered_at=None if hidden else request.answered_at,
        held_until=request.held_until if held and not hidden else None,
        again_on=None if hidden else request.again_on,
        note="" if hidden else request.note,
        place_how="" if hidden else request.place_how,
        place_detail="" if hidden else request.place_detail,
        meeting=row.meeting,
        question=request.question,
        question_answer=request.question_answer,
        attached_to=row.attached_to if ours else None,
        passed_from=row.passed_from,
        parked=request.parked if ours else "",
        standing=request.standing and not hidden,
        may=possible,
        ways=ways(actor, request) if Deed.DECLINE in possible else frozenset(),
        sorting=_sorting(row),
    )


def _sorting(row: Row[Any]) -> SortingView | None:
    if row.pile is None:
        return None
    return SortingView(row.pile, row.line, row.suggested, row.sorted_by, row.sorted_for, row.sorted_at)


def deeds(actor: Actor, request: MeetingRequest, state: State, *, held: bool, meeting: bool) -> frozenset[Deed]:
    """What this actor can do with the request now: rights and state together; the buttons come from here."""
    stands = relations(actor, request)
    possible = set(rules.possible(state, held=held)) & set(REQUEST_DEEDS)
    if state is State.ACCEPTED and not meeting:
        possible |= {Deed.OFFER, Deed.COUNTER}
    if state in rules.AWAITING:
        possible.add(Deed.SORT)
    if meeting:
        possible.discard(Deed.WITHDRAW)
    if request.channel:
        possible.discard(Deed.ASK_BACK)  # nobody is here who could answer it
    if request.channel and state in (State.PENDING, State.ATTACHED):
        possible.add(Deed.CORRECT)
    return frozenset(deed for deed in possible if may(actor, deed, stands, decider=decider(request)))


def ways(actor: Actor, request: MeetingRequest) -> frozenset[str]:
    """The ways in which this actor may decline: an assistant may have been given one and not another."""
    stands, whose = relations(actor, request), decider(request)
    return frozenset(str(way) for way in WAYS_TO_DECLINE if may(actor, Deed.DECLINE, stands, decider=whose, answer=way))


def seen_state(actor: Actor) -> ColumnElement[str]:
    """The state as this actor sees it: time has closed what nobody answered, and a held answer is not there yet."""
    now = clock.now()
    true_state = case(
        (and_(MeetingRequest.state == State.PENDING, MeetingRequest.answer_by <= now), State.LAPSED.value),
        else_=MeetingRequest.state,
    )
    if actor.side is Side.BUYER:
        return true_state
    return case((MeetingRequest.held_until > now, MeetingRequest.before_answer), else_=true_state)
