"""Web and workers are killed at random while both sides are busy: nothing is lost or sent without a yes (K01)."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from tests import people, sink
from tests.chaos import judge
from tests.chaos.clients import Api, Book, Sides, keep_telling
from tests.conftest import SCALE, Database
from tests.people import Cast, address
from tests.processes import ROOT, Command, free_port, rest, wait_until_serving
from vendorhub.store import db
from vendorhub.usecases import meeting_requests
from vendorhub.usecases.people import create_token

KILLS = 3 * SCALE
LEASE_SECONDS = 3
HOLDS = ("0", "1")
RESCUED_WITHIN = 60.0
GUESTS = [f"{name}@{home}.example" for home in ("fastprint", "cloudio") for name in ("una", "vito", "wim", "xenia")]
# Who asks, whom, and who assists: Kim alone has an assistant.
STORIES = (("Vera", "Kim"), ("Carl", "Kim"), ("Vic", "Kim"))


@pytest.fixture
def environ(database: Database, tmp_path: Path) -> dict[str, str]:
    """The settings of all processes, but for the hold and the mail server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("VENDORHUB_")} | {
        "VENDORHUB_MODE": "test",
        "VENDORHUB_INSTANCE": str(tmp_path / "instance"),
        "VENDORHUB_DATABASE_URL": database.app_url,
        "VENDORHUB_OWNER_URL": database.owner_url,
        "VENDORHUB_SECRET_KEY": "a secret for the tests alone",
        "VENDORHUB_LEASE_SECONDS": str(LEASE_SECONDS),
    }


def test_nothing_is_lost_however_often_they_are_killed(
    app: Flask, cast: Cast, environ: dict[str, str], tmp_path: Path
) -> None:
    dice = random.Random(KILLS)
    book, port = Book(), free_port(os.getpid())
    with sink.running(tmp_path / "sink") as mail, app.app_context():
        told = environ | {"VENDORHUB_HOLD_SECONDS": HOLDS[0], "VENDORHUB_SMTP_URL": mail.url}
        web = Command(("serve", "--port", str(port), "--workers", "2"), told, tmp_path / "web.log")
        workers = [Command(("worker",), told, tmp_path / f"worker{number}.log") for number in (1, 2)]
        with _running(web, *workers):
            wait_until_serving(port)
            with _busy(port, book, dice):
                for _ in range(KILLS):
                    wait_until_serving(port)
                    book.wait_for_more(dice.randint(1, 8))
                    rest(dice.uniform(0, 0.2))
                    _kill_one(web, workers, dice)
            _until(lambda: not judge.on_the_way(db.session()))
            _until(lambda: all(worker.hears(signal.SIGTERM) for worker in workers))  # one has only just begun
            assert [command.stop() for command in (web, *workers)] == [0, 0, 0]
        assert book.troubles == []
        assert sum(command.killed for command in (web, *workers)) == KILLS
        arrived = judge.read(mail.mail())
        judge.the_books_agree(db.session(), book)
        judge.nothing_is_lost(db.session(), arrived)
        judge.nothing_has_two_faces(db.session(), arrived)
        judge.nothing_is_without_consent(db.session(), arrived)
        db.session.rollback()
    # Or there was nothing to lose.
    assert len(book.meetings) >= KILLS // 2
    assert {deed for _, deed in book.done} >= {"ask", "accept", "offer", "choose"}
    assert _check(environ) == {"ok": True, "problems": []}


@contextmanager
def _running(*commands: Command) -> Iterator[None]:
    for command in commands:
        command.start()
    try:
        yield
    finally:
        for command in commands:
            if command.alive():
                command.kill()


@contextmanager
def _busy(port: int, book: Book, dice: random.Random) -> Iterator[None]:
    """Clients tell their stories for as long as the block takes, and finish them."""
    apis = {name: Api(port, create_token(email=address(name)), book) for name in ("Vera", "Carl", "Vic", "Kim", "Alex")}
    stop = threading.Event()
    threads = [
        threading.Thread(
            target=keep_telling,
            args=(
                Sides(apis[asker], apis[decider], apis["Alex"], address(decider), GUESTS),
                random.Random(dice.random()),
                stop,
            ),
        )
        for asker, decider in STORIES
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _kill_one(web: Command, workers: list[Command], dice: random.Random) -> None:
    """Ends all of the web, one of its processes, or a worker; what was ended is started again at once."""
    what = dice.randrange(4)
    if what == 0:
        web.kill()
        web.environ = {**web.environ, "VENDORHUB_HOLD_SECONDS": dice.choice(HOLDS)}
        web.start()
    elif what == 1:
        web.kill_child(dice.random())
    else:
        worker = dice.choice(workers)
        worker.kill()
        worker.start()


def _until(so: Callable[[], bool]) -> None:
    """Raises TimeoutError if it is not so within the minute that a letter of a dead worker may take."""
    for _ in range(int(RESCUED_WITHIN / 0.1)):
        if so():
            return
        rest(0.1)
    raise TimeoutError("letters are still on their way")


def _check(environ: dict[str, str]) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "vendorhub", "db", "check", "--json"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        check=True,
    )
    told = json.loads(done.stdout)
    return {name: told[name] for name in ("ok", "problems")}


def test_an_orphan_is_rescued_as_it_was(app: Flask, cast: Cast, environ: dict[str, str], tmp_path: Path) -> None:
    """The first worker dies after the sink has kept the letter and before it could say so."""
    kim = address("Kim")
    with app.app_context(), sink.running(tmp_path / "sink", {kim: [sink.STUCK]}) as mail:
        meeting_requests.ask(
            cast["Vera"],
            buyer="norden",
            topic="Backups that restore",
            outcome="Whether a restore drill is worth an hour.",
            learned="You moved two data centres this year.",
            minutes=30,
            attendees=[("Una", GUESTS[0], "Engineer")],
            to=kim,
        )
        told = environ | {"VENDORHUB_SMTP_URL": mail.url}
        first, second = (Command(("worker",), told, tmp_path / f"{name}.log") for name in ("first", "second"))
        with _running(first):
            _until(lambda: any(received.to == (kim,) for received in mail.mail()))
            first.kill()
        assert judge.on_the_way(db.session()) > 0
        with _running(second):
            _until(lambda: not judge.on_the_way(db.session()))
            assert second.stop() == 0
        arrived = judge.read(mail.mail())
        judge.nothing_is_lost(db.session(), arrived)
        judge.nothing_has_two_faces(db.session(), arrived)
        copies = [received for received in mail.mail() if received.to == (kim,)]
        assert copies == [copies[0]] * 2


def test_the_cast_knows_nobody_among_the_guests() -> None:
    assert not set(GUESTS) & {people.address(row[0]) for row in people.PEOPLE}
