"""Joint briefings: the frame beside the request, who is named, who joined which line-up, and which times suit whom."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    Exists,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    exists,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from vendorhub.domain.briefings import NAMED, Part
from vendorhub.store.base import Base, Id, buyer_column, id_column
from vendorhub.store.meeting_requests import MeetingRequest
from vendorhub.store.meetings import Attendee

OF_A_BRIEFING = ["buyer_id", "request_id"], ["briefings.buyer_id", "briefings.request_id"]


class Briefing(Base):
    """What a meeting request of kind briefing has beside it. Its code, consent, answers and history are the request's.

    `line_up` is the hash of the vendors that are named now; who joined another one has not joined this. The agreed
    slot waits here until every named vendor has joined.
    """

    __tablename__ = "briefings"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        CheckConstraint("buyer_share BETWEEN 0 AND 100", name="share"),
        Index("ix_briefings_items_due", "items_due"),
    )

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    buyer_share: Mapped[int] = mapped_column(default=50)  # per cent of the minutes
    items_due: Mapped[date]  # the last day, in the buyer's zone
    line_up: Mapped[str] = mapped_column(String(64))
    house_rules: Mapped[str] = mapped_column(Text)
    publish_days_before: Mapped[int] = mapped_column(default=3)  # working days
    agenda_revision: Mapped[int] = mapped_column(default=0)  # of the working agenda
    agenda_version: Mapped[int] = mapped_column(default=0)  # the one published last
    agreed_slot_id: Mapped[int | None] = mapped_column(Id, ForeignKey("agreed_slots.id"))
    wished: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))  # the line-up, until the buyer's yes
    wished_theme: Mapped[str | None] = mapped_column(String(120))  # likewise, with or without other vendors
    wished_minutes: Mapped[int | None]
    wished_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    reminded_at: Mapped[datetime | None]  # those who owed an item three days before
    all_in_at: Mapped[datetime | None]  # its organisers were told that every vendor's items are in
    asked_at: Mapped[datetime | None]  # the buyer, what to do without a published agenda
    changed_at: Mapped[datetime]


class Participation(Base):
    """A vendor that is named in a briefing, and whether it comes."""

    __tablename__ = "participations"
    __table_args__ = (
        UniqueConstraint("request_id", "company_id"),
        ForeignKeyConstraint(*OF_A_BRIEFING),
        ForeignKeyConstraint(["buyer_id", "join_id"], ["joins.buyer_id", "joins.id"]),
        CheckConstraint("state IN ('asked', 'joined', 'declined', 'left', 'dropped')", name="state"),
        CheckConstraint("state <> 'joined' OR join_id IS NOT NULL", name="joined_by_joining"),
        Index("ix_participations_company_id_request_id", "company_id", "request_id"),
        Index("ix_participations_buyer_id_request_id", "buyer_id", "request_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int] = mapped_column(Id)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(8))
    join_id: Mapped[int | None] = mapped_column(Id)
    joined_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(Text, default="")  # what they said when they stayed out or left
    had_version: Mapped[int] = mapped_column(default=0)  # of the agenda, when it was asked anew
    asked_at: Mapped[datetime | None]  # None: the buyer's yes is still missing
    answered_at: Mapped[datetime | None]


class Join(Base):
    """A vendor's word that it comes into this room with these others. Only ever added to (law 3)."""

    __tablename__ = "joins"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        ForeignKeyConstraint(*OF_A_BRIEFING),
        CheckConstraint("door IN ('page', 'api', 'link')", name="a_person_joins"),
        Index("ix_joins_buyer_id_request_id", "buyer_id", "request_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int] = mapped_column(Id)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    line_up: Mapped[str] = mapped_column(String(64))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    door: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime]


class Availability(Base):
    """Whether a time of a poll suits a company: yes, if need be, or no."""

    __tablename__ = "availability"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "slot_id"], ["slots.buyer_id", "slots.id"]),
        CheckConstraint("answer IN ('yes', 'if_need_be', 'no')", name="answer"),
    )

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    slot_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    answer: Mapped[str] = mapped_column(String(12))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


def briefing_of(session: Session, request: MeetingRequest) -> Briefing:
    """The briefing that owns a request of that kind."""
    return session.get_one(Briefing, (request.buyer_id, request.id), populate_existing=True)


def parts_of(session: Session, request: MeetingRequest) -> Sequence[Participation]:
    """Every vendor that is or was named, in the order in which they were."""
    return session.scalars(
        select(Participation)
        .where(Participation.buyer_id == request.buyer_id, Participation.request_id == request.id)
        .order_by(Participation.position)
    ).all()


def carry_over(session: Session, request: MeetingRequest, passed: MeetingRequest) -> None:
    """The same frame and line-up for the request as which a briefing is passed on; nobody has been asked yet."""
    frame = ("buyer_share", "items_due", "line_up", "house_rules", "publish_days_before", "changed_at")
    briefing = briefing_of(session, request)
    session.add(
        Briefing(buyer_id=passed.buyer_id, request_id=passed.id, **{name: getattr(briefing, name) for name in frame})
    )
    session.flush()
    for part in parts_of(session, request):
        of_the_part = {name: getattr(part, name) for name in ("company_id", "position", "state")}
        session.add(Participation(buyer_id=passed.buyer_id, request_id=passed.id, **of_the_part))


def away(request_id: Any, company_id: Any) -> Exists:
    """That a vendor which is or was named does not come, or not any more; of the columns of what is asked for."""
    return exists().where(
        Participation.request_id == request_id,
        Participation.company_id == company_id,
        Participation.state != Part.JOINED,
    )


def comes(request_id: Any) -> ColumnElement[bool]:
    """That an attendee still comes to the meeting of this request: neither were they taken off its list nor has their
    vendor left; of the columns of what is asked for."""
    return and_(Attendee.gone_at.is_(None), ~away(request_id, Attendee.company_id))


def vendors_named(session: Session, request: MeetingRequest) -> Sequence[int]:
    """The companies of the line-up; none of a request that is no briefing."""
    return [part.company_id for part in parts_of(session, request) if part.state in NAMED]
