"""The agenda of a briefing or a single meeting: the one that is being built, and every version that was published."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
)
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column
from vendorhub.store.briefings import OF_A_BRIEFING, Briefing
from vendorhub.store.meetings import Meeting

_OF_A_MEETING = ["buyer_id", "meeting_id"], ["meetings.buyer_id", "meetings.id"]
_OF_ONE = "(request_id IS NULL) <> (meeting_id IS NULL)"  # a briefing's, or a single meeting's


class AgendaEntry(Base):
    """One entry of the working agenda, in running order: an item, or words of its own."""

    __tablename__ = "agenda_entries"
    __table_args__ = (
        UniqueConstraint("request_id", "position"),
        ForeignKeyConstraint(*OF_A_BRIEFING),
        ForeignKeyConstraint(*_OF_A_MEETING),
        CheckConstraint(_OF_ONE, name="of_one"),
        ForeignKeyConstraint(["buyer_id", "item_id"], ["items.buyer_id", "items.id"]),
        ForeignKeyConstraint(["buyer_id", "overlap_id"], ["vendor_pairs.buyer_id", "vendor_pairs.id"]),
        CheckConstraint("segment IN ('vendor', 'overlap', 'buyer', 'actions', 'break')", name="segment"),
        CheckConstraint("minutes BETWEEN 1 AND 480", name="minutes"),
        Index("ix_agenda_entries_buyer_id_request_id", "buyer_id", "request_id"),
        Index("ix_agenda_entries_meeting_id_position", "meeting_id", "position", unique=True),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int | None] = mapped_column(Id)
    meeting_id: Mapped[int | None] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    position: Mapped[int]
    segment: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(Id)
    overlap_id: Mapped[int | None] = mapped_column(Id)
    companies: Mapped[list[int]] = mapped_column(JSON, default=list)  # whose entry it is; none: everybody's
    presenters: Mapped[list[list[str]]] = mapped_column(JSON, default=list)  # name, email, role


class AgendaVersion(Base):
    """What was published, whole; each reader is shown their part of it."""

    __tablename__ = "agenda_versions"
    __table_args__ = (
        UniqueConstraint("request_id", "number"),
        ForeignKeyConstraint(*OF_A_BRIEFING),
        ForeignKeyConstraint(*_OF_A_MEETING),
        CheckConstraint(_OF_ONE, name="of_one"),
        Index("ix_agenda_versions_buyer_id_request_id", "buyer_id", "request_id"),
        Index("ix_agenda_versions_meeting_id_number", "meeting_id", "number", unique=True),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int | None] = mapped_column(Id)
    meeting_id: Mapped[int | None] = mapped_column(Id)
    number: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    overruled: Mapped[str] = mapped_column(Text, default="")  # why it was published although a rule was not kept
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


class Owner(NamedTuple):
    """Of which buyer, and of which briefing or single meeting, the rows of an agenda are."""

    buyer_id: int
    request_id: int | None
    meeting_id: int | None


def owner(holder: Briefing | Meeting) -> Owner:
    """The owner that this row is."""
    if isinstance(holder, Meeting):
        return Owner(holder.buyer_id, None, holder.id)
    return Owner(holder.buyer_id, holder.request_id, None)


def owned(table: type[AgendaEntry] | type[AgendaVersion], by: Owner) -> ColumnElement[bool]:
    """That a row is of this agenda."""
    whose = table.meeting_id == by.meeting_id if by.request_id is None else table.request_id == by.request_id
    return and_(table.buyer_id == by.buyer_id, whose)
