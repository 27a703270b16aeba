"""The demo world is the same each time, believable, and made of nothing but deeds."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import Shell, shell
from tests.conftest import SCALE, Database
from tests.store import story
from vendorhub import clock
from vendorhub.demo import mail, world
from vendorhub.demo.stories import ALL
from vendorhub.domain.meeting_requests import State

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
Rows = Mapping[str, list[Mapping[str, Any]]]

# A Sunday with a leap day behind it; then a morning without two o'clock, New Year, and the leap day itself.
SUNDAY, *ODD_DAYS = (
    datetime(2032, 3, 7, 1, 30, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    datetime(2028, 1, 1, 0, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 23, 30, tzinfo=UTC),
)


@pytest.fixture
def in_mode(database: Database, tmp_path: Path) -> Callable[[str], Shell]:
    """Commands in a mode, on this store."""
    return lambda mode: shell(database, tmp_path / "instance", mode)


@pytest.fixture
def copied(demo_copy: Path) -> Shell:
    """Commands on a demo world of one's own."""
    return Shell({"VENDORHUB_MODE": "demo", "VENDORHUB_INSTANCE": str(demo_copy)})


def made(folder: Path) -> Rows:
    return story.rows(f"sqlite:///{folder / 'vendorhub.sqlite'}")


def names(told: Rows) -> dict[int, str]:
    return {row["id"]: row["name"] for row in told["organisations"]}


def content(told: Rows) -> dict[str, list[tuple[Any, ...]]]:
    """What is told in it, without codes, secrets and dates."""
    columns = {
        "organisations": ("kind", "name", "zone", "brief", "open_to", "not_open_to", "response_days"),
        "people": ("email", "name"),
        "memberships": ("person_id", "organisation_id", "role", "reports_to"),
        "goals": ("buyer_id", "name"),
        "meeting_requests": ("company_id", "asked_by", "asked_of", "state", "topic", "outcome", "learned", "note"),
        "guests": ("request_id", "name", "role", "side", "left_out"),
        "decisions": ("position", "kind", "by", "on_behalf_of"),
        "blocks": ("company_id", "by"),
        "offers": ("request_id", "side", "state", "note"),
        "slots": ("request_id", "zone"),
        "meetings": ("topic", "state", "sequence", "place_how", "place_detail", "note"),
        "attendees": ("meeting_id", "person_id", "partstat"),
        "proposals": ("meeting_id", "by", "state", "note"),
        "letters": ("kind", "recipient", "state", "method", "sequence"),
        "history": ("deed", "by", "on_behalf_of", "audience"),
    }
    return {table: [tuple(row[name] for name in chosen) for row in told[table]] for table, chosen in columns.items()}


def test_the_people_are_printed_with_a_token_each_the_cio_first(copied: Shell) -> None:
    people = copied.json("demo", "load")["people"]
    assert [(one["name"], one["side"], one["organization"], one["roles"]) for one in people[:14]] == [
        ("Katrin Vogtländer", "buyer", "Havelmark Insurance", ["decider"]),
        ("Jonas Ahrend", "buyer", "Havelmark Insurance", ["assistant"]),
        ("Henrik Brandis", "buyer", "Havelmark Insurance", ["decider"]),
        ("Mirela Dragomirescu", "buyer", "Havelmark Insurance", ["decider"]),
        ("Tobias Ekwueme", "buyer", "Havelmark Insurance", ["decider"]),
        ("Wanda Kupferschmid", "buyer", "Havelmark Insurance", ["colleague"]),
        ("Rosa Albin", "var", "Lindholt Systems", ["member"]),
        ("Emil Thorsen", "var", "Lindholt Systems", ["admin"]),
        ("Grethe Tidesmith", "var", "Tidesmith & Daughters", ["admin"]),
        ("Idris Benhaddou", "var", "Tidesmith & Daughters", ["member"]),
        ("Maya Adeyemi-Cole", "vendor", "Keelsafe", ["member"]),
        ("Tom Hallam", "vendor", "Keelsafe", ["admin"]),
        ("Arjun Deshmane", "vendor", "Quillmare", ["member"]),
        ("Leela Varier", "vendor", "Quillmare", ["admin"]),
    ]
    assert [(one["name"], one["side"], one["organization"]) for one in people[-3:]] == [
        ("Signe Falkenborg", "buyer", "Aldersund Hospitals"),
        ("Mikkel Thorup-Ray", "buyer", "Aldersund Hospitals"),
        ("Pat Winterfeld", "operator", ""),
    ]
    assert len(people) == len(world.PEOPLE) == 36
    assert all(set(one) == {"name", "email", "side", "organization", "roles", "token"} for one in people)
    again = copied.json("demo", "load")["people"]
    assert {one["token"] for one in again}.isdisjoint({one["token"] for one in people})
    assert [{**one, "token": ""} for one in again] == [{**one, "token": ""} for one in people]


def test_twelve_asks_wait_and_every_state_is_there(made_demo: Path) -> None:
    told = made(made_demo)
    company = names(told)
    requests = [row for row in told["meeting_requests"] if company[row["buyer_id"]] == "Havelmark Insurance"]
    waiting = [row for row in requests if row["state"] == "pending"]
    assert [company[row["company_id"]] for row in waiting] == [
        "Lindholt Systems",
        "Nameward",
        "Pennyfold",
        "Parlande",
        "Lindholt Systems",
        "Tidesmith & Daughters",
        "Keelsafe",
        "Ternwick Networks",
        "Cellarlight",
        "Seatwise",
        "Steepmeadow Advisory",
        "Blitzfunnel",
    ]
    assert min(row["answer_by"] for row in waiting) > datetime.now(UTC)
    assert [row["company"] for row in told["unverified_asks"]] == ["Cloudberry Survey"]
    assert len(told["drafts"]) == 1
    assert {row["state"] for row in requests} == set(State)
    assert Counter(row["kind"] for row in told["decisions"]) == {
        "accept": 54,
        "no": 5,
        "not_now": 5,
        "never": 2,
        "in_writing": 1,
        "redirect": 1,
        "revoke": 2,
    }


def test_times_lie_on_the_table_in_both_directions_and_wishes_are_open(made_demo: Path) -> None:
    told = made(made_demo)
    open_offers = [row["side"] for row in told["offers"] if row["state"] == "open" and not row["poll"]]
    assert sorted(open_offers) == ["buyer", "vendor", "vendor"]
    assert [row["state"] for row in told["proposals"]].count("open") == 2
    ahead = [row for row in told["meetings"] if row["start_at"] > datetime.now(UTC) and row["kind"] != "briefing"]
    assert {row["state"] for row in ahead} == {"confirmed"}
    assert len(ahead) == 7
    planned = {row["meeting_id"] for row in told["agenda_entries"]}
    assert {row["id"] for row in ahead} <= planned


def test_there_is_a_briefing_in_each_state(made_demo: Path) -> None:
    told = made(made_demo)
    code = {row["id"]: row for row in told["meeting_requests"]}
    assert Counter(code[row["request_id"]]["state"] for row in told["briefings"]) == {
        "accepted": 5,
        "pending": 1,
        "revoked": 1,
        "declined": 1,
    }
    met = {row["request_id"]: row["start_at"] > datetime.now(UTC) for row in told["meetings"]}
    held = [met[row["request_id"]] for row in told["briefings"] if row["request_id"] in met]
    assert (sorted(held), Counter(row["agenda_version"] for row in told["briefings"])) == ([False, True], {0: 6, 1: 2})
    assert Counter(row["state"] for row in told["participations"]) == {"joined": 11, "asked": 7, "declined": 1}
    shared = {topic for row in told["vendor_pairs"] for topic in row["topics"]}
    assert "Second copy" in shared


def test_whoever_is_to_try_it_can_still_ask(made_demo: Path) -> None:
    told = made(made_demo)
    company = names(told)
    against = {"declined", "blocked", "attached", "revoked"}
    refused = {
        company[row["company_id"]]
        for row in told["meeting_requests"]
        if row["state"] in against
        and company[row["buyer_id"]] == "Havelmark Insurance"
        and row["kind"] != "briefing"  # a no to a theme binds no other ask
    }
    assert refused.isdisjoint({"Keelsafe", "Quillmare", "Lindholt Systems"})


def test_everything_is_done_at_working_hours(made_demo: Path) -> None:
    told = made(made_demo)
    zone_of = {row["id"]: ZoneInfo(row["zone"]) for row in told["organisations"]}
    home = {row["person_id"]: zone_of.get(row["organisation_id"], ZoneInfo("UTC")) for row in told["memberships"]}
    done = [row["made_at"].astimezone(home[row["by"]]) for row in told["history"] if row["by"]]
    met = [
        edge.astimezone(home[person["person_id"]])
        for meeting in told["meetings"]
        for person in told["attendees"]
        if person["meeting_id"] == meeting["id"] and person["person_id"] in home  # who has no account has no zone
        for edge in (meeting["start_at"], meeting["end_at"])
    ]
    assert [at for at in (*done, *met) if at.weekday() > 4 or not 7 <= at.hour < 20] == []
    assert max(row["made_at"] for row in told["history"]) < datetime.now(UTC)


def test_the_past_has_been_mailed_and_the_last_days_can_be_read(made_demo: Path, copied: Shell) -> None:
    letters = made(made_demo)["letters"]
    assert {row["state"] for row in letters} == {"sent", "stopped"}
    kept = len(list((made_demo / "mail").glob("*.eml")))
    assert 10 <= kept <= 40
    read = mail.delivered(made_demo / "mail")
    assert sum(head.method == "REQUEST" for head in read) == 5
    assert read[0].to == "fenna@cloudberry.example"
    assert copied.ok("worker", "--until-empty").output.count("letter sent") == 0
    assert len(list((made_demo / "mail").glob("*.eml"))) == kept
    assert copied.json("db", "check")["problems"] == []


@POSTGRESQL
def test_it_is_the_same_each_time_on_either_database(
    in_mode: Callable[[str], Shell], database: Database, made_demo: Path
) -> None:
    with clock.at(SUNDAY):
        result = in_mode("demo").ok("demo", "load")
    told = story.rows(database.app_url)
    assert content(told) == content(made(made_demo))
    assert max(row["made_at"] for row in told["history"]) < SUNDAY
    assert result.stderr.splitlines() == [
        "Making the demo world; it takes some seconds ...",
        "  October to December 2030",
        "  January to March 2031",
        "  April to June 2031",
        "  July to September 2031",
        "  October to December 2031",
        "  January to March 2032",
        "  today",
    ]
    assert in_mode("demo").json("db", "check")["problems"] == []


@SQLITE
@pytest.mark.skipif(SCALE == 1, reason="it takes a while")
@pytest.mark.parametrize("today", ODD_DAYS, ids=lambda day: f"{day:%Y-%m-%d}")
def test_it_is_the_same_on_odd_days(
    in_mode: Callable[[str], Shell], database: Database, made_demo: Path, today: datetime
) -> None:
    with clock.at(today):
        in_mode("demo").ok("demo", "load")
    assert content(story.rows(database.app_url)) == content(made(made_demo))


def test_loading_again_changes_nothing(copied: Shell, demo_copy: Path) -> None:
    before = made(demo_copy)
    copied.ok("demo", "load")
    assert made(demo_copy) == before


def test_fresh_throws_away_what_there_was(copied: Shell, demo_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vendorhub.demo.stories.ALL", ALL[:1])
    copied.ok("organization", "add", "--kind", "vendor", "--name", "Left over", "--slug", "left-over")
    copied.ok("demo", "load", "--fresh")
    after = made(demo_copy)
    assert [row["slug"] for row in after["organisations"]] == [company.slug for company in world.COMPANIES]
    assert [row["topic"] for row in after["meeting_requests"]] == [ALL[0].topic]
    assert [head.to for head in mail.delivered(demo_copy / "mail")] == ["fenna@cloudberry.example"]


@SQLITE
def test_nothing_is_thrown_away_in_production(copied: Shell, demo_copy: Path, database: Database) -> None:
    before = made(demo_copy)
    production = Shell({**copied.environ, "VENDORHUB_MODE": "production"})
    said = "In production nothing is thrown away: --fresh is for trying things out."
    assert production.refused("demo", "load", "--fresh") == said
    assert production.refused("demo", "run") == (
        "The demo is not for production: set VENDORHUB_MODE=demo, or use bin/demo."
    )
    assert made(demo_copy) == before


@SQLITE
def test_a_world_left_half_made_is_said_so(in_mode: Callable[[str], Shell]) -> None:
    demo = in_mode("demo")
    demo.ok("organization", "add", "--kind", "buyer", "--name", "Havelmark Insurance", "--slug", "havelmark")
    assert demo.refused("demo", "load") == "The demo world was left half made; make it anew with --fresh."


def test_every_address_is_one_that_nobody_has() -> None:
    assert [member.email for member in world.PEOPLE if not member.email.endswith(".example")] == []
    told = json.dumps([repr(story) for story in ALL])
    assert set(re.findall(r"https?://[\w.-]+", told)) == {
        "https://meet.havelmark.example",
        "https://samtale.aldersund.example",
        "https://room.inkerby.example",
        "https://call.keelsafe.example",
    }
    assert timedelta(hours=12) == world.GOOD_FOR


def test_no_sentence_is_said_twice() -> None:
    said = Counter(words for story in ALL for words in (story.topic, story.outcome, story.learned) if words)
    assert [words for words, times in said.items() if times > 1 and "WOW" not in words] == []
