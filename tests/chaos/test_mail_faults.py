"""A mail server that refuses, hangs up or never answers: the others' letters flow, the same bytes come again (O03)."""

import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests import sink
from tests.chaos import judge
from tests.people import Cast
from tests.sink import CUT, STUCK, Sink
from vendorhub import clock, worker
from vendorhub.outbox import register
from vendorhub.store import Letter, db
from vendorhub.store.write import write
from vendorhub.transports import Smtp
from vendorhub.usecases import decisions, meeting_requests, offers

MONDAY = datetime(2027, 1, 4, 9, tzinfo=UTC)
HOLD = timedelta(seconds=61)
PAUSE = timedelta(seconds=31)  # after a first try; 30 s are the rule
UNA, VITO, KIM = "una@fastprint.example", "vito@fastprint.example", "kim@norden.example"


@pytest.fixture
def invited(app: Flask, cast: Cast) -> Iterator[str]:
    """The UID of a meeting of Kim with Una and Vito, whose three invitations wait; nothing else does."""
    with app.app_context():
        with clock.at(MONDAY):
            code = meeting_requests.ask(
                cast["Vera"],
                buyer="norden",
                topic="Backups that restore",
                outcome="Whether a restore drill is worth an hour.",
                learned="You moved two data centres this year.",
                minutes=30,
                attendees=[("Una", UNA, "Engineer"), ("Vito", VITO, "Engineer")],
                to=KIM,
            )
            decisions.accept(cast["Kim"], code)
        with clock.at(MONDAY + HOLD):
            offer = offers.offer(cast["Kim"], code, slots=[("2027-01-13T14:00:00", "Europe/Berlin", None)])
            slot = offers_slot(cast, code)
            uid = offers.choose(cast["Vera"], offer, slot=slot)
        with write(None) as work:  # what is told besides is another test's
            work.session.execute(
                update(Letter).where(Letter.uid == "", Letter.state == "waiting").values(state="stopped", sealed=None)
            )
        yield uid


def offers_slot(cast: Cast, code: str) -> str:
    """The only slot on the table."""
    from vendorhub.queries.offers import of_request

    return of_request(cast["Vera"], code)[0].slots[0].code


def rounds(mail: Sink, *, after: timedelta = timedelta(), timeout: float = 20) -> None:
    """A worker sends all that is due so long after the choice."""
    with clock.at(MONDAY + HOLD + after):
        worker.run(
            transport=Smtp(mail.url, timeout=timeout), lease_seconds=60, stop=threading.Event(), until_empty=True
        )


def stand() -> Mapping[str, tuple[str, int]]:
    """How each invitation stands and how often it was tried, by recipient."""
    db.session.rollback()
    rows = db.session.execute(select(Letter.recipient, Letter.state, Letter.attempts).where(Letter.method == "REQUEST"))
    return {row.recipient: (row.state, row.attempts) for row in rows}


def arrived_at(mail: Sink) -> list[str]:
    """Who got something, in order; all of it is as it was written and rests on a yes."""
    arrived = judge.read(mail.mail())
    judge.nothing_has_two_faces(db.session(), arrived)
    judge.nothing_is_without_consent(db.session(), arrived)
    return [one.to for one in arrived]


def test_who_is_refused_for_now_is_tried_again_and_keeps_nobody_waiting(invited: str, tmp_path: Path) -> None:
    with sink.running(tmp_path / "sink", {KIM: ["450 4.2.0 greylisted"], UNA: [". 451 4.3.0 later"]}) as mail:
        rounds(mail)
        assert stand() == {KIM: ("waiting", 1), UNA: ("waiting", 1), VITO: ("sent", 1)}
        assert arrived_at(mail) == [VITO]
        rounds(mail, after=PAUSE)
        assert stand() == {KIM: ("sent", 2), UNA: ("sent", 2), VITO: ("sent", 1)}
        assert arrived_at(mail) == [VITO, KIM, UNA]


def test_who_is_refused_for_good_is_not_tried_again_until_somebody_says_so(invited: str, tmp_path: Path) -> None:
    with sink.running(tmp_path / "sink", {KIM: ["550 5.1.1 nobody"], UNA: [". 554 5.6.0 no"]}) as mail:
        rounds(mail)
        rounds(mail, after=timedelta(days=1))
        assert stand() == {KIM: ("failed", 1), UNA: ("failed", 1), VITO: ("sent", 1)}
        failed = {line.recipient: line for line in register.listing(state="failed")}
        assert {to: line.trouble for to, line in failed.items()} == {KIM: "550 5.1.1 nobody", UNA: "554 5.6.0 no"}
        with clock.at(MONDAY + HOLD):
            register.retry(failed[KIM].id)
        rounds(mail)
        assert stand() == {KIM: ("sent", 2), UNA: ("failed", 1), VITO: ("sent", 1)}
        assert arrived_at(mail) == [VITO, KIM]


@pytest.mark.parametrize("fault", [CUT, STUCK])
def test_what_may_have_been_taken_comes_again_as_it_was(invited: str, tmp_path: Path, fault: str) -> None:
    with sink.running(tmp_path / "sink", {UNA: [fault, fault]}) as mail:
        rounds(mail, timeout=0.5)
        assert stand() == {KIM: ("sent", 1), UNA: ("waiting", 1), VITO: ("sent", 1)}
        rounds(mail, after=PAUSE, timeout=0.5)
        rounds(mail, after=3 * PAUSE, timeout=0.5)
        assert stand() == {KIM: ("sent", 1), UNA: ("sent", 3), VITO: ("sent", 1)}
        assert sorted(arrived_at(mail)) == [KIM, UNA, UNA, UNA, VITO]
        assert len({received.content for received in mail.mail() if received.to == (UNA,)}) == 1


def test_a_poisoned_letter_is_set_aside(invited: str, tmp_path: Path) -> None:
    with write(None) as work:  # the one change to a letter's bytes that the store allows: they are gone
        work.session.execute(update(Letter).where(Letter.recipient == KIM).values(sealed=None))
    with sink.running(tmp_path / "sink") as mail:
        rounds(mail)
        assert stand() == {KIM: ("failed", 1), UNA: ("sent", 1), VITO: ("sent", 1)}
        assert arrived_at(mail) == [UNA, VITO]


def test_a_server_that_is_down_loses_nothing(invited: str, tmp_path: Path) -> None:
    with sink.running(tmp_path / "first") as gone:
        pass
    rounds(gone)
    assert stand() == {KIM: ("waiting", 1), UNA: ("waiting", 1), VITO: ("waiting", 1)}
    with sink.running(tmp_path / "second") as mail:
        rounds(mail, after=PAUSE)
        assert stand() == {KIM: ("sent", 2), UNA: ("sent", 2), VITO: ("sent", 2)}
        assert arrived_at(mail) == [KIM, UNA, VITO]
