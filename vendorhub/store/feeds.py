"""What goes to one person of a buyer about when to meet whom: a feed for their calendar, and a letter a week."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id


class Feed(Base):
    """Somebody's own feed of due days. Whoever has its secret, of which only the hash is kept, reads it."""

    __tablename__ = "feeds"

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]


class WeeklyLetter(Base):
    """The Monday of the week about which somebody was last written to, or for which there was nothing to write."""

    __tablename__ = "weekly_letters"

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    week: Mapped[date]
