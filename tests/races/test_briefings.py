"""X03: the last vendors join as the time is chosen, and a never meets a vendor's invitation that is queued."""

from datetime import timedelta
from functools import partial
from threading import Event

from sqlalchemy import select

from tests.conftest import SCALE
from tests.people import address
from tests.races.arena import MONDAY, Arena, refusals, wall
from tests.stage import calendar
from tests.usecases.briefings import slots_of
from vendorhub.queries import briefings as seen
from vendorhub.store import Invitation, Join, Letter, Meeting, db
from vendorhub.transports import Memory
from vendorhub.usecases import blocks, briefings, participations, polls
from vendorhub.worker import deliver

VENDORS = {"Vera": "fastprint", "Carl": "cloudio"}


def proposed(arena: Arena) -> str:
    """A briefing that Kim has proposed herself, which is her yes; nothing is held."""
    arena.app.config["HOLD_SECONDS"] = 0
    return arena.do(
        lambda: briefings.propose(
            arena.cast["Kim"],
            buyer="norden",
            theme="Print and storage",
            outcome="Whether one contract can do both.",
            minutes=60,
            vendors=list(VENDORS.values()),
            items_due=(MONDAY + timedelta(days=14)).date(),
        )
    )


def up(arena: Arena, code: str, day: int) -> tuple[str, str]:
    """A poll with one time, and its slot."""
    poll = arena.do(lambda: polls.put_up(arena.cast["Kim"], code, slots=[wall(MONDAY + timedelta(days=day))]))
    return poll, arena.do(lambda: slots_of(poll))[0]


def join(arena: Arena, name: str, code: str) -> None:
    participations.take_part(arena.cast[name], code)


def choose(arena: Arena, poll: str, slot: str) -> str:
    return polls.set_time(arena.cast["Kim"], poll, slot=slot)


def has_meeting(arena: Arena, code: str) -> bool:
    return seen.see(arena.cast["Vera"], code).meeting is not None


def shut_out(arena: Arena) -> str:
    return blocks.block(arena.cast["Kim"], company="cloudio")


def let_in(arena: Arena, block: str) -> None:
    blocks.lift(arena.cast["Kim"], block)


def states(uid: str) -> list[str]:
    """What became of Carl's letters about a meeting."""
    found = select(Letter.state).where(Letter.uid == uid, Letter.recipient == address("Carl"))
    return list(db.session.scalars(found))


def count(arena: Arena, table: type) -> int:
    return arena.do(lambda: db.session.query(table).count())


def test_the_last_vendors_join_as_the_time_is_chosen(arena: Arena) -> None:
    for round_ in range(1, 1 + 2 * SCALE):
        code = proposed(arena)
        poll, slot = up(arena, code, 20 + round_)
        ends = arena.together(
            partial(join, arena, "Vera", code),
            partial(join, arena, "Carl", code),
            partial(choose, arena, poll, slot),
        )
        assert refusals(ends) == []
        assert (count(arena, Join), count(arena, Meeting), count(arena, Invitation)) == (
            2 * round_,
            round_,
            3 * round_,
        )
        assert arena.do(partial(has_meeting, arena, code))


def test_a_never_meets_the_invitation_that_waits(arena: Arena) -> None:
    for round_ in range(1, 1 + 2 * SCALE):
        code = proposed(arena)
        poll, slot = up(arena, code, 20 + round_)
        for name in VENDORS:
            arena.do(partial(join, arena, name, code))
        uid = arena.do(partial(choose, arena, poll, slot))
        sent = Memory()
        block, _ = arena.together(partial(shut_out, arena), partial(deliver, sent, "racer", 60, Event()))
        arena.do(partial(deliver, sent, "after", 60, Event()))
        told = [calendar(raw) for to, raw in sent.letters if to == address("Carl")]
        methods = [line for lines in told if f"UID:{uid}" in lines for line in lines if line.startswith("METHOD:")]
        assert methods in ([], ["METHOD:REQUEST", "METHOD:CANCEL"])
        assert "waiting" not in arena.do(partial(states, uid))
        assert arena.do(partial(has_meeting, arena, code))
        arena.do(partial(let_in, arena, block))
