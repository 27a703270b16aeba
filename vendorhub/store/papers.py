"""Papers that are asked for instead of a meeting, and those that were handed in."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column

_REQUEST = ["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]


class Paper(Base):
    """One version of a paper: words, a PDF of at most two pages, or both. The latest is read, the others stay."""

    __tablename__ = "papers"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        UniqueConstraint("request_id", "version"),
        ForeignKeyConstraint(*_REQUEST),
        CheckConstraint("(pdf IS NULL) = (pages = 0)", name="a_pdf_has_pages"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(32), unique=True)  # the name of the file; nothing can be told from it
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    pages: Mapped[int] = mapped_column(default=0)
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


class Writing(Base):
    """What a buyer would read instead of a meeting, by when (a day of its calendar), who reads it, and what came of it.

    One an ask: a later answer in writing takes the place of an earlier one.
    """

    __tablename__ = "writings"
    __table_args__ = (
        ForeignKeyConstraint(*_REQUEST),
        ForeignKeyConstraint(["buyer_id", "paper_id"], ["papers.buyer_id", "papers.id"]),
        CheckConstraint("stage IN ('asked', 'here', 'enough', 'reopened', 'missed')", name="stage"),
        Index("ix_writings_stage_due", "stage", "due"),
        Index("ix_writings_reader_id", "reader_id"),
    )

    buyer_id: Mapped[int] = mapped_column(Id, primary_key=True)
    request_id: Mapped[int] = mapped_column(Id, primary_key=True)
    what: Mapped[str] = mapped_column(Text, default="")
    due: Mapped[date]
    reader_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    stage: Mapped[str] = mapped_column(String(8))
    paper_id: Mapped[int | None] = mapped_column(Id)
