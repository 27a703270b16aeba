"""What vendors and the buyer's team bring to a briefing, and who presents it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column
from vendorhub.store.briefings import OF_A_BRIEFING


class Item(Base):
    """One agenda item of a company. A draft is its own people's alone; what is sent counts as in.

    `by` and `changed_at` tell who wrote at it last, sent or not.
    """

    __tablename__ = "items"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        ForeignKeyConstraint(*OF_A_BRIEFING),
        CheckConstraint("segment IN ('vendor', 'buyer')", name="segment"),
        CheckConstraint("visibility IN ('buyer', 'room')", name="visibility"),
        CheckConstraint("state IN ('draft', 'sent', 'withdrawn')", name="state"),
        Index("ix_items_request_id_company_id", "request_id", "company_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))  # whose it is; the buyer's own too
    segment: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(120))
    abstract: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int]
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    visibility: Mapped[str] = mapped_column(String(8))
    asks_id: Mapped[int | None] = mapped_column(Id, ForeignKey("organisations.id"))  # whom a question is to; None: all
    typed: Mapped[str | None] = mapped_column(Text)  # what is written and not sent, as it stands in the form
    state: Mapped[str] = mapped_column(String(10))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class Presenter(Base):
    """Who presents an item; they are invited with the company whose item it is."""

    __tablename__ = "presenters"
    __table_args__ = (
        UniqueConstraint("item_id", "email"),
        ForeignKeyConstraint(["buyer_id", "item_id"], ["items.buyer_id", "items.id"]),
        Index("ix_presenters_buyer_id_item_id", "buyer_id", "item_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    item_id: Mapped[int] = mapped_column(Id)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(80), default="")
