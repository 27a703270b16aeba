"""What operators see and do: addresses and states, never contents."""

from datetime import timedelta

import pytest

from tests.outbox.test_invitations import called_off, invited, leave
from tests.outbox.world import NOW, World, actor, letters, the_request
from vendorhub import clock
from vendorhub.domain.letters import LetterState
from vendorhub.domain.refusals import NotThere, WrongState
from vendorhub.outbox import notices, register
from vendorhub.outbox.queue import Outcome, claim, settle
from vendorhub.store import Letter, db
from vendorhub.store.write import write


def tell(here: World) -> None:
    with write(actor(here, "vera")) as work:
        notices.withdrawn(work, the_request(work, here))


def refuse_all() -> None:
    settle(Outcome(letter, trouble="550 no", permanent=True) for letter in claim(worker="test", lease_seconds=60))


def test_letters_are_listed_newest_first_page_by_page(here: World) -> None:
    tell(here)
    tell(here)
    ids = [row.id for row in letters()][::-1]
    first = register.listing(limit=3)
    assert [line.id for line in first] == ids[:3]
    assert [line.id for line in register.listing(limit=3, cursor=first[-1].id)] == ids[3:]
    assert register.listing(state="failed") == []
    assert register.show(ids[0]) == first[0]
    assert (first[0].kind, first[0].recipient, first[0].state) == ("withdrawn", "alex@northwind.example", "waiting")


def test_a_line_tells_nothing_of_the_contents(here: World) -> None:
    tell(here)
    assert set(vars(register.show(letters()[0].id))) == {
        "id",
        "kind",
        "recipient",
        "state",
        "method",
        "sequence",
        "attempts",
        "trouble",
        "created_at",
        "due_at",
        "sent_at",
    }


def test_letters_are_counted_by_state(here: World) -> None:
    assert register.oldest_due() is None
    tell(here)
    assert register.oldest_due() == NOW
    settle([Outcome(claim(worker="test", lease_seconds=60, at_most=1)[0])])
    assert register.counts() == {
        LetterState.WAITING: 1,
        LetterState.LEASED: 0,
        LetterState.SENT: 1,
        LetterState.FAILED: 0,
        LetterState.STOPPED: 0,
    }


def test_a_failed_letter_is_sent_again_with_the_same_bytes(here: World) -> None:
    tell(here)
    first = claim(worker="test", lease_seconds=60, at_most=1)[0]
    settle([Outcome(first, trouble="550 no", permanent=True)])
    register.retry(first.id)
    again = next(letter for letter in claim(worker="test", lease_seconds=60) if letter.id == first.id)
    assert (again.message, again.attempts) == (first.message, 2)


def test_only_a_failed_letter_is_sent_again(here: World) -> None:
    tell(here)
    with pytest.raises(WrongState) as refused:
        register.retry(letters()[0].id)
    assert refused.value.sentence == "Only a letter that failed can be sent again."
    with pytest.raises(NotThere):
        register.retry(4711)
    with pytest.raises(NotThere):
        register.show(4711)


def test_what_a_newer_letter_has_replaced_is_not_sent_again(here: World) -> None:
    invited(here)
    refuse_all()
    failed = letters()[0].id
    called_off(here)
    with pytest.raises(WrongState) as refused:
        register.retry(failed)
    assert refused.value.sentence == "A newer letter about the same meeting has taken its place."


def test_a_restored_backups_letters_are_released_and_what_was_stopped_for_good_is_not(here: World) -> None:
    invited(here)
    leave("chris@northwind.example")
    called_off(here)  # erases the two that had not left
    with write(None) as work:
        work.session.query(Letter).filter_by(state="waiting").update({"state": "stopped"})
    assert register.release() == 1
    assert [(row.kind, row.state) for row in letters()] == [
        ("invitation", "sent"),
        ("invitation", "stopped"),
        ("invitation", "stopped"),
        ("cancellation", "waiting"),
    ]


def test_bytes_are_erased_thirty_days_after_sending_and_the_rest_stays(here: World) -> None:
    tell(here)
    settle([Outcome(claim(worker="test", lease_seconds=60, at_most=1)[0])])
    digests = [(row.digest, row.message_id) for row in letters()]
    with clock.at(NOW + timedelta(days=30)):
        assert register.erase_old() == 0
    with clock.at(NOW + timedelta(days=30, seconds=1)):
        assert register.erase_old() == 1
        assert register.erase_old() == 0
    assert [row.sealed is None for row in letters()] == [True, False]
    assert [(row.digest, row.message_id) for row in letters()] == digests
    db.session.rollback()
