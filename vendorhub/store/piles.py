"""How an assistant has sorted what waits for a decider, and when that decider's pile comes by letter."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column


class Sorting(Base):
    """On which pile an ask lies for one decider; sorted again, the row changes. It decides nothing."""

    __tablename__ = "sortings"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        UniqueConstraint("request_id", "decider"),
        CheckConstraint("pile IN ('for_you', 'mine', 'no_for_us')", name="pile"),
        Index("ix_sortings_buyer_id_request_id", "buyer_id", "request_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int] = mapped_column(Id)
    decider: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    pile: Mapped[str] = mapped_column(String(12))
    line: Mapped[str] = mapped_column(String(280), default="")
    suggested: Mapped[str] = mapped_column(String(12), default="")
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    at: Mapped[datetime]


class PileHours(Base):
    """A decider gets no letter for each ask but one for all, at these hours of their own clock."""

    __tablename__ = "pile_hours"

    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    buyer_id: Mapped[int] = buyer_column()
    hours: Mapped[str] = mapped_column(String(12))  # with spaces between
    looked_at: Mapped[datetime]  # what waited then has been told


def unsort(session: Session, *, buyer_id: int, request_id: int) -> None:
    """Takes an ask off every pile: it is to be sorted anew, if it waits again."""
    session.execute(delete(Sorting).where(Sorting.buyer_id == buyer_id, Sorting.request_id == request_id))
