"""Passing an ask on: a new one in the same words, which nobody sees before it counts, and a colleague answers it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.people import address
from tests.stage import DAY, HOLD, SECOND, SLOTS, Stage, refused, words
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, Unfit, WrongState
from vendorhub.queries import desk, history
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import meetings as agreed
from vendorhub.queries.passing import may_be_passed_to
from vendorhub.queries.request_parts import PassedView
from vendorhub.store import DecisionLink, Guest, HistoryLine, MeetingRequest, Person, db
from vendorhub.usecases import blocks, decisions, meeting_requests, offers, undo
from vendorhub.usecases.passing import pass_on
from vendorhub.usecases.sweep import sweep

UNTIL = datetime(2027, 1, 11, 23, tzinfo=UTC)


def passed(stage: Stage, to: str = "Cleo", **changes: object) -> tuple[str, str]:
    """The codes of an ask of Kim and of what it was passed on as."""
    code = stage.asked(**changes)
    pass_on(stage["Kim"], code, to=address(to))
    stage.go(HOLD)
    return code, seen.waiting(stage[to])[0][0].code


def rows(table: type) -> int:
    db.session.rollback()
    return len(db.session.scalars(select(table.id if hasattr(table, "id") else table.hash)).all())


def test_nobody_sees_it_before_it_counts_and_an_undo_leaves_no_trace(stage):
    code = stage.asked()
    before = {name: stage.seen(name, code) for name in ("Vera", "Bo")}
    tables = (MeetingRequest, Guest, DecisionLink)
    counted, lines = [rows(table) for table in tables], rows(HistoryLine)
    pass_on(stage["Kim"], code, to=address("Cleo"))
    assert stage.seen("Vera", code) == before["Vera"]
    assert seen.listing(stage["Cleo"])[0] == []
    assert [view.code for view in seen.listing(stage["Ada"])[0]] == [code]
    assert seen.see(stage["Kim"], code).passed_to == PassedView("Cleo", UNTIL, None)
    assert refused(SomebodyWasFaster, decisions.accept, stage["Kim"], code)
    undo.undo(stage["Kim"], code)
    assert stage.seen("Vera", code) == before["Vera"]
    assert [rows(table) for table in tables] == counted
    assert rows(HistoryLine) == lines + 2  # the buyer's own: passed on, taken back
    stage.go(3600 * SECOND)
    assert [to for kind, to in stage.told(state="waiting") if kind in ("ask_received", "passed_on")] == [
        address("Kim"),
        address("Alex"),
    ]
    pass_on(stage["Kim"], code, to=address("Mo"))
    stage.go(HOLD)
    assert len(seen.waiting(stage["Mo"])[0]) == 1


def test_the_colleague_has_the_same_ask_and_a_window_of_their_own(stage):
    code = stage.asked()
    stage.go(2 * DAY)
    pass_on(stage["Alex"], code, to=f" {address('Cleo').upper()} ")
    assert stage.delivered()[2:] == []
    stage.go(HOLD)
    view = desk.desk(stage["Cleo"]).waiting[0]
    old = seen.see(stage["Kim"], code)
    assert (view.topic, view.outcome, view.learned, view.minutes, view.goal, view.guests, view.company) == (
        *(old.topic, old.outcome, old.learned, old.minutes, old.goal, old.guests, old.company),
    )
    assert (view.asked_of, view.state, view.passed_from, view.passed_by) == ("Cleo", "pending", code, "Kim")
    assert view.answer_by == datetime(2027, 1, 13, 23, tzinfo=UTC)
    for name, new in (("Vera", view.code), ("Kim", view.code)):
        found = seen.see(stage[name], code)
        assert (found.state, found.passed_to) == ("redirected", PassedView("Cleo", view.answer_by, new))
    assert [(kind, to) for kind, to in stage.told(state="waiting")] == [
        ("ask_received", address("Cleo")),
        ("passed_on", address("Vera")),
    ]
    to_cleo, to_vera = stage.letters(state="waiting")
    assert "Alex passes it to you; the answer is yours." in words(to_cleo)
    assert "Cleo answers by" in words(to_vera)
    lines = [(line.deed, line.words) for line in history.lines(stage["Vera"], about=view.code)[0]]
    assert lines == [("redirect", "Cleo")]


def test_a_colleague_answers_what_was_passed_to_them_and_nothing_else(stage):
    code, new = passed(stage)
    assert refused(NotThere, decisions.accept, stage["Cleo"], code)
    assert refused(NotThere, seen.see, stage["Cleo"], stage.asked(to=None))
    assert refused(NotAllowed, decisions.accept, stage["Kim"], new)  # who reads along does not answer
    assert refused(NotAllowed, decisions.refuse, stage["Cleo"], new, kind="never")
    decisions.accept(stage["Cleo"], new)
    stage.go(HOLD)
    offer = offers.offer(stage["Cleo"], new, slots=SLOTS)
    uid = offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
    people = agreed.see(stage["Cleo"], uid).attendees
    assert [person.name for person in people if person.side == "buyer"] == ["Cleo"]


def test_what_a_colleague_says_binds_their_line(stage):
    _, new = passed(stage)
    decisions.refuse(stage["Cleo"], new, kind="no")
    stage.go(HOLD)
    assert seen.see(stage["Vera"], stage.asked()).state == "attached"
    assert seen.see(stage["Vera"], stage.asked(to=address("Pia"))).state == "pending"


@pytest.mark.parametrize(
    ("by", "to", "why"),
    [
        ("Kim", "kim@norden.example", "That is you"),
        ("Alex", "kim@norden.example", "They have had this ask already"),
        ("Alex", "alex@norden.example", "Nobody with this address answers"),
        ("Kim", "ada@norden.example", "Nobody with this address answers"),
        ("Kim", "charlie@harbour.example", "Nobody with this address answers"),
        ("Kim", "nobody@norden.example", "Nobody with this address answers"),
        ("Kim", "", "Please fill this in"),
    ],
)
def test_to_whom_it_is_not_passed(stage, by, to, why):
    refusal = refused(Unfit, pass_on, stage[by], stage.asked(), to=to)
    assert (refusal.field, refusal.sentence.startswith(why)) == ("to", True)


def test_not_to_who_has_left_and_not_in_a_circle(stage):
    _, new = passed(stage, "Mo")
    assert may_be_passed_to(stage["Mo"], new) == [(address(name), name) for name in ("Bo", "Pia", "Cleo")]
    assert refused(Unfit, pass_on, stage["Mo"], new, to=address("Kim")).field == "to"
    db.session.get_one(Person, stage.cast.ids["Cleo"]).active = False
    db.session.commit()
    assert refused(Unfit, pass_on, stage["Mo"], new, to=address("Cleo")).field == "to"
    pass_on(stage["Mo"], new, to=address("Pia"))
    stage.go(HOLD)
    third = seen.waiting(stage["Pia"])[0][0].code
    assert refused(Unfit, pass_on, stage["Pia"], third, to=address("Kim")).field == "to"
    assert seen.see(stage["Kim"], new).passed_to == PassedView("Pia", UNTIL, None)  # another area: not Kim's to read
    pass_on(stage["Pia"], third, to=address("Bo"))


def test_the_askers_withdrawal_and_a_block_win_over_it(stage):
    code = stage.asked()
    pass_on(stage["Kim"], code, to=address("Cleo"))
    meeting_requests.withdraw(stage["Vera"], code)
    other = stage.asked()
    pass_on(stage["Kim"], other, to=address("Cleo"))
    blocks.block(stage["Bo"], company="fastprint")
    stage.go(HOLD)
    assert [seen.see(stage["Vera"], each).state for each in (code, other)] == ["withdrawn", "blocked"]
    assert seen.listing(stage["Cleo"])[0] == []
    assert rows(MeetingRequest) == 2
    assert stage.told(kind="passed_on", state="waiting") == []


def test_what_was_passed_on_lapses_by_itself(stage):
    _, new = passed(stage)
    stage.go(UNTIL)
    assert seen.see(stage["Vera"], new).state == "lapsed"
    assert (sweep(), sweep()) == (1, 0)
    assert stage.told(kind="lapsed") == [("lapsed", address("Vera"))]
    assert refused(WrongState, decisions.accept, stage["Cleo"], new)
