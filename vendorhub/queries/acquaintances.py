"""Whom of the other side of a relationship somebody knows, from the meetings and asks that they may see."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, cast, func, null, select, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import CompoundSelect

from vendorhub.domain.people import Actor, Side
from vendorhub.queries import meeting_sight as sight
from vendorhub.queries.scope import scope
from vendorhub.store import Attendee, Meeting, MeetingRequest, Note, Person, Relationship, db

_LISTED = aliased(Attendee, name="listed")  # the rule of sight has attendees of its own


@dataclass(frozen=True)
class Acquaintance:
    """Somebody of the other side: their number, address and name, and the one line that the actor's own side remembers
    of them, by its code; both "" for none."""

    person: int
    email: str
    name: str
    line: str = ""
    note: str = ""


def of(actor: Actor, relationship: Relationship) -> list[Acquaintance]:
    """Them, those who were or will be met last first."""
    known = _known(actor, relationship).subquery()
    last = func.max(known.c.start_at)
    rows = db.session.execute(
        select(Person.id, Person.email, Person.name, Note.text, Note.code)
        .join(known, known.c.person == Person.id)
        .outerjoin(
            Note,
            and_(
                Note.relationship_id == relationship.id,
                Note.owner_id == actor.organisation,
                Note.person_id == Person.id,
                Note.remembered,
            ),
        )
        .group_by(Person.id, Person.email, Person.name, Note.text, Note.code)
        .order_by(last.is_(None), last.desc(), func.lower(Person.name), Person.id)
    )
    return [Acquaintance(number, email, name, line or "", note or "") for number, email, name, line, note in rows]


def _known(actor: Actor, relationship: Relationship) -> Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]:
    """Who stands on the list of a meeting with them; to the buyer also who has asked."""
    listed = (
        select(_LISTED.person_id.label("person"), Meeting.start_at)
        .join(Meeting, and_(Meeting.buyer_id == _LISTED.buyer_id, Meeting.id == _LISTED.meeting_id))
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == Meeting.buyer_id, MeetingRequest.id == Meeting.request_id),
        )
        .where(
            Meeting.buyer_id == relationship.buyer_id,
            sight.in_sight(actor),
            _LISTED.gone_at.is_(None),
            _of_the_other_side(actor, relationship),
        )
    )
    if actor.side is not Side.BUYER:
        return listed
    asked = select(MeetingRequest.asked_by, cast(null(), Meeting.start_at.type)).where(
        MeetingRequest.buyer_id == relationship.buyer_id,
        MeetingRequest.company_id == relationship.company_id,
        MeetingRequest.asked_by.is_not(None),
        scope(actor),
    )
    return union_all(listed, asked)


def _of_the_other_side(actor: Actor, relationship: Relationship) -> ColumnElement[bool]:
    if actor.side is Side.BUYER:
        home = func.coalesce(_LISTED.company_id, MeetingRequest.vendor_id, MeetingRequest.company_id)
        return and_(_LISTED.side == Side.VENDOR, home == relationship.company_id)
    return _LISTED.side == Side.BUYER
