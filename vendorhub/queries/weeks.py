"""Whose time is taken around an ask: the actor's own side only, named as far as the actor may see it (laws 8, 10)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from vendorhub.domain.codes import meant
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.weeks import WORKING_HOURS, Hours
from vendorhub.queries.meeting_sight import in_sight
from vendorhub.queries.scope import decider, scope
from vendorhub.store import (
    Attendance,
    Guest,
    Meeting,
    MeetingRequest,
    Membership,
    Organisation,
    Person,
    WorkingHours,
    db,
)

_COMPANY, _BUYER = aliased(Organisation, name="company"), aliased(Organisation, name="buyer")


@dataclass(frozen=True)
class TakenView:
    """A time at which people of one's own side have another meeting: whose time it is, () for the actor's own alone.

    `what` and `uid` are "" where the meeting isn't the actor's to see.
    """

    start: datetime
    end: datetime
    who: tuple[str, ...]
    what: str
    uid: str


@dataclass(frozen=True)
class AroundView:
    """What surrounds an ask when a time is looked for: both sides' zones, one's own working hours, what is taken."""

    buyer_zone: str
    company_zone: str
    hours: Hours
    taken: tuple[TakenView, ...]


def around(actor: Actor, code: str, *, since: datetime, until: datetime, but: str = "") -> AroundView:
    """The zones and the taken times of who would have to be there; `but` is the UID of a meeting being moved.

    Raises NotThere if the ask isn't the actor's to see.
    """
    row = db.session.execute(
        select(
            MeetingRequest,
            _BUYER.zone.label("buyer_zone"),
            _COMPANY.zone.label("company_zone"),
            WorkingHours.begins,
            WorkingHours.ends,
        )
        .join(_BUYER, _BUYER.id == MeetingRequest.buyer_id)
        .join(_COMPANY, _COMPANY.id == MeetingRequest.company_id)
        .outerjoin(WorkingHours, WorkingHours.person_id == actor.person)
        .where(MeetingRequest.code == meant(code), scope(actor))
    ).first()
    if row is None:
        raise NotThere
    taken = _taken(actor, row.MeetingRequest, since=since, until=until, but=but)
    hours = WORKING_HOURS if row.begins is None else (row.begins, row.ends)
    return AroundView(row.buyer_zone, row.company_zone, hours, taken)


def _taken(
    actor: Actor, request: MeetingRequest, *, since: datetime, until: datetime, but: str
) -> tuple[TakenView, ...]:
    rows = db.session.execute(
        select(
            Meeting,
            Person.id.label("person"),
            Person.name,
            _BUYER.name.label("buyer"),
            _COMPANY.name.label("company"),
            in_sight(actor).label("seen"),
        )
        .select_from(Attendance)
        .join(Person, Person.id == Attendance.person_id)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == Meeting.buyer_id, MeetingRequest.id == Meeting.request_id),
        )
        .join(_BUYER, _BUYER.id == Meeting.buyer_id)
        .join(_COMPANY, _COMPANY.id == Meeting.company_id)
        .where(
            _concerned(actor, request),
            Attendance.live,
            Attendance.start_at < until,
            Attendance.end_at > since,
            Meeting.uid != but,
        )
        .order_by(Attendance.start_at, Meeting.id, Person.id)
    )
    found: dict[int, TakenView] = {}
    for row in rows:
        meeting: Meeting = row.Meeting
        known = found.get(meeting.id)
        if known is not None:
            found[meeting.id] = replace(known, who=(*(known.who or (actor.name,)), row.name))
            continue
        other = row.company if actor.side is Side.BUYER else row.buyer
        seen = bool(row.seen)
        found[meeting.id] = TakenView(
            start=meeting.start_at,
            end=meeting.end_at,
            who=() if row.person == actor.person else (row.name,),
            what=f"{other}: {meeting.topic}" if seen else "",
            uid=meeting.uid if seen else "",
        )
    return tuple(found.values())


def _concerned(actor: Actor, request: MeetingRequest) -> ColumnElement[bool]:
    """Who would have to be there and is of the actor's own organisation."""
    guests = (
        select(Person.id)
        .join(Guest, Guest.email == Person.email)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Guest.buyer_id == request.buyer_id,
            Guest.request_id == request.id,
            Guest.left_out.is_(False),
            Membership.organisation_id == actor.organisation,
        )
    )
    own: Sequence[int] = [whose] if actor.side is Side.BUYER and (whose := decider(request)) else []
    return or_(Attendance.person_id.in_(guests), Attendance.person_id.in_(own))
