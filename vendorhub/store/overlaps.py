"""What two vendors of a briefing have in common, and what the organisers make of it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column
from vendorhub.store.briefings import OF_A_BRIEFING


class Overlap(Base):
    """A pair of vendors. Score and topics are computed from their items, and kept with a digest of what from."""

    __tablename__ = "vendor_pairs"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        UniqueConstraint("request_id", "one_id", "other_id"),
        ForeignKeyConstraint(*OF_A_BRIEFING),
        CheckConstraint("one_id < other_id", name="in_order"),
        CheckConstraint("kind IN ('synergy', 'competition', 'none')", name="kind"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score"),
        Index("ix_vendor_pairs_buyer_id_request_id", "buyer_id", "request_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    one_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    other_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    score: Mapped[int] = mapped_column(default=0)
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    likened_from: Mapped[str] = mapped_column(String(64), default="")
    kind: Mapped[str | None] = mapped_column(String(12))
    sentence: Mapped[str] = mapped_column(Text, default="")
    found: Mapped[str] = mapped_column(Text, default="")  # what came of it in the room
    marked_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    marked_at: Mapped[datetime | None]
