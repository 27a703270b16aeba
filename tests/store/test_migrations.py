"""Every schema leads to the newest one with what was in it, and that one is what the models say."""

from collections.abc import Mapping
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from tests.conftest import SCALE, Database
from tests.store import story
from vendorhub.store import Base, backup, check, migrate, revisions
from vendorhub.store.notes import is_of_the_search

REVISIONS = [script.revision for script in ScriptDirectory(str(revisions.SCRIPTS)).walk_revisions()][::-1]
BEFORE_ONE_AGENDA = REVISIONS[REVISIONS.index("0027") - 1]


def tables(url: str) -> set[str]:
    with story.engine(url) as engine:
        there = set(inspect(engine).get_table_names()) - {"alembic_version"}
        return {name for name in there if not is_of_the_search(name)}


def ours(name: str | None, type_: str, parents: object) -> bool:
    return not is_of_the_search(name)


def only(columns: set[str], rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in columns} for row in rows]


def problems(database: Database) -> list[str]:
    engine = check.connect(database.app_url)
    try:
        return check.problems(engine, database.owner_url)
    finally:
        engine.dispose()


def test_the_models_are_what_the_migrations_make(database: Database) -> None:
    with story.engine(database.owner_url) as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": ours})
        assert compare_metadata(context, Base.metadata) == []


def test_every_revision_takes_what_is_there_along(told: Database) -> None:
    before = story.rows(told.app_url)
    assert {name for name, rows in before.items() if not rows} == {
        "actions",
        "adopted_meetings",
        "adopted_series",
        "agenda_entries",
        "agenda_versions",
        "amendments",
        "api_tokens",
        "availability",
        "briefs_sent",
        "cadence_pauses",
        "circles",
        "claims",
        "confirmation_links",
        "doubts",
        "drafts",
        "feeds",
        "fact_answers",
        "idempotency_keys",
        "items",
        "logged_meetings",
        "mail_asks",
        "mails",
        "joined_answers",
        "joinings",
        "material_chunks",
        "materials",
        "minute_lines",
        "minute_remarks",
        "minutes",
        "next_meetings",
        "not_vendors",
        "outcomes",
        "notes",
        "pile_hours",
        "plans",
        "papers",
        "presenters",
        "promise_links",
        "proposals",
        "relationship_details",
        "relationship_goals",
        "remarks",
        "running_steps",
        "sign_in_asks",
        "sortings",
        "thanks",
        "unverified_asks",
        "vendor_pairs",
        "visit_links",
        "waiting_imports",
        "waivers",
        "weekly_letters",
        "working_hours",
        "worths",
        "writings",
    }
    backup.empty(told.owner_url)
    assert tables(told.owner_url) == set()
    filled: set[str] = set()
    had: dict[str, set[str]] = {}
    for revision in REVISIONS:
        migrate.upgrade(told.owner_url, told.app_url, revision)
        new = tables(told.owner_url) - filled
        had |= story.put(told.owner_url, before, new)
        filled = (filled | new) & tables(told.owner_url)
    assert filled == set(before)
    after = story.rows(told.app_url)
    for name, columns in had.items():  # what a later schema has room for beside that has a value of its own then
        assert only(columns, after[name]) == only(columns, before[name])
    assert {name: len(rows) for name, rows in after.items()} == {name: len(rows) for name, rows in before.items()}
    assert problems(told) == []


def test_the_halves_of_a_single_meeting_s_agenda_become_entries(told: Database) -> None:
    """The asking side's first; nothing of it was published."""
    before = story.rows(told.app_url)
    backup.empty(told.owner_url)
    migrate.upgrade(told.owner_url, told.app_url, BEFORE_ONE_AGENDA)
    story.put(told.owner_url, before, tables(told.owner_url))
    meeting = before["meetings"][0]
    halves = (("buyer", 1, "We"), ("vendor", 1, "They"), ("vendor", 2, "They again"))
    insert = "INSERT INTO agenda_items (buyer_id, meeting_id, segment, position, title, minutes) VALUES "
    with story.engine(told.owner_url) as engine, engine.begin() as connection:
        for segment, position, title in halves:
            row = f"({meeting['buyer_id']}, {meeting['id']}, '{segment}', {position}, '{title}', 5)"
            connection.execute(text(insert + row))
        connection.execute(text("UPDATE meetings SET agenda_version = 2"))
    migrate.upgrade(told.owner_url, told.app_url)
    after = story.rows(told.app_url)
    shown = ("meeting_id", "request_id", "position", "segment", "title", "minutes", "companies")
    assert [tuple(row[name] for name in shown) for row in after["agenda_entries"]] == [
        (meeting["id"], None, 1, "vendor", "They", 5, [meeting["company_id"]]),
        (meeting["id"], None, 2, "vendor", "They again", 5, [meeting["company_id"]]),
        (meeting["id"], None, 3, "buyer", "We", 5, [meeting["buyer_id"]]),
    ]
    assert {(row["agenda_revision"], row["agenda_version"]) for row in after["meetings"]} == {(2, 0)}
    assert problems(told) == []


def test_an_upgrade_of_the_newest_changes_nothing(told: Database) -> None:
    before = story.rows(told.app_url)
    migrate.upgrade(told.owner_url, told.app_url)
    assert story.rows(told.app_url) == before
    assert problems(told) == []


@pytest.mark.shared
@pytest.mark.parametrize("at", REVISIONS[:-1] if SCALE > 1 else REVISIONS[-2::-2])
def test_an_older_schema_is_refused_until_it_is_upgraded(database: Database, at: str) -> None:
    backup.empty(database.owner_url)
    migrate.upgrade(database.owner_url, database.app_url, at)
    said = f"The database is at revision {at} and needs to be at {REVISIONS[-1]}: run vendorhub db upgrade."
    assert problems(database) == [said]
    migrate.upgrade(database.owner_url, database.app_url)
    assert problems(database) == []
