"""Which briefings exist for whom, and what each party sees of one: rivals are names to each other, no more (law 10)."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, select
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain import briefings as rules
from vendorhub.domain import meeting_requests as asks
from vendorhub.domain.briefings import NAMED, BriefingState, Part
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import BRIEFING_DEEDS, Deed
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit
from vendorhub.domain.rights import Relation, may
from vendorhub.queries import scope as of_requests
from vendorhub.queries.briefing_views import BriefingView, PartView
from vendorhub.queries.scope import Eyes, decider
from vendorhub.store import (
    Attendee,
    Briefing,
    Goal,
    Item,
    Meeting,
    MeetingRequest,
    Organisation,
    Participation,
    Person,
    db,
)
from vendorhub.store.briefings import comes

_BUYER, _COMPANY = aliased(Organisation, name="buyer"), aliased(Organisation, name="company")
_ASKER, _DECIDER, _JOINER = (aliased(Person, name=name) for name in ("asker", "decider", "joiner"))
_OF_ITS_REQUEST = and_(MeetingRequest.buyer_id == Briefing.buyer_id, MeetingRequest.id == Briefing.request_id)
_OWN = aliased(Participation, name="own_part")
_MET = aliased(Meeting, name="met")
_VIEWS: Select[*tuple[Any, ...]] = (
    select(
        Briefing,
        MeetingRequest,
        _BUYER.slug.label("buyer"),
        _BUYER.name.label("buyer_name"),
        _BUYER.zone.label("buyer_zone"),
        _COMPANY.name.label("company"),
        _COMPANY.slug.label("company_slug"),
        _ASKER.name.label("asked_by"),
        _DECIDER.name.label("decided_by"),
        Goal.name.label("goal"),
        Meeting.id.label("meeting_id"),
        *(Meeting.uid, Meeting.state.label("meeting_state"), Meeting.start_at, Meeting.end_at),
    )
    .join(MeetingRequest, _OF_ITS_REQUEST)
    .join(_BUYER, _BUYER.id == MeetingRequest.buyer_id)
    .join(_COMPANY, _COMPANY.id == MeetingRequest.company_id)
    .outerjoin(_ASKER, _ASKER.id == MeetingRequest.asked_by)
    .outerjoin(_DECIDER, _DECIDER.id == MeetingRequest.decided_by)
    .outerjoin(Goal, and_(Goal.buyer_id == MeetingRequest.buyer_id, Goal.id == MeetingRequest.goal_id))
    .outerjoin(Meeting, and_(Meeting.buyer_id == MeetingRequest.buyer_id, Meeting.request_id == MeetingRequest.id))
)
_SENT = exists().where(
    Item.request_id == Participation.request_id, Item.company_id == Participation.company_id, Item.state == "sent"
)
_PARTS: Select[*tuple[Any, ...]] = (
    select(
        *(Participation.request_id, Participation.company_id, Participation.state),
        *(Participation.note, Participation.had_version),
        *(Organisation.slug, Organisation.name, _JOINER.name.label("joined_by"), _SENT.label("sent")),
    )
    .join(Organisation, Organisation.id == Participation.company_id)
    .outerjoin(_JOINER, _JOINER.id == Participation.joined_by)
    .where(Participation.request_id.in_(bindparam("requests", expanding=True)))
    .order_by(Participation.request_id, Participation.position)
)


def find(actor: Actor, code: str) -> tuple[Briefing, MeetingRequest, frozenset[Relation]]:
    """The rows themselves, for a deed, and how the actor stands to them. Raises NotThere outside the actor's scope."""
    row = db.session.execute(
        select(Briefing, MeetingRequest)
        .join(MeetingRequest, _OF_ITS_REQUEST)
        .where(MeetingRequest.code == meant(code), scope(actor))
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotThere
    briefing, request = row
    return briefing, request, relations(actor, request)


def see(actor: Actor, code: str) -> BriefingView:
    """One briefing. Raises NotThere if there is none, or none for this actor."""
    found = _shown(actor, db.session.execute(_one(of_requests.eyes(actor)), {"code": meant(code)}).all())
    if not found:
        raise NotThere
    return found[0]


@lru_cache(maxsize=of_requests.MOST)
def _one(eyes: Eyes) -> Select[*tuple[Any, ...]]:
    """The briefing of a code, for these eyes."""
    return _VIEWS.where(MeetingRequest.code == bindparam("code"), seen_by(eyes))


def attended(actor: Actor, code: str) -> BriefingView:
    """The same for somebody who is on the list of its meeting, whether or not they have an account. Raises NotThere."""
    on_the_list = (
        select(_MET.request_id)
        .join(Attendee, and_(Attendee.buyer_id == _MET.buyer_id, Attendee.meeting_id == _MET.id))
        .where(_MET.state == MeetingState.CONFIRMED, Attendee.person_id == actor.person, comes(_MET.request_id))
    )
    of_it = _VIEWS.where(MeetingRequest.code == meant(code), MeetingRequest.id.in_(on_the_list))
    if not (found := _shown(actor, db.session.execute(of_it).all())):
        raise NotThere
    return found[0]


def require_one_of_the_two(actor: Actor, code: str) -> None:
    """Raises NotThere for who may not see the briefing, NotAllowed for a vendor: the answer is between two others."""
    see(actor, code)
    if actor.side is Side.VENDOR:
        raise NotAllowed("This is between the buyer and who organises the briefing.")


def listing(actor: Actor, *, limit: int = 50, cursor: str | None = None) -> tuple[list[BriefingView], str | None]:
    """The actor's briefings, the latest first, and the next page's cursor."""
    query = _VIEWS.where(scope(actor)).order_by(MeetingRequest.id.desc())
    if cursor:
        last = db.session.scalar(
            select(MeetingRequest.id)
            .join(Briefing, _OF_ITS_REQUEST)
            .where(MeetingRequest.code == meant(cursor), scope(actor))
        )
        if last is None:
            raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
        query = query.where(MeetingRequest.id < last)
    rows = db.session.execute(query.limit(limit + 1)).all()
    shown = _shown(actor, rows[:limit])
    return shown, shown[-1].code if len(rows) > limit else None


def scope(actor: Actor) -> ColumnElement[bool]:
    """Which briefings exist for this actor: those they ask or answer, and of a vendor those to which it was asked."""
    return seen_by(of_requests.eyes(actor))


@lru_cache(maxsize=of_requests.MOST)
def seen_by(eyes: Eyes) -> ColumnElement[bool]:
    """The same for a pair of eyes."""
    if eyes.side is not Side.VENDOR:
        return and_(MeetingRequest.kind == Kind.BRIEFING, of_requests.seen_by(eyes))
    return exists().where(
        _OWN.buyer_id == MeetingRequest.buyer_id,
        _OWN.request_id == MeetingRequest.id,
        _OWN.company_id == eyes.organisation,
        _OWN.asked_at <= of_requests.NOW,
    )


def relations(actor: Actor, request: MeetingRequest) -> frozenset[Relation]:
    """How the actor stands to a briefing that is in their sight."""
    if actor.side is Side.VENDOR:
        return frozenset({Relation.PARTY})
    return of_requests.relations(actor, request)


def _shown(actor: Actor, rows: Sequence[Row[Any]]) -> list[BriefingView]:
    """The latest meeting of each counts; one statement more, for the parts of all."""
    latest: dict[int, Row[Any]] = {}
    for row in rows:
        before = latest.get(row.MeetingRequest.id)
        if before is None or (row.meeting_id and row.meeting_id > before.meeting_id):
            latest[row.MeetingRequest.id] = row
    parts: dict[int, list[Row[Any]]] = {}
    for part in db.session.execute(_PARTS, {"requests": list(latest)}):
        parts.setdefault(part.request_id, []).append(part)
    hidden = actor.side is Side.VENDOR  # not even that something is looked up
    wished = _names(() if hidden else (each for row in latest.values() for each in row.Briefing.wished or ()))
    return [_view(actor, row, parts.get(number, []), wished) for number, row in latest.items()]


def _names(companies: Any) -> dict[int, tuple[str, str]]:
    if not (wanted := set(companies)):
        return {}
    rows = db.session.execute(
        select(Organisation.id, Organisation.slug, Organisation.name).where(Organisation.id.in_(wanted))
    )
    return {number: (slug, name) for number, slug, name in rows}


def _view(actor: Actor, row: Row[Any], parts: Sequence[Row[Any]], wished: dict[int, tuple[str, str]]) -> BriefingView:
    briefing: Briefing = row.Briefing
    request: MeetingRequest = row.MeetingRequest
    now = clock.now()
    seen = asks.seen_state(
        State(request.state),
        side=actor.side,
        before_answer=State(request.before_answer),
        held_until=request.held_until,
        answer_by=request.answer_by,
        now=now,
    )
    hidden = asks.is_held(request.held_until, now) and actor.side is not Side.BUYER
    inside = actor.side is not Side.VENDOR or any(
        part.company_id == actor.organisation and part.state in NAMED for part in parts
    )
    state = rules.state_of(
        seen,
        start=row.start_at,
        end=row.end_at,
        cancelled=row.meeting_state == MeetingState.CANCELLED,
        published=briefing.agenda_version > 0,
        now=now,
    )
    if not inside:  # for them it is over, whatever becomes of it without them
        state = BriefingState.CLOSED
    shown = tuple(view for part in parts if (view := _part(actor, part, inside=inside)) is not None)
    coming = [part for part in parts if part.state in (Part.ASKED, Part.JOINED)]
    deadline = rules.deadline(briefing.items_due, row.buyer_zone)
    return BriefingView(
        code=request.code,
        state=state,
        theme=request.topic,
        goal=row.goal,
        outcome=request.outcome,
        minutes=request.minutes if hidden else (request.minutes_agreed or request.minutes),
        buyer_share=briefing.buyer_share,
        items_due=briefing.items_due,
        deadline=deadline,
        items_open=actor.side is not Side.VENDOR and (now >= deadline or all(part.sent for part in coming)),
        house_rules=briefing.house_rules,
        publish_days_before=briefing.publish_days_before,
        buyer=row.buyer,
        buyer_name=row.buyer_name,
        buyer_zone=row.buyer_zone,
        company=row.company,
        company_slug=row.company_slug,
        asked_by=row.asked_by,
        decided_by=None if hidden else row.decided_by,
        by_the_buyer=request.company_id == request.buyer_id,
        vendors=shown,
        wished=tuple(wished[each] for each in briefing.wished or ()) if actor.side is not Side.VENDOR else (),
        wished_theme=briefing.wished_theme if actor.side is not Side.VENDOR else None,
        wished_minutes=briefing.wished_minutes if actor.side is not Side.VENDOR else None,
        agenda_version=briefing.agenda_version if inside else 0,
        meeting=row.uid if inside else None,
        start=row.start_at if inside else None,
        end=row.end_at if inside else None,
        # To a vendor that has joined, a time without a meeting would tell that another one has not.
        time_agreed=briefing.agreed_slot_id is not None and (actor.side is not Side.VENDOR or row.uid is not None),
        created_at=request.created_at,
        answer_by=request.answer_by,
        held_until=None if hidden else request.held_until,
        may=deeds(actor, request, state, shown, wished=bool(briefing.wished)),
    )


def _part(actor: Actor, row: Row[Any], *, inside: bool) -> PartView | None:
    """A rival is a name while both are named, and nothing else; who is not named any more sees itself alone."""
    if actor.side is not Side.VENDOR:
        return PartView(row.slug, row.name, row.state, row.joined_by, row.sent, note=row.note)
    if row.company_id == actor.organisation:
        return PartView(row.slug, row.name, row.state, row.joined_by, row.sent, row.had_version, row.note, own=True)
    return PartView(row.slug, row.name, "named") if inside and row.state in NAMED else None


def deeds(
    actor: Actor, request: MeetingRequest, state: BriefingState, vendors: Sequence[PartView], *, wished: bool
) -> frozenset[Deed]:
    """What this actor can do with the briefing now: rights and state together; the buttons come from here."""
    stands = relations(actor, request)
    own = next((part for part in vendors if part.own), None)
    possible = set(BRIEFING_DEEDS) if state in rules.GOES_ON else set[Deed]()
    if own is not None:
        possible &= {*rules.TRANSITIONS[Part(own.state)], Deed.WRITE_ITEM, Deed.SAY_WHEN}
        if own.state not in (Part.ASKED, Part.JOINED):
            possible -= {Deed.WRITE_ITEM, Deed.SAY_WHEN}
    if state is BriefingState.PROPOSED:
        possible.add(Deed.SET_FRAME)
    if state is not BriefingState.CONSENTED:  # everybody is invited, or nobody has been asked yet
        possible -= {Deed.SET_LINE_UP, Deed.WIDEN, Deed.POLL, Deed.SAY_WHEN, Deed.SET_TIME}
    if not wished:
        possible.discard(Deed.WIDEN)
    return frozenset(deed for deed in possible if may(actor, deed, stands, decider=decider(request)))
