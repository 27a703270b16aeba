"""The demo world is the same each time, believable, and made of nothing but deeds."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Shell, shell
from tests.conftest import Database
from tests.store import story
from vendorhub.demo import cast, world

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def in_mode(database: Database, tmp_path: Path) -> Callable[[str], Shell]:
    """Commands in a mode, on this store."""
    return lambda mode: shell(database, tmp_path / "instance", mode)


def test_the_people_are_printed_with_a_token_each_the_cio_first(in_mode: Callable[[str], Shell]) -> None:
    demo = in_mode("demo")
    result = demo.ok("demo", "load", "--json")
    people = json.loads(result.stdout)["people"]
    assert [(one["name"], one["side"], one["organization"], one["roles"]) for one in people] == [
        ("Katrin Vogtländer", "buyer", "Havelmark Insurance", ["decider"]),
        ("Jonas Ahrend", "buyer", "Havelmark Insurance", ["assistant"]),
        ("Henrik Brandis", "buyer", "Havelmark Insurance", ["decider"]),
        ("Rosa Albin", "var", "Lindholt Systems", ["member"]),
        ("Emil Thorsen", "var", "Lindholt Systems", ["admin"]),
        ("Maya Adeyemi-Cole", "vendor", "Keelsafe", ["member"]),
        ("Tom Hallam", "vendor", "Keelsafe", ["admin"]),
        ("Arjun Deshmane", "vendor", "Quillmare", ["member"]),
        ("Leela Varier", "vendor", "Quillmare", ["admin"]),
        ("Pat Winterfeld", "operator", "", ["operator"]),
    ]
    assert all(set(one) == {"name", "email", "side", "organization", "roles", "token"} for one in people)
    again = demo.json("demo", "load")["people"]
    assert {one["token"] for one in again}.isdisjoint({one["token"] for one in people})
    assert [{**one, "token": ""} for one in again] == [{**one, "token": ""} for one in people]


def test_three_asks_in_three_states(in_mode: Callable[[str], Shell], database: Database) -> None:
    in_mode("demo").ok("demo", "load")
    rows = story.rows(database.app_url)
    companies = {row["id"]: row["name"] for row in rows["organisations"]}
    assert [(companies[row["company_id"]], row["state"]) for row in rows["meeting_requests"]] == [
        ("Quillmare", "accepted"),
        ("Lindholt Systems", "pending"),
        ("Keelsafe", "pending"),
    ]
    assert [(row["side"], row["state"]) for row in rows["offers"]] == [("buyer", "open")]
    assert len(rows["slots"]) == 3
    assert rows["meetings"] == rows["invitations"] == []
    assert in_mode("demo").json("db", "check")["problems"] == []


def test_loading_again_changes_nothing_and_fresh_makes_it_anew(
    in_mode: Callable[[str], Shell], database: Database
) -> None:
    demo = in_mode("demo")
    demo.ok("demo", "load")
    before = story.rows(database.app_url)
    demo.ok("demo", "load")
    assert story.rows(database.app_url) == before
    demo.ok("organization", "add", "--kind", "vendor", "--name", "Left over", "--slug", "left-over")
    demo.ok("demo", "load", "--fresh")
    after = story.rows(database.app_url)
    assert [row["slug"] for row in after["organisations"]] == [row["slug"] for row in before["organisations"]]
    assert [row["topic"] for row in after["meeting_requests"]] == [row["topic"] for row in before["meeting_requests"]]


@SQLITE
def test_nothing_is_thrown_away_in_production(in_mode: Callable[[str], Shell], database: Database) -> None:
    in_mode("demo").ok("demo", "load")
    before = story.rows(database.app_url)
    said = "In production nothing is thrown away: --fresh is for trying things out."
    assert in_mode("production").refused("demo", "load", "--fresh") == said
    assert in_mode("production").refused("demo", "run") == (
        "The demo is not for production: set VENDORHUB_MODE=demo, or use bin/demo."
    )
    assert story.rows(database.app_url) == before


@SQLITE
def test_a_world_left_half_made_is_said_so(in_mode: Callable[[str], Shell]) -> None:
    demo = in_mode("demo")
    demo.ok("organization", "add", "--kind", "buyer", "--name", "Havelmark Insurance", "--slug", "havelmark")
    assert demo.refused("demo", "load") == "The demo world was left half made; make it anew with --fresh."
    demo.ok("demo", "load", "--fresh")


def test_every_address_is_one_that_nobody_has() -> None:
    assert [member.email for member in (*cast.PEOPLE, cast.OPERATOR) if not member.email.endswith(".example")] == []
    assert world.GOOD_FOR.total_seconds() == 12 * 3600
