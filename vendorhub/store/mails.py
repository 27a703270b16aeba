"""The mails that came, each with what became of it, and the asks that it became."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from vendorhub.domain.people import Side
from vendorhub.store.base import Base, Id, id_column
from vendorhub.store.people import Membership, Organisation, Person


class Mail(Base):
    """One mail to one mailbox of ours. Whose it is may be told by nothing in it: then it has no buyer.

    `person_id` is the one of the buyer's people whom it says it is from; its octets are sealed, and erased with its
    words after a month.
    """

    __tablename__ = "mails"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        UniqueConstraint("digest", "mailbox"),  # the same mail twice is one
        CheckConstraint("state IN ('taken', 'kept', 'ignored')", name="state"),
        Index("ix_mails_buyer_id_id", "buyer_id", "id"),
        Index("ix_mails_received_at", "received_at"),
    )

    id: Mapped[int] = id_column()
    code: Mapped[str] = mapped_column(String(16), unique=True)
    buyer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("organisations.id"))
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    mailbox: Mapped[str] = mapped_column(String(64))
    sender: Mapped[str] = mapped_column(String(254))
    sender_name: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(200))
    words: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(8))
    why: Mapped[str] = mapped_column(String(16))
    more: Mapped[int] = mapped_column(default=0)  # asks in it beyond those that became cards
    received_at: Mapped[datetime]


class MailAsk(Base):
    """An ask that a mail became."""

    __tablename__ = "mail_asks"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "mail_id"], ["mails.buyer_id", "mails.id"]),
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        Index("ix_mail_asks_buyer_id_request_id", "buyer_id", "request_id"),
    )

    buyer_id: Mapped[int] = mapped_column(Id)
    mail_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)


def buyer_named(session: Session, slug: str) -> Organisation | None:
    """The buyer whose mailbox this is."""
    return session.scalar(select(Organisation).where(Organisation.slug == slug, Organisation.kind == Side.BUYER))


def only_buyer(session: Session) -> int | None:
    """The buyer of this place, where there is but one."""
    found = session.scalars(select(Organisation.id).where(Organisation.kind == Side.BUYER).limit(2)).all()
    return found[0] if len(found) == 1 else None


def places_of(session: Session, addresses: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Of these addresses those of a buyer's people: the buyer's number and the person's, in the order of addresses."""
    rows = session.execute(
        select(Person.email, Organisation.id, Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Person.email.in_(addresses), Person.active, Organisation.kind == Side.BUYER)
        .order_by(Membership.id)
    )
    found: dict[str, tuple[int, int]] = {}
    for email, buyer_id, person_id in rows:
        found.setdefault(email, (buyer_id, person_id))
    return {email: found[email] for email in addresses if email in found}
