"""The rooms import from each other as the contracts in pyproject.toml allow."""

import tomllib

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.code.house import MODULES, ROOT, room
from vendorhub.store import revisions

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_every_contract_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    kept = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert kept == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_room_has_its_contract() -> None:
    protected = sorted(one for contract in CONTRACTS for one in contract["protected_modules"])
    rooms = {room(module) for module in MODULES} - {"", "__main__", "static"}
    assert protected == sorted(f"vendorhub.{one}" for one in rooms)


def test_no_contract_is_softened_but_for_commands_that_migrate_check_and_back_up() -> None:
    every = "vendorhub -> vendorhub.**"
    command = {f"vendorhub.cli.** -> vendorhub.store.{one}" for one in ("migrate", "check", "backup", "revisions")}
    softened = {contract["id"]: set(contract["ignore_imports"]) - {every} for contract in CONTRACTS}
    assert {one: ignored for one, ignored in softened.items() if ignored} == {"store": command}
    assert {contract["type"] for contract in CONTRACTS} == {"protected"}


def test_migrations_are_numbered_as_alembic_chains_them() -> None:
    config = Config()
    config.set_main_option("script_location", str(revisions.SCRIPTS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == revisions.newest()
