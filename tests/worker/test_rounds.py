"""A worker's rounds: what is due, until told to stop, whatever goes wrong."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError

from tests.outbox.test_queue import tell
from tests.outbox.world import NOW, World, letters
from vendorhub import clock, worker
from vendorhub.store import MeetingRequest, db
from vendorhub.transports import Memory


@contextmanager
def at_work(app: Flask, transport: Memory, stop: threading.Event) -> Iterator[None]:
    """A lasting worker beside the test; it has stopped when the block is left."""

    def work() -> None:
        with app.app_context(), clock.at(NOW):
            worker.run(transport=transport, lease_seconds=60, stop=stop)

    beside = threading.Thread(target=work)
    beside.start()
    try:
        yield
    finally:
        stop.set()
        beside.join()


class Telling(Memory):
    """Says when so many letters have come."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at, self.enough, self.closed = at, threading.Event(), False

    def deliver(self, message: bytes, *, sender: str, to: str) -> None:
        super().deliver(message, sender=sender, to=to)
        if len(self.letters) == self.at:
            self.enough.set()

    def close(self) -> None:
        self.closed = True


def test_one_round_sends_what_is_due_and_what_it_has_just_caused(here: World) -> None:
    tell(here)
    transport = Telling(at=3)
    with clock.at(NOW + timedelta(days=30)):
        worker.run(transport=transport, lease_seconds=60, stop=threading.Event(), once=True)
    assert [(row.kind, row.state) for row in letters()] == [
        ("withdrawn", "sent"),
        ("withdrawn", "sent"),
        ("lapsed", "sent"),
    ]
    assert db.session.get_one(MeetingRequest, here.request).state == "lapsed"
    assert transport.closed


def test_until_empty_ends_when_nothing_is_due_now(here: World) -> None:
    tell(here, 30)
    transport = Memory()
    worker.run(transport=transport, lease_seconds=60, stop=threading.Event(), until_empty=True)
    assert len(transport.letters) == 60


def test_a_lasting_worker_sends_what_comes_and_stops_when_told(app: Flask, here: World) -> None:
    transport, stop = Telling(at=2), threading.Event()
    with at_work(app, transport, stop):
        tell(here)
        assert transport.enough.wait(10)
    assert {row.state for row in letters()} == {"sent"}
    assert transport.closed


def test_a_lasting_worker_outlives_a_broken_database(app: Flask, here: World) -> None:
    tell(here)
    broken = threading.Event()
    transport = Telling(at=2)

    def refuses_at_first(*_: object) -> None:
        if not broken.is_set():
            broken.set()
            raise DatabaseError("SELECT", None, Exception("gone"))

    event.listen(db.engine, "before_cursor_execute", refuses_at_first)
    with at_work(app, transport, threading.Event()):
        assert transport.enough.wait(10)
    event.remove(db.engine, "before_cursor_execute", refuses_at_first)
    assert broken.is_set()
    assert {row.state for row in letters()} == {"sent"}


def test_a_single_round_raises_what_goes_wrong(here: World) -> None:
    tell(here)

    def refuses(*_: object) -> None:
        raise DatabaseError("SELECT", None, Exception("gone"))

    event.listen(db.engine, "before_cursor_execute", refuses)
    with pytest.raises(DatabaseError):
        worker.run(transport=Memory(), lease_seconds=60, stop=threading.Event(), once=True)
    event.remove(db.engine, "before_cursor_execute", refuses)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_sets_the_stop_and_afterwards_means_what_it_did(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with worker.stopped_by_signals() as stop:
        assert not stop.is_set()
        os.kill(os.getpid(), number)
        assert stop.wait(1)
    assert signal.getsignal(number) is before
