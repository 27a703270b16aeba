"""Which brief each reader was sent last, so that nobody gets the same one twice."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id


class BriefSent(Base):
    """The last brief of somebody on the list of a meeting: what it `told` of that matters, and the digest of it.

    `stamp` changes with whatever the brief is made of, for whomever: where it is the same nobody need look closer.
    """

    __tablename__ = "briefs_sent"
    __table_args__ = (ForeignKeyConstraint(["buyer_id", "attendee_id"], ["attendees.buyer_id", "attendees.id"]),)

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    attendee_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    stamp: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    told: Mapped[dict[str, Any]] = mapped_column(JSON)
    sent_at: Mapped[datetime]
