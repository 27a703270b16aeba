"""The addresses and domains from which a buyer gets mail that is no ask; each its buyer's own row."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vendorhub.domain.not_vendors import entries_for
from vendorhub.store.base import Base, Id, buyer_column, id_column


class NotVendor(Base):
    """A line of the list: an address, or a domain with all below it."""

    __tablename__ = "not_vendors"
    __table_args__ = (UniqueConstraint("buyer_id", "id"), UniqueConstraint("buyer_id", "entry"))

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    entry: Mapped[str] = mapped_column(String(254))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


def is_not_vendor(session: Session, buyer_id: int, email: str) -> bool:
    """Whether this (canonical) address, or a domain that it is of, is on the buyer's list: no ask, and no letter."""
    return bool(
        session.scalar(select(exists().where(NotVendor.buyer_id == buyer_id, NotVendor.entry.in_(entries_for(email)))))
    )
