"""The ledger: what was answered, about which terms, and which companies are shut out. Only ever added to (law 3)."""

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

LEDGER = ("decisions", "joins", "blocks", "liftings")


class AgreedTerms(Base):
    """Terms by their hash. The ledger keeps the hash alone; body and salt can be erased."""

    __tablename__ = "terms"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
    )

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_id: Mapped[int] = mapped_column(Id)
    salt: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class Decision(Base):
    """One recorded answer, chained to the buyer's one before it. A consent is a decision of kind accept."""

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        UniqueConstraint("buyer_id", "position"),
        # what a meeting and an invitation refer to: this consent, these terms, this kind, this many times
        UniqueConstraint("buyer_id", "id", "terms_hash", "kind", "times"),
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        ForeignKeyConstraint(["buyer_id", "terms_hash"], ["terms.buyer_id", "terms.hash"]),
        ForeignKeyConstraint(["buyer_id", "undoes"], ["decisions.buyer_id", "decisions.id"]),
        CheckConstraint(
            "kind IN ('accept', 'amend', 'in_writing', 'not_now', 'no', 'never', 'redirect', 'remember', 'front_door', "
            "'undo', 'revoke', 'reopen')",
            name="kind",
        ),
        CheckConstraint("kind <> 'accept' OR terms_hash IS NOT NULL", name="consent_has_terms"),
        CheckConstraint(
            "CASE kind WHEN 'undo' THEN undoes IS NOT NULL WHEN 'revoke' THEN undoes IS NOT NULL "
            "WHEN 'reopen' THEN true ELSE undoes IS NULL END",
            name="undo_names_what",
        ),
        CheckConstraint("effective_at >= made_at", name="effective_after_made"),
        CheckConstraint("kind <> 'accept' OR door IN ('page', 'api', 'link')", name="a_person_accepts"),
        Index("ix_decisions_buyer_id_undoes", "buyer_id", "undoes"),
        Index("ix_decisions_by_door", "by", "door"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    position: Mapped[int]
    request_id: Mapped[int | None] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(16))
    terms_hash: Mapped[str | None] = mapped_column(String(64))
    times: Mapped[int] = mapped_column(default=0)
    valid_until: Mapped[datetime | None]
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    on_behalf_of: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    door: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime]
    effective_at: Mapped[datetime]
    undoes: Mapped[int | None] = mapped_column(Id)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class Block(Base):
    """A never: this buyer doesn't want to be asked by this company (or this person of it) again."""

    __tablename__ = "blocks"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        UniqueConstraint("decision_id"),
        ForeignKeyConstraint(["buyer_id", "decision_id"], ["decisions.buyer_id", "decisions.id"]),
        Index("ix_blocks_buyer_id_company_id", "buyer_id", "company_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    code: Mapped[str] = mapped_column(String(16), unique=True)
    decision_id: Mapped[int] = mapped_column(Id)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))  # None: the whole company
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
    effective_at: Mapped[datetime]


class Lifting(Base):
    """A block taken away again, once and for good; a new never is a new block."""

    __tablename__ = "liftings"
    __table_args__ = (
        UniqueConstraint("buyer_id", "block_id"),
        ForeignKeyConstraint(["buyer_id", "block_id"], ["blocks.buyer_id", "blocks.id"]),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    block_id: Mapped[int] = mapped_column(Id)
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
