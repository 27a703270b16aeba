"""Answers what the clock's door does: sweep what is due, write what was asked for, send letters, until stopped."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from vendorhub.outbox.queue import Claimed, Outcome, claim, let_go, settle
from vendorhub.outbox.register import erase_old
from vendorhub.transports import Refused, Transport, from_url

POLL_SECONDS: Final = 0.5
SETTLE_SECONDS: Final = 0.25  # a worker that dies leaves at most so much to be sent a second time
ERASE_SECONDS: Final = 3600.0

log = structlog.get_logger("vendorhub.worker")


def transport(smtp_url: str | None, folder: Path) -> Transport:
    """How letters leave by these settings: SMTP where there is an address, else .eml files in `folder`."""
    return from_url(smtp_url, folder)


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set; afterwards they mean what they meant before. Main thread only."""
    stop = threading.Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, told) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(
    *,
    transport: Transport,
    lease_seconds: float,
    stop: threading.Event,
    once: bool = False,
    until_empty: bool = False,
) -> None:
    """Works until `stop` is set; with `once` a single round of everything due, with `until_empty` until none is.

    Any number of workers may run at once. When told to stop it finishes the letter in hand and gives the others
    back. Needs an app context. A lasting worker outlives what goes wrong and tries again; the others raise it.
    """
    name = f"{socket.gethostname()[:20]}/{os.getpid()}"
    lasting = not (once or until_empty)
    rounds = [*_chores(), lambda: deliver(transport, name, lease_seconds, stop)]
    log.info("worker started", worker=name)
    try:
        while not stop.is_set():
            done = sum(_done(chore, lasting=lasting) for chore in rounds)
            if once or (until_empty and not done):
                break
            if not done:
                stop.wait(POLL_SECONDS)
    finally:
        transport.close()
        log.info("worker stopped", worker=name)


def deliver(transport: Transport, name: str, lease_seconds: float, stop: threading.Event) -> int:
    """Sends all letters that are due now, batch after batch; how many were tried."""
    tried = 0
    while not stop.is_set():
        claimed = claim(worker=name, lease_seconds=lease_seconds)
        if not claimed:
            break
        tried += _send(claimed, transport, lease_seconds, stop)
    return tried


def _chores() -> list[Callable[[], int]]:
    """What is done before each delivery: what time alone causes, letters asked for at the door, plans, erasing."""
    from vendorhub.usecases import planning, sign_in, sweep

    return [sweep.sweep, sign_in.answer_asks, planning.make_due, _seldom(erase_old, ERASE_SECONDS)]


def _seldom(chore: Callable[[], int], seconds: float) -> Callable[[], int]:
    """The chore, done the first time and then once in so many seconds; it is never a reason for another round."""
    due = time.monotonic()

    def now_and_then() -> int:
        nonlocal due
        if time.monotonic() >= due:
            due = time.monotonic() + seconds
            chore()
        return 0

    return now_and_then


def _done(chore: Callable[[], int], *, lasting: bool) -> int:
    """How much a chore did. One that fails in a lasting worker is tried again in the next round."""
    try:
        return chore()
    except Exception as trouble:
        if not lasting:
            raise
        # The database's own words may quote what was to be stored.
        told = type(trouble).__name__ if isinstance(trouble, SQLAlchemyError) else repr(trouble)
        log.error("chore failed", trouble=told)
        return 0
    finally:
        let_go()


def _send(claimed: list[Claimed], transport: Transport, lease_seconds: float, stop: threading.Event) -> int:
    """Tries each letter and keeps what became of it, soon; how many were tried.

    Past half the lease, or when told to stop, what is left goes back untried: the next worker has it at once.
    """
    begun = kept = time.monotonic()
    outcomes: list[Outcome] = []
    tried = 0
    for letter in claimed:
        if stop.is_set() or time.monotonic() - begun > lease_seconds / 2:
            outcomes.append(Outcome(letter, untried=True))
            continue
        outcomes.append(_try(letter, transport))
        tried += 1
        if time.monotonic() - kept > SETTLE_SECONDS:
            settle(outcomes)
            outcomes, kept = [], time.monotonic()
    settle(outcomes)
    return tried


def _try(letter: Claimed, transport: Transport) -> Outcome:
    try:
        transport.deliver(letter.message, sender=letter.sender, to=letter.recipient)
    except Refused as refused:
        log.warning("letter refused", letter=letter.id, attempts=letter.attempts, permanent=refused.permanent)
        return Outcome(letter, trouble=refused.reason or "refused", permanent=refused.permanent)
    except Exception as trouble:  # a transport's own mistake is no reason to keep the others waiting
        log.error("letter not sent", letter=letter.id, attempts=letter.attempts, trouble=type(trouble).__name__)
        return Outcome(letter, trouble=f"{type(trouble).__name__} while sending")
    log.info("letter sent", letter=letter.id, attempts=letter.attempts)
    return Outcome(letter)
