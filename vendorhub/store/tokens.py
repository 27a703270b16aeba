"""Secrets that open something: API tokens, links in mail, and sign-in codes; only their hashes are kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, id_column


class ApiToken(Base):
    """A bearer token for the API, of scope read or write."""

    __tablename__ = "api_tokens"
    __table_args__ = (CheckConstraint("scope IN ('read', 'write')", name="scope"),)

    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"), index=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    scope: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class DecisionLink(Base):
    """The link in an ask's letter: opens that one decision for that one person, and is used up by it."""

    __tablename__ = "decision_links"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        Index("ix_decision_links_buyer_id_request_id", "buyer_id", "request_id"),
    )

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    buyer_id: Mapped[int] = mapped_column(Id)
    request_id: Mapped[int] = mapped_column(Id)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ConfirmationLink(Base):
    """The link in the letter that asks for a vendor's name: whoever has it may give or refuse it for that one ask, and
    shows so that the address is theirs. The name is the one by which the VAR called them."""

    __tablename__ = "confirmation_links"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        Index("ix_confirmation_links_buyer_id_request_id", "buyer_id", "request_id"),
        Index("ix_confirmation_links_email_created_at", "email", "created_at"),
    )

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    buyer_id: Mapped[int] = mapped_column(Id)
    request_id: Mapped[int] = mapped_column(Id)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class VisitLink(Base):
    """The link in the letters to somebody who is invited and has no account: opens the page of that one meeting for
    that one attendee, as often as they like."""

    __tablename__ = "visit_links"
    __table_args__ = (
        ForeignKeyConstraint(
            ["buyer_id", "meeting_id", "attendee_id"],
            ["attendees.buyer_id", "attendees.meeting_id", "attendees.id"],
        ),
        Index("ix_visit_links_attendee_id", "attendee_id"),
    )

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    buyer_id: Mapped[int] = mapped_column(Id)
    meeting_id: Mapped[int] = mapped_column(Id)
    attendee_id: Mapped[int] = mapped_column(Id)
    created_at: Mapped[datetime]


class SignInAsk(Base):
    """Somebody typed an address and waits for a letter. The row is the same for known and unknown addresses;
    the clock's door looks up the person and writes the letter, so that the page can't tell (T06)."""

    __tablename__ = "sign_in_asks"
    __table_args__ = (Index("ix_sign_in_asks_answered_at_created_at", "answered_at", "created_at"),)

    id: Mapped[int] = id_column()
    ask_hash: Mapped[str] = mapped_column(String(64), unique=True)  # what the browser holds
    email: Mapped[str] = mapped_column(String(254))
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str | None] = mapped_column(String(64))
    tries_left: Mapped[int] = mapped_column(default=5)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class IdempotencyKey(Base):
    """A key that a client sent with a deed, claimed in the deed's own transaction, with what came of it."""

    __tablename__ = "idempotency_keys"

    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(index=True)
