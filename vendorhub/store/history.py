"""What happened, line by line; each side reads its own."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor, DoorName
from vendorhub.store.base import Base, Id, buyer_column, id_column
from vendorhub.store.meeting_requests import MeetingRequest
from vendorhub.store.people import Organisation
from vendorhub.store.write import Work


class HistoryLine(Base):
    """One deed: who did it, on whose behalf, by which door, and which side may read it from when.

    A line for a `party` is about a vendor in a briefing: that company reads it, the organiser and the buyer do.
    """

    __tablename__ = "history"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        CheckConstraint("audience IN ('both', 'buyer', 'vendor', 'party')", name="audience"),
        Index("ix_history_buyer_id_request_id_id", "buyer_id", "request_id", "id"),
        Index("ix_history_company_id_id", "company_id", "id"),
        Index("ix_history_buyer_id_id", "buyer_id", "id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    request_id: Mapped[int | None] = mapped_column(Id)
    decision_id: Mapped[int | None] = mapped_column(Id)
    deed: Mapped[str] = mapped_column(String(16))
    by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))  # None: the clock
    on_behalf_of: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    door: Mapped[str] = mapped_column(String(8))
    audience: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime]
    visible_at: Mapped[datetime]  # to the other side: when a held answer becomes effective
    words: Mapped[str] = mapped_column(Text, default="")


def record(
    work: Work,
    deed: str,
    *,
    request: MeetingRequest,
    audience: str = "both",
    visible_at: datetime | None = None,
    decision_id: int | None = None,
    words: str = "",
) -> None:
    """Writes one line about a request (or the meeting it led to); without an actor it is the clock's. What the asking
    side has not heard of is the buyer's alone."""
    work.session.add(
        HistoryLine(
            buyer_id=request.buyer_id,
            company_id=request.company_id,
            request_id=request.id,
            decision_id=decision_id,
            deed=deed,
            by=work.actor.person if work.actor else None,
            on_behalf_of=_on_behalf_of(work.actor, request),
            door=work.actor.door.name if work.actor else DoorName.CLOCK,
            audience="buyer" if request.untold else audience,
            made_at=work.now,
            visible_at=visible_at or work.now,
            words=words,
        )
    )


def record_part(
    work: Work, deed: str, *, request: MeetingRequest, company_id: int, visible_at: datetime | None = None
) -> None:
    """Writes one line about a vendor's part in a briefing: for that vendor, the organiser and the buyer."""
    work.session.add(
        HistoryLine(
            buyer_id=request.buyer_id,
            company_id=company_id,
            request_id=request.id,
            deed=deed,
            by=work.actor.person if work.actor else None,
            on_behalf_of=_on_behalf_of(work.actor, request),
            door=work.actor.door.name if work.actor else DoorName.CLOCK,
            audience="party",
            made_at=work.now,
            visible_at=visible_at or work.now,
            words=work.session.get_one(Organisation, company_id).name,
        )
    )


def record_promise(work: Work, deed: str, *, buyer_id: int, company_id: int, words: str) -> None:
    """Writes one line about a promise that was made at no meeting here: for the company and the buyer."""
    _record_of_house(work, deed, buyer_id=buyer_id, company_id=company_id, words=words, audience="party")


def record_block(work: Work, deed: str, *, buyer_id: int, company: Organisation) -> None:
    """Writes one line about a company that is shut out or let in again, for the buyer to read."""
    _record_of_house(work, deed, buyer_id=buyer_id, company_id=company.id, words=company.name)


def record_relationship(work: Work, deed: str, *, buyer_id: int, company: Organisation) -> None:
    """Writes one line about the rhythm that a buyer keeps with a company, for the buyer to read."""
    _record_of_house(work, deed, buyer_id=buyer_id, company_id=company.id, words=company.name)


def record_note(work: Work, deed: str, *, buyer: Organisation, company: Organisation, own: Organisation) -> None:
    """Writes one line about a note of one side of a relationship, for that side to read alone."""
    ours = own.id == buyer.id
    work.session.add(
        HistoryLine(
            buyer_id=buyer.id,
            company_id=company.id,
            deed=deed,
            by=work.actor.person if work.actor else None,
            door=work.actor.door.name if work.actor else DoorName.CLOCK,
            audience="buyer" if ours else "vendor",
            made_at=work.now,
            visible_at=work.now,
            words=company.name if ours else buyer.name,
        )
    )


def record_plan(work: Work, deed: str, *, buyer_id: int, words: str) -> None:
    """Writes one line about the time that a buyer gives to vendors, for the buyer to read: a quarter, or hours."""
    _record_of_house(work, deed, buyer_id=buyer_id, company_id=buyer_id, words=words)


def record_import(work: Work, *, buyer_id: int, rows: int) -> None:
    """Writes one line about a table that was brought in, and how many of its rows were taken, for the buyer to read."""
    _record_of_house(work, Deed.BRING_IN, buyer_id=buyer_id, company_id=buyer_id, words=str(rows))


def record_joining(work: Work, deed: str, *, buyer_id: int, one: Organisation, other: Organisation) -> None:
    """Writes one line about two companies that are one from now on, or two again, for the buyer to read."""
    _record_of_house(work, deed, buyer_id=buyer_id, company_id=one.id, words=f"{one.name}, {other.name}")


def record_front_door(work: Work, deed: str, *, buyer_id: int, parts: Sequence[str]) -> None:
    """Writes one line about what a buyer says at its front door, for the buyer to read; `parts` names what changed."""
    _record_of_house(work, deed, buyer_id=buyer_id, company_id=buyer_id, words=" ".join(parts))


def record_giving(work: Work, *, buyer_id: int, name: str) -> None:
    """Writes one line about an assistant, by `name`, whose decider said anew what they may answer alone."""
    _record_of_house(work, Deed.DELEGATE, buyer_id=buyer_id, company_id=buyer_id, words=name)


def _record_of_house(
    work: Work, deed: str, *, buyer_id: int, company_id: int, words: str, audience: str = "buyer"
) -> None:
    """One line about no ask, for the buyer's own eyes where nobody else is said."""
    work.session.add(
        HistoryLine(
            buyer_id=buyer_id,
            company_id=company_id,
            deed=deed,
            by=work.actor.person if work.actor else None,
            door=work.actor.door.name if work.actor else DoorName.CLOCK,
            audience=audience,
            made_at=work.now,
            visible_at=work.now,
            words=words,
        )
    )


def _on_behalf_of(actor: Actor | None, request: MeetingRequest) -> int | None:
    decider = request.decided_by or request.asked_of
    return decider if actor is not None and decider in actor.serves else None
