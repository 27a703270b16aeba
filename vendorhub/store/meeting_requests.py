"""Meeting requests and the people each of them names."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine.interfaces import ExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column


def _from_the_start(context: ExecutionContext) -> datetime:
    made: datetime = context.get_current_parameters()["created_at"]  # type: ignore[attr-defined]
    return made


class MeetingRequest(Base):
    """Somebody asks a buyer. It carries no date at all (M1).

    While an answer is held (`held_until` ahead) the other side sees `before_answer` instead of `state`. Before
    `visible_at` nobody sees the row at all: it was passed on by an answer that is still held. One that came elsewhere
    (`channel`) is the buyer's alone before `told_at`, from which on an answer lets the other side know of it. Of one
    that waits for a vendor's word `visible_at` is NEVER_SHOWN, and `answer_by` the end of the time to give it: the VAR
    and the vendor see it, the buyer does not.
    """

    __tablename__ = "meeting_requests"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        ForeignKeyConstraint(["buyer_id", "goal_id"], ["goals.buyer_id", "goals.id"]),
        ForeignKeyConstraint(["buyer_id", "from_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        ForeignKeyConstraint(["buyer_id", "attached_to"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        CheckConstraint(
            "minutes IN (15, 30, 45, 60) OR kind = 'briefing' AND minutes BETWEEN 30 AND 480", name="minutes"
        ),
        Index("ix_meeting_requests_buyer_id_state_answer_by", "buyer_id", "state", "answer_by"),
        Index("ix_meeting_requests_state_answer_by", "state", "answer_by"),
        Index("ix_meeting_requests_buyer_id_held_until", "buyer_id", "held_until"),
        Index("ix_meeting_requests_buyer_id_state_answered_at", "buyer_id", "state", "answered_at"),
        Index("ix_meeting_requests_company_id_id", "company_id", "id"),
        Index("ix_meeting_requests_vendor_id_id", "vendor_id", "id"),
        Index("ix_meeting_requests_buyer_id_company_id", "buyer_id", "company_id"),
        Index("ix_meeting_requests_buyer_id_vendor_id", "buyer_id", "vendor_id"),
        Index("ix_meeting_requests_buyer_id_from_id", "buyer_id", "from_id"),
        Index("ix_meeting_requests_buyer_id_attached_to", "buyer_id", "attached_to"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    code: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    vendor_id: Mapped[int | None] = mapped_column(Id, ForeignKey("organisations.id"))  # for whom a VAR asks
    vendor_name: Mapped[str] = mapped_column(String(120), default="")  # as the VAR told it, until somebody confirms it
    vendor_domain: Mapped[str] = mapped_column(String(253), default="")
    confirmed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))  # who gave the vendor's name
    asked_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))  # None: logged, without an address
    sender_name: Mapped[str] = mapped_column(String(120), default="")  # as it was told, of a logged ask
    channel: Mapped[str] = mapped_column(String(16), default="")  # how it came, if not by our own doors
    told_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(Text, default="")  # what they said, of a mail that was forwarded
    unreadable: Mapped[str] = mapped_column(Text, default="")  # the files in it that could not be read, a line each
    noted_as: Mapped[int | None] = mapped_column(
        Id, ForeignKey("organisations.id")
    )  # before the latest answer let them in
    logged_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    introduced_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))  # one of the buyer's own people
    parked: Mapped[str] = mapped_column(String(16), default="")  # why somebody should look who this is
    asked_of: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    decided_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    goal_id: Mapped[int | None] = mapped_column(Id)
    topic: Mapped[str] = mapped_column(String(120))
    outcome: Mapped[str] = mapped_column(Text)
    learned: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int]
    minutes_agreed: Mapped[int | None]  # fewer than asked for, if the answer said so
    state: Mapped[str] = mapped_column(String(12))
    before_answer: Mapped[str] = mapped_column(String(12))
    held_until: Mapped[datetime | None]
    answer_by: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_as: Mapped[str] = mapped_column(String(16), default="")  # the ledger's word for the answer
    again_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    silent: Mapped[bool] = mapped_column(default=False)  # a never that nobody is told of: they read a plain no
    consent_id: Mapped[int | None] = mapped_column(Id)  # the standing yes; the decision refers to us, so no key
    place_how: Mapped[str] = mapped_column(String(16), default="")
    place_detail: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    visible_at: Mapped[datetime] = mapped_column(default=_from_the_start)
    from_id: Mapped[int | None] = mapped_column(Id)  # the request that was passed on
    attached_to: Mapped[int | None] = mapped_column(Id)  # the request whose answer stands for this one
    question: Mapped[str] = mapped_column(Text, default="")  # the latest
    question_answer: Mapped[str] = mapped_column(Text, default="")
    window_left: Mapped[int | None]  # working days, while a question waits and `answer_by` is the end of the pause
    standing: Mapped[bool] = mapped_column(default=False)  # the yes is to one meeting a quarter

    @property
    def untold(self) -> bool:
        """Whether the asking side hears nothing of what becomes of it: it came elsewhere, and had no answer."""
        return bool(self.channel) and self.told_at is None


class Guest(Base):
    """A person an ask names, or one of the buyer's own whom the answer added."""

    __tablename__ = "guests"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        UniqueConstraint("request_id", "email"),
        Index("ix_guests_buyer_id_request_id", "buyer_id", "request_id"),
        CheckConstraint("side IN ('buyer', 'vendor')", name="side"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = mapped_column(Id)
    request_id: Mapped[int] = mapped_column(Id)
    side: Mapped[str] = mapped_column(String(8))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(80), default="")
    left_out: Mapped[bool] = mapped_column(default=False)  # by the answer
