"""C07: each answer by each door a second before the end of the window, at the end and after it: one final answer."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from tests.people import address
from tests.races.arena import Arena
from tests.stage import words
from tests.web.browser import Browser
from vendorhub import clock
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import TRANSITIONS, Refused, State
from vendorhub.domain.people import Side
from vendorhub.domain.rights import RIGHTS
from vendorhub.queries import meeting_requests as seen
from vendorhub.store import Decision, Letter, MeetingRequest, db
from vendorhub.usecases import sign_in, sweep
from vendorhub.usecases.people import create_token

SECOND = timedelta(seconds=1)
A_DATE = date(2027, 3, 1).isoformat()


class Answer(NamedTuple):
    """Whose deed it is; where a program sends what; where a form does; what comes of it."""

    deed: Deed
    call: str
    sent: dict[str, Any]
    form: str
    typed: dict[str, str]
    state: State
    lines: int = 1  # in the ledger


def plainly(deed: Deed, kind: Refused, state: State, **more: str) -> Answer:
    """One of the ways to say anything but yes."""
    return Answer(deed, "refusal", {"kind": kind, **more}, "refusal", {"answer": kind, **more}, state)


BUT = {"answer": "yes_but", "topic": "Tape only", "minutes": "30", "other_name": "Una", "other_email": "una@a.example"}
ANSWERS = {
    "yes": Answer(Deed.ACCEPT, "acceptance", {}, "acceptance", {"answer": "yes"}, State.ACCEPTED),
    "each quarter": Answer(
        Deed.STAND,
        "acceptance",
        {"each_quarter": True, "minutes": 30},
        "acceptance",
        {"answer": "each_quarter", "minutes": "30"},
        State.ACCEPTED,
    ),
    "yes, but": Answer(Deed.AMEND, "acceptance", {"topic": "Tape only"}, "yes-but", BUT, State.AMENDED),
    "in writing": plainly(Deed.DECLINE, Refused.IN_WRITING, State.DECLINED),
    "not now": plainly(Deed.DECLINE, Refused.NOT_NOW, State.DECLINED, again_on=A_DATE),
    "no": plainly(Deed.DECLINE, Refused.NO, State.DECLINED),
    "never": plainly(Deed.BLOCK, Refused.NEVER, State.BLOCKED),
    "pass to": Answer(
        Deed.REDIRECT,
        "redirection",
        {"to": address("Mo")},
        "passing",
        {"answer": "pass", "to": address("Mo")},
        State.REDIRECTED,
    ),
    "a question": Answer(
        Deed.ASK_BACK,
        "question",
        {"question": "Which tape?"},
        "question",
        {"answer": "question", "question": "Which tape?"},
        State.ASKED_BACK,
        lines=0,
    ),
}

Send = Callable[[str, str], int]  # an answer to an ask; its status


def by_program(arena: Arena, _codes: Sequence[str]) -> Send:
    """As a program with Kim's token."""
    client, token = arena.app.test_client(), arena.do(lambda: create_token(email=address("Kim")))

    def send(answer: str, code: str) -> int:
        path = f"/api/v1/meeting-requests/{code}/{ANSWERS[answer].call}"
        return client.post(path, json=ANSWERS[answer].sent, headers={"Authorization": f"Bearer {token}"}).status_code

    return send


def by_page(arena: Arena, _codes: Sequence[str]) -> Send:
    """As Kim, signed in."""
    browser = Browser(arena.app.test_client())
    secret = arena.do(lambda: sign_in.new_link(address("Kim"), good_for=timedelta(hours=1)))
    with clock.at(arena.now):
        browser.open(f"/sign-in/{secret}")
        csrf = browser.press("Sign in").forms[0].fields["csrf_token"]

    def send(answer: str, code: str) -> int:
        path, typed = f"/meeting-requests/{code}/{ANSWERS[answer].form}", ANSWERS[answer].typed
        return browser.client.post(path, data={**typed, "csrf_token": csrf}).status_code

    return send


def by_link(arena: Arena, codes: Sequence[str]) -> Send:
    """As whoever opens Kim's letters."""
    client = arena.app.test_client(use_cookies=False)

    def links() -> list[str]:
        found = select(Letter).filter_by(kind="ask_received", recipient=address("Kim")).order_by(Letter.id)
        return [re.findall(r"/d/[\w-]{43}", words(letter))[0] for letter in db.session.scalars(found)]

    def send(answer: str, code: str) -> int:
        return client.post(f"{link[code]}/{ANSWERS[answer].form}", data=ANSWERS[answer].typed).status_code

    link = dict(zip(codes, arena.do(links), strict=True))
    return send


@pytest.mark.shared
@pytest.mark.parametrize("door", [by_program, by_page, by_link])
def test_one_final_answer_by_every_door(arena: Arena, door: Callable[[Arena, Sequence[str]], Send]) -> None:
    asked = {(answer, off): arena.asked(arena.newcomer()) for off in (-1, 0, 1) for answer in ANSWERS}
    over = arena.do(lambda: seen.see(arena.cast["Kim"], asked["yes", 0])).answer_by
    arena.now = over - SECOND
    send = door(arena, list(asked.values()))
    for (answer, off), code in asked.items():
        with clock.at(over + off * SECOND):
            assert (send(answer, code) in (200, 303)) is (off < 0), (answer, off)
            if off < 0 and ANSWERS[answer].lines:  # a question is none
                assert send("yes", code) == 409, (answer, off)
    arena.now = over + SECOND
    assert arena.do(sweep.sweep) == sum(off >= 0 for _, off in asked)
    for (answer, off), code in asked.items():
        came = (ANSWERS[answer].state, ANSWERS[answer].lines) if off < 0 else ("lapsed", 0)
        assert _stands(arena, code) == came, (answer, off)


def test_every_answer_is_tried() -> None:
    answers = {deed for deed in TRANSITIONS[State.PENDING] if any(who.side is Side.BUYER for who in RIGHTS[deed])}
    assert {each.deed for each in ANSWERS.values()} == answers
    assert {each.sent.get("kind") for each in ANSWERS.values()} >= set(Refused)


def _stands(arena: Arena, code: str) -> tuple[str, int]:
    """The state of an ask, and how many answers the ledger holds."""

    def read() -> tuple[str, int]:
        request = db.session.scalars(select(MeetingRequest).filter_by(code=code)).one()
        return request.state, len(db.session.scalars(select(Decision.id).filter_by(request_id=request.id)).all())

    stands: tuple[str, int] = arena.do(read)
    return stands
