"""Plain letters: who gets them, when they may leave, and what takes them back."""

import re
from datetime import timedelta
from email.utils import parseaddr

import pytest

from tests.outbox.world import (
    EFFECTIVE,
    NOW,
    START,
    World,
    actor,
    answer,
    letters,
    offer_row,
    opened,
    slot_row,
    the_request,
)
from vendorhub import clock
from vendorhub.domain.refusals import Unfit
from vendorhub.itip.parse import has_calendar_object
from vendorhub.keys import hash_secret
from vendorhub.outbox import accounts, arranging, notices
from vendorhub.outbox.about import stop_answer
from vendorhub.outbox.database_clock import database_now
from vendorhub.store import DecisionLink, Membership, Person, db
from vendorhub.store.write import write


def told() -> list[tuple[str, str, str]]:
    return [(row.kind, row.recipient, row.state) for row in letters()]


def asked(here: World) -> None:
    with write(actor(here, "vera")) as work:
        notices.ask_received(work, the_request(work, here))


def test_an_ask_reaches_the_decider_asked_and_the_assistant_each_with_a_link_of_their_own(here: World) -> None:
    asked(here)
    secrets = []
    for row in letters():
        body = opened(row).get_body(("plain",))
        assert body is not None
        secrets += re.findall(r"https://hub\.example/d/(\S+)", body.get_content())
    links = {(link.person_id, link.hash) for link in db.session.query(DecisionLink)}
    assert links == {(here.cio, hash_secret(secrets[0])), (here.assistant, hash_secret(secrets[1]))}
    assert {link.used_at for link in db.session.query(DecisionLink)} == {None}


def test_an_ask_of_nobody_in_particular_reaches_every_decider_and_every_assistant(here: World) -> None:
    with write(None) as work:
        the_request(work, here).asked_of = None
        work.session.add(
            Membership(person_id=here.victor, organisation_id=here.buyer, role="assistant", reports_to=here.boss)
        )
    asked(here)
    assert [row.recipient for row in letters()] == [
        "chris@northwind.example",
        "bo@northwind.example",
        "alex@northwind.example",
        "victor@acme.example",
    ]


def test_who_has_left_is_not_written_to(here: World) -> None:
    with write(None) as work:
        work.session.get_one(Person, here.assistant).active = False
    asked(here)
    assert [row.recipient for row in letters()] == ["chris@northwind.example"]


def test_a_held_answer_waits_and_an_undo_stops_and_erases_it_with_its_times(here: World) -> None:
    with write(actor(here, "cio")) as work:
        decision = answer(work, here, "accept", effective_at=EFFECTIVE)
        notices.answered(work, the_request(work, here), decision)
        offer = offer_row(work, here, "buyer", visible_at=EFFECTIVE)
        slots = [slot_row(work, here, START, offer=offer)]
        arranging.times_offered(work, the_request(work, here), offer, slots)
        about = decision.id
    assert [(row.kind, row.due_at, row.decision_id) for row in letters()] == [
        ("yes", EFFECTIVE, about),
        ("times_offered", EFFECTIVE, about),
    ]
    with write(actor(here, "cio")) as work:
        assert stop_answer(work, here.buyer, about) == 2
    assert [(row.state, row.sealed) for row in letters()] == [("stopped", None)] * 2


def test_an_undo_stops_nothing_of_another_answer(here: World) -> None:
    with write(actor(here, "cio")) as work:
        decision = answer(work, here, "no", effective_at=EFFECTIVE)
        notices.answered(work, the_request(work, here), decision)
        assert stop_answer(work, here.buyer, decision.id + 1) == 0
        assert stop_answer(work, here.company, decision.id) == 0
    assert told() == [("no", "vera@acme.example", "waiting")]


def test_times_that_nobody_saw_give_way_unsaid(here: World) -> None:
    with write(actor(here, "cio")) as work:
        answer(work, here, "accept", effective_at=EFFECTIVE)
        offer, request = offer_row(work, here, "buyer", visible_at=EFFECTIVE), the_request(work, here)
        arranging.times_offered(work, request, offer, [slot_row(work, here, START, offer=offer)])
        later = slot_row(work, here, START + timedelta(days=1), offer=offer)
        arranging.times_offered(work, request, offer, [later])
    assert [row.state for row in letters()] == ["stopped", "waiting"]
    with write(actor(here, "cio")) as work:
        arranging.times_taken_back(work, the_request(work, here), work.session.get_one(type(offer), offer.id))
    assert [row.state for row in letters()] == ["stopped", "stopped"]


def test_times_of_either_side_are_taken_back_before_the_other(here: World) -> None:
    with write(actor(here, "cio")) as work:
        answer(work, here, "accept")
    for who, side in (("cio", "buyer"), ("vera", "vendor")):
        with write(actor(here, who)) as work:
            arranging.times_taken_back(work, the_request(work, here), offer_row(work, here, side))
    assert [row.recipient for row in letters()] == [
        "vera@acme.example",
        "chris@northwind.example",
        "alex@northwind.example",
    ]


def test_a_never_is_told_in_the_words_of_a_no(here: World) -> None:
    said = []
    for kind in ("no", "never"):
        with write(actor(here, "cio")) as work:
            decision = answer(work, here, kind)
            notices.answered(work, the_request(work, here), decision)
        letter = letters()[-1]
        body = opened(letter).get_body(("plain",))
        assert body is not None
        said.append((letter.kind, opened(letter)["Subject"], body.get_content()))
    assert said[0] == said[1]


def test_what_the_clock_writes_as_if_it_were_later_is_due_at_once(here: World) -> None:
    later = database_now(db.session()) + timedelta(days=3000)
    db.session.rollback()
    with clock.at(later), write(None) as work:
        notices.lapsed(work, the_request(work, here))
    (letter,) = letters()
    assert letter.created_at == later
    assert abs((letter.due_at - (later - timedelta(days=3000))).total_seconds()) < 60


def test_words_that_make_a_calendar_entry_are_refused_where_they_are_written(here: World) -> None:
    with write(None) as work:
        the_request(work, here).outcome = "BEGIN:VCALENDAR"
    with pytest.raises(Unfit) as refused:
        asked(here)
    assert refused.value.sentence == "Please leave calendar entries out of the text; times are agreed here."
    assert told() == []


def test_no_plain_letter_carries_a_calendar_part(here: World) -> None:
    asked(here)
    for row in letters():
        assert not has_calendar_object(opened(row).as_bytes())
        assert opened(row)["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(("email", "name"), [("Vera@acme.example", "Vera Vendor"), ("new@acme.example", "")])
def test_a_letter_about_a_password_keeps_the_librarys_words(here: World, email: str, name: str) -> None:
    with write(None) as work:
        accounts.password(work, email, "Reset", "Reset it here.", "<p>Reset it <a href='x'>here</a>.</p>")
    message = opened(letters()[0])
    html = message.get_body(("html",))
    assert html is not None
    assert parseaddr(message["To"]) == (name, email.lower())
    assert "<p>Reset it <a href='x'>here</a>.</p>" in html.get_content()


def test_html_shows_what_people_wrote_and_runs_none_of_it(here: World) -> None:
    with write(actor(here, "vera")) as work:
        the_request(work, here).outcome = "<script>alert(1)</script>"
        notices.ask_received(work, the_request(work, here))
    html = opened(letters()[0]).get_body(("html",))
    assert html is not None
    assert "<script" not in html.get_content()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html.get_content()


def test_a_letter_is_written_now(here: World) -> None:
    asked(here)
    assert {(row.created_at, row.due_at, row.attempts) for row in letters()} == {(NOW, NOW, 0)}
