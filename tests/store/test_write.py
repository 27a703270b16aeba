"""A deed is one transaction, begun as a write, and writers take turns."""

import sqlite3
import subprocess
import sys

import pytest
from flask import Flask
from sqlalchemy import UniqueConstraint, text

from tests.conftest import Database
from tests.people import Cast
from tests.store import story
from vendorhub.domain.refusals import NotThere, SomebodyWasFaster, Unfit
from vendorhub.store import Base, Organisation, db
from vendorhub.store.write import AlreadyDone, write

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

# Keys in which a NULL says "none yet", and two of them are no collision.
# A mail that came to no buyer is kept once by its digest; a company that nobody has noted has no noter and no domain.
MAY_BE_NULL = {
    ("mails", "buyer_id"),
    ("memberships", "organisation_id"),
    ("notes", "person_id"),  # the key is of remembered lines alone, and a check says that each has its person
    ("organisations", "noted_by"),
    ("organisations", "noted_domain"),
    ("sign_in_asks", "link_hash"),
}


def organisation(slug: str) -> Organisation:
    return Organisation(kind="vendor", slug=slug, name=slug, zone="UTC", created_at=story.MONDAY)


def slugs(database: Database) -> list[str]:
    return [row["slug"] for row in story.rows(database.app_url)["organisations"]]


def test_what_is_written_is_there_and_ends_the_transaction(app: Flask, database: Database) -> None:
    with app.app_context():
        with write(None) as work:
            work.session.add(organisation("kept"))
        assert not db.session().in_transaction()
    assert slugs(database) == ["kept"]


def fail_halfway(trouble: type[BaseException]) -> None:
    with write(None) as work:
        work.session.add(organisation("lost"))
        work.session.flush()
        raise trouble


@pytest.mark.parametrize("trouble", [NotThere, KeyboardInterrupt, ZeroDivisionError])
def test_whatever_is_raised_takes_everything_back(app: Flask, database: Database, trouble: type[BaseException]) -> None:
    with app.app_context():
        with pytest.raises(trouble):
            fail_halfway(trouble)
        assert not db.session().in_transaction()
    assert slugs(database) == []


@SQLITE
def test_a_write_holds_off_other_writers_from_its_beginning_and_no_reader(app: Flask, database: Database) -> None:
    other = sqlite3.connect(database.app_url.removeprefix("sqlite:///"), isolation_level=None, timeout=0)
    with app.app_context(), write(None):
        assert other.execute("SELECT count(*) FROM organisations").fetchone() == (0,)
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    other.close()


def test_a_read_that_was_open_sees_afresh_once_it_writes(app: Flask, database: Database) -> None:
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM organisations")) == 0
        story.put(
            database.owner_url,
            {table.name: [] for table in Base.metadata.sorted_tables}
            | {
                "organisations": [
                    {
                        "id": 7,
                        "kind": "vendor",
                        "slug": "new",
                        "name": "New",
                        "zone": "UTC",
                        "fiscal_year_start": 1,
                        "fiscal_weekday": None,
                        "holidays_of": "",
                        "days_off": [],
                        "vendor_hours": None,
                        "response_days": 5,
                        "brief": "",
                        "open_to": "",
                        "not_open_to": "",
                        "noted_by": None,
                        "noted_domain": None,
                        "wordings": {},
                        "created_at": story.MONDAY,
                    }
                ]
            },
            {"organisations"},
        )
        with write(None) as work:
            assert work.session.scalar(text("SELECT count(*) FROM organisations")) == 1


def test_a_key_does_its_deed_once(app: Flask, cast: Cast, database: Database) -> None:
    with app.app_context():
        with write(cast.with_key("Vera", "k1", "a")) as work:
            work.session.add(organisation("once"))
            work.result = "done"
        with pytest.raises(AlreadyDone) as again, write(cast.with_key("Vera", "k1", "a")) as work:
            work.session.add(organisation("twice"))
        assert again.value.result == "done"
        with (
            pytest.raises(Unfit, match="This key was used for something else"),
            write(cast.with_key("Vera", "k1", "b")),
        ):
            pass
        with write(cast.with_key("Vic", "k1", "b")) as work:  # another person's keys are their own
            work.session.add(organisation("vic"))
    assert slugs(database)[-2:] == ["once", "vic"]


def test_a_deed_that_failed_gives_its_key_back(app: Flask, cast: Cast, database: Database) -> None:
    with app.app_context():
        with pytest.raises(SomebodyWasFaster), write(cast.with_key("Vera", "k1", "a")):
            raise SomebodyWasFaster("no")
        with write(cast.with_key("Vera", "k1", "b")) as work:
            work.session.add(organisation("second"))
    assert slugs(database)[-1] == "second"


def test_no_unique_key_has_a_hole_for_null() -> None:
    nullable = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for unique in (
            *(one for one in table.constraints if isinstance(one, UniqueConstraint)),
            *(index for index in table.indexes if index.unique),
        )
        for column in unique.columns
        if column.nullable
    }
    # A consent that a meeting refers to is never without terms: its own check says so. And what is part of an agenda is
    # of a briefing or of a single meeting, never of neither: each has a key of its own.
    checked = {(f"agenda_{name}", of) for name in ("entries", "versions") for of in ("request_id", "meeting_id")}
    assert nullable - {("decisions", "terms_hash")} - checked == MAY_BE_NULL


@SQLITE
def test_four_writers_take_turns(database: Database) -> None:
    seconds = 3.0
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.store.writers", database.app_url, f"writer{number}", str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    told = [writer.communicate(timeout=120)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    commits, slowest = [int(count) for count, _ in told], [float(longest) for _, longest in told]
    # A busy machine makes all of them slow (the benchmark says how slow), but none of them starves.
    assert min(commits) * 3 >= max(commits)
    assert max(slowest) < seconds * 0.7
    assert len(slugs(database)) == sum(commits)
