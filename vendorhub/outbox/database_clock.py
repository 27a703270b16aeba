"""Answers what time it is for the database, by whose clock leases count, whatever the workers' own clocks say."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from vendorhub.store.base import Instant


def database_now(session: Session) -> datetime:
    """The present instant of the database, aware, in UTC; on PostgreSQL not the transaction's beginning."""
    dialect = session.get_bind().dialect.name
    told: ColumnElement[datetime] = (
        func.strftime("%Y-%m-%d %H:%M:%f000", "now", type_=Instant())
        if dialect == "sqlite"
        else func.clock_timestamp(type_=Instant())
    )
    return session.execute(select(told)).scalar_one()
