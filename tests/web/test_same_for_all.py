"""T06: whoever asks at a door learns nothing of who is known there: the same bytes, and in the same time."""

import hashlib
import random
import re
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from math import comb
from statistics import median
from time import perf_counter

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import SCALE
from tests.stage import opened
from tests.web.browser import Page
from tests.web.conftest import World
from tests.web.test_newcomers import TYPED
from vendorhub.queries.links import GOOD_FOR
from vendorhub.usecases import sign_in

SAMPLES = min(500, 30 * SCALE)  # of each; the faster of two knocks is one
A_DAY = timedelta(days=1)
# A coin says who knocks first; so where the two are alike it is a fair coin which of a pair took longer, whatever else
# the machine does, and for however long. So unevenly it falls once in a hundred thousand doors; and who is less
# than a twentieth slower nobody can tell.
FALSE_ALARM, TELLING = 1e-5, 0.05

KNOWN, UNKNOWN = "kim@norden.example", "tim@norden.example"
OTHER_EACH_TIME = re.compile(r'name="csrf_token" value="[^"]+"')
Knock = Callable[[str], tuple[float, TestResponse]]  # how long it took to answer, and what


def signing_in(world: World) -> tuple[Knock, str, str]:
    """An address at the page that signs in."""
    client = world.app.test_client()

    def knock(email: str) -> tuple[float, TestResponse]:
        client.delete_cookie("session")
        token = Page("/sign-in", 200, client.get("/sign-in").text, {}).forms[0].fields["csrf_token"]
        return timed(lambda: client.post("/sign-in", data={"csrf_token": token, "email": email}))

    return knock, KNOWN, UNKNOWN


def the_front_door(world: World) -> tuple[Knock, str, str]:
    """An address beside an ask at a buyer's front door."""
    client = world.app.test_client()
    token = Page("/", 200, client.get("/b/norden/ask").text, {}).forms[0].fields["csrf_token"]

    def knock(email: str) -> tuple[float, TestResponse]:
        world.stage.go(A_DAY)  # an address gets so many letters a day
        return timed(lambda: client.post("/b/norden/letter", data={**TYPED, "csrf_token": token, "email": email}))

    return knock, KNOWN, UNKNOWN


def a_letters_link(world: World) -> tuple[Knock, str, str]:
    """A link that was good once, and one that never was."""
    client = world.app.test_client(use_cookies=False)
    world.play("asked")
    with world.app.app_context():
        mail = opened(world.stage.letters(kind="ask_received", recipient=KNOWN)[0]).as_string()
    world.stage.go(GOOD_FOR)
    known = re.findall(r"/d/([\w-]{43})", mail)[0]

    def knock(secret: str) -> tuple[float, TestResponse]:
        return timed(lambda: client.get(f"/d/{secret}"))

    return knock, known, known[::-1]


@pytest.mark.parametrize("door", [signing_in, the_front_door, a_letters_link])
def test_known_and_unknown_are_answered_alike(world: World, door: Callable[[World], tuple[Knock, str, str]]) -> None:
    assert tells_apart(*door(world)) is False


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_door_that_takes_its_time_for_who_is_known_would_be_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = sign_in.ask

    def thorough(email: str) -> str:
        if email == KNOWN:  # as where a password is only looked at if there is one
            hashlib.scrypt(b"a password", salt=b"salt", n=2**13, r=8, p=1)
        return ask(email)

    monkeypatch.setattr(sign_in, "ask", thorough)
    assert tells_apart(*signing_in(world)) is True


@pytest.mark.parametrize(("slower", "noticed"), [(1.0, False), (1.5, True)])
def test_a_machine_that_pauses_in_step_with_the_knocks_is_not_held_against_a_door(slower: float, noticed: bool) -> None:
    answer = Flask(__name__).test_client().get("/")
    pauses = cycle([1.2, 1.2, *6 * [1.0]])  # as where rubbish is collected after every eighth

    def knock(who: str) -> tuple[float, TestResponse]:
        return next(pauses) * (slower if who == KNOWN else 1.0), answer

    assert tells_apart(knock, KNOWN, UNKNOWN) is noticed


def tells_apart(knock: Knock, known: str, unknown: str) -> bool:
    """Whether the time that an answer takes tells the two apart; their bytes must not.

    They knock one right after the other, and each time is held against that of the same turn alone: what slows the
    machine down slows both, and the machine is slow now and fast then.
    """
    coin = random.Random(SAMPLES)
    ratios = []
    for who in (known, unknown):
        knock(who)  # the first of a kind learn statements and templates
    for _ in range(SAMPLES):
        took, said = {}, {}
        for who in coin.sample((known, unknown), 2):
            (first, answer), (second, _) = knock(who), knock(who)
            took[who] = min(first, second)
            said[who] = bare(answer, who)
        assert said[known] == said[unknown]
        ratios.append(took[known] / took[unknown])
    return by_chance(sum(ratio > 1 for ratio in ratios), SAMPLES) < FALSE_ALARM and abs(median(ratios) - 1) > TELLING


def by_chance(heads: int, throws: int) -> float:
    """How often a fair coin falls at least as unevenly (the sign test, both ways)."""
    most = max(heads, throws - heads)
    return min(1.0, 2 * sum(comb(throws, each) for each in range(most, throws + 1)) / 2**throws)


def timed(send: Callable[[], TestResponse]) -> tuple[float, TestResponse]:
    """The seconds until an answer is there, and the answer."""
    began = perf_counter()
    answer = send()
    return perf_counter() - began, answer


def bare(answer: TestResponse, who: str) -> tuple[int, str, dict[str, str]]:
    """An answer without what is another each time: the form's pad, the cookie, the request's number."""
    headers = {name: value for name, value in answer.headers if name not in ("X-Request-Id", "Set-Cookie")}
    assert headers["Content-Length"] == str(len(answer.data))
    return answer.status_code, OTHER_EACH_TIME.sub("", answer.text).replace(who, "WHO"), headers
