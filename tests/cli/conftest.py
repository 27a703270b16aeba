"""What the tests of the commands share: a shop of one's own, and a way to run a command in it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.conftest import Database
from tests.people import address, assemble
from vendorhub import create_app
from vendorhub.cli import commands
from vendorhub.config import Settings
from vendorhub.store import db
from vendorhub.usecases import meeting_requests


@dataclass(frozen=True)
class Shell:
    """Runs commands with the settings of one VendorHub."""

    environ: dict[str, str]

    def run(self, *line: str, **environ: str) -> Result:
        """What the command printed, and its exit code."""
        return CliRunner(env={**self.environ, **environ}).invoke(commands, line, prog_name="vendorhub")

    def ok(self, *line: str) -> Result:
        """The same, of a command that has to succeed."""
        result = self.run(*line)
        assert (result.exit_code, result.exception) == (0, None), result.output
        return result

    def json(self, *line: str) -> Any:
        """What the command prints for programs, which is all of its stdout."""
        return json.loads(self.ok(*line, "--json").stdout)

    def refused(self, *line: str, **environ: str) -> str:
        """The one line with which a command is refused: exit code 2, nothing on stdout."""
        result = self.run(*line, **environ)
        assert result.exit_code == 2, result.output
        assert result.stdout == ""
        said, *more = result.stderr.splitlines()
        assert more == []
        return said.removeprefix("vendorhub: ")


def shell(database: Database, instance: Path, mode: str) -> Shell:
    return Shell(
        {
            "VENDORHUB_MODE": mode,
            "VENDORHUB_INSTANCE": str(instance),
            "VENDORHUB_DATABASE_URL": database.app_url,
            "VENDORHUB_OWNER_URL": database.owner_url,
            "VENDORHUB_SECRET_KEY": "a secret for the tests alone",
            "VENDORHUB_HOLD_SECONDS": "60",
        }
    )


@pytest.fixture
def vendorhub(database: Database, tmp_path: Path) -> Shell:
    """Commands on an empty store."""
    return shell(database, tmp_path / "instance", "test")


@pytest.fixture
def asked(vendorhub: Shell) -> None:
    """Two asks that wait for Kim and her assistant, in the same store."""
    app = create_app(Settings.load(vendorhub.environ))
    with app.app_context():
        cast = assemble()
        for who in ("Vera", "Rita"):
            meeting_requests.ask(
                cast[who],
                buyer="norden",
                topic="Backups that restore",
                outcome="Whether a test is worth a day.",
                learned="You restored in nine hours.",
                minutes=30,
                attendees=[(who, address(who), "Sales")],
                to=address("Kim"),
            )
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def in_mode(database: Database, tmp_path: Path) -> Callable[[str], Shell]:
    """Commands in another mode, on the same store."""
    return lambda mode: shell(database, tmp_path / "instance", mode)
