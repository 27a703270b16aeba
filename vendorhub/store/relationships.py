"""What a buyer keeps of a relationship: facts, rhythm, pauses, quarters let go, and meetings held elsewhere."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from vendorhub.domain.cadence import Rule
from vendorhub.domain.codes import new_code
from vendorhub.store.base import Base, Id, buyer_column, id_column

CODE_LENGTH = 10


class Relationship(Base):
    """A company that a buyer wants to meet now and again."""

    __tablename__ = "relationships"
    __table_args__ = (UniqueConstraint("buyer_id", "id"), UniqueConstraint("buyer_id", "company_id"))

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    code: Mapped[str] = mapped_column(String(16), unique=True)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), index=True)
    made_at: Mapped[datetime]


class RelationshipDetails(Base):
    """What a buyer holds of a relationship for itself, where somebody has said something of it."""

    __tablename__ = "relationship_details"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "relationship_id"], ["relationships.buyer_id", "relationships.id"]),
        CheckConstraint("spend >= 0 AND (spend IS NULL) = (currency = '')", name="spend"),
    )

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    relationship_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    owner_id: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    contract_end: Mapped[date | None]
    notice_by: Mapped[date | None]
    spend: Mapped[int | None] = mapped_column(BigInteger)  # a year, in whole units
    currency: Mapped[str] = mapped_column(String(3), default="")
    contacts: Mapped[list[tuple[str, str]]] = mapped_column(JSON, default=list)  # names and addresses, as brought in


class RelationshipGoal(Base):
    """A goal of the buyer's that a relationship serves."""

    __tablename__ = "relationship_goals"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "relationship_id"], ["relationships.buyer_id", "relationships.id"]),
        ForeignKeyConstraint(["buyer_id", "goal_id"], ["goals.buyer_id", "goals.id"]),
    )

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    relationship_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    goal_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)


class InCircle(Base):
    """Somebody of the buyer who may know of a relationship. One with a circle is confidential; its owner is in it."""

    __tablename__ = "circles"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "relationship_id"], ["relationships.buyer_id", "relationships.id"]),
    )

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    relationship_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)


class CadenceRule(Base):
    """What a relationship asks for from a day on; a new rule is a new row, so that the past keeps its own."""

    __tablename__ = "cadence_rules"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "relationship_id"], ["relationships.buyer_id", "relationships.id"]),
        CheckConstraint("minutes > 0 AND soft >= 0 AND hard >= 0", name="positive"),
        Index("ix_cadence_rules_buyer_id_relationship_id", "buyer_id", "relationship_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    relationship_id: Mapped[int] = mapped_column(Id)
    since: Mapped[date]
    every: Mapped[str] = mapped_column(String(12))
    minutes: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    soft: Mapped[int]
    hard: Mapped[int]
    by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))  # None: with the first meeting
    made_at: Mapped[datetime]


class CadencePause(Base):
    """Days on which a relationship asks for nothing, and why."""

    __tablename__ = "cadence_pauses"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "relationship_id"], ["relationships.buyer_id", "relationships.id"]),
        CheckConstraint("first <= last", name="days"),
        Index("ix_cadence_pauses_buyer_id_relationship_id", "buyer_id", "relationship_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    relationship_id: Mapped[int] = mapped_column(Id)
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


class Waiver(Base):
    """A quarter, by its name, that a relationship lets go, and why."""

    __tablename__ = "waivers"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "relationship_id"], ["relationships.buyer_id", "relationships.id"]),
    )

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    relationship_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    quarter: Mapped[str] = mapped_column(String(8), primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


class LoggedMeeting(Base):
    """A meeting that was agreed and held elsewhere, as somebody of the buyer noted it: the buyer's own record, to which
    no invitation can refer. `people` are the names, each with an address or "", of who came."""

    __tablename__ = "logged_meetings"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "relationship_id"], ["relationships.buyer_id", "relationships.id"]),
        CheckConstraint("minutes > 0", name="minutes"),
        Index("ix_logged_meetings_buyer_id_relationship_id_day", "buyer_id", "relationship_id", "day"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    relationship_id: Mapped[int] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    day: Mapped[date]
    minutes: Mapped[int]
    people: Mapped[list[tuple[str, str]]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]


def kept(session: Session, buyer_id: int, company_id: int, *, today: date, now: datetime) -> Relationship:
    """The buyer's relationship to a company. Where there is none yet it begins now, with a meeting a quarter (M8)."""
    known = session.scalar(
        select(Relationship).where(Relationship.buyer_id == buyer_id, Relationship.company_id == company_id)
    )
    if known is not None:
        return known
    made = Relationship(buyer_id=buyer_id, code=new_code(CODE_LENGTH), company_id=company_id, made_at=now)
    session.add(made)
    session.flush()
    set_rule(session, made, Rule(since=today), by=None, now=now)
    return made


def set_rule(session: Session, of: Relationship, rule: Rule, *, by: int | None, now: datetime) -> None:
    """Writes down what a relationship asks for from now on."""
    session.add(
        CadenceRule(
            buyer_id=of.buyer_id,
            relationship_id=of.id,
            since=rule.since,
            every=str(rule.every),
            minutes=rule.minutes,
            kind=rule.kind,
            soft=rule.soft,
            hard=rule.hard,
            by=by,
            made_at=now,
        )
    )
    session.flush()
