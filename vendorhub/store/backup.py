"""Answers how everything is copied while it is used, and put back so that nothing goes out twice (B01, B03)."""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from vendorhub import clock
from vendorhub.domain.refusals import WrongState
from vendorhub.store import dump
from vendorhub.store.engine import PRAGMAS

__all__ = ["backup", "empty", "restore"]

# What stands behind a letter's link, and may have been used or ended since; an older schema has no table for it.
_BEHIND_LINKS = ("promise_links", "unverified_asks", "visit_links")
_EMPTIED = "DELETE FROM {0}"
_IF_THERE = "DO $$ BEGIN IF to_regclass('{0}') IS NOT NULL THEN DELETE FROM {0}; END IF; END $$"


def backup(owner_url: str, file: Path, *, environ: Mapping[str, str]) -> None:
    """Writes all that is in the database into `file`, whole or not at all, while others read and write on.

    PostgreSQL's own programs do it there, found by `environ`. Raises WrongState if the file is there already, the
    database is not, or a program is missing or fails.
    """
    if file.exists():
        raise WrongState("%(file)s is there already, and a backup overwrites nothing.", file=file)
    part = file.with_name(f"{file.name}.part")
    try:
        if (database := _sqlite_file(owner_url)) is None:
            dump.write(owner_url, part, environ=environ)
        else:
            _copy(database, part)
        _keep(part, file)
    finally:
        part.unlink(missing_ok=True)


def restore(owner_url: str, file: Path, *, kept_in: Path, environ: Mapping[str, str]) -> Path | None:
    """Puts back what `file` holds, at the schema it was made with; answers where what was there before is kept.

    In the same transaction letters that wait are stopped, until somebody releases them, and the links in old
    letters end. None if there was nothing before. Raises WrongState for a file that is no backup.
    """
    before = kept_in / f"before-restore-{clock.now():%Y%m%dT%H%M%S.%fZ}.backup"
    database = _sqlite_file(owner_url)
    if database is None:
        dump.refuse_unreadable(file, environ=environ)
        kept = before if dump.has_tables(owner_url) else None
        if kept:
            backup(owner_url, kept, environ=environ)
        dump.read(owner_url, file, [*_calm("now()"), *map(_IF_THERE.format, _BEHIND_LINKS)], environ=environ)
        return kept
    calmed = database.with_name(f"{database.name}.restoring")
    try:
        _copy(file, calmed)
        with closing(sqlite3.connect(calmed, isolation_level=None)) as copy:
            copy.execute("BEGIN")
            for statement in _calm("strftime('%Y-%m-%d %H:%M:%f000', 'now')"):
                copy.execute(statement)
            there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            for table in there.intersection(_BEHIND_LINKS):
                copy.execute(_EMPTIED.format(table))
            copy.execute("COMMIT")
        kept = _set_aside(database, before, environ)
        _pour(calmed, database)
        return kept
    finally:
        calmed.unlink(missing_ok=True)


def empty(owner_url: str) -> None:
    """Takes away everything that is in a database, for a new start."""
    if (database := _sqlite_file(owner_url)) is None:
        dump.empty(owner_url)
    elif database.exists():
        _pour(None, database)


def _sqlite_file(database_url: str) -> Path | None:
    """The file that SQLite keeps the database in; None on PostgreSQL."""
    url = make_url(database_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _calm(now: str) -> list[str]:
    """What keeps a restored database quiet: its letters may have gone out, its links may have been used (law 9)."""
    return [
        "UPDATE letters SET state = 'stopped', lease = '', lease_until = NULL WHERE state IN ('waiting', 'leased')",
        f"UPDATE decision_links SET used_at = {now} WHERE used_at IS NULL",  # noqa: S608 - our own words
        "DELETE FROM sign_in_asks",
    ]


def _copy(source: Path, target: Path) -> None:
    """A whole and sound copy as one file, by SQLite's online backup (https://sqlite.org/backup.html).

    All pages in one step: in WAL mode a reader holds up no writer, and a writer can't make it begin anew.
    """
    target.unlink(missing_ok=True)
    # A backup tells what everybody asked and answered: it is for its owner's eyes.
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as original,
            closing(sqlite3.connect(target, isolation_level=None)) as copy,
        ):
            original.backup(copy)
            copy.execute("PRAGMA journal_mode = delete")
            sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            ours = copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone() == (1,)
    except sqlite3.DatabaseError:
        sound = ours = False
    if not (sound and ours):
        raise WrongState("%(file)s holds no whole database of VendorHub.", file=source)


def _set_aside(database: Path, before: Path, environ: Mapping[str, str]) -> Path | None:
    """Keeps what is there under the name `before`: a sound database as a backup, a broken one as it is."""
    if not database.exists() or _has_nothing(database):
        return None
    try:
        backup(f"sqlite:///{database}", before, environ=environ)
    except WrongState:
        for ending in ("", "-wal", "-shm"):
            if (file := database.with_name(database.name + ending)).exists():
                file.replace(before.with_name(before.name + ending))
    return before


def _has_nothing(database: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as there:
            return not there.execute("SELECT name FROM sqlite_master LIMIT 1").fetchall()
    except sqlite3.DatabaseError:
        return False


def _pour(source: Path | None, database: Path) -> None:
    """Puts a file's content, or nothing, in the place of the database's, in one transaction that others wait for."""
    with (
        closing(sqlite3.connect(source or ":memory:")) as new,
        closing(sqlite3.connect(database, timeout=int(PRAGMAS["busy_timeout"]) / 1000)) as old,
    ):
        old.execute(f"PRAGMA synchronous = {PRAGMAS['synchronous']}")
        new.backup(old)


def _keep(part: Path, file: Path) -> None:
    """Gives the finished file its name, for good even if the machine stops now."""
    _to_disk(part)
    part.replace(file)
    _to_disk(file.parent)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
