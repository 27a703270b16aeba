"""How long the slowest deed takes while four writers and a worker want the same SQLite file without rest.

Run as `python -m benchmarks.writers NUMBER SECONDS` it is one of the writers: it prints its deeds' seconds as JSON.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import quantiles
from typing import Protocol, TypeVar

from benchmarks.hubs import Hub, hub
from benchmarks.report import Figure
from tests import sink
from tests.processes import ROOT, Command
from vendorhub import create_app
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.queries.offers import of_request
from vendorhub.queries.people import actor
from vendorhub.store import Person, db
from vendorhub.usecases import decisions, meeting_requests, offers

WRITERS = 4
SECONDS = 10.0
SLOWEST_AT_MOST = 250
# Each writer has a month of half hours of its own, after all that is filled in.
A_MONTH = timedelta(days=30)
HALF_AN_HOUR = timedelta(minutes=30)

_Done = TypeVar("_Done")


class _Timed(Protocol):
    """Does a deed, and notes how long it took."""

    def __call__(self, deed: Callable[[], _Done]) -> _Done: ...


def measure(*, requests: int) -> Iterator[Figure]:
    """On SQLite alone: PostgreSQL queues by itself."""
    with hub("sqlite", requests=min(requests, 10_000)) as one, sink.running(one.folder / "sink") as mail:
        deeds = _saturate(one, mail)
    slowest = max(map(max, deeds))
    every = sorted(seconds for one_writer in deeds for seconds in one_writer)
    yield Figure("deeds of four writers, a second", "sqlite", len(every) / SECONDS, "/s")
    yield Figure("of the writer with the fewest", "sqlite", min(map(len, deeds)) / SECONDS, "/s")
    yield Figure("a deed: p50", "sqlite", quantiles(every, n=100)[49] * 1000, "ms")
    yield Figure("a deed: p99", "sqlite", quantiles(every, n=100)[98] * 1000, "ms")
    yield Figure("a deed: slowest", "sqlite", slowest * 1000, "ms", at_most=SLOWEST_AT_MOST)


def _saturate(one: Hub, mail: sink.Sink) -> list[list[float]]:
    worker = Command(("worker",), one.environ | {"VENDORHUB_SMTP_URL": mail.url}, one.folder / "worker.log")
    worker.start()
    try:
        command = [sys.executable, "-m", "benchmarks.writers"]
        writers = [
            subprocess.Popen(
                [*command, str(number), str(SECONDS)],
                cwd=ROOT,
                env=one.environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            for number in range(1, WRITERS + 1)
        ]
        for writer in writers:  # all begin at once
            assert writer.stdout
            assert writer.stdout.readline() == b"ready\n"
        for writer in writers:
            assert writer.stdin
            writer.stdin.close()
        told = [json.loads(writer.stdout.read()) for writer in writers if writer.stdout]
        assert [writer.wait() for writer in writers] == [0] * WRITERS
        return told
    finally:
        worker.stop()


def _write(number: int, seconds: float) -> list[float]:
    """What each deed of a story took, story after story."""
    took: list[float] = []
    first = datetime.now(UTC).replace(minute=0, second=0, microsecond=0, tzinfo=None) + number * A_MONTH

    def timed(deed: Callable[[], _Done]) -> _Done:
        begun = time.perf_counter()
        done = deed()
        took.append(time.perf_counter() - begun)
        return done

    with create_app().app_context():
        seller, cio = _person(f"first@newcomer{number}.example"), _person(f"cio{number}@buyer{number}.example")
        print("ready", flush=True)
        sys.stdin.read()
        until, told = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            slot = ((first + told * HALF_AN_HOUR).isoformat(), "UTC", None)
            _story(timed, seller, cio, f"buyer{number}", f"cio{number}@buyer{number}.example", slot)
            told += 1
    return took


def _story(
    timed: _Timed,
    seller: Actor,
    cio: Actor,
    buyer: str,
    to: str,
    slot: tuple[str, str, None],
) -> None:
    code = timed(
        lambda: meeting_requests.ask(
            seller,
            buyer=buyer,
            topic="A restore drill",
            outcome="Whether it is worth an hour.",
            learned="You moved two data centres.",
            minutes=30,
            attendees=[("Una", f"una@{buyer}-guests.example", "Engineer")],
            to=to,
        )
    )
    timed(lambda: decisions.accept(cio, code))
    offer = timed(lambda: offers.offer(cio, code, slots=[slot]))
    chosen = of_request(seller, code)[0].slots[0].code
    timed(lambda: offers.choose(seller, offer, slot=chosen))


def _person(email: str) -> Actor:
    found = db.session.query(Person.id).filter_by(email=email).one()
    who = actor(found.id, Door(DoorName.API))
    assert who
    return who


if __name__ == "__main__":
    print(json.dumps(_write(int(sys.argv[1]), float(sys.argv[2]))))
