"""Claiming, settling, and what comes between them: races, deaths, blocks, poison."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError

from tests.outbox.world import NOW, World, actor, agreed_meeting, answer, letters, the_request
from vendorhub import clock
from vendorhub.domain.letters import ATTEMPTS_AT_MOST
from vendorhub.outbox import notices
from vendorhub.outbox.invitations import call_off, invite
from vendorhub.outbox.office import office
from vendorhub.outbox.queue import Outcome, claim, settle
from vendorhub.store import Attendee, Block, Letter, Lifting, Meeting, db, ledger
from vendorhub.store.write import Work, write


def claim_here(**given: int) -> list[str]:
    """Who would be written to now."""
    return [letter.recipient for letter in claim(worker="test", **({"lease_seconds": 60} | given))]


def tell(here: World, times: int = 1) -> None:
    """Some plain letters to the decider and the assistant."""
    with write(actor(here, "vera")) as work:
        for _ in range(times):
            notices.withdrawn(work, the_request(work, here))


def invited(here: World) -> None:
    """Three invitations: to Chris, Vera and Victor."""
    with write(actor(here, "cio")) as work:
        answer(work, here, "accept")
        consent, meeting, agreed, attendees = agreed_meeting(work, here)
        invite(work, consent, the_request(work, here), meeting, agreed, attendees, first=True)


def shut_out(work: Work, here: World, *, held_for: int = 0, person: int | None = None) -> Block:
    """A never of the CIO's."""
    work.lock_buyer(here.buyer)
    effective = work.now + timedelta(seconds=held_for)
    decision = ledger.append(work, buyer_id=here.buyer, request_id=None, kind="never", effective_at=effective)
    block = Block(
        buyer_id=here.buyer,
        code="BLOCK",
        decision_id=decision.id,
        company_id=here.company,
        person_id=person,
        by=here.cio,
        made_at=work.now,
        effective_at=effective,
    )
    work.session.add(block)
    work.session.flush()
    return block


def test_a_claimed_letter_is_the_one_that_was_written(here: World) -> None:
    tell(here)
    row = letters()[0]
    (first, second) = claim(worker="test", lease_seconds=60)
    assert (first.id, first.recipient, first.sender, first.attempts) == (
        row.id,
        "chris@northwind.example",
        "vendorhub@hub.example",
        1,
    )
    assert sha256(first.message).hexdigest() == row.digest
    assert message_from_bytes(first.message)["Message-ID"] == row.message_id
    assert second.recipient == "alex@northwind.example"
    assert claim_here() == []
    assert settle([Outcome(first), Outcome(second)]) == 2
    assert [(letter.state, letter.sent_at, letter.lease) for letter in letters()] == [("sent", NOW, "")] * 2


def test_a_letter_waits_until_it_is_due(here: World) -> None:
    with write(actor(here, "cio")) as work:
        decision = answer(work, here, "no", effective_at=NOW + timedelta(seconds=60))
        notices.answered(work, the_request(work, here), decision)
    with clock.at(NOW + timedelta(seconds=59)):
        assert claim_here() == []
    with clock.at(NOW + timedelta(seconds=60)):
        assert claim_here() == ["vera@acme.example"]


def test_no_more_than_asked_for_and_the_oldest_first(here: World) -> None:
    tell(here, 3)
    assert claim_here(at_most=3) == ["chris@northwind.example", "alex@northwind.example", "chris@northwind.example"]
    assert claim_here() == ["alex@northwind.example", "chris@northwind.example", "alex@northwind.example"]


def test_a_refused_letter_rests_longer_each_time_and_fails_in_the_end(here: World) -> None:
    with write(actor(here, "vera")) as work:
        notices.lapsed(work, the_request(work, here))
    now, rests = NOW, []
    for attempt in range(1, ATTEMPTS_AT_MOST + 1):
        with clock.at(now):
            letter = claim(worker="test", lease_seconds=60, at_most=1)[0]
            assert letter.attempts == attempt
            settle([Outcome(letter, trouble="450 later")])
            row = letters(id=letter.id)[0]
            rests.append((row.state, (row.due_at - now).total_seconds() if row.state == "waiting" else 0))
            assert row.trouble == "450 later"
            now = row.due_at
    assert rests == [("waiting", 30 * 2**n) for n in range(ATTEMPTS_AT_MOST - 1)] + [("failed", 0)]


def test_a_letter_refused_for_good_fails_at_once(here: World) -> None:
    tell(here)
    letter = claim(worker="test", lease_seconds=60, at_most=1)[0]
    settle([Outcome(letter, trouble="550 nobody here", permanent=True)])
    row = letters(id=letter.id)[0]
    assert (row.state, row.attempts, row.trouble) == ("failed", 1, "550 nobody here")


def test_a_letter_given_back_is_as_if_never_claimed(here: World) -> None:
    tell(here)
    letter = claim(worker="test", lease_seconds=60, at_most=1)[0]
    settle([Outcome(letter, untried=True)])
    row = letters(id=letter.id)[0]
    assert (row.state, row.attempts, row.lease, row.lease_until, row.due_at) == ("waiting", 0, "", None, NOW)


def test_an_orphan_is_rescued_with_the_same_bytes_and_its_first_worker_fenced_off(here: World) -> None:
    tell(here)
    first = claim(worker="one", lease_seconds=0)
    second = claim(worker="two", lease_seconds=60)
    assert [(letter.id, letter.message) for letter in second] == [(letter.id, letter.message) for letter in first]
    assert [letter.attempts for letter in second] == [2, 2]
    assert settle(Outcome(letter) for letter in first) == 0
    assert {letter.state for letter in letters()} == {"leased"}
    assert settle(Outcome(letter) for letter in second) == 2


def test_a_letter_that_no_worker_survives_is_set_aside(here: World) -> None:
    tell(here)
    for _ in range(ATTEMPTS_AT_MOST):
        assert len(claim(worker="doomed", lease_seconds=0)) == 2
    assert claim_here() == []
    assert [(row.state, row.trouble) for row in letters()] == [("failed", "no worker came back from trying it")] * 2


def test_letters_about_one_meeting_reach_a_reader_in_order(here: World) -> None:
    invited(here)
    chris, *others = claim(worker="test", lease_seconds=60)
    settle(Outcome(letter) for letter in others)
    with write(actor(here, "cio")) as work:
        meeting = work.session.query(Meeting).one()
        meeting.state, meeting.sequence = "cancelled", 1
        work.session.flush()
        attendees = work.session.query(Attendee).order_by(Attendee.id).all()
        call_off(work, the_request(work, here), meeting, attendees)
    assert claim_here() == ["vera@acme.example", "victor@acme.example"]
    settle([Outcome(chris, trouble="450 later")])
    with clock.at(NOW + timedelta(seconds=30)):
        (again,) = claim(worker="test", lease_seconds=60)
        assert (again.id, again.message) == (chris.id, chris.message)
        assert claim_here() == []
        assert settle([Outcome(again)]) == 1
        assert claim_here() == ["chris@northwind.example"]


def test_a_block_stops_what_no_worker_has_claimed(here: World) -> None:
    invited(here)
    tell(here)
    with write(actor(here, "cio")) as work:
        shut_out(work, here)
    assert claim_here() == ["chris@northwind.example", "alex@northwind.example"]
    stopped = letters(method="REQUEST")
    assert [(row.state, row.sealed, row.attempts) for row in stopped] == [("stopped", None, 0)] * 3


def test_a_block_of_the_one_who_asked_stops_them_too(here: World) -> None:
    invited(here)
    with write(actor(here, "cio")) as work:
        shut_out(work, here, person=here.vera)
    assert claim_here() == []
    assert {row.state for row in letters(method="REQUEST")} == {"stopped"}


def test_a_held_block_lets_invitations_wait_and_others_pass(here: World) -> None:
    invited(here)
    tell(here)
    with write(actor(here, "cio")) as work:
        block = shut_out(work, here, held_for=60).id
    assert claim_here(at_most=1) == ["chris@northwind.example"]
    assert claim_here() == ["alex@northwind.example"]
    assert [(row.state, row.attempts) for row in letters(method="REQUEST")] == [("waiting", 0)] * 3
    with write(actor(here, "cio")) as work:
        work.session.add(Lifting(buyer_id=here.buyer, block_id=block, by=here.cio, made_at=work.now))
    assert len(claim_here()) == 3


def test_a_yes_taken_back_stops_its_invitations(here: World) -> None:
    invited(here)
    with write(actor(here, "cio")) as work:
        request = the_request(work, here)
        work.lock_buyer(here.buyer)
        ledger.append(
            work,
            buyer_id=here.buyer,
            request_id=request.id,
            kind="revoke",
            effective_at=work.now,
            undoes=request.consent_id,
        )
    assert claim_here() == []
    assert {row.state for row in letters(method="REQUEST")} == {"stopped"}


def test_an_orphan_is_not_sent_again_after_a_block(here: World) -> None:
    invited(here)
    assert len(claim(worker="doomed", lease_seconds=0)) == 3
    with write(actor(here, "cio")) as work:
        shut_out(work, here)
    assert claim_here() == []
    assert [(row.state, row.attempts) for row in letters(method="REQUEST")] == [("stopped", 1)] * 3


def test_the_database_refuses_a_claim_without_consent_whatever_the_code_says(here: World) -> None:
    invited(here)
    with write(actor(here, "cio")) as work:
        shut_out(work, here)
    with pytest.raises(DatabaseError, match="no invitation leaves without a live consent"), write(None) as work:
        work.session.execute(
            update(Letter).values(state="leased", lease="mine", lease_until=NOW + timedelta(minutes=1))
        )


@pytest.mark.parametrize("broken", ["sealed otherwise", "another's", "altered", "erased", "hides an entry"])
def test_poison_is_set_aside_and_others_flow(here: World, broken: str) -> None:
    tell(here)
    second = letters()[1]
    message = b"From: a@b.example\r\nTo: chris@northwind.example\r\n\r\nBEGIN:VCALENDAR\r\n"
    sealed = {
        "sealed otherwise": b"\x01" + b"n" * 60,
        "another's": second.sealed,
        "altered": office().keys.seal(b"other bytes", b"<poison@hub.example>"),
        "erased": None,
        "hides an entry": office().keys.seal(message, b"<poison@hub.example>"),
    }[broken]
    with write(None) as work:
        work.session.add(
            Letter(
                kind="yes",
                recipient="chris@northwind.example",
                sender="vendorhub@hub.example",
                message_id="<poison@hub.example>",
                sealed=sealed,
                digest=sha256(message).hexdigest(),
                state="waiting",
                due_at=NOW - timedelta(seconds=1),
                created_at=NOW,
            )
        )
    assert claim_here() == ["chris@northwind.example", "alex@northwind.example"]
    (poison,) = letters(message_id="<poison@hub.example>")
    assert (poison.state, poison.trouble) == (
        "failed",
        {
            "sealed otherwise": "this was altered, belongs elsewhere, or was sealed with another key",
            "another's": "this was altered, belongs elsewhere, or was sealed with another key",
            "altered": "its bytes are not those that were written",
            "erased": "this was not sealed here",
            "hides an entry": "it carries a calendar object and no invitation stands behind it",
        }[broken],
    )


def test_racing_workers_share_the_letters(app: Flask, here: World) -> None:
    invited(here)
    tell(here, 30)
    start = threading.Barrier(4)

    def work_on(name: str) -> list[int]:
        found: list[int] = []
        with app.app_context(), clock.at(NOW):
            start.wait()
            while claimed := claim(worker=name, lease_seconds=60, at_most=7):
                found += [letter.id for letter in claimed]
                settle(Outcome(letter) for letter in claimed)
            db.session.remove()
        return found

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(work_on, ["one", "two", "three", "four"]))
    told = letters()
    assert Counter(letter for share in shares for letter in share) == Counter({row.id: 1 for row in told})
    assert {(row.state, row.attempts) for row in told} == {("sent", 1)}


def test_block_against_claim_has_one_winner(app: Flask, here: World) -> None:
    invited(here)
    start = threading.Barrier(2)

    def take() -> list[str]:
        with app.app_context(), clock.at(NOW):
            start.wait()
            taken = claim_here()
            db.session.remove()
            return taken

    def shut() -> None:
        with app.app_context(), clock.at(NOW):
            start.wait()
            with write(actor(here, "cio")) as work:
                shut_out(work, here)
            db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        taken, done = pool.submit(take), pool.submit(shut)
        done.result()
    states = Counter(row.state for row in letters(method="REQUEST"))
    assert (len(taken.result()), dict(states)) in [(3, {"leased": 3}), (0, {"stopped": 3}), (0, {"waiting": 3})]
    assert claim_here() == []
