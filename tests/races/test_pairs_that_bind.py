"""X02 where answers bind (law 6): what was answered, noted down or asked in another's name, against every other deed.

No answer is held here, so that each binds from the instant at which it is given.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import permutations
from typing import Any, Final

import pytest
from sqlalchemy import select

from tests.conftest import SCALE
from tests.races.arena import Arena, Newcomer
from tests.races.pairs import Deeds, Scene, strange, told_by
from tests.stage import words
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.logged import Quiet
from vendorhub.domain.refusals import Refusal
from vendorhub.queries import meeting_requests as seen
from vendorhub.store import Letter, MeetingRequest, Organisation, db
from vendorhub.usecases import blocks, confirmations, decisions, logged, meeting_requests, remembering, reopening

Outcome = tuple[list[str], list[str], list[str]]
FASTER: Final = "SomebodyWasFaster: Kim has already answered this; please have a look at what they said."
LATE: Final = "WrongState: This ask has already been answered."
TOO_LATE: Final = "WrongState: This has been answered or closed, so it stays as it is."
SETTLED: Final = "WrongState: This has been settled already; here is how things stand now."


@pytest.fixture(autouse=True)
def nothing_is_held(arena: Arena) -> None:
    arena.app.config["HOLD_SECONDS"] = 0


def note(actor: Any, asker: Newcomer) -> str:
    return logged.log(actor, channel="phone", topic="Tape", name="Vera", email=asker.email)


def _waiting(arena: Arena, start: datetime) -> Scene:
    asker = arena.newcomer()
    return Scene(arena, asker, start, arena.asked(asker))


def _declined(arena: Arena, start: datetime) -> Scene:
    here = _waiting(arena, start)
    arena.do(lambda: decisions.refuse(here["Kim"], here.code, kind="no"))
    return here


def _attached(arena: Arena, start: datetime) -> Scene:
    here = _declined(arena, start)
    return replace(here, code=arena.asked(here.asker, to="Bo"), other_code=here.code)


def _noted(arena: Arena, start: datetime) -> Scene:
    refused, asker = _declined(arena, start).asker, arena.newcomer()
    return Scene(arena, asker, start, arena.do(lambda: note(arena.cast["Alex"], asker)), others=(refused,))


def _in_a_name(arena: Arena, start: datetime) -> Scene:
    var, vendor = arena.newcomer("var"), arena.newcomer()
    own = arena.asked(vendor)
    code = arena.asked(var, guests=[var.email, vendor.email], vendor=VendorNamed(slug=vendor.slug))
    link = arena.do(lambda: _link(vendor.email))
    return Scene(arena, var, start, code, others=(vendor,), other_code=own, link=link)


def states(of: Newcomer) -> list[str]:
    """The asks of a company, as they stand, in the order in which they came."""
    of_it = Organisation.id == MeetingRequest.company_id
    found = select(MeetingRequest.state).join(Organisation, of_it).where(Organisation.slug == of.slug)
    return list(db.session.scalars(found.order_by(MeetingRequest.id)))


def letters() -> list[str]:
    """What has been written to anybody, in order."""
    return list(db.session.scalars(select(Letter.kind).order_by(Letter.id)))


def _link(to: str) -> str:
    """The secret in the letter that asks somebody for the name."""
    letter = db.session.scalars(select(Letter).filter_by(kind="name_asked", recipient=to)).one()
    return re.findall(r"/in-your-name/([\w-]{43})", words(letter))[0]


ANSWERS: Deeds = {
    "yes": lambda s: decisions.accept(s["Kim"], s.code),
    "no": lambda s: decisions.refuse(s["Alex"], s.code, kind="no"),
    "never": lambda s: decisions.refuse(s["Kim"], s.code, kind="never"),
}
SHUT_OUT: Deeds = {"block": lambda s: blocks.block(s["Pia"], company=(s.others or (s.asker,))[-1].slug)}
ASKED_ANEW: Deeds = {
    "ask anew": lambda s: s.arena.asked(s.asker),
    "ask the boss": lambda s: s.arena.asked(s.asker, to="Bo"),
}
WAITING: Deeds = {
    **ASKED_ANEW,
    "noted by a colleague": lambda s: note(s["Mo"], s.asker),
    "no": ANSWERS["no"],
    "never": ANSWERS["never"],
}
DECLINED: Deeds = {
    "open again": lambda s: reopening.reopen(s["Kim"], s.code, reason="They have news."),
    "the assistant opens again": lambda s: reopening.reopen(s["Alex"], s.code, reason="They called."),
    "yes": ANSWERS["yes"],
    "no": ANSWERS["no"],
    "ask anew": ASKED_ANEW["ask anew"],
    **SHUT_OUT,
}
ATTACHED: Deeds = {
    "open again": lambda s: reopening.reopen(s["Bo"], s.code, reason="I want to see it."),
    "open the first again": lambda s: reopening.reopen(s["Kim"], s.other_code, reason="They have news."),
    "yes": lambda s: decisions.accept(s["Bo"], s.code),
    "ask anew": ASKED_ANEW["ask anew"],
    **SHUT_OUT,
}
NOTED: Deeds = {
    "noted again": lambda s: note(s["Mo"], s.asker),
    "just remember": lambda s: remembering.remember(s["Kim"], s.code, kind=Quiet.REMEMBER),
    "the front door": lambda s: remembering.remember(s["Alex"], s.code, kind=Quiet.FRONT_DOOR),
    "yes": ANSWERS["yes"],
    "put right": lambda s: logged.correct(s["Alex"], s.code, topic="Disk"),
    "it was somebody who had a no": lambda s: logged.correct(s["Kim"], s.code, email=s.others[0].email),
}
IN_A_NAME: Deeds = {
    "confirm": lambda s: confirmations.confirm(s.arena.actor(s.others[0].person), s.code),
    "confirm by link": lambda s: confirmations.confirm_by_link(s.link),
    "refuse by link": lambda s: confirmations.refuse_by_link(s.link),
    "withdraw": lambda s: meeting_requests.withdraw(s.vera(), s.code),
    "no to the vendor": lambda s: decisions.refuse(s["Kim"], s.other_code, kind="no"),
    **SHUT_OUT,
}


def test_while_it_waits(arena: Arena) -> None:
    assert strange(arena, WAITING, _waiting, one_in=12) == []


def test_while_a_no_stands(arena: Arena) -> None:
    assert strange(arena, DECLINED, _declined, one_in=12) == []


def test_while_an_ask_is_attached_to_it(arena: Arena) -> None:
    assert strange(arena, ATTACHED, _attached, one_in=12) == []


def test_while_what_came_elsewhere_waits(arena: Arena) -> None:
    assert strange(arena, NOTED, _noted, one_in=12) == []


def test_while_a_var_waits_for_the_vendors_word(arena: Arena) -> None:
    assert strange(arena, IN_A_NAME, _in_a_name, one_in=12) == []


@dataclass(frozen=True)
class Meant:
    """Two deeds, and what comes of either order: what each of them was told, and what became of each ask."""

    scene: Callable[[Arena, datetime], Scene]
    deeds: Deeds
    names: tuple[str, str]
    forth: Outcome
    back: Outcome


BOTH: Final = ["done", "done"]
NEWS: Final = ["ask_received", "ask_received"]  # to whom it may concern: Kim and the assistant
MEANT = {
    "a second ask of a company whose first is answered": Meant(
        _waiting,
        WAITING,
        ("no", "ask anew"),
        forth=(BOTH, ["declined", "attached"], ["no", "not_now"]),
        back=(BOTH, ["declined", "pending"], [*NEWS, "no"]),
    ),
    "opening again and a second answer": Meant(
        _declined,
        DECLINED,
        ("open again", "yes"),
        forth=(BOTH, ["accepted"], [*NEWS, "yes"]),
        back=(["done", FASTER], ["pending"], NEWS),
    ),
    "opening again and an ask anew": Meant(
        _declined,
        DECLINED,
        ("open again", "ask anew"),
        forth=(BOTH, ["pending", "pending"], [*NEWS, *NEWS]),
        back=(BOTH, ["pending", "attached"], ["not_now", *NEWS]),
    ),
    "putting right who asks and an answer": Meant(
        _noted,
        NOTED,
        ("it was somebody who had a no", "just remember"),
        forth=(["done", LATE], ["declined", "attached"], []),
        back=([TOO_LATE, "done"], ["declined", "declined"], []),
    ),
    "a vendor's word and the VAR's withdrawal": Meant(
        _in_a_name,
        IN_A_NAME,
        ("confirm", "withdraw"),
        forth=(BOTH, ["withdrawn", "pending"], [*NEWS, "name_given", "withdrawn", "withdrawn", "withdrawn"]),
        back=([SETTLED, "done"], ["withdrawn", "pending"], []),
    ),
    "a vendor's word and a no to the vendor": Meant(
        _in_a_name,
        IN_A_NAME,
        ("confirm", "no to the vendor"),
        forth=(BOTH, ["pending", "declined"], [*NEWS, "name_given", "no"]),
        back=(BOTH, ["attached", "declined"], ["no", "not_taken_up", "not_taken_up"]),
    ),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", MEANT)
def test_either_order_is_what_is_meant_and_nothing_else_comes_of_both_at_once(arena: Arena, name: str) -> None:
    meant = MEANT[name]

    def outcome(do: Callable[..., list[Any]], *names: str) -> Outcome:
        here = meant.scene(arena, arena.now)
        before = arena.do(letters)
        ends = do(*[partial(meant.deeds[each], here) for each in names])
        became = [state for each in (here.asker, *here.others) for state in arena.do(partial(states, each))]
        return told_by(ends), became, arena.do(letters)[len(before) :]

    one, other = meant.names
    assert outcome(arena.one_by_one, one, other) == meant.forth
    told, *rest = outcome(arena.one_by_one, other, one)
    assert (told[::-1], *rest) == meant.back
    for _ in range(2 * SCALE):
        assert outcome(arena.together, one, other) in (meant.forth, meant.back)


def test_two_note_and_answer_the_same_line(arena: Arena) -> None:
    """Who notes it once the other has answered finds it attached; where both have noted it, both answer."""
    kim_first = {"Kim": ("done", "declined"), "Alex": (LATE, "attached"), "letters": 0}
    alex_first = {"Alex": ("done", "declined"), "Kim": (LATE, "attached"), "letters": 1}
    both = {"Kim": ("done", "declined"), "Alex": ("done", "declined"), "letters": 1}
    for order in sorted(set(permutations("KKAA"))):
        expected = {"KK": kim_first, "AA": alex_first}.get("".join(order[:2]), both)
        assert _noted_by_both(arena, order) == expected, order
    for _ in range(3 * SCALE):
        assert _noted_by_both(arena) in (kim_first, alex_first, both)


def _noted_by_both(arena: Arena, order: Sequence[str] = ()) -> dict[str, Any]:
    """What Kim and Alex were told and became of their cards, in this order of their steps, else at once; and how many
    letters the sender has of it."""
    asker, told = arena.newcomer(), {}

    def story(who: str, answer: Callable[[Any, str], object]) -> Iterator[None]:
        code = note(arena.cast[who], asker)
        yield
        try:
            answer(arena.cast[who], code)
            told[who] = code, "done"
        except Refusal as refusal:
            told[who] = code, told_by([refusal])[0]

    stories = {
        "K": story("Kim", lambda actor, code: remembering.remember(actor, code, kind=Quiet.REMEMBER)),
        "A": story("Alex", lambda actor, code: decisions.refuse(actor, code, kind="no")),
    }
    if order:
        arena.one_by_one(*[partial(next, stories[who], None) for who in order])
    else:
        arena.together(*[partial(list, each) for each in stories.values()])

    def read() -> dict[str, Any]:
        state = {who: seen.see(arena.cast[who], code).state for who, (code, _) in told.items()}
        letters = db.session.scalars(select(Letter.id).filter_by(recipient=asker.email)).all()
        return {**{who: (said, state[who]) for who, (_, said) in told.items()}, "letters": len(letters)}

    became: dict[str, Any] = arena.do(read)
    return became
