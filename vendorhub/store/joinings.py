"""What a buyer holds of who its askers are: companies it takes for one, whom an ask says to be of, how one came."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column


class Joining(Base):
    """Two companies that this buyer takes for one: since `made_at`, or `whole`, where they always were. A parted one
    stays as what was once said."""

    __tablename__ = "joinings"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        CheckConstraint("one_id <> other_id", name="two"),
        CheckConstraint("(parted_by IS NULL) = (parted_at IS NULL)", name="parted_by_somebody"),
        Index("ix_joinings_buyer_id_parted_at", "buyer_id", "parted_at"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    code: Mapped[str] = mapped_column(String(16), unique=True)
    one_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    other_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    whole: Mapped[bool] = mapped_column(default=False)
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
    parted_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    parted_at: Mapped[datetime | None]


class JoinedAnswer(Base):
    """An earlier answer to one of the two that holds for both, as the buyer said when it joined them."""

    __tablename__ = "joined_answers"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "joining_id"], ["joinings.buyer_id", "joinings.id"]),
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
    )

    buyer_id: Mapped[int] = mapped_column(Id)
    joining_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)


class Claim(Base):
    """Whom the sender of a parked ask says to be of, or passes for: `company_id` where that company is known here,
    `domain` what the sender's own looks like. A person of the buyer settles it: "them" or "other".

    `email` and `name` are whom an unproven mail names; until it is settled they are nobody's ask.
    """

    __tablename__ = "claims"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        CheckConstraint("settled IN ('', 'them', 'other')", name="settled"),
    )

    request_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    buyer_id: Mapped[int] = mapped_column(Id)
    company_id: Mapped[int | None] = mapped_column(Id, ForeignKey("organisations.id"))
    says: Mapped[str] = mapped_column(String(120))
    domain: Mapped[str] = mapped_column(String(253), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    name: Mapped[str] = mapped_column(String(120), default="")
    settled: Mapped[str] = mapped_column(String(8), default="")
    settled_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    settled_at: Mapped[datetime | None]


class Remark(Base):
    """How an ask that had its answer before came all the same, as a person of the buyer said; theirs to change."""

    __tablename__ = "remarks"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        CheckConstraint("remark IN ('went_around', 'told_to', 'invited')", name="remark"),
    )

    request_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    buyer_id: Mapped[int] = mapped_column(Id)
    remark: Mapped[str] = mapped_column(String(12))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
