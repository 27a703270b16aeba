"""Alembic's entry: the same scripts on SQLite (batch mode) and PostgreSQL, on the connection that migrate.py opens."""

from alembic import context
from sqlalchemy import Connection

from vendorhub.store import Base
from vendorhub.store.notes import is_of_the_search


def run(connection: Connection) -> None:
    """Runs what was asked on this connection, in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        include_name=lambda name, kind, parents: not is_of_the_search(name),
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
