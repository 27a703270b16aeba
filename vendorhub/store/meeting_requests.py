"""Meeting requests and the people each of them names."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column


class MeetingRequest(Base):
    """Somebody asks a buyer. It carries no date at all (M1).

    While an answer is held (`held_until` ahead) the other side sees `before_answer` instead of `state`.
    """

    __tablename__ = "meeting_requests"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        ForeignKeyConstraint(["buyer_id", "goal_id"], ["goals.buyer_id", "goals.id"]),
        CheckConstraint("minutes IN (15, 30, 45, 60)", name="minutes"),
        Index("ix_meeting_requests_buyer_id_state_answer_by", "buyer_id", "state", "answer_by"),
        Index("ix_meeting_requests_state_answer_by", "state", "answer_by"),
        Index("ix_meeting_requests_buyer_id_held_until", "buyer_id", "held_until"),
        Index("ix_meeting_requests_buyer_id_state_answered_at", "buyer_id", "state", "answered_at"),
        Index("ix_meeting_requests_company_id_id", "company_id", "id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    code: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    asked_by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    asked_of: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    decided_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    goal_id: Mapped[int | None] = mapped_column(Id)
    topic: Mapped[str] = mapped_column(String(120))
    outcome: Mapped[str] = mapped_column(Text)
    learned: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int]
    minutes_agreed: Mapped[int | None]  # fewer than asked for, if the answer said so
    state: Mapped[str] = mapped_column(String(12))
    before_answer: Mapped[str] = mapped_column(String(12))
    held_until: Mapped[datetime | None]
    answer_by: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    again_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    consent_id: Mapped[int | None] = mapped_column(Id)  # the standing yes; the decision refers to us, so no key
    place_how: Mapped[str] = mapped_column(String(16), default="")
    place_detail: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]


class Guest(Base):
    """A person an ask names, or one of the buyer's own whom the answer added."""

    __tablename__ = "guests"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        UniqueConstraint("request_id", "email"),
        Index("ix_guests_buyer_id_request_id", "buyer_id", "request_id"),
        CheckConstraint("side IN ('buyer', 'vendor')", name="side"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = mapped_column(Id)
    request_id: Mapped[int] = mapped_column(Id)
    side: Mapped[str] = mapped_column(String(8))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(80), default="")
    left_out: Mapped[bool] = mapped_column(default=False)  # by the answer
