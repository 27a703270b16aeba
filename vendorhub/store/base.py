"""The typed base of all tables, the one SQLAlchemy object, and instants that are UTC on both databases."""

from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKey, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm import registry as orm_registry
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Id = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware instant: timestamptz on PostgreSQL, UTC text of fixed width on SQLite (so that it sorts)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC on the way in. Raises ValueError for a time without a zone: it would be nobody's."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """UTC on the way out."""
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table. (`db.Model` would defeat the type checker.)"""

    registry = orm_registry(metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: Instant})


# Flask-SQLAlchemy keeps engine and session; our tables hang on Base, which shares its metadata.
db = SQLAlchemy(model_class=Base)


def id_column() -> Mapped[int]:
    """A row's own number; never shown to anybody."""
    return mapped_column(Id, primary_key=True)


def buyer_column() -> Mapped[int]:
    """The buyer in whose world a row lives; composite keys keep the worlds apart (law 10)."""
    return mapped_column(Id, ForeignKey("organisations.id"), nullable=False)
