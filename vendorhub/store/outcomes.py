"""What the buyer's side said of a meeting, when to meet next, and which meetings count as held."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, ForeignKeyConstraint, String, and_, exists
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.domain.outcomes import Held
from vendorhub.store.base import Base, Id
from vendorhub.store.meetings import Meeting

_OF_A_MEETING = (["buyer_id", "meeting_id"], ["meetings.buyer_id", "meetings.id"])


class Outcome(Base):
    """What came of a meeting, one a meeting. `worth` and `note` are for the buyer's own eyes (M13)."""

    __tablename__ = "outcomes"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_A_MEETING),
        CheckConstraint("held IN ('yes', 'they', 'we', 'late')", name="held"),
        CheckConstraint("worth BETWEEN 1 AND 5", name="worth"),
    )

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    held: Mapped[str] = mapped_column(String(4))
    worth: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(200), default="")
    goal_moved: Mapped[bool | None]
    decisions: Mapped[list[str]] = mapped_column(JSON, default=list)
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)


class NextMeeting(Base):
    """From when until when the buyer would meet again, said as one meeting ended, and who prepares it."""

    __tablename__ = "next_meetings"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_A_MEETING),
        CheckConstraint("first <= last", name="days"),
        CheckConstraint("prepares IN ('both', 'they', 'we')", name="prepares"),
    )

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    first: Mapped[date]
    last: Mapped[date]
    prepares: Mapped[str] = mapped_column(String(4))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


def took_place() -> ColumnElement[bool]:
    """Of the meetings whose time is over: those of which nobody said that they did not take place."""
    return ~exists().where(and_(*of_meeting(), Outcome.held != Held.YES))


def of_meeting() -> tuple[ColumnElement[bool], ...]:
    """What joins an outcome to its meeting."""
    return (Outcome.buyer_id == Meeting.buyer_id, Outcome.meeting_id == Meeting.id)
