"""A test's database as it stood at a moment, to come back to as often as one likes."""

import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import make_url

from tests.conftest import Database, server
from vendorhub.store import db


def keep(database: Database, folder: Path) -> Callable[[], None]:
    """Keeps the store as it is now, and answers the way back to it. Both need an app context.

    `folder` is where SQLite's file is kept.
    """
    url = make_url(database.app_url)
    if url.get_backend_name() == "sqlite":
        file, kept = Path(url.database or ""), folder / "kept.sqlite"
        _checkpoint()
        _copy_file(file, kept)
        return lambda: _copy_file(kept, file)
    name = url.database or ""
    kept_name = f"{name}_kept"
    _copy_database(name, kept_name)
    return lambda: _copy_database(kept_name, name)


def _let_go() -> None:
    db.session.remove()
    db.engine.dispose()


def _checkpoint() -> None:
    """Nothing is in the write-ahead log then."""
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy_file(source: Path, target: Path) -> None:
    _let_go()
    for rest in ("-wal", "-shm"):
        target.with_name(f"{target.name}{rest}").unlink(missing_ok=True)
    shutil.copyfile(source, target)


def _copy_database(source: str, target: str) -> None:
    _let_go()
    server().drop(target)
    server().copy(source, target)
