"""The outbox: letters written with the deed that caused them, their bytes fixed and sealed (law 9)."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, id_column


class Letter(Base):
    """One message to one recipient. A calendar letter names the invitation it rests on, any other none."""

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("message_id"),
        ForeignKeyConstraint(["buyer_id", "invitation_id"], ["invitations.buyer_id", "invitations.id"]),
        CheckConstraint("method IN ('', 'REQUEST', 'CANCEL')", name="method"),
        CheckConstraint("(method = '') = (invitation_id IS NULL)", name="calendar_needs_invitation"),
        CheckConstraint("(method = '') = (uid = '')", name="calendar_has_uid"),
        CheckConstraint("state IN ('waiting', 'leased', 'sent', 'failed', 'stopped')", name="state"),
        CheckConstraint("(state = 'leased') = (lease_until IS NOT NULL)", name="leased"),
        # one face per UID, recipient and version, however often a deed is tried; what is told anew of the same SEQUENCE
        # is another DTSTAMP (RFC 5546, 2.1.5)
        Index(
            "uq_letters_version",
            "uid",
            "recipient",
            "sequence",
            "method",
            "created_at",
            unique=True,
            sqlite_where=text("uid <> ''"),
            postgresql_where=text("uid <> ''"),
        ),
        Index(
            "ix_letters_due",
            "due_at",
            "id",
            sqlite_where=text("state IN ('waiting', 'leased')"),
            postgresql_where=text("state IN ('waiting', 'leased')"),
        ),
        Index("ix_letters_uid_recipient", "uid", "recipient"),
        Index("ix_letters_state_sent_at", "state", "sent_at"),
        Index("ix_letters_buyer_id_decision_id", "buyer_id", "decision_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("organisations.id"))
    invitation_id: Mapped[int | None] = mapped_column(Id)
    decision_id: Mapped[int | None] = mapped_column(Id)  # the held answer that this letter tells of
    kind: Mapped[str] = mapped_column(String(20))
    recipient: Mapped[str] = mapped_column(String(254))
    sender: Mapped[str] = mapped_column(String(254))
    message_id: Mapped[str] = mapped_column(String(255))
    uid: Mapped[str] = mapped_column(String(64), default="")
    method: Mapped[str] = mapped_column(String(8), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # erased 30 days after sending
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(8))
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str] = mapped_column(String(64), default="")
    lease_until: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
