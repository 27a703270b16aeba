"""`db check` names whatever was taken from the database's own defence, and the app is not served without it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from tests.conftest import SCALE, Database
from tests.people import Cast
from tests.store import story
from vendorhub import create_app
from vendorhub.config import Settings
from vendorhub.store import check, revisions
from vendorhub.store.migrations import guards_postgresql, guards_sqlite

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
GUARD = "invitations_need_consent"
ONE_IN = 1 if SCALE > 1 else 6  # triggers that are looked for by the whole check, too


def problems(database: Database) -> list[str]:
    with connected(database) as engine:
        return check.problems(engine, database.owner_url)


def refusal(database: Database) -> str | None:
    with connected(database) as engine:
        return check.refusal(engine)


@contextmanager
def connected(database: Database) -> Iterator[Engine]:
    """An engine as the check makes it; its connections are closed at the end, however that comes."""
    engine = check.connect(database.app_url)
    try:
        yield engine
    finally:
        engine.dispose()


def spoil(database: Database, *statements: str) -> None:
    """Runs statements as somebody who has the file, or the owner's password."""
    with story.engine(database.owner_url) as engine, engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def on_postgresql(database: Database) -> bool:
    return database.app_url.startswith("postgresql")


def without_triggers(database: Database, table: str, statement: str) -> list[str]:
    """The statement, with the table's triggers taken away before and brought back after."""
    if on_postgresql(database):
        off, on = (f"ALTER TABLE {table} {way} TRIGGER USER" for way in ("DISABLE", "ENABLE"))
        return [off, statement, on]
    own = {name: sql for name, sql in guards_sqlite.triggers().items() if f" ON {table} " in " ".join(sql.split())}
    return [*(f"DROP TRIGGER {name}" for name in own), statement, *own.values()]


def norden(database: Database) -> int:
    return next(row["id"] for row in story.rows(database.app_url)["organisations"] if row["slug"] == "norden")


def test_an_empty_store_has_no_problems(database: Database) -> None:
    assert problems(database) == []
    assert refusal(database) is None


def test_a_store_with_a_story_has_no_problems_and_is_left_as_it_was(told: Database) -> None:
    before = story.rows(told.app_url)
    assert problems(told) == []
    assert story.rows(told.app_url) == before


@SQLITE
def test_each_trigger_that_is_missing_is_named(database: Database) -> None:
    for number, (name, sql) in enumerate(guards_sqlite.triggers().items()):
        spoil(database, f"DROP TRIGGER {name}")
        assert refusal(database) == f"The trigger {name} is missing."
        if not number % ONE_IN:
            assert problems(database)[0] == f"The trigger {name} is missing."
        spoil(database, sql)
    assert problems(database) == []


@POSTGRESQL
def test_each_trigger_that_is_off_or_missing_is_named(database: Database) -> None:
    for number, (name, (_, sql)) in enumerate(guards_postgresql.triggers().items()):
        table = sql.split(" ON ")[1].split()[0]
        spoil(database, f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        assert refusal(database) == f"The trigger {name} is switched off."
        spoil(database, f"DROP TRIGGER {name} ON {table}")
        assert refusal(database) == f"The trigger {name} is missing."
        if not number % ONE_IN:  # what refuses to serve it is what the check names first
            assert problems(database)[0] == f"The trigger {name} is missing."
        spoil(database, sql)
    assert problems(database) == []


def test_a_trigger_that_says_something_else_is_named_and_its_law_is_seen_to_be_open(database: Database) -> None:
    if on_postgresql(database):
        weak = "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        spoil(database, f"CREATE OR REPLACE FUNCTION {GUARD}() RETURNS trigger {weak}")
    else:
        weak = f"CREATE TRIGGER {GUARD} BEFORE INSERT ON invitations WHEN 0 BEGIN SELECT RAISE(ABORT, ''); END"
        spoil(database, f"DROP TRIGGER {GUARD}", weak)
    assert refusal(database) == f"The trigger {GUARD} is not as it was written."
    assert problems(database)[:2] == [
        f"The trigger {GUARD} is not as it was written.",
        "self-test: the database let an invitation on a yes that was taken back through",
    ]


@SQLITE
def test_that_nobody_waits_for_the_vendors_of_a_briefing_is_seen(database: Database) -> None:
    spoil(database, "DROP TRIGGER invitations_need_joins", "DROP TRIGGER joins_by_the_vendor")
    assert [said for said in problems(database) if said.startswith("self-test")] == [
        "self-test: the database let a join by somebody who is not of the vendor through",
        "self-test: the database let an invitation to a briefing that a named vendor has not joined through",
    ]


@POSTGRESQL
def test_a_missing_exclusion_is_named(database: Database) -> None:
    spoil(database, "ALTER TABLE attendance DROP CONSTRAINT attendance_no_overlap")
    assert problems(database) == [
        "The constraint attendance_no_overlap is missing.",
        "self-test: the database let a person in two meetings at once through",
    ]
    assert refusal(database) == "The constraint attendance_no_overlap is missing."


def test_an_older_schema_is_named(database: Database) -> None:
    spoil(database, "UPDATE alembic_version SET version_num = '0005'")
    said = f"The database is at revision 0005 and needs to be at {revisions.newest()}: run vendorhub db upgrade."
    assert problems(database) == [said]
    assert refusal(database) == said


@pytest.mark.parametrize("change", ["kind = 'not_now'", "door = 'page'", "made_at = effective_at", "request_id = NULL"])
def test_a_changed_line_of_the_ledger_is_named(told: Database, change: str) -> None:
    spoil(told, *without_triggers(told, "decisions", f"UPDATE decisions SET {change} WHERE position = 2"))
    assert problems(told) == [f"decisions: line 2 of buyer {norden(told)} doesn't follow from the one before"]


def test_a_removed_line_of_the_ledger_is_named(told: Database) -> None:
    spoil(told, *without_triggers(told, "decisions", "DELETE FROM decisions WHERE position = 2"))
    assert problems(told) == [f"decisions: line 3 of buyer {norden(told)} doesn't follow from the one before"]


def test_changed_terms_are_named_and_erased_ones_are_not(told: Database) -> None:
    terms = next(row for row in story.rows(told.app_url)["terms"] if '"minutes":30' in row["body"])
    wider = "UPDATE terms SET body = replace(body, '\"minutes\":30', '\"minutes\":60')"
    spoil(told, *without_triggers(told, "terms", wider))
    assert problems(told) == [
        f"terms: those of buyer {terms['buyer_id']} named {terms['hash'][:12]} are not what was agreed."
    ]
    spoil(told, "UPDATE terms SET body = '', salt = ''")
    assert problems(told) == []


@pytest.mark.parametrize("change", ["times = 2", "valid_until = made_at"])
def test_a_yes_that_says_other_than_its_terms_is_named(database: Database, app: Flask, cast: Cast, change: str) -> None:
    story.ask_and_answer(app, cast)
    spoil(database, *without_triggers(database, "decisions", f"UPDATE decisions SET {change} WHERE kind = 'accept'"))
    assert problems(database) == [f"decisions: line 1 of buyer {norden(database)} says other than its terms."]


@POSTGRESQL
@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
def test_a_right_on_the_ledger_is_named(database: Database, right: str) -> None:
    spoil(database, f"GRANT {right} ON decisions TO vendorhub_app")
    assert problems(database) == [
        f"The app's role has {right} on decisions: run vendorhub db upgrade, which takes it away."
    ]


@POSTGRESQL
def test_one_role_for_both_is_noted_and_no_problem(database: Database) -> None:
    alone = Database(database.owner_url, database.owner_url)
    assert problems(alone) == []
    with connected(alone) as engine:
        assert [note.partition(",")[0] for note in check.notes(engine)] == [
            "The app's role vendorhub_owner owns the tables"
        ]


def test_the_app_s_own_role_needs_no_note(database: Database) -> None:
    with connected(database) as engine:
        assert check.notes(engine) == []


@SQLITE
@pytest.mark.parametrize("name", ["synchronous", "foreign_keys", "recursive_triggers", "journal_mode"])
def test_a_setting_of_sqlite_is_named(database: Database, name: str) -> None:
    off = {"journal_mode": "delete"}.get(name, "0")
    with connected(database) as engine:
        event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA {name} = {off}").close())
        wanted = {"journal_mode": "wal", "synchronous": "2"}.get(name, "1")
        assert check.refusal(engine) == f"SQLite's {name} is {off} and has to be {wanted}."


@SQLITE
def test_a_row_without_its_parent_is_named(database: Database) -> None:
    with sqlite3.connect(database.app_url.removeprefix("sqlite:///")) as raw:  # foreign keys are off by themselves
        raw.execute("INSERT INTO domains (name, organisation_id) VALUES ('lost.example', 77)")
    raw.close()
    assert problems(database) == ["domains: row 1 refers to organisations, where there is no such row."]


def test_a_database_that_is_not_there_is_no_traceback() -> None:
    away = Database("postgresql+psycopg://nobody@127.0.0.1:9/none", "postgresql+psycopg://nobody@127.0.0.1:9/none")
    assert refusal(away) == "The database can't be reached."
    assert problems(away) == ["The database can't be reached."]


def test_the_app_does_not_serve_a_store_that_fails_its_check(settings: Settings, database: Database) -> None:
    spoil(database, f"DROP TRIGGER {GUARD}{' ON invitations' if on_postgresql(database) else ''}")
    client = create_app(settings).test_client()
    assert client.get("/sign-in").status_code == 503
    assert client.get("/api/v1/me").status_code == 503
    assert client.get("/healthz").status_code == 200
