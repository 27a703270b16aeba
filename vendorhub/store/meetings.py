"""Agreed meetings: who attends, whose time it takes, who was invited, and who wishes to move it."""

from datetime import datetime

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

_CONSENT = ["buyer_id", "consent_id", "terms_hash", "consent_kind", "times"]
_CONSENTED = [f"decisions.{name}" for name in ("buyer_id", "id", "terms_hash", "kind", "times")]
_AGREED = ["buyer_id", "agreed_slot_id", "consent_id", "terms_hash"]
_AGREED_TO = [f"agreed_slots.{name}" for name in ("buyer_id", "id", "consent_id", "terms_hash")]


class Meeting(Base):
    """The agreed entry. It can't exist without its consent and its agreed slot, both about the same terms."""

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        UniqueConstraint("buyer_id", "id", "consent_id", "terms_hash"),
        UniqueConstraint("buyer_id", "consent_id", "use_no"),
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        ForeignKeyConstraint(_CONSENT, _CONSENTED),
        ForeignKeyConstraint(_AGREED, _AGREED_TO),
        CheckConstraint("consent_kind = 'accept'", name="rests_on_a_yes"),
        CheckConstraint("use_no BETWEEN 1 AND times", name="within_its_uses"),
        CheckConstraint("end_at > start_at", name="forward"),
        CheckConstraint("state IN ('confirmed', 'cancelled')", name="state"),
        Index("ix_meetings_buyer_id_start_at", "buyer_id", "start_at"),
        Index("ix_meetings_company_id_start_at", "company_id", "start_at"),
        Index("ix_meetings_buyer_id_request_id", "buyer_id", "request_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    uid: Mapped[str] = mapped_column(String(64), unique=True)
    request_id: Mapped[int] = mapped_column(Id)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    consent_id: Mapped[int] = mapped_column(Id)
    terms_hash: Mapped[str] = mapped_column(String(64))
    consent_kind: Mapped[str] = mapped_column(String(8), default="accept")
    times: Mapped[int]
    use_no: Mapped[int]
    agreed_slot_id: Mapped[int] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(12))
    topic: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(10))
    start_at: Mapped[datetime]
    end_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(64))
    sequence: Mapped[int] = mapped_column(default=0)
    place_how: Mapped[str] = mapped_column(String(16), default="")
    place_detail: Mapped[str] = mapped_column(String(200), default="")
    agenda_revision: Mapped[int] = mapped_column(default=0)  # of the working agenda; a briefing has its own
    agenda_version: Mapped[int] = mapped_column(default=0)  # the one published last
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Attendee(Base):
    """A person on the list of a meeting; `decided` marks who said yes."""

    __tablename__ = "attendees"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        UniqueConstraint("meeting_id", "person_id"),
        UniqueConstraint("buyer_id", "meeting_id", "id"),
        ForeignKeyConstraint(["buyer_id", "meeting_id"], ["meetings.buyer_id", "meetings.id"]),
        CheckConstraint("partstat IN ('NEEDS-ACTION', 'ACCEPTED', 'DECLINED', 'TENTATIVE')", name="partstat"),
        CheckConstraint("side IN ('buyer', 'vendor')", name="side"),
        Index("ix_attendees_person_id", "person_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    meeting_id: Mapped[int] = mapped_column(Id)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    side: Mapped[str] = mapped_column(String(8))
    company_id: Mapped[int | None] = mapped_column(Id, ForeignKey("organisations.id"))  # whose, in a briefing
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    partstat: Mapped[str] = mapped_column(String(12))
    decided: Mapped[bool] = mapped_column(default=False)
    gone_at: Mapped[datetime | None]  # taken off the list; the row stays, for invitations rest on it


class Attendance(Base):
    """A person's time taken by a meeting. Live rows of one person never overlap, over all buyers (law 8)."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint("end_at > start_at", name="forward"),
        Index("ix_attendance_person_id_start_at", "person_id", "start_at"),
    )

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(Id, ForeignKey("meetings.id"))
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    start_at: Mapped[datetime]
    end_at: Mapped[datetime]
    live: Mapped[bool] = mapped_column(default=True)


class Invitation(Base):
    """One attendee invited to one version of a meeting; refused by the database without a live consent (law 1)."""

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        UniqueConstraint("attendee_id", "sequence"),
        ForeignKeyConstraint(
            ["buyer_id", "meeting_id", "consent_id", "terms_hash"],
            ["meetings.buyer_id", "meetings.id", "meetings.consent_id", "meetings.terms_hash"],
        ),
        ForeignKeyConstraint(
            ["buyer_id", "meeting_id", "attendee_id"],
            ["attendees.buyer_id", "attendees.meeting_id", "attendees.id"],
        ),
        ForeignKeyConstraint(_AGREED, _AGREED_TO),
        Index("ix_invitations_buyer_id_meeting_id", "buyer_id", "meeting_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    meeting_id: Mapped[int] = mapped_column(Id)
    attendee_id: Mapped[int] = mapped_column(Id)
    consent_id: Mapped[int] = mapped_column(Id)
    terms_hash: Mapped[str] = mapped_column(String(64))
    agreed_slot_id: Mapped[int] = mapped_column(Id)
    sequence: Mapped[int]
    made_at: Mapped[datetime]


class Proposal(Base):
    """A wish to move an agreed meeting, beside it until the buyer's side answers (law 2)."""

    __tablename__ = "proposals"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        ForeignKeyConstraint(["buyer_id", "meeting_id"], ["meetings.buyer_id", "meetings.id"]),
        ForeignKeyConstraint(["buyer_id", "slot_id"], ["slots.buyer_id", "slots.id"]),
        CheckConstraint("state IN ('open', 'accepted', 'refused', 'retracted')", name="state"),
        Index("ix_proposals_meeting_id_buyer_id", "meeting_id", "buyer_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    code: Mapped[str] = mapped_column(String(16), unique=True)
    meeting_id: Mapped[int] = mapped_column(Id)
    slot_id: Mapped[int] = mapped_column(Id)
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
