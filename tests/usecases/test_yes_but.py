"""A yes with changes: it waits for the other side's word, and until then nothing rests on it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.people import address
from tests.stage import DAY, HOLD, MONDAY, SECOND, SLOTS, TOPIC, VERA, VIC, Stage, refused, words
from vendorhub.domain.amending import Other
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, WrongState
from vendorhub.domain.terms import Guest, from_body
from vendorhub.queries import desk, history, my_asks, standing
from vendorhub.queries import meeting_requests as seen
from vendorhub.store import AgreedTerms, Amendment, Decision, Membership, db
from vendorhub.usecases import blocks, decisions, meeting_requests, offers, undo
from vendorhub.usecases.amending import agree
from vendorhub.usecases.reopening import reopen
from vendorhub.usecases.sweep import sweep

ANN = ("Ann", "ann@fastprint.example", "Architect")
CLEO = ("Cleo", address("Cleo"), "")
OTHER_TOPIC = "What a restore takes"
ASKED_UNTIL = datetime(2027, 1, 11, 23, tzinfo=UTC)


def but(stage: Stage, code: str, by: str = "Kim", **changes: object) -> None:
    given = {"topic": OTHER_TOPIC, "minutes": 15, "attendees": [VERA, ANN, CLEO], "note": "Gladly", **changes}
    decisions.accept(stage[by], code, **given)


def amended(stage: Stage) -> str:
    code = stage.asked()
    but(stage, code)
    stage.go(HOLD)
    return code


def test_a_held_yes_with_changes_is_nowhere_to_be_seen(stage):
    code = stage.asked()
    before, outlook = stage.seen("Vera", code), standing.outlook(stage["Vera"], "norden")
    stage.go(DAY)
    but(stage, code, place="Room 4")
    assert stage.seen("Vera", code) == before
    assert standing.outlook(stage["Vera"], "norden") == outlook
    assert refused(WrongState, agree, stage["Vera"], code)
    assert refused(WrongState, offers.offer, stage["Kim"], code, slots=SLOTS)
    assert refused(SomebodyWasFaster, decisions.refuse, stage["Kim"], code, kind="no")
    undo.undo(stage["Kim"], code)
    stage.go(3600 * SECOND)
    assert stage.seen("Vera", code) == before
    assert (seen.see(stage["Kim"], code).state, seen.see(stage["Kim"], code).answer_by) == ("pending", ASKED_UNTIL)
    assert stage.told(recipient=address("Vera"), state="waiting") == []
    assert db.session.scalars(select(Amendment)).all() == []


def test_what_is_other_is_told_and_nothing_else_has_changed(stage):
    code = amended(stage)
    view = seen.see(stage["Vera"], code)
    assert (view.state, view.topic, view.minutes, view.note) == ("amended", TOPIC, 30, "Gladly")
    assert view.guests == (("vendor", *VERA), ("vendor", *VIC))
    assert view.changes is not None
    assert view.changes.other == Other(15, OTHER_TOPIC, asked_also=("Ann",), left_out=("Vic",), own=("Cleo",))
    assert view.answer_by == ASKED_UNTIL  # five working days from when it counts: the same Monday
    letter = stage.letters(kind="yes_but")[0]
    assert (letter.recipient, letter.due_at) == (address("Vera"), MONDAY + HOLD)
    for told in (OTHER_TOPIC, "15 minutes, not 30", "- Ann", "- Vic", "- Cleo", "> Gladly", "Monday, 11 January 2027"):
        assert told in words(letter)
    assert [line.deed for line in history.lines(stage["Vera"], about=code)[0]] == ["ask", "amend"]
    assert [line.ask.code for line in my_asks.piles(stage["Vera"])[0].lines] == [code]
    assert [ask.code for ask in desk.desk(stage["Kim"]).arranging] == [code]
    line = db.session.scalars(select(Decision)).one()
    terms = from_body(db.session.scalars(select(AgreedTerms.body)).one())
    assert (line.kind, terms.topic, terms.minutes) == ("accept", OTHER_TOPIC, 15)
    assert terms.guests == tuple(sorted((Guest(ANN[1], "Ann", "Architect"), Guest(VERA[1], "Vera", "Sales"))))


def test_once_agreed_it_is_a_yes_like_any_other(stage):
    code = amended(stage)
    assert refused(NotAllowed, agree, stage["Kim"], code)
    assert refused(NotThere, agree, stage["Carl"], code)
    agree(stage["Vic"], code)
    for name in ("Vera", "Kim"):
        view = seen.see(stage[name], code)
        assert (view.state, view.topic, view.minutes, view.changes) == ("accepted", OTHER_TOPIC, 15, None)
        assert [guest[1] for guest in view.guests] == ["Vera", "Ann", "Cleo"]
    assert stage.told(kind="agreed") == [("agreed", address("Kim")), ("agreed", address("Alex"))]
    assert TOPIC in words(stage.letters(kind="agreed")[0])
    assert refused(WrongState, agree, stage["Vera"], code)
    offer = offers.offer(stage["Kim"], code, slots=SLOTS)
    offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
    assert sorted(to for kind, to in stage.told() if kind == "invitation") == sorted(
        [address("Kim"), address("Cleo"), VERA[1], ANN[1]]
    )


@pytest.mark.parametrize("change", [{"minutes": 15}, {"attendees": [VERA]}, {"attendees": [VERA, VIC, CLEO]}])
def test_less_or_more_of_our_own_needs_nobodys_word(stage, change):
    code = stage.asked()
    decisions.accept(stage["Kim"], code, topic=f" {TOPIC} ", **change)
    stage.go(HOLD)
    assert seen.see(stage["Vera"], code).state == "accepted"


def test_somebody_at_our_own_domain_is_our_own(stage):
    code = stage.asked()
    decisions.accept(stage["Kim"], code, attendees=[VERA, ("New", "new@norden.example", "")])
    assert seen.see(stage["Kim"], code).guests == (("vendor", *VERA), ("buyer", "New", "new@norden.example", ""))
    assert seen.see(stage["Kim"], code).state == "accepted"


def test_what_nobody_agrees_to_is_closed_and_says_why(stage):
    code = amended(stage)
    stage.go(ASKED_UNTIL)
    assert seen.see(stage["Vera"], code).state == "lapsed"
    assert (
        refused(WrongState, agree, stage["Vera"], code).sentence == "The time for this is over, so the ask was closed."
    )
    assert refused(WrongState, decisions.refuse, stage["Kim"], code, kind="no")
    assert (sweep(), sweep()) == (1, 0)
    assert "the yes came with changes, and nobody agreed" in words(stage.letters(kind="lapsed")[0])
    assert [line.deed for line in history.lines(stage["Vera"], about=code)[0]] == ["ask", "amend", "lapse"]


def test_a_no_after_it_is_held_over_it_and_an_undo_leaves_it_as_it_was(stage):
    code = amended(stage)
    before, mine = stage.seen("Vera", code), seen.see(stage["Kim"], code)
    decisions.refuse(stage["Kim"], code, kind="no", note="Rather not")
    assert stage.seen("Vera", code) == before
    undo.undo(stage["Kim"], code)
    assert stage.seen("Vera", code) == before
    assert seen.see(stage["Kim"], code) == mine
    decisions.refuse(stage["Kim"], code, kind="no", note="Rather not")
    stage.go(HOLD)
    view = seen.see(stage["Vera"], code)
    assert (view.state, view.note, view.changes) == ("declined", "Rather not", None)
    assert refused(WrongState, agree, stage["Vera"], code)


def test_opened_again_it_is_an_ask_like_any_other(stage):
    code = amended(stage)
    stage.go(ASKED_UNTIL)
    sweep()
    reopen(stage["Kim"], code, reason="They were away.")
    view, before = seen.see(stage["Vera"], code), stage.seen("Vera", code)
    assert (view.state, view.changes, view.note, view.decided_by) == ("pending", None, "", None)
    decisions.refuse(stage["Kim"], code, kind="no")
    assert stage.seen("Vera", code) == before
    undo.undo(stage["Kim"], code)
    assert stage.seen("Vera", code) == before
    but(stage, code)
    assert stage.seen("Vera", code) == before


def test_their_word_wins_over_what_is_held(stage):
    code = amended(stage)
    decisions.refuse(stage["Kim"], code, kind="no", note="Rather not")
    agree(stage["Vera"], code)
    assert (seen.see(stage["Kim"], code).state, seen.see(stage["Kim"], code).note) == ("accepted", "Gladly")
    assert stage.told(kind="no", state="waiting") == []
    other = amended(stage)
    decisions.refuse(stage["Kim"], other, kind="not_now", again_on=datetime(2027, 3, 1).date())
    meeting_requests.withdraw(stage["Vera"], other)
    assert seen.see(stage["Kim"], other).state == "withdrawn"


def test_a_block_ends_it(stage):
    code = amended(stage)
    blocks.block(stage["Bo"], company="fastprint")
    assert seen.see(stage["Vera"], code).state == "blocked"
    assert refused(WrongState, agree, stage["Vera"], code)


def test_an_assistant_changes_nothing_unless_that_was_given(stage):
    code = stage.asked()
    place = db.session.scalars(select(Membership).where(Membership.person_id == stage.cast.ids["Alex"])).one()
    place.given = "accept undo"
    db.session.commit()
    assert refused(NotAllowed, decisions.accept, stage["Alex"], code, topic=OTHER_TOPIC)
    decisions.accept(stage["Alex"], code, minutes=15)
    assert seen.see(stage["Kim"], code).state == "accepted"
