"""Meetings that exist elsewhere and are taken up here: a series and its dates, to which no invitation can refer."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    delete,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from vendorhub.domain.adoptions import Date
from vendorhub.store.base import Base, Id, buyer_column, id_column


class AdoptedSeries(Base):
    """A meeting or a series of them, by its UID. Without a relationship it waits for the press of whoever brought it.

    `people` are the names, each with an address or "", of whom it names.
    """

    __tablename__ = "adopted_series"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "relationship_id"], ["relationships.buyer_id", "relationships.id"]),
        UniqueConstraint("buyer_id", "id"),
        UniqueConstraint("buyer_id", "uid"),
        Index("ix_adopted_series_buyer_id_relationship_id", "buyer_id", "relationship_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    code: Mapped[str] = mapped_column(String(16), unique=True)
    uid: Mapped[str] = mapped_column(String(255))
    relationship_id: Mapped[int | None] = mapped_column(Id)
    title: Mapped[str] = mapped_column(String(200))
    people: Mapped[list[tuple[str, str]]] = mapped_column(JSON, default=list)
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


class AdoptedMeeting(Base):
    """One date of a series."""

    __tablename__ = "adopted_meetings"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "series_id"], ["adopted_series.buyer_id", "adopted_series.id"]),
        CheckConstraint("start_at <= end_at", name="forward"),
    )

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    series_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    start_at: Mapped[datetime] = mapped_column(primary_key=True)
    end_at: Mapped[datetime]


def set_dates(session: Session, of: AdoptedSeries, dates: Sequence[Date], *, now: datetime) -> None:
    """Puts these dates in place of those from the first of them on; where there are none, of all that are ahead. What
    lies before is what was."""
    since = min((each.start for each in dates), default=now)
    session.execute(delete(AdoptedMeeting).where(*_of(of), AdoptedMeeting.start_at >= since))
    session.add_all(
        AdoptedMeeting(buyer_id=of.buyer_id, series_id=of.id, start_at=each.start, end_at=each.end) for each in dates
    )


def dates_of(session: Session, series: Iterable[int], buyer_id: int) -> dict[int, list[Date]]:
    """The dates of these series, in order."""
    found: dict[int, list[Date]] = {}
    rows = session.execute(
        select(AdoptedMeeting.series_id, AdoptedMeeting.start_at, AdoptedMeeting.end_at)
        .where(AdoptedMeeting.buyer_id == buyer_id, AdoptedMeeting.series_id.in_(list(series)))
        .order_by(AdoptedMeeting.start_at)
    )
    for number, start, end in rows:
        found.setdefault(number, []).append(Date(start, end))
    return found


def take_out(session: Session, series: AdoptedSeries) -> None:
    """Deletes a series with its dates."""
    session.execute(delete(AdoptedMeeting).where(*_of(series)))
    session.delete(series)


def _of(series: AdoptedSeries) -> tuple[ColumnElement[bool], ...]:
    return AdoptedMeeting.buyer_id == series.buyer_id, AdoptedMeeting.series_id == series.id
