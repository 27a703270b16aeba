"""Each operators' command does what CONTRACT.md says, prints JSON alone for programs, and is refused in one line."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Shell
from tests.conftest import Database
from tests.store import story
from vendorhub.cli import commands
from vendorhub.store.revisions import newest

NORDEN = ("organization", "add", "--kind", "buyer", "--name", "Norden Mutual", "--slug", "norden")
KIM = (
    "person",
    "add",
    "--email",
    "kim@norden.example",
    "--name",
    "Kim",
    "--organization",
    "norden",
    "--role",
    "decider",
)


def leaves(command: click.Command, *path: str) -> Iterator[tuple[str, ...]]:
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from leaves(inner, *path, name)
    else:
        yield path


def test_the_commands_are_those_of_the_manual() -> None:
    assert sorted(" ".join(path) for path in leaves(commands)) == [
        "db backup",
        "db check",
        "db restore",
        "db upgrade",
        "demo load",
        "demo run",
        "doctor",
        "import vendors",
        "mail receive",
        "organization add",
        "outbox list",
        "outbox release",
        "outbox retry",
        "outbox show",
        "person add",
        "serve",
        "sweep",
        "token create",
        "token list",
        "token revoke",
        "worker",
    ]


@pytest.mark.parametrize("path", list(leaves(commands)), ids=" ".join)
def test_each_command_has_help_that_needs_no_settings(path: tuple[str, ...]) -> None:
    shown = Shell({"VENDORHUB_MODE": "nonsense"}).run(*path, "--help")
    assert shown.exit_code == 0
    assert shown.stdout.startswith(f"Usage: vendorhub {' '.join(path)} ")


def test_a_wrong_setting_is_one_line(vendorhub: Shell) -> None:
    said = vendorhub.refused("db", "check", VENDORHUB_HOLD_SECONDS="soon")
    assert said == "VENDORHUB_HOLD_SECONDS: given: 'soon'; allowed: a whole number from 0 to 86400"


def test_an_organisation_its_people_and_their_tokens(vendorhub: Shell, database: Database) -> None:
    vendorhub.ok(*NORDEN, "--domain", "norden.example", "--timezone", "Europe/Berlin", "--fiscal-year-start", "4")
    vendorhub.ok(*KIM)
    vendorhub.ok(
        *KIM[:3], "alex@norden.example", "--name", "Alex", *KIM[6:9], "assistant", "--reports-to", "kim@norden.example"
    )
    vendorhub.ok("person", "add", "--email", "oz@hub.example", "--name", "Oz", "--role", "operator")
    rows = story.rows(database.app_url)
    assert [
        (row["kind"], row["slug"], row["name"], row["zone"], row["fiscal_year_start"]) for row in rows["organisations"]
    ] == [("buyer", "norden", "Norden Mutual", "Europe/Berlin", 4)]
    assert [row["name"] for row in rows["domains"]] == ["norden.example"]
    ids = {row["email"]: row["id"] for row in rows["people"]}
    assert [(row["person_id"], row["role"], row["reports_to"]) for row in rows["memberships"]] == [
        (ids["kim@norden.example"], "decider", None),
        (ids["alex@norden.example"], "assistant", ids["kim@norden.example"]),
        (ids["oz@hub.example"], "operator", None),
    ]
    secret = vendorhub.json("token", "create", "--email", "kim@norden.example")["token"]
    plain = vendorhub.ok("token", "create", "--email", "kim@norden.example", "--scope", "read").stdout
    assert len(secret) == 43
    assert len(plain) == 44
    newest, first = vendorhub.json("token", "list")["items"]
    assert (newest["email"], newest["scope"], newest["revoked_at"]) == ("kim@norden.example", "read", None)
    assert (first["scope"], first["revoked_at"]) == ("write", None)
    vendorhub.ok("token", "revoke", str(first["id"]))
    assert vendorhub.json("token", "list")["items"][1]["revoked_at"] is not None
    shown = vendorhub.ok("token", "list").output
    assert secret not in shown
    assert plain.strip() not in shown


def test_what_is_refused_is_said_in_one_line_and_leaves_nothing(vendorhub: Shell, database: Database) -> None:
    vendorhub.ok(*NORDEN)
    before = story.rows(database.app_url)
    assert vendorhub.refused(*NORDEN) == "There is an organisation with the slug norden already."
    assert vendorhub.refused(*NORDEN[:3], "guild", *NORDEN[4:]) == "The kind is buyer, vendor or var."
    assert vendorhub.refused(*NORDEN[:-1], "neu", "--timezone", "Mars/Base") == (
        "There is no time zone of that name; they read like Europe/Berlin."
    )
    assert vendorhub.refused(*KIM[:-1], "member") == (
        "In this kind of organisation the roles are: admin, assistant, colleague, decider."
    )
    assert vendorhub.refused(*KIM[:-1], "assistant") == "An assistant reports to the decider they speak for."
    assert vendorhub.refused(*KIM[:7], "nowhere", *KIM[8:]) == "There is no organisation with the slug nowhere."
    assert vendorhub.refused("token", "create", "--email", "no@body.example") == (
        "There is nobody with the address no@body.example."
    )
    assert vendorhub.refused("token", "revoke", "77") == "There is none of that name or number."
    assert vendorhub.refused("outbox", "show", "77") == "There is none of that name or number."
    assert story.rows(database.app_url) == before


def test_a_store_that_is_not_upgraded_is_not_used(tmp_path: Path) -> None:
    empty = Shell({"VENDORHUB_MODE": "test", "VENDORHUB_INSTANCE": str(tmp_path)})
    wanted = f"The database is at revision none and needs to be at {newest()}: run vendorhub db upgrade."
    for line in (NORDEN, ("token", "list"), ("worker", "--once"), ("sweep",), ("serve",), ("outbox", "list")):
        assert empty.refused(*line) == wanted
    found = empty.run("db", "check", "--json")
    assert found.exit_code == 1
    assert '"ok": false' in found.stdout
    empty.ok("db", "upgrade")
    assert empty.json("db", "check") == {
        "ok": True,
        "ledger": ["decisions", "joins", "blocks", "liftings"],
        "problems": [],
    }


def test_backup_and_restore(demo_copy: Path, tmp_path: Path) -> None:
    vendorhub = Shell({"VENDORHUB_MODE": "demo", "VENDORHUB_INSTANCE": str(demo_copy)})
    before = vendorhub.json("outbox", "list")["counts"]
    read = len(list((demo_copy / "mail").glob("*.eml")))
    vendorhub.ok("sweep", "--now", "2099-01-05T09:00:00+01:00")
    file = str(tmp_path / "one.backup")
    vendorhub.ok("db", "backup", file)
    assert vendorhub.refused("db", "backup", file) == f"{file} is there already, and a backup overwrites nothing."
    assert vendorhub.json("outbox", "list")["counts"] == {**before, "waiting": 16}
    vendorhub.ok("db", "restore", file)
    vendorhub.ok("worker", "--until-empty")
    assert vendorhub.json("outbox", "list")["counts"] == {**before, "stopped": before["stopped"] + 16}
    assert vendorhub.ok("outbox", "release").stderr == "16 released.\n"
    vendorhub.ok("worker", "--until-empty")
    assert vendorhub.json("outbox", "list")["counts"] == {**before, "sent": before["sent"] + 16}
    assert len(list((demo_copy / "mail").glob("*.eml"))) == read + 16


@pytest.mark.usefixtures("asked")
def test_the_sweep_of_another_day_closes_asks_and_its_letters_go_at_once(in_mode: Callable[[str], Shell]) -> None:
    demo = in_mode("demo")
    demo.ok("worker", "--until-empty")
    assert demo.ok("sweep").stderr.endswith("0 done.\n")
    assert demo.ok("sweep", "--now", "2099-01-05T09:00:00+01:00").stderr.endswith("2 done.\n")
    demo.ok("worker", "--once")
    newest = demo.json("outbox", "list", "--limit", "2")["items"]
    assert [(line["kind"], line["state"], line["recipient"]) for line in newest] == [
        ("lapsed", "sent", "rita@bridge.example"),
        ("lapsed", "sent", "vera@fastprint.example"),
    ]
    assert demo.json("token", "list") == {"items": []}
    said = "In production it is as late as it is: --now is for trying things out."
    assert in_mode("production").refused("sweep", "--now", "2099-01-05") == said


@pytest.mark.usefixtures("asked")
def test_one_letter_is_shown_without_its_words(in_mode: Callable[[str], Shell]) -> None:
    demo = in_mode("demo")
    line = demo.json("outbox", "show", "1")
    assert (line["id"], line["kind"], line["recipient"], line["state"], line["attempts"]) == (
        1,
        "ask_received",
        "kim@norden.example",
        "waiting",
        0,
    )
    assert demo.refused("outbox", "retry", "1") == "Only a letter that failed can be sent again."
    assert demo.ok("outbox", "list", "--state", "failed").stdout == (
        "4 waiting, 0 leased, 0 sent, 0 failed, 0 stopped\n"
    )


def test_the_doctor_says_what_to_do(in_mode: Callable[[str], Shell]) -> None:
    test = in_mode("test")
    well = test.json("doctor")
    assert [(finding["about"], finding["well"]) for finding in well["findings"]] == [
        ("address", True),
        ("mail", True),
        ("mail in", True),
        ("database", True),
        ("letters", True),
    ]
    assert well["settings"]["VENDORHUB_SECRET_KEY"] == "(set)"
    assert "a secret for the tests" not in test.ok("doctor").output
    assert "no server's word about a sender is believed" in test.ok("doctor").output
    ill = in_mode("production").run("doctor", VENDORHUB_SMTP_URL="smtp://127.0.0.1:9")
    assert ill.exit_code == 1
    assert "Set VENDORHUB_BASE_URL to the https:// address people use" in ill.stdout
    assert "127.0.0.1 port 9 does not answer" in ill.stdout


def test_a_port_that_is_taken_is_said_so_at_once(vendorhub: Shell) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert vendorhub.refused("serve", "--port", port) == (
            f"Port {port} of 127.0.0.1 can't be used (Address already in use); choose another with --port."
        )
