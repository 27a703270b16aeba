"""Asks that are still being written, each its writer's alone; and asks whose sender has yet to show their address."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, id_column


class Draft(Base):
    """What a person has typed for a buyer and not sent; one for each of the two."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("person_id", "buyer_id"), Index("ix_drafts_kept_at", "kept_at"))

    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    words: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]


class UnverifiedAsk(Base):
    """An ask of somebody who has not shown yet that the address is theirs: nobody sees it but who has the letter.

    It names people and companies as typed; none is made before the letter's link is used. Used up, it keeps no words.
    """

    __tablename__ = "unverified_asks"
    __table_args__ = (
        Index("ix_unverified_asks_email_created_at", "email", "created_at"),
        Index("ix_unverified_asks_expires_at", "expires_at"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    company: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text)
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
