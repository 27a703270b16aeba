"""Everything in a store as one hash, to see that nothing has changed."""

import hashlib
from functools import cache

from sqlalchemy import Connection, text

from vendorhub.store import Base


def digest(connection: Connection) -> str:
    """The hash of all rows of all tables; on SQLite of the file's pages, where a rolled-back deed leaves no trace."""
    if connection.dialect.name == "sqlite":
        return hashlib.sha256(connection.connection.driver_connection.serialize()).hexdigest()
    return str(connection.scalar(text(_everything())))


@cache
def _everything() -> str:
    rows = " UNION ALL ".join(f"SELECT '{name} ' || row::text AS told FROM {name} row" for name in Base.metadata.tables)
    return f"SELECT md5(string_agg(told, E'\\n' ORDER BY told)) FROM ({rows}) rows"
