"""A briefing that loses its vendors, or whoever brought them: who hears so, and what can be done next."""

import pytest
from sqlalchemy import update

from tests.people import address
from tests.stage import HOLD, SLOTS, Stage, refused, words
from tests.usecases.agendas import sent
from tests.usecases.briefings import consented, joined, proposed, slots_of
from vendorhub.domain.deeds import Deed
from vendorhub.domain.refusals import NotThere, WrongState
from vendorhub.queries import briefings as seen
from vendorhub.queries import items as seen_items
from vendorhub.store import Person, db
from vendorhub.usecases import (
    blocks,
    briefings,
    decisions,
    line_ups,
    meeting_requests,
    participations,
    people,
    polls,
    revoking,
)

ROB = "rob@bridge.example"


def heard(stage: Stage, kind: str, since: int = 0) -> list[str]:
    return [to for _, to in stage.told(kind=kind)[since:]]


def test_once_the_last_vendor_declines_the_buyer_hears_too_and_others_can_be_named(stage: Stage) -> None:
    code = consented(stage)
    participations.stay_out(stage["Carl"], code, note="Too far.")
    assert heard(stage, "briefing_answered") == [address("Rita")]
    participations.take_part(stage["Vera"], code)
    participations.leave(stage["Vera"], code)
    assert heard(stage, "briefing_answered", 2) == [address(name) for name in ("Rita", "Kim", "Alex")]
    assert "No vendor is left that comes." in words(
        stage.letters(kind="briefing_answered", recipient=address("Kim"))[0]
    )
    assert "No vendor is left" not in words(stage.letters(kind="briefing_answered")[0])
    for name in ("Rita", "Kim"):
        assert seen.see(stage[name], code).may >= {Deed.SET_LINE_UP}
    third = stage.further_vendor()
    line_ups.set_line_up(stage["Kim"], code, vendors=["cloudio", third])
    assert [part.state for part in seen.see(stage["Rita"], code).vendors] == ["left", "asked", "asked"]


def test_nothing_happens_by_itself_where_nobody_comes_and_the_buyer_may_call_it_off(stage: Stage) -> None:
    code = consented(stage)
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    for name in ("Vera", "Carl"):
        participations.stay_out(stage[name], code)
    assert polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0]) == ""
    assert stage.letters(method="REQUEST") == []
    revoking.revoke(stage["Kim"], code)
    assert seen.see(stage["Rita"], code).state == "called_off"
    assert heard(stage, "briefing_off") == []


def test_whoever_brought_them_takes_it_back_and_the_buyer_goes_on_alone(stage: Stage) -> None:
    code = joined(stage)
    item = sent(stage, code, "Vera", "Printing less")
    polls.put_up(stage["Rita"], code, slots=SLOTS)
    meeting_requests.withdraw(stage["Rita"], code)
    assert heard(stage, "withdrawn") == [address("Kim"), address("Alex")]
    assert "You can propose the same to them yourselves." in words(stage.letters(kind="withdrawn")[0]).replace(
        "\n", " "
    )
    assert heard(stage, "briefing_off") == [address("Vera"), address("Carl")]
    assert {seen.see(stage[name], code).state for name in ("Kim", "Rita", "Vera")} == {"closed"}
    assert seen_items.see(stage["Vera"], code, item).title == "Printing less"
    refused(WrongState, participations.leave, stage["Vera"], code)
    refused(WrongState, meeting_requests.withdraw, stage["Rita"], code)
    again = proposed(stage, by="Kim", to=None)
    stage.go(HOLD)
    participations.take_part(stage["Vera"], again)
    assert heard(stage, "briefing_answered")[-2:] == [address("Kim"), address("Alex")]
    refused(NotThere, seen.see, stage["Rita"], again)


def test_it_is_not_taken_back_once_everybody_is_invited(stage: Stage) -> None:
    code = joined(stage)
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])
    refusal = refused(WrongState, meeting_requests.withdraw, stage["Rita"], code)
    assert refusal.sentence == "A time is agreed; please call the meeting off instead."
    for name in ("Vera", "Carl"):
        participations.leave(stage[name], code)
    first, *_, last = (words(letter) for letter in stage.letters(kind="vendor_gone", recipient=address("Kim")))
    assert ("No vendor is left that comes." in first, "No vendor is left that comes." in last) == (False, True)


def test_a_var_that_is_shut_out_takes_its_briefing_along(stage: Stage) -> None:
    code = joined(stage)
    blocks.block(stage["Kim"], company="bridge")
    assert heard(stage, "briefing_off") == [address("Vera"), address("Carl")]
    assert {seen.see(stage[name], code).state for name in ("Kim", "Vera")} == {"called_off"}


@pytest.mark.parametrize(("colleague", "reads"), [(True, [ROB]), (False, [address("Kim"), address("Alex")])])
def test_where_who_proposed_it_is_gone_somebody_else_hears_and_it_goes_on(
    stage: Stage, colleague: bool, reads: list[str]
) -> None:
    code = consented(stage)
    if colleague:
        people.add_person(email=ROB, name="Rob", role="member", organisation="bridge")
    db.session.execute(update(Person).where(Person.email == address("Rita")).values(active=False))
    db.session.commit()
    participations.take_part(stage["Vera"], code)
    assert heard(stage, "briefing_answered") == reads
    participations.take_part(stage["Carl"], code)
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])
    briefings.set_frame(stage["Kim"], code, buyer_share=40)
    assert seen.see(stage["Kim"], code).state == "confirmed"


def test_a_held_yes_falls_with_what_is_taken_back_and_no_vendor_has_heard(stage: Stage) -> None:
    code = proposed(stage)
    decisions.accept(stage["Kim"], code)
    meeting_requests.withdraw(stage["Rita"], code)
    stage.go(HOLD)
    stage.delivered()
    assert {letter.state for letter in stage.letters(kind="briefing_asked")} == {"stopped"}
    assert "There is nothing for you to do." in words(stage.letters(kind="withdrawn")[0])
