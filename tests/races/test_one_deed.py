"""L03 and C07: a link, a key and a deadline each let one deed through, however many come at once."""

import re
from collections import Counter
from datetime import datetime, timedelta
from functools import partial

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.conftest import SCALE
from tests.people import address
from tests.races.arena import Arena, refusals
from tests.stage import opened
from vendorhub import clock
from vendorhub.domain.people import Door, DoorName
from vendorhub.domain.refusals import Refusal
from vendorhub.keys import hash_secret
from vendorhub.queries import meeting_requests as seen
from vendorhub.store import Decision, Letter, MeetingRequest, db
from vendorhub.usecases import decisions, sweep
from vendorhub.usecases.people import create_token

AT_ONCE = 50
THE_SAME = 20
SECOND = timedelta(seconds=1)


def test_fifty_posts_of_one_link(arena: Arena) -> None:
    for _ in range(2 * SCALE):
        code = arena.asked(arena.newcomer())
        page = f"/d/{_link(arena, code)}"
        answers = [("acceptance", {"answer": "yes"}), ("refusal", {"answer": "no"})]
        ends = arena.together(
            *[partial(_post, arena.app.test_client(use_cookies=False), page, *answers[n % 2]) for n in range(AT_ONCE)]
        )
        assert Counter(ends) == {303: 1, 409: AT_ONCE - 1}
        answered = answers[ends.index(303) % 2][0]
        state = {"acceptance": "accepted", "refusal": "declined"}[answered]
        assert arena.do(lambda: seen.see(arena.cast["Kim"], code).state) == state  # noqa: B023
        assert _decisions(arena, code) == 1
        assert arena.do(partial(_post, arena.app.test_client(use_cookies=False), page, *answers[0])) == 409


def test_one_key_sent_twenty_times_at_once_is_one_ask(arena: Arena) -> None:
    secret = arena.do(lambda: create_token(email=address("Vera")))
    body = {
        "buyer": "norden",
        "topic": "Backup costs",
        "outcome": "Whether tape pays again.",
        "learned": "You keep seven years of mail.",
        "minutes": 30,
        "attendees": [{"name": "Vera", "email": address("Vera")}],
    }
    for number in range(2 * SCALE):
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": f"ask-{number}"}
        ends = arena.together(*[partial(_ask, arena, body, headers)] * THE_SAME)
        assert {status for status, _ in ends} == {201}
        assert len({code for _, code in ends}) == 1
        assert arena.do(lambda: db.session.scalar(select(func.count()).select_from(MeetingRequest))) == number + 1


@pytest.mark.parametrize(("off", "answered"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)])
@pytest.mark.parametrize("by_link", [False, True])
def test_the_deadline_lets_exactly_one_answer_stand(
    arena: Arena, off: timedelta, answered: bool, by_link: bool
) -> None:
    code = arena.asked(arena.newcomer())
    door = Door(DoorName.LINK, link=hash_secret(_link(arena, code))) if by_link else Door(DoorName.PAGE)
    arena.now = arena.do(lambda: seen.see(arena.cast["Kim"], code)).answer_by + off
    ends = arena.one_by_one(
        lambda: decisions.accept(arena.cast.at("Kim", door), code),
        lambda: decisions.refuse(arena.cast["Alex"], code, kind="no"),
    )
    assert refusals(ends) == (["SomebodyWasFaster"] if answered else ["WrongState"] * 2)
    assert arena.do(sweep.sweep) == (0 if answered else 1)
    assert arena.do(lambda: seen.see(arena.cast["Kim"], code).state) == ("accepted" if answered else "lapsed")
    assert _decisions(arena, code) == int(answered)


def test_a_last_minute_yes_and_the_sweep_that_ends_the_window(arena: Arena) -> None:
    for _ in range(3 * SCALE):
        code = arena.asked(arena.newcomer())
        over = arena.do(lambda: seen.see(arena.cast["Kim"], code)).answer_by  # noqa: B023
        arena.now = over - SECOND
        said, swept = arena.together(partial(_accept, arena, code), partial(_sweep_at, over))
        state = arena.do(lambda: seen.see(arena.cast["Kim"], code).state)  # noqa: B023
        if isinstance(said, Refusal):
            assert (state, swept, _decisions(arena, code)) == ("lapsed", 1, 0)
            assert said.sentence == "The time to answer this is over, so it was closed without an answer."
        else:
            assert (state, swept, _decisions(arena, code)) == ("accepted", 0, 1)
        arena.now += timedelta(hours=1)


def _link(arena: Arena, code: str) -> str:
    """The secret in Kim's letter about an ask."""

    def read() -> str:
        found = select(Letter).where(Letter.kind == "ask_received", Letter.recipient == address("Kim"))
        letters = db.session.scalars(found.order_by(Letter.id.desc())).all()
        body = opened(letters[0]).get_body(("plain",))
        assert body
        return str(re.findall(r"/d/([\w-]+)", body.get_content())[0])

    secret: str = arena.do(read)
    return secret


def _post(client: FlaskClient, page: str, deed: str, form: dict[str, str]) -> int:
    return client.post(f"{page}/{deed}", data=form).status_code


def _ask(arena: Arena, body: object, headers: dict[str, str]) -> tuple[int, str]:
    answer = arena.app.test_client().post("/api/v1/meeting-requests", json=body, headers=headers)
    return answer.status_code, str(answer.get_json().get("code", answer.get_json()))


def _accept(arena: Arena, code: str) -> None:
    decisions.accept(arena.cast["Kim"], code)


def _sweep_at(instant: datetime) -> int:
    with clock.at(instant):
        return sweep.sweep()


def _decisions(arena: Arena, code: str) -> int:
    found = select(func.count()).select_from(Decision).join(MeetingRequest, MeetingRequest.id == Decision.request_id)
    return arena.do(lambda: db.session.scalar(found.where(MeetingRequest.code == code))) or 0
