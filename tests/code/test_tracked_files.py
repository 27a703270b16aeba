"""What is in git holds no trace of a machine or a registry, and the scripts run."""

import os
import re
import tomllib
from pathlib import Path

import pytest

from tests.code.house import ROOT, tracked

FILES = tracked()
SCRIPTS = [".ci/run", "bin/bench", "bin/demo", "bin/lint", "bin/lock", "bin/pictures", "bin/test"]

# Put together here, so that this file holds none of them.
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("deb.debian", "org"))
]
MACHINE_PATH = re.compile(
    rb"(?<![\w./-])/(%s)/" % b"|".join([b"wo" + b"rk", b"ro" + b"ot", b"fa" + b"rm", b"tmp/bash" + b"_jobs"])
)


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_there_are_files_to_look_at() -> None:
    assert {"pyproject.toml", "prod.lock", "bin/demo", "vendorhub/clock.py"} <= {name(file) for file in FILES}


def test_no_file_names_a_registry() -> None:
    texts = {name(file): file.read_bytes().lower() for file in FILES}
    assert [(one, host) for one, text in texts.items() for host in REGISTRIES if host.encode() in text] == []


def test_no_file_names_a_path_of_a_machine() -> None:
    assert [name(file) for file in FILES if MACHINE_PATH.search(file.read_bytes())] == []


def test_the_instance_folder_is_empty_in_git() -> None:
    assert [name(file) for file in FILES if file.is_relative_to(ROOT / "instance")] == ["instance/.gitkeep"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_can_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert (ROOT / script).read_text().startswith("#!/usr/bin/env bash\n# ")
    assert "set -euo pipefail" in (ROOT / script).read_text().splitlines()


def test_every_script_is_looked_at() -> None:
    assert [one for one in sorted(map(name, FILES)) if re.match(r"(bin|\.ci)/[^_]", one)] == SCRIPTS


def packages(lock: str) -> dict[str, str]:
    return {
        re.split(r"[=\[ ]", entry, maxsplit=1)[0]: entry
        for entry in (ROOT / lock).read_text().replace("\\\n", "").splitlines()
    }


@pytest.mark.parametrize("lock", ["prod.lock", "test.lock"])
def test_a_lock_holds_versions_and_hashes_only(lock: str) -> None:
    entry = re.compile(r"[a-z0-9-]+==[\w.]+( ; [\w' =!<>.]+?)?( +--hash=sha256:[0-9a-f]{64})+")
    assert [line for line in packages(lock).values() if not entry.fullmatch(line.rstrip())] == []


def test_the_test_lock_holds_all_of_the_prod_lock() -> None:
    tests = packages("test.lock")
    assert {one: entry for one, entry in packages("prod.lock").items() if tests.get(one) != entry} == {}


def test_the_prod_lock_holds_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["build"]
    assert {re.split(r"[ \[<>=]", one)[0] for one in wanted} <= packages("prod.lock").keys()
