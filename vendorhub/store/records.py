"""What a company answers to a fact of its record, and why it doubts a goal that it is asked to serve (M13, M14)."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column


class FactAnswer(Base):
    """What a company says to a fact that it finds wrong; both sides read it beside the fact, which it names."""

    __tablename__ = "fact_answers"

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    fact: Mapped[str] = mapped_column(String(80), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


class Doubt(Base):
    """Why a company thinks that a goal of the buyer's will fail; open until the buyer has heard it. It costs no ask."""

    __tablename__ = "doubts"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "goal_id"], ["goals.buyer_id", "goals.id"]),
        Index("ix_doubts_buyer_id_heard_at", "buyer_id", "heard_at"),
        Index("ix_doubts_company_id", "company_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    code: Mapped[str] = mapped_column(String(16), unique=True)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    goal_id: Mapped[int] = mapped_column(Id)
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
    heard_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    heard_at: Mapped[datetime | None]
