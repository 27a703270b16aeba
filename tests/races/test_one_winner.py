"""X01: many want what only one can have; one gets it, the others hear why, and the database never gives in."""

from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

from sqlalchemy import select

from tests.conftest import SCALE
from tests.races.arena import MONDAY, Arena, Newcomer, refusals, wall, winners
from vendorhub.queries import meetings as seen
from vendorhub.store import Attendance, Person, db
from vendorhub.usecases import decisions, meetings, offers

RACERS = 8
SHARED = "shared@fastprint.example"
A_DAY = timedelta(days=1)


def test_eight_racers_choose_the_same_slot(arena: Arena) -> None:
    asker = arena.newcomer()
    for day in range(3 * SCALE):
        code = arena.accepted(asker)
        offer = arena.offered(code, arena.now + A_DAY + timedelta(hours=day % 1000))
        slot = arena.slot(offer)
        ends = arena.together(*[partial(_choose, arena, asker, offer, slot)] * RACERS)
        assert len(winners(ends)) == 1
        assert refusals(ends) == ["WrongState"] * (RACERS - 1)
        assert {end.sentence for end in ends if not isinstance(end, str)} == {
            "One of these times has already been chosen."
        }


def test_eight_meetings_want_the_same_person_at_two_buyers(arena: Arena) -> None:
    uids = []
    for number in range(RACERS):
        buyer, by = (("norden", "Kim"), ("harbour", "Charlie"))[number % 2]
        start = MONDAY + timedelta(days=20, hours=number)
        uids.append((by, arena.met(arena.newcomer(), start, buyer=buyer, by=by, guests=[SHARED])))
    for round_ in range(10 * SCALE):
        start = arena.now + timedelta(days=1 + round_ % 100, minutes=37 * round_)
        # they overlap, but no two are the same
        wishes = [start + timedelta(minutes=3 * number) for number in range(RACERS)]
        ends = arena.together(
            *[partial(_move, arena, by, uid, wish) for (by, uid), wish in zip(uids, wishes, strict=True)]
        )
        assert len(winners(ends)) == 1
        assert refusals(ends) == ["Clash"] * (RACERS - 1)
        moved = [
            uid
            for (by, uid), wish in zip(uids, wishes, strict=True)
            if arena.do(partial(_start, arena, by, uid)) == wish
        ]
        assert len(moved) == 1
        assert _nobody_is_booked_twice(arena)
        # out of the way of the next round
        by = next(by for by, uid in uids if uid == moved[0])
        arena.do(partial(_move, arena, by, moved[0], MONDAY + timedelta(days=150, hours=round_ % 500)))


def test_eight_answers_at_once(arena: Arena) -> None:
    for _ in range(3 * SCALE):
        code = arena.asked(arena.newcomer())
        ends = arena.together(*[partial(_yes, arena, code), partial(_no, arena, code)] * (RACERS // 2))
        assert len(winners(ends)) == 1
        assert refusals(ends) == ["SomebodyWasFaster"] * (RACERS - 1)
        faster = "Alex" if ends.index(None) % 2 else "Kim"
        assert {end.sentence for end in ends if end} == {
            f"{faster} has already answered this; please have a look at what they said."
        }


def _choose(arena: Arena, asker: Newcomer, offer: str, slot: str) -> str:
    return offers.choose(arena.actor(asker.person), offer, slot=slot)


def _yes(arena: Arena, code: str) -> None:
    decisions.accept(arena.cast["Kim"], code)


def _no(arena: Arena, code: str) -> None:
    decisions.refuse(arena.cast["Alex"], code, kind="no")


def _move(arena: Arena, by: str, uid: str, start: datetime) -> None:
    meetings.move(arena.cast[by], uid, slot=wall(start))


def _start(arena: Arena, by: str, uid: str) -> datetime:
    return seen.see(arena.cast[by], uid).start


def _nobody_is_booked_twice(arena: Arena) -> bool:
    taken = select(Attendance.start_at, Attendance.end_at).join(Person, Person.id == Attendance.person_id)
    rows = arena.do(
        lambda: db.session.execute(
            taken.where(Person.email == SHARED, Attendance.live).order_by(Attendance.start_at)
        ).all()
    )
    return len(rows) == RACERS and all(one.end_at <= other.start_at for one, other in pairwise(rows))
