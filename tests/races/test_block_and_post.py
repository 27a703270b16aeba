"""C05: a "don't ask again" against the post: nothing leaves before the claim, and what left is called off by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from functools import partial
from threading import Event

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.conftest import SCALE
from tests.races.arena import HOLD, Arena, Newcomer
from tests.transports.servers import free_port
from vendorhub.outbox import queue
from vendorhub.queries import meetings as seen
from vendorhub.transports import Memory, Smtp
from vendorhub.usecases import blocks, decisions, sweep
from vendorhub.usecases import undo as takes_back
from vendorhub.worker import deliver

LEASE = 30.0
Left = list[tuple[str, str, int]]


class PostOffice:
    """A mail server that does something of ours at a moment of its first letter with a calendar object."""

    def __init__(self, moment: str, then: Callable[[], object]) -> None:
        self.moment = moment
        self.then = then
        self.done = False
        self.taken: list[bytes] = []

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        self._now("before DATA")
        return "250 ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        self._now("with the 250")
        return "250 taken"

    def _now(self, moment: str) -> None:
        if moment == self.moment and not self.done:
            self.done = True
            self.then()


@contextmanager
def opened(moment: str = "", then: Callable[[], object] = bool) -> Iterator[tuple[PostOffice, Smtp]]:
    """The office and a way to it."""
    office = PostOffice(moment, then)
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    controller.start()
    way = Smtp(f"smtp://127.0.0.1:{controller.port}")
    try:
        yield office, way
    finally:
        way.close()
        controller.stop()


def test_what_is_queued_never_leaves(arena: Arena) -> None:
    asker, uid = _met(arena)
    _block(arena, asker)
    assert _post(arena) == []
    assert _state(arena, uid) == "cancelled"


def test_what_is_queued_waits_while_a_never_is_held_and_leaves_when_it_is_taken_back(arena: Arena) -> None:
    asker, uid = _met(arena)
    other = arena.asked(asker)
    arena.do(lambda: decisions.refuse(arena.cast["Kim"], other, kind="never"))
    assert _post(arena) == []
    arena.do(lambda: takes_back.undo(arena.cast["Kim"], other))
    assert _post(arena) == [("REQUEST", "kim@norden.example", 0), ("REQUEST", asker.email, 0)]
    assert _state(arena, uid) == "confirmed"


def test_what_is_queued_while_a_never_is_held_never_leaves_once_it_counts(arena: Arena) -> None:
    asker, uid = _met(arena)
    other = arena.asked(asker)
    arena.do(lambda: decisions.refuse(arena.cast["Kim"], other, kind="never"))
    arena.now += HOLD
    assert _only_deliver(arena) == []  # before any sweep
    assert _post(arena) == []
    assert _state(arena, uid) == "cancelled"


@pytest.mark.parametrize("moment", ["before DATA", "with the 250"])
def test_what_is_claimed_leaves_and_is_called_off(arena: Arena, moment: str) -> None:
    asker, uid = _met(arena)
    _drain_plain(arena)
    with opened(moment, partial(_block, arena, asker)) as (office, way):
        arena.do(lambda: deliver(way, "worker", LEASE, Event()))
        assert office.done
        assert _calendars(office.taken) == [
            ("REQUEST", "kim@norden.example", 0),
            ("REQUEST", asker.email, 0),
            ("CANCEL", "kim@norden.example", 1),
            ("CANCEL", asker.email, 1),
        ]
        assert _state(arena, uid) == "cancelled"


def test_what_may_have_left_with_a_dead_worker_is_called_off_and_not_sent_again(arena: Arena) -> None:
    asker, _ = _met(arena)
    _drain_plain(arena)
    assert len(arena.do(lambda: queue.claim(worker="dies", lease_seconds=-1))) == 2  # a lease that has run out
    _block(arena, asker)
    assert _post(arena) == [("CANCEL", "kim@norden.example", 1), ("CANCEL", asker.email, 1)]


def test_a_block_and_a_claim_at_once(arena: Arena) -> None:
    for _ in range(5 * SCALE):
        asker, _ = _met(arena)
        _drain_plain(arena)
        claimed, _ = arena.together(
            lambda: queue.claim(worker="worker", lease_seconds=-1),
            partial(_shut_out, arena, asker),
        )
        left = _post(arena)
        if claimed:
            assert left == [("CANCEL", "kim@norden.example", 1), ("CANCEL", asker.email, 1)]
        else:
            assert left == []


def _met(arena: Arena) -> tuple[Newcomer, str]:
    """A meeting whose invitations are queued."""
    asker = arena.newcomer()
    arena.now += timedelta(hours=2)
    return asker, arena.met(asker, arena.now + timedelta(days=3))


def _drain_plain(arena: Arena) -> None:
    """Sends what carries no calendar object, so that a claim takes invitations alone."""

    def send() -> None:
        claimed = queue.claim(worker="worker", lease_seconds=LEASE)
        queue.settle(queue.Outcome(each, untried=_has_calendar(each.message)) for each in claimed)

    arena.do(send)


def _shut_out(arena: Arena, asker: Newcomer) -> str:
    return blocks.block(arena.cast["Kim"], company=asker.slug)


def _block(arena: Arena, asker: Newcomer) -> None:
    arena.do(partial(_shut_out, arena, asker))


def _post(arena: Arena) -> Left:
    """A worker's round: what carries a calendar object, as (METHOD, recipient, SEQUENCE)."""
    arena.do(sweep.sweep)
    return _only_deliver(arena)


def _only_deliver(arena: Arena) -> Left:
    memory = Memory()
    arena.do(lambda: deliver(memory, "worker", LEASE, Event()))
    return _calendars([message for _, message in memory.letters])


def _state(arena: Arena, uid: str) -> str:
    state: str = arena.do(lambda: seen.see(arena.cast["Kim"], uid).state)
    return state


def _has_calendar(message: bytes) -> bool:
    return bool(_calendars([message]))


def _calendars(messages: list[bytes]) -> Left:
    found = []
    for message in messages:
        mail = message_from_bytes(message, policy=policy.default)
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                payload = part.get_payload(decode=True)
                assert isinstance(payload, bytes)
                lines = payload.decode().replace("\r\n ", "").split("\r\n")
                said = dict(line.partition(":")[::2] for line in lines)
                found.append((said["METHOD"], mail["To"].addresses[0].addr_spec, int(said["SEQUENCE"])))
                break
    return sorted(found, key=lambda told: (told[2], told[1]))
