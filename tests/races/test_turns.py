"""Writers take turns: four that never rest and a worker share one SQLite file, and none is made to wait for long."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import SCALE, Database
from tests.races.arena import Arena, Newcomer

ROOT = Path(__file__).resolve().parent.parent.parent
WRITERS = 4
SECONDS = 2.0
# So many commits of others may pass one that waits, on a busy machine too. Where SQLite's own lock is polled it is
# hundreds; the seconds on a quiet machine are measured by `bin/bench writers`.
PASSED_BY = 30

Turns = dict[str, list[tuple[float, float]]]  # by who: when each began to wait and when it had committed


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_writer_starves(arena: Arena, database: Database, tmp_path: Path) -> None:
    askers = [arena.newcomer() for _ in range(WRITERS)]
    turns = _all_at_once(_environment(database, tmp_path), askers)
    for who, each in turns.items():
        slowest = max(end - begin for begin, end in each)
        print(f"{who}: {len(each)} commits, slowest {slowest * 1000:.0f} ms")  # noqa: T201 - a measure for who reads it
    assert len(turns) == WRITERS + 1
    assert {who: passed for who, passed in _passed_by(turns).items() if passed > PASSED_BY} == {}
    assert arena.do(_requests) == sum(len(turns[asker.slug]) for asker in askers)


def _passed_by(turns: Turns) -> dict[str, int]:
    """The most commits of others that began after somebody waited and were done before they were."""
    return {
        who: max(
            sum(
                begin < other_begin and other_end < end
                for other, them in turns.items()
                if other != who
                for other_begin, other_end in them
            )
            for begin, end in each
        )
        for who, each in turns.items()
    }


def _environment(database: Database, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "VENDORHUB_MODE": "test",
        "VENDORHUB_INSTANCE": str(folder / "instance"),
        "VENDORHUB_DATABASE_URL": database.app_url,
        "VENDORHUB_SECRET_KEY": "a secret for the tests alone",
    }


def _all_at_once(environment: Mapping[str, str], askers: list[Newcomer]) -> Turns:
    """The turns of each process."""
    command = [sys.executable, "-m", "tests.races.test_turns", str(SECONDS * min(SCALE, 30))]
    names = {asker.slug: str(asker.person) for asker in askers} | {"worker": ""}
    processes = {
        name: subprocess.Popen(
            [*command, person], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for name, person in names.items()
    }
    turns: Turns = {}
    for process in processes.values():
        assert process.stdout
        while process.stdout.readline() != b"ready\n":
            assert process.poll() is None
    for process in processes.values():
        assert process.stdin
        process.stdin.close()
    for name, process in processes.items():
        assert process.stdout
        turns[name] = json.loads(process.stdout.read().splitlines()[-1])
        process.stdout.close()
        assert process.wait() == 0
    return turns


def _requests() -> int:
    from sqlalchemy import func, select

    from vendorhub.store import MeetingRequest, db

    return db.session.scalar(select(func.count()).select_from(MeetingRequest)) or 0


# -- in a writer's own process


def _write(seconds: float, person: int | None) -> list[tuple[float, float]]:
    """Asks without rest or, for nobody, claims and settles letters: the turns, by the machine's one clock."""
    from vendorhub import create_app
    from vendorhub.domain.people import Door, DoorName
    from vendorhub.outbox import queue
    from vendorhub.queries.people import actor
    from vendorhub.usecases import meeting_requests

    turns = []
    with create_app().app_context():
        who = actor(person, Door(DoorName.API)) if person else None
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.read()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            begin = time.monotonic()
            if who:
                meeting_requests.ask(
                    who,
                    buyer="norden",
                    topic="Backup costs",
                    outcome="Whether tape pays again.",
                    learned="You keep seven years of mail.",
                    minutes=30,
                    attendees=[("Vera", f"vera@{person}.example", "")],
                )
            elif not queue.settle(queue.Outcome(each) for each in queue.claim(worker="worker", lease_seconds=60)):
                continue  # nothing was due, so nothing was written
            turns.append((begin, time.monotonic()))
    return turns


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_write(float(sys.argv[1]), int(sys.argv[2]) if sys.argv[2] else None)))
