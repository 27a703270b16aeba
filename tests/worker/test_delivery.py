"""A worker at work: letters leave, refusals don't stop the others, and a stop gives back what was not tried."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.outbox.test_queue import tell
from tests.outbox.world import World, letters
from vendorhub import worker
from vendorhub.config import Settings
from vendorhub.outbox.queue import claim
from vendorhub.transports import Folder, Memory, Refused


class Moody(Memory):
    """Takes letters as Memory does, after whatever `mood` does first."""

    def __init__(self, mood: Callable[[str], None]) -> None:
        super().__init__()
        self.mood = mood

    def deliver(self, message: bytes, *, sender: str, to: str) -> None:
        self.mood(to)
        super().deliver(message, sender=sender, to=to)


def deliver(transport: Memory | Folder, *, lease_seconds: float = 60, stop: threading.Event | None = None) -> int:
    return worker.deliver(transport, "test", lease_seconds, stop or threading.Event())


def test_all_that_is_due_leaves(here: World) -> None:
    tell(here, 15)
    transport = Memory()
    assert deliver(transport) == 30
    assert {row.state for row in letters()} == {"sent"}
    assert [to for to, _ in transport.letters] == [row.recipient for row in letters()]
    assert deliver(transport) == 0


def test_one_refusal_never_stops_the_others(here: World) -> None:
    def mood(to: str) -> None:
        if to == "chris@northwind.example":
            raise Refused("451 come back", permanent=False)

    tell(here, 2)
    assert deliver(Moody(mood)) == 4
    assert [(row.recipient, row.state, row.trouble) for row in letters()] == [
        ("chris@northwind.example", "waiting", "451 come back"),
        ("alex@northwind.example", "sent", ""),
    ] * 2


def test_a_transports_own_mistake_is_no_reason_to_stop(here: World) -> None:
    def mood(to: str) -> None:
        if to == "chris@northwind.example":
            raise ZeroDivisionError(to)

    tell(here)
    assert deliver(Moody(mood)) == 2
    assert [(row.state, row.trouble) for row in letters()] == [
        ("waiting", "ZeroDivisionError while sending"),
        ("sent", ""),
    ]


def test_told_to_stop_it_finishes_the_letter_in_hand_and_gives_back_the_others(here: World) -> None:
    stop = threading.Event()
    tell(here, 5)
    transport = Moody(lambda _: stop.set())
    assert deliver(transport, stop=stop) == 1
    assert len(transport.letters) == 1
    assert [(row.state, row.attempts) for row in letters()] == [("sent", 1)] + [("waiting", 0)] * 9


def test_past_half_its_lease_it_gives_back_what_is_left(here: World) -> None:
    tell(here, 2)
    slow = Moody(lambda _: time.sleep(0.06))
    stop = threading.Event()
    claimed = claim(worker="test", lease_seconds=0.1)
    assert worker._send(claimed, slow, 0.1, stop) == 1
    assert [(row.state, row.attempts) for row in letters()] == [("sent", 1)] + [("waiting", 0)] * 3


def test_a_killed_worker_leaves_letters_that_the_next_sends_with_the_same_bytes(
    here: World, settings: Settings, tmp_path: Path
) -> None:
    tell(here, 3)
    doomed = subprocess.Popen(
        [sys.executable, "-c", _DIES_BETWEEN_CLAIM_AND_SETTLE, settings.database_url, str(tmp_path / "mail")],
        stdout=subprocess.PIPE,
    )
    assert doomed.stdout is not None
    assert b"sending\n" in iter(doomed.stdout.readline, b"")
    doomed.send_signal(signal.SIGKILL)
    doomed.wait()
    doomed.stdout.close()
    before = {file.name: file.read_bytes() for file in (tmp_path / "mail").glob("*.eml")}
    assert len(before) == 2
    assert [row.state for row in letters()] == ["leased"] * 6
    transport, tried, deadline = Folder(tmp_path / "mail"), 0, time.monotonic() + 10
    while not tried and time.monotonic() < deadline:
        tried = deliver(transport)  # nothing until the lease is over
    after = {file.name: file.read_bytes() for file in (tmp_path / "mail").glob("*.eml")}
    assert (tried, len(after), {row.state for row in letters()}) == (6, 6, {"sent"})
    assert {name: after[name] for name in before} == before


_DIES_BETWEEN_CLAIM_AND_SETTLE = """
import sys, threading, time
from pathlib import Path
from tests.outbox.conftest import small_app
from tests.outbox.world import NOW
from vendorhub import clock, worker
from vendorhub.config import Settings
from vendorhub.transports import Folder

class Dying(Folder):
    sent = 0

    def deliver(self, message, *, sender, to):
        if self.sent == 2:
            print("sending", flush=True)
            time.sleep(60)
        super().deliver(message, sender=sender, to=to)
        self.sent += 1

settings = Settings.load({"VENDORHUB_MODE": "test", "VENDORHUB_INSTANCE": sys.argv[2] + "-instance",
    "VENDORHUB_DATABASE_URL": sys.argv[1], "VENDORHUB_SECRET_KEY": "a secret for the tests alone"})
with small_app(settings).app_context(), clock.at(NOW):
    worker.deliver(Dying(Path(sys.argv[2])), "doomed", 1, threading.Event())
"""
