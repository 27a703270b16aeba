"""How connections behave: SQLite's settings closed in one hook, and which BEGIN a transaction gets."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, event

WRITES = "vendorhub_writes"  # execution option: this transaction is going to write
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "2",  # FULL: a commit that was answered survives the plug
    "foreign_keys": "1",
    "recursive_triggers": "1",  # or INSERT OR REPLACE slips past the DELETE triggers
    "busy_timeout": "15000",
}


def prepare(engine: Engine) -> None:
    """Puts the hooks on an engine; idempotent for each engine."""
    if engine.dialect.name == "sqlite" and not event.contains(engine, "connect", _connected):
        event.listen(engine, "connect", _connected)
        event.listen(engine, "begin", _begin)
    elif engine.dialect.name == "postgresql" and not event.contains(engine, "connect", _connected_to_postgresql):
        event.listen(engine, "connect", _connected_to_postgresql)


@contextmanager
def turn(engine: Engine) -> Iterator[None]:
    """Waits for this writer's turn: on SQLite one short lock of ours, over all processes and threads.

    SQLite's own lock is polled, not queued: with four saturated writers one made a single commit in four seconds
    (RELIABILITY.md). The kernel hands this lock on. PostgreSQL queues by itself.
    """
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or database == ":memory:":
        yield
        return
    lock = os.open(Path(f"{database}.turn"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _connected(connection: SqliteConnection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}").close()


def _connected_to_postgresql(connection: Any, _record: Any) -> None:
    # Joins stand in the order in which to take them. Looking for a better one takes longer than most answers.
    connection.execute("SET join_collapse_limit = 1")
    connection.commit()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
