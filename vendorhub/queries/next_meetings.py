"""When the buyer would meet again, as one meeting ends: what its rhythm suggests, and what lies prepared for whoever
asked, to be sent by them and by nobody else (M8)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.codes import plain
from vendorhub.domain.deeds import Deed
from vendorhub.domain.drafts import DraftWords
from vendorhub.domain.meeting_requests import MINUTES, Kind, State
from vendorhub.domain.outcomes import Next, Prepares
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.rhythms import next_due
from vendorhub.domain.rights import Relation, may
from vendorhub.queries import cadence, meetings, rhythms
from vendorhub.queries import meeting_sight as sight
from vendorhub.queries.rhythms import day_of
from vendorhub.store import (
    Goal,
    Guest,
    Meeting,
    MeetingRequest,
    NextMeeting,
    Organisation,
    Outcome,
    Person,
    Relationship,
    db,
)
from vendorhub.store.blocks import asker_shut_out
from vendorhub.store.outcomes import of_meeting

PREPARED_AT_MOST = 10
_LATER, _BUYER, _VENDOR = (
    aliased(MeetingRequest, name="later"),
    aliased(Organisation, name="buyer"),
    aliased(Organisation, name="vendor"),
)


@dataclass(frozen=True)
class Prepared:
    """An ask that lies prepared: for which buyer, after which meeting, and from when until when they would meet."""

    uid: str
    buyer: str
    buyer_name: str
    topic: str
    next: Next


def suggested(actor: Actor, uid: str) -> Next | None:
    """The days around the next due date of the relationship that a meeting was of, for the buyer's side; None where
    its rhythm asks for nothing, and for a briefing."""
    meeting, request, _ = meetings.find_meeting(actor, uid)
    if actor.side is not Side.BUYER or meeting.kind == Kind.BRIEFING:
        return None
    code = db.session.scalar(
        select(Relationship.code).where(
            Relationship.buyer_id == meeting.buyer_id,
            Relationship.company_id == (request.vendor_id or request.company_id),
        )
    )
    if code is None or not (kept := rhythms.of_buyer(actor, code=code)):
        return None
    today = cadence.today(actor)
    due = next_due(kept[0].rhythm, calendar=actor.fiscal, today=today, holidays=actor.holidays)
    if due is None:
        return None
    first = max(due - timedelta(days=kept[0].rule.soft), today)
    return Next(first, max(due + timedelta(days=kept[0].rule.hard), first))


def prepared(actor: Actor) -> list[Prepared]:
    """The asks that lie prepared for the actor's company, those that begin first on top. It is gone once they have
    asked, once its days are past, and where they are asked not to ask."""
    if not may(actor, Deed.ASK, frozenset({Relation.ANY})):
        return []
    rows = db.session.execute(_prepared(actor).order_by(NextMeeting.first, NextMeeting.meeting_id))
    return [_view(row) for row in rows][:PREPARED_AT_MOST]


def words(actor: Actor, uid: str) -> DraftWords | None:
    """How the ask form begins that was prepared after a meeting; what they would have one know stays theirs to write.
    None where nothing lies prepared."""
    row = db.session.execute(_prepared(actor).where(Meeting.uid == plain(uid))).first()
    if row is None:
        return None
    ask: MeetingRequest = row.MeetingRequest
    guests = db.session.execute(
        select(Guest.name, Guest.email, Guest.role)
        .where(Guest.buyer_id == ask.buyer_id, Guest.request_id == ask.id, Guest.left_out.is_(False))
        .order_by(Guest.id)
    )
    goal = db.session.get(Goal, ask.goal_id) if ask.goal_id else None
    decider = db.session.get(Person, ask.decided_by) if ask.decided_by else None
    return DraftWords(
        topic=row.Meeting.topic,
        goal=goal.name if goal and goal.position else "",
        minutes=str(ask.minutes if ask.minutes in MINUTES else ""),
        kind=Kind.QUARTERLY,
        to=decider.email if decider else "",
        vendor=row.vendor or "",
        attendees=[(name, email, role) for name, email, role in guests],
    )


def _prepared(actor: Actor) -> Select[*tuple[Any, ...]]:
    now, ask = clock.now(), MeetingRequest
    asked_since = exists().where(
        _LATER.buyer_id == ask.buyer_id,
        _LATER.company_id == ask.company_id,
        func.coalesce(_LATER.vendor_id, 0) == func.coalesce(ask.vendor_id, 0),
        _LATER.kind != Kind.BRIEFING,
        _LATER.created_at >= NextMeeting.made_at,
    )
    return (
        select(
            NextMeeting,
            Meeting,
            ask,
            _BUYER.slug.label("slug"),
            _BUYER.name.label("buyer"),
            _VENDOR.name.label("vendor"),
        )
        .join(Meeting, and_(Meeting.buyer_id == NextMeeting.buyer_id, Meeting.id == NextMeeting.meeting_id))
        .join(Outcome, and_(*of_meeting()))
        .join(ask, and_(ask.buyer_id == Meeting.buyer_id, ask.id == Meeting.request_id))
        .join(_BUYER, _BUYER.id == Meeting.buyer_id)
        .outerjoin(_VENDOR, _VENDOR.id == ask.vendor_id)
        .where(
            ask.company_id == actor.organisation,
            sight.in_sight(actor),
            NextMeeting.last >= day_of(now, "UTC") - timedelta(days=1),  # whatever day it is at the buyer's
            or_(~ask.standing, ask.state != State.ACCEPTED),
            ~asked_since,
            ~asker_shut_out(ask, now=now),
        )
    )


def _view(row: Row[Any]) -> Prepared:
    wish: NextMeeting = row.NextMeeting
    return Prepared(
        uid=row.Meeting.uid,
        buyer=row.slug,
        buyer_name=row.buyer,
        topic=row.Meeting.topic,
        next=Next(wish.first, wish.last, Prepares(wish.prepares)),
    )
