"""Whoever comes with SQL of their own adds to the ledger at most (C02, laws 1, 3, 4, 8)."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, UniqueConstraint
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.conftest import Database
from tests.store import story
from vendorhub.store import LEDGER, Base

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)

# What only grows: the ledger, and what rests on it.
APPEND_ONLY = (*LEDGER, "agreed_slots", "invitations")
# A harmless-looking change of each.
CHANGE = {
    "decisions": "kind = 'not_now'",
    "joins": "line_up = 'another'",
    "blocks": "person_id = 1",
    "liftings": "made_at = '2027-01-01 00:00:00.000000'",
    "agreed_slots": "made_at = '2027-01-01 00:00:00.000000'",
    "invitations": "made_at = '2027-01-01 00:00:00.000000'",
}


def unique_keys(table: Table) -> list[tuple[str, ...]]:
    keys = [tuple(column.name for column in table.primary_key)]
    keys += [tuple(one.columns.keys()) for one in table.constraints if isinstance(one, UniqueConstraint)]
    return sorted(set(keys))


def changes(name: str) -> Iterator[str]:
    """Ways to change or remove rows that are there, in SQL that both databases know."""
    change = CHANGE[name]
    yield f"UPDATE {name} SET {change}"
    yield f"UPDATE {name} SET {change} WHERE id = (SELECT max(id) FROM {name})"
    yield f"UPDATE {name} SET {change} WHERE id IN (SELECT id FROM {name}) RETURNING id"
    yield f"WITH these AS (SELECT id FROM {name}) UPDATE {name} SET {change} WHERE id IN (SELECT id FROM these)"
    yield f"DELETE FROM {name}"
    yield f"DELETE FROM {name} WHERE id = (SELECT min(id) FROM {name}) RETURNING id"
    yield f"WITH these AS (SELECT id FROM {name}) DELETE FROM {name} WHERE id IN (SELECT id FROM these)"


def columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def collisions(table: Table) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each unique key, with a SELECT of every row changed so that it meets itself in that key only."""
    for key in unique_keys(table):
        told = []
        for column in table.columns:
            fresh = column.name in ("id", "hash", "code", "position", "sequence") and column.name not in key
            text = column.name in ("hash", "code")
            new = f"substr('new' || \"{column.name}\", 1, 16)" if text else f'"{column.name}" + 1000'
            told.append(new if fresh else f'"{column.name}"')
        yield key, f"SELECT {', '.join(told)} FROM {table.name} WHERE true"


@SQLITE
@pytest.mark.parametrize("name", APPEND_ONLY)
def test_sqlite_refuses_every_statement_on_a_bare_connection(told: Database, name: str) -> None:
    before = story.rows(told.app_url)
    assert before[name] != []
    table = Base.metadata.tables[name]
    statements = list(changes(name))
    for key, select in collisions(table):
        on, into = ", ".join(key), f"{name} ({columns(table)})"
        statements += [
            f"INSERT OR REPLACE INTO {into} {select}",
            f"REPLACE INTO {into} {select} LIMIT 1",
            f"WITH again AS ({select}) INSERT OR REPLACE INTO {into} SELECT * FROM again",
            f"INSERT INTO {into} {select} ON CONFLICT DO UPDATE SET {CHANGE[name]}",
            f"INSERT OR IGNORE INTO {into} {select}",
            f"INSERT INTO {into} {select}",
        ]
        if key == ("id",) or "id" not in key:  # SQLite knows no other key with the row's number for a target
            statements.append(f"INSERT INTO {into} {select} ON CONFLICT ({on}) DO UPDATE SET {CHANGE[name]}")
    statements += [f"UPDATE OR REPLACE {name} SET {CHANGE[name]}", f"UPDATE OR IGNORE {name} SET {CHANGE[name]}"]
    # A connection with SQLite's own defaults: no foreign keys, no recursive triggers.
    raw = sqlite3.connect(told.app_url.removeprefix("sqlite:///"), isolation_level=None)
    for statement in statements:
        with pytest.raises(sqlite3.IntegrityError, match=f"{name} is append-only"):
            raw.execute(statement)
    raw.close()
    assert story.rows(told.app_url) == before


def refused(engine: Engine, statements: list[str], why: str) -> None:
    for statement in statements:
        with engine.connect() as connection, pytest.raises(DBAPIError, match=why):
            connection.exec_driver_sql(statement)


def upserts(name: str) -> Iterator[str]:
    """The ways of PostgreSQL alone to change or remove rows that are there."""
    table = Base.metadata.tables[name]
    for key, select in collisions(table):
        into = f"INSERT INTO {name} ({columns(table)}) {select}"
        yield f"{into} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {CHANGE[name]}"
    yield f"MERGE INTO {name} t USING {name} s ON t.id = s.id WHEN MATCHED THEN UPDATE SET {CHANGE[name]}"
    yield f"MERGE INTO {name} t USING {name} s ON t.id = s.id WHEN MATCHED THEN DELETE"
    yield f"WITH gone AS (DELETE FROM {name} RETURNING id) SELECT count(*) FROM gone"


@POSTGRESQL
@pytest.mark.parametrize("name", LEDGER)
def test_postgresql_refuses_the_app_s_role(told: Database, name: str) -> None:
    before = story.rows(told.app_url)
    statements = [*changes(name), *upserts(name), f"TRUNCATE {name}", f"TRUNCATE {name} CASCADE"]
    with story.engine(told.app_url) as app:
        refused(app, statements, f"permission denied for table {name}")
        refused(
            app,
            [
                f"ALTER TABLE {name} DISABLE TRIGGER ALL",
                f"DROP TRIGGER {name}_no_change ON {name}",
                f"ALTER TABLE {name} ADD COLUMN sly integer",
                f"DROP TABLE {name} CASCADE",
            ],
            f"must be owner of (table|relation) {name}",
        )
        refused(app, ["SET session_replication_role = replica"], "permission denied to set parameter")
        with app.begin() as connection:
            connection.exec_driver_sql(f"GRANT UPDATE ON {name} TO vendorhub_app")  # grants nothing, and says so
        refused(app, [f"UPDATE {name} SET {CHANGE[name]}"], f"permission denied for table {name}")
    assert story.rows(told.app_url) == before


@POSTGRESQL
@pytest.mark.parametrize("name", APPEND_ONLY)
def test_postgresql_refuses_the_owner_too(told: Database, owner: Engine, name: str) -> None:
    before = story.rows(told.app_url)
    assert before[name] != []
    statements = [*changes(name), *upserts(name), f"TRUNCATE {name} CASCADE", "TRUNCATE organisations CASCADE"]
    refused(owner, statements, "is append-only")
    assert story.rows(told.app_url) == before


def first(connection: Connection, name: str, /, **where: object) -> dict[str, Any]:
    table = Base.metadata.tables[name]
    chosen = table.select().filter_by(**where).order_by(table.c.id).limit(1)
    return dict(connection.execute(chosen).mappings().one())


def add(connection: Connection, name: str, row: dict[str, Any], **changed: object) -> None:
    """One more row like this one, with a number of its own."""
    new = {**row, **changed}
    del new["id"]
    with connection.begin_nested():
        connection.execute(Base.metadata.tables[name].insert().values(new))


def test_an_invitation_is_written_while_its_consent_lives(connection: Connection) -> None:
    add(connection, "invitations", first(connection, "invitations"), sequence=1)


def test_no_invitation_rests_on_another_decision_slot_or_terms(connection: Connection) -> None:
    row = first(connection, "invitations")
    no = first(connection, "decisions", kind="no")
    for change in (
        {"consent_id": no["id"]},
        {"consent_id": 4711},
        {"terms_hash": "0" * 64},
        {"agreed_slot_id": 4711},
        {"meeting_id": 4711},
        {"buyer_id": first(connection, "organisations", slug="harbour")["id"]},
        {"made_at": story.MONDAY},  # the yes was still held
    ):
        with pytest.raises(DBAPIError, match="no invitation without a live consent"):
            add(connection, "invitations", row, sequence=1, **change)


@pytest.mark.parametrize("end", ["undo", "revoke"])
def test_no_invitation_after_the_yes_was_taken_back(connection: Connection, end: str) -> None:
    yes = first(connection, "decisions", kind="accept")
    add(connection, "decisions", yes, kind=end, undoes=yes["id"], position=9, hash="9" * 64, terms_hash=None)
    with pytest.raises(DBAPIError, match="no invitation without a live consent"):
        add(connection, "invitations", first(connection, "invitations"), sequence=1)
    waiting = first(connection, "letters", method="REQUEST")
    claim = Base.metadata.tables["letters"].update().filter_by(id=waiting["id"])
    with pytest.raises(DBAPIError, match="no invitation leaves without a live consent"), connection.begin_nested():
        connection.execute(claim.values(state="leased", lease="x", lease_until=story.LATER))


def test_no_invitation_after_a_block(connection: Connection) -> None:
    no = first(connection, "decisions", kind="no")
    company = first(connection, "meetings")["company_id"]
    block = first(connection, "blocks")
    add(connection, "blocks", block, code="ANOTHER", decision_id=no["id"], company_id=company)
    with pytest.raises(DBAPIError, match="no invitation without a live consent"):
        add(connection, "invitations", first(connection, "invitations"), sequence=1, made_at=story.LATER)


def test_no_invitation_beyond_what_the_yes_is_good_for(connection: Connection) -> None:
    meetings = Base.metadata.tables["meetings"]
    with connection.begin_nested():
        connection.execute(meetings.update().values(state="cancelled"))
    with pytest.raises(DBAPIError, match="no invitation without a live consent"):
        add(connection, "invitations", first(connection, "invitations"), sequence=1)


def test_only_people_of_the_buyer_decide_and_agree(connection: Connection) -> None:
    stranger = first(connection, "people", name="Vera")["id"]
    decision = first(connection, "decisions", kind="no")
    with pytest.raises(DBAPIError, match="only the buyer decides"):
        add(connection, "decisions", decision, by=stranger, position=9, hash="9" * 64)
    slot = first(connection, "slots")
    add(connection, "slots", slot, code="ANOTHER")
    other = first(connection, "slots", code="ANOTHER")["id"]
    with pytest.raises(DBAPIError, match="only the buyer agrees to a time"):
        add(connection, "agreed_slots", first(connection, "agreed_slots"), slot_id=other, agreed_by=stranger)


@pytest.mark.parametrize("door", ["command", "mail", "clock"])
def test_no_yes_by_a_door_where_nobody_presses(connection: Connection, door: str) -> None:
    yes = first(connection, "decisions", kind="accept")
    with pytest.raises(IntegrityError, match="ck_decisions_a_person_accepts"):
        add(connection, "decisions", yes, door=door, position=9, hash="9" * 64)


def test_a_meeting_stays_at_its_agreed_slot_and_on_its_consent(connection: Connection) -> None:
    meetings = Base.metadata.tables["meetings"]
    meeting = first(connection, "meetings")
    for change in (
        {"start_at": meeting["start_at"] + timedelta(hours=1), "end_at": meeting["end_at"] + timedelta(hours=1)},
        {"uid": "another"},
        {"company_id": meeting["company_id"] + 1},
        {"sequence": -1},
    ):
        with (
            pytest.raises(DBAPIError, match="a meeting keeps its consent and its agreed slot"),
            connection.begin_nested(),
        ):
            connection.execute(meetings.update().values(change))


def test_nobody_is_in_two_places_but_one_after_the_other_is_fine(connection: Connection) -> None:
    row = first(connection, "attendance")
    meeting = first(connection, "meetings")
    slot = first(connection, "slots", code=first(connection, "slots")["code"])
    add(connection, "slots", slot, code="ANOTHER")
    other = first(connection, "slots", code="ANOTHER")["id"]
    add(connection, "agreed_slots", first(connection, "agreed_slots"), slot_id=other)
    agreed = first(connection, "agreed_slots", slot_id=other)["id"]
    yes = first(connection, "decisions", kind="accept")
    add(connection, "decisions", yes, position=9, hash="9" * 64)
    consent = first(connection, "decisions", position=9)["id"]
    add(connection, "slots", slot, code="THIRD")
    third = first(connection, "slots", code="THIRD")["id"]
    add(connection, "agreed_slots", first(connection, "agreed_slots"), slot_id=third, consent_id=consent)
    agreed = first(connection, "agreed_slots", slot_id=third)["id"]
    add(connection, "meetings", meeting, uid="another", consent_id=consent, agreed_slot_id=agreed)
    second = first(connection, "meetings", uid="another")["id"]
    half = (row["end_at"] - row["start_at"]) / 2
    for start, end in (
        (row["start_at"], row["end_at"]),
        (row["start_at"] + half, row["end_at"] + half),
        (row["start_at"] - half, row["start_at"] + half),
        (row["start_at"] - half, row["end_at"] + half),
    ):
        with pytest.raises(DBAPIError, match="attendance overlaps|attendance_no_overlap"):
            add(connection, "attendance", row, meeting_id=second, start_at=start, end_at=end)
    add(connection, "attendance", row, meeting_id=second, start_at=row["start_at"], end_at=row["end_at"], live=False)
    attendance = Base.metadata.tables["attendance"]
    with (
        pytest.raises(DBAPIError, match="attendance overlaps|attendance_no_overlap"),
        connection.begin_nested(),
    ):
        connection.execute(attendance.update().filter_by(meeting_id=second).values(live=True))
    after = {"start_at": row["end_at"], "end_at": row["end_at"] + half, "live": True}
    connection.execute(attendance.update().filter_by(meeting_id=second).values(after))
