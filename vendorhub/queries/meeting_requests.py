"""Meeting requests as each side may see them: scoped, held answers hidden, with the deeds that are possible."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import REQUEST_DEEDS, Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.domain.rights import may
from vendorhub.queries.scope import decider, find, relations, scope
from vendorhub.store import Goal, Guest, Meeting, MeetingRequest, Organisation, Person, db

_COMPANY, _BUYER = aliased(Organisation, name="company"), aliased(Organisation, name="buyer")
_Guests = Sequence[tuple[bool, tuple[str, str, str, str]]]  # left out by the answer?, then side, name, email, role

_ASKER, _ASKED, _DECIDER = (aliased(Person, name=name) for name in ("asker", "asked", "decider"))

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
        _ASKER.name.label("asked_by"),
        _ASKED.name.label("asked_of"),
        _DECIDER.name.label("decided_by"),
        _LATEST_MEETING.label("meeting"),
    )
    .join(_BUYER, _BUYER.id == MeetingRequest.buyer_id)
    .join(_COMPANY, _COMPANY.id == MeetingRequest.company_id)
    .join(_ASKER, _ASKER.id == MeetingRequest.asked_by)
    .outerjoin(_ASKED, _ASKED.id == MeetingRequest.asked_of)
    .outerjoin(_DECIDER, _DECIDER.id == MeetingRequest.decided_by)
    .outerjoin(Goal, and_(Goal.buyer_id == MeetingRequest.buyer_id, Goal.id == MeetingRequest.goal_id))
)


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

    @property
    def version(self) -> str:
        """A digest of what is seen: changes exactly when the actor could tell the difference (ETag)."""
        told = repr([value if name != "may" else sorted(value) for name, value in vars(self).items()])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def see(actor: Actor, code: str) -> RequestView:
    """One meeting request. Raises NotThere if there is none, or none for this actor."""
    row = db.session.execute(_views(actor).where(MeetingRequest.code == meant(code))).first()
    if row is None:
        raise NotThere
    return _shown(actor, [row])[0]


def these(actor: Actor, ids: CompoundSelect[int] | Sequence[int]) -> dict[int, RequestView]:
    """The requests of these numbers, as far as they are the actor's to see, in the order in which they were made."""
    rows = db.session.execute(_views(actor).where(MeetingRequest.id.in_(ids)).order_by(MeetingRequest.id)).all()
    return {row[0].id: view for row, view in zip(rows, _shown(actor, rows), strict=True)}


def waiting(actor: Actor, *, limit: int = 20, cursor: str | None = None) -> tuple[list[RequestView], str | None]:
    """What waits for the buyer's answer, soonest window first, and the cursor of the next page."""
    query = _views(actor).where(_waits(actor))
    if cursor:
        last = _cursor_row(actor, cursor)
        query = query.where(
            or_(
                MeetingRequest.answer_by > last.answer_by,
                and_(MeetingRequest.answer_by == last.answer_by, MeetingRequest.id > last.id),
            )
        )
    rows = db.session.execute(query.order_by(MeetingRequest.answer_by, MeetingRequest.id).limit(limit + 1)).all()
    return _page(actor, rows, limit)


def waiting_count(actor: Actor) -> int:
    """How many asks wait for the buyer's answer, as far as this actor sees them."""
    return db.session.scalar(select(func.count()).select_from(MeetingRequest).where(scope(actor), _waits(actor))) or 0


def _waits(actor: Actor) -> ColumnElement[bool]:
    return and_(
        MeetingRequest.buyer_id == actor.organisation,
        MeetingRequest.state.in_(rules.AWAITING),
        MeetingRequest.answer_by > clock.now(),
    )


def listing(
    actor: Actor, *, state: str | None = None, limit: int = 50, cursor: str | None = None
) -> tuple[list[RequestView], str | None]:
    """Everything the actor may see, newest first; `state` narrows to what they see as that state."""
    query = _views(actor)
    if state is not None:
        if state not in list(State):
            raise Unfit("state", "There is no such state.")
        query = query.where(seen_state(actor) == state)
    if cursor:
        query = query.where(MeetingRequest.id < _cursor_row(actor, cursor).id)
    rows = db.session.execute(query.order_by(MeetingRequest.id.desc()).limit(limit + 1)).all()
    return _page(actor, rows, limit)


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


def _views(actor: Actor) -> Select[*tuple[Any, ...]]:
    return _VIEWS.where(scope(actor))


def _page(actor: Actor, rows: Sequence[Row[Any]], limit: int) -> tuple[list[RequestView], str | None]:
    shown = _shown(actor, rows[:limit])
    return shown, shown[-1].code if len(rows) > limit else None


def _shown(actor: Actor, rows: Sequence[Row[Any]]) -> list[RequestView]:
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
    held = rules.is_held(request.held_until, now)
    hidden = held and actor.side is not Side.BUYER
    state = rules.seen_state(
        State(request.state),
        side=actor.side,
        before_answer=State(request.before_answer),
        held_until=request.held_until,
        answer_by=request.answer_by,
        now=now,
    )
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
        asked_by=row.asked_by,
        asked_of=row.asked_of,
        decided_by=None if hidden else row.decided_by,
        created_at=request.created_at,
        answer_by=request.answer_by,
        answered_at=None if hidden else request.answered_at,
        held_until=request.held_until if held and not hidden else None,
        again_on=None if hidden else request.again_on,
        note="" if hidden else request.note,
        place_how="" if hidden else request.place_how,
        place_detail="" if hidden else request.place_detail,
        meeting=row.meeting,
        may=deeds(actor, request, state, held=held, meeting=row.meeting is not None),
    )


def deeds(actor: Actor, request: MeetingRequest, state: State, *, held: bool, meeting: bool) -> frozenset[Deed]:
    """What this actor can do with the request now: rights and state together; the buttons come from here."""
    stands = relations(actor, request)
    possible = set(rules.possible(state, held=held)) & set(REQUEST_DEEDS)
    if state is State.ACCEPTED and not meeting:
        possible |= {Deed.OFFER, Deed.COUNTER}
    if meeting:
        possible.discard(Deed.WITHDRAW)
    return frozenset(deed for deed in possible if may(actor, deed, stands, decider=decider(request)))


def _cursor_row(actor: Actor, cursor: str) -> MeetingRequest:
    try:
        return find(actor, cursor)[0]
    except NotThere:
        raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.") from None
