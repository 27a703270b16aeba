"""What was written down of a briefing, what is on while it lasts, and what was said of it after."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column
from vendorhub.store.briefings import OF_A_BRIEFING


class MinuteLine(Base):
    """One note or decision. `entry` is the ref of the agenda's entry that it is about, "" of the whole."""

    __tablename__ = "minute_lines"
    __table_args__ = (
        ForeignKeyConstraint(*OF_A_BRIEFING),
        CheckConstraint("kind IN ('note', 'decision')", name="kind"),
        Index("ix_minute_lines_buyer_id_request_id", "buyer_id", "request_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    entry: Mapped[str] = mapped_column(String(16), default="")
    kind: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    revision: Mapped[int] = mapped_column(default=1)


class RunningStep(Base):
    """Somebody said that this entry is on from then; "" that it is over. The latest counts."""

    __tablename__ = "running_steps"
    __table_args__ = (
        ForeignKeyConstraint(*OF_A_BRIEFING),
        Index("ix_running_steps_buyer_id_request_id", "buyer_id", "request_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int] = mapped_column(Id)
    entry: Mapped[str] = mapped_column(String(16), default="")
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    began_at: Mapped[datetime]


class Minutes(Base):
    """That the buyer has confirmed the minutes of a briefing: from then on they stay as they are."""

    __tablename__ = "minutes"
    __table_args__ = (ForeignKeyConstraint(*OF_A_BRIEFING),)

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    confirmed_by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    confirmed_at: Mapped[datetime]


class MinuteRemark(Base):
    """What another party says of the minutes, for the buyer and who organises it. Only ever added to."""

    __tablename__ = "minute_remarks"
    __table_args__ = (
        ForeignKeyConstraint(*OF_A_BRIEFING),
        Index("ix_minute_remarks_buyer_id_request_id", "buyer_id", "request_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int] = mapped_column(Id)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


class Worth(Base):
    """Whether a vendor's part was worth the time, for the buyer's own eyes (M13)."""

    __tablename__ = "worths"
    __table_args__ = (
        ForeignKeyConstraint(*OF_A_BRIEFING),
        CheckConstraint("worth BETWEEN 1 AND 5", name="worth"),
    )

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    worth: Mapped[int]
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


class Thanks(Base):
    """What the buyer thanks a company for (M10), which may quote it only where the buyer says so. `use_no` is that of
    the meeting, for a standing yes leads to several; 0 of a briefing."""

    __tablename__ = "thanks"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
    )

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    use_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0)
    text: Mapped[str] = mapped_column(Text)
    quotable: Mapped[bool] = mapped_column(default=False)
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
