"""Organisations, the people in them, and what a buyer says at its front door."""

import secrets
from datetime import datetime

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, select, text
from sqlalchemy.engine.interfaces import ExecutionContext
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from vendorhub.domain.identities import identity, skeleton
from vendorhub.domain.quarters import FiscalCalendar
from vendorhub.store.base import Base, Id, id_column


def _identity(row: ExecutionContext) -> str:
    return identity(row.get_current_parameters()["email"])  # type: ignore[attr-defined]


def _skeleton(row: ExecutionContext) -> str:
    return skeleton(row.get_current_parameters()["name"])  # type: ignore[attr-defined]


class Organisation(Base):
    """A buyer, a vendor or a VAR; global, for vendors meet many buyers.

    But for a noted company (`noted_by`): that is one buyer's own row for who asked it elsewhere, until somebody of that
    company comes in. `noted_domain` is the domain by which it was noted, "" for none, None for all others.
    """

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint("kind IN ('buyer', 'vendor', 'var')", name="kind"),
        Index(
            "ix_organisations_noted_by_noted_domain",
            "noted_by",
            "noted_domain",
            unique=True,
            sqlite_where=text("noted_domain <> ''"),
            postgresql_where=text("noted_domain <> ''"),
        ),
    )

    id: Mapped[int] = id_column()
    kind: Mapped[str] = mapped_column(String(10))
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(64))
    fiscal_year_start: Mapped[int] = mapped_column(default=1)
    fiscal_weekday: Mapped[int | None]  # 0 is Monday, where its years are 52 or 53 weeks
    holidays_of: Mapped[str] = mapped_column(String(12), default="")  # a country and a part of it, like DE-HH
    days_off: Mapped[list[str]] = mapped_column(JSON, default=list)  # its own, beside those
    response_days: Mapped[int] = mapped_column(default=5)
    brief: Mapped[str] = mapped_column(Text, default="")
    open_to: Mapped[str] = mapped_column(Text, default="")
    not_open_to: Mapped[str] = mapped_column(Text, default="")
    wordings: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # by answer, where they are its own
    vendor_hours: Mapped[int | None]  # a month; None: as many as it takes
    noted_by: Mapped[int | None] = mapped_column(Id, ForeignKey("organisations.id"))
    noted_domain: Mapped[str | None] = mapped_column(String(253))
    created_at: Mapped[datetime]

    @property
    def fiscal(self) -> FiscalCalendar:
        """By which its quarters go."""
        return FiscalCalendar(self.fiscal_year_start, self.fiscal_weekday)


class Domain(Base):
    """A mail domain that is known to be an organisation's own."""

    __tablename__ = "domains"

    name: Mapped[str] = mapped_column(String(253), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), index=True)
    skeleton: Mapped[str] = mapped_column(String(253), index=True, default=_skeleton)


class Goal(Base):
    """One of the things a buyer wants to achieve; asks say which they serve (M6, M14)."""

    __tablename__ = "goals"
    __table_args__ = (UniqueConstraint("buyer_id", "id"), UniqueConstraint("buyer_id", "name"))

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]


class Membership(Base, RoleMixin):
    """A person's place in an organisation. An assistant `reports_to` the decider they speak for.

    `since` is when it begins to count, where an answer that is still held gave it; None: it does.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("person_id", "organisation_id", "role"),
        Index("ix_memberships_organisation_id_person_id", "organisation_id", "person_id"),
        CheckConstraint("(role = 'operator') = (organisation_id IS NULL)", name="operator_alone"),
        CheckConstraint("reports_to IS NULL OR reports_to <> person_id", name="no_own_boss"),
    )

    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(Id, ForeignKey("organisations.id"))
    role: Mapped[str] = mapped_column(String(12))
    reports_to: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"), index=True)
    given: Mapped[str] = mapped_column(Text, default="")  # an assistant's deeds, by name, with spaces between
    since: Mapped[datetime | None]

    @property
    def name(self) -> str:  # type: ignore[override]
        """What Flask-Security calls a role."""
        return self.role


class Person(Base, UserMixin):
    """Somebody with an address; may sign in once they belong to an organisation (or operate the place)."""

    __tablename__ = "people"

    id: Mapped[int] = id_column()
    email: Mapped[str] = mapped_column(String(254), unique=True)
    identity: Mapped[str] = mapped_column(String(254), index=True, default=_identity)
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(64), default="")
    language: Mapped[str] = mapped_column(String(8), default="en")
    active: Mapped[bool] = mapped_column(default=True)
    password: Mapped[str | None] = mapped_column(String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]

    roles: Mapped[list[Membership]] = relationship(  # type: ignore[assignment]
        Membership, foreign_keys=[Membership.person_id], order_by=Membership.id, viewonly=True
    )


class WorkingHours(Base):
    """In which hours of their own clock somebody works, where they have said so."""

    __tablename__ = "working_hours"
    __table_args__ = (CheckConstraint("0 <= begins AND begins < ends AND ends <= 24", name="forward"),)

    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    begins: Mapped[int]
    ends: Mapped[int]


def person_for(session: Session, *, email: str, name: str, now: datetime) -> Person:
    """The person with this (canonical) address; made, without an account, where there is none."""
    known = select(Person).where(Person.email == email)
    if found := session.scalar(known):
        return found
    made = Person(email=email, name=name, fs_uniquifier=secrets.token_urlsafe(32), created_at=now)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # somebody named the same person at the same moment
        return session.scalars(known).one()
    return made
