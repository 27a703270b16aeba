"""Times on the table: offers of slots, and the one slot that the buyer's side agreed to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    exists,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from vendorhub.domain.offers import OfferState
from vendorhub.store.base import Base, Id, buyer_column, id_column


class Offer(Base):
    """Slots put up by one side for the other to choose from; rests on a consent."""

    __tablename__ = "offers"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        ForeignKeyConstraint(["buyer_id", "consent_id"], ["decisions.buyer_id", "decisions.id"]),
        ForeignKeyConstraint(["buyer_id", "answers"], ["offers.buyer_id", "offers.id"]),
        CheckConstraint("side IN ('buyer', 'vendor')", name="side"),
        Index("ix_offers_buyer_id_request_id", "buyer_id", "request_id"),
        Index("ix_offers_buyer_id_state", "buyer_id", "state"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    code: Mapped[str] = mapped_column(String(16), unique=True)
    request_id: Mapped[int] = mapped_column(Id)
    consent_id: Mapped[int] = mapped_column(Id)
    side: Mapped[str] = mapped_column(String(8))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    answers: Mapped[int | None] = mapped_column(Id)
    created_at: Mapped[datetime]
    poll: Mapped[bool] = mapped_column(default=False)  # each party of a briefing says which of its times suit
    reminded_at: Mapped[datetime | None]  # of a poll: when those were reminded who had not answered
    visible_at: Mapped[datetime]  # with a held yes: when the yes becomes effective


class Slot(Base):
    """One time: the instants, and the wall clock and zone it was meant in. Without an offer: a wish to move."""

    __tablename__ = "slots"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        ForeignKeyConstraint(["buyer_id", "offer_id"], ["offers.buyer_id", "offers.id"]),
        CheckConstraint("end_at > start_at", name="forward"),
        CheckConstraint("side IN ('buyer', 'vendor')", name="side"),
        Index("ix_slots_offer_id_buyer_id", "offer_id", "buyer_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    code: Mapped[str] = mapped_column(String(16), unique=True)
    request_id: Mapped[int] = mapped_column(Id)
    offer_id: Mapped[int | None] = mapped_column(Id)
    side: Mapped[str] = mapped_column(String(8))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    start_at: Mapped[datetime]
    end_at: Mapped[datetime]
    wall: Mapped[str] = mapped_column(String(19))
    zone: Mapped[str] = mapped_column(String(64))


class AgreedSlot(Base):
    """The slot that both sides agreed to; `agreed_by` is the person of the buyer's side who put it up or chose it."""

    __tablename__ = "agreed_slots"
    __table_args__ = (
        UniqueConstraint("buyer_id", "slot_id"),
        UniqueConstraint("buyer_id", "id", "consent_id", "terms_hash"),
        ForeignKeyConstraint(["buyer_id", "slot_id"], ["slots.buyer_id", "slots.id"]),
        ForeignKeyConstraint(
            ["buyer_id", "consent_id", "terms_hash", "consent_kind", "times"],
            [
                "decisions.buyer_id",
                "decisions.id",
                "decisions.terms_hash",
                "decisions.kind",
                "decisions.times",
            ],
        ),
        CheckConstraint("consent_kind = 'accept'", name="rests_on_a_yes"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    slot_id: Mapped[int] = mapped_column(Id)
    consent_id: Mapped[int] = mapped_column(Id)
    terms_hash: Mapped[str] = mapped_column(String(64))
    consent_kind: Mapped[str] = mapped_column(String(8), default="accept")
    times: Mapped[int]
    agreed_by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


def open_offers(session: Session, buyer_id: int, request_id: int, *, now: datetime) -> Sequence[Offer]:
    """The offers about a request that lie open; where all times have passed one has lapsed, and that is its end."""
    ahead = exists().where(Slot.buyer_id == Offer.buyer_id, Slot.offer_id == Offer.id, Slot.start_at > now)
    return session.scalars(
        select(Offer).where(
            Offer.buyer_id == buyer_id, Offer.request_id == request_id, Offer.state == OfferState.OPEN, ahead
        )
    ).all()


def clear_table(session: Session, buyer_id: int, request_id: int, *, now: datetime) -> None:
    """Takes back the offers that lie open, whoever put them up: what they rested on is gone."""
    for offer in open_offers(session, buyer_id, request_id, now=now):
        offer.state = OfferState.RETRACTED
