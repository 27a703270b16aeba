"""Yes, but: a yes to other terms than were asked, as it waits for the asking side's word."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column
from vendorhub.store.meeting_requests import MeetingRequest

Coming = tuple[tuple[str, str, str, str], ...]  # side, name, email, role


class Amendment(Base):
    """What a yes would have otherwise. Its consent is in the ledger; nothing rests on it before it is agreed to.

    The request keeps what was asked until then, so that nothing needs to be put back where it comes to nothing.
    """

    __tablename__ = "amendments"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        ForeignKeyConstraint(["buyer_id", "decision_id"], ["decisions.buyer_id", "decisions.id"]),
        UniqueConstraint("decision_id"),
        Index("ix_amendments_buyer_id_request_id", "buyer_id", "request_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int] = mapped_column(Id)
    decision_id: Mapped[int] = mapped_column(Id)
    decided_by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
    asked_topic: Mapped[str] = mapped_column(String(120))
    asked_until: Mapped[datetime]  # the end of the window in which the ask itself was to be answered
    topic: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    coming: Mapped[str] = mapped_column(Text)  # everybody, of both sides
    place_how: Mapped[str] = mapped_column(String(16), default="")
    place_detail: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    agreed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    agreed_at: Mapped[datetime | None]

    def people(self) -> Coming:
        """Who would come, of both sides."""
        return tuple((side, name, email, role) for side, name, email, role in json.loads(self.coming))


def listed(coming: Sequence[Sequence[str]]) -> str:
    """The people as they are kept."""
    return json.dumps([list(each) for each in coming], ensure_ascii=False)


def amendment_of(session: Session, request: MeetingRequest) -> Amendment | None:
    """The one that came with the yes which stands on this request; None where that is as asked, or there is none."""
    if request.consent_id is None:
        return None
    return session.scalar(
        select(Amendment).where(Amendment.buyer_id == request.buyer_id, Amendment.decision_id == request.consent_id)
    )
