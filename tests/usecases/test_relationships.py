"""The rhythm of a relationship, from the first meeting on: what is set, what is due, and what each side sees of it."""

from datetime import date, timedelta

import pytest

from tests.stage import refused
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import boards, cadence, history
from vendorhub.store import Letter, db
from vendorhub.usecases import meetings, relationships


def rows(stage, who="Kim", quarter=""):
    return [
        (row.company, str(row.cell.quarter), row.cell.state, row.next_due)
        for row in cadence.quarter(stage[who], quarter)
    ]


def only(stage, who="Kim"):
    (view,), following = cadence.listing(stage[who])
    assert following is None
    return view


def test_whoever_meets_has_a_rhythm_from_then_on(stage):
    assert cadence.listing(stage["Kim"]) == ([], None)
    stage.met()
    view = only(stage)
    assert (view.company, str(view.rule.every), view.rule.minutes, view.last_met) == ("fastprint", "quarter", 60, None)
    assert rows(stage) == [("fastprint", "2026-Q4", "planned", date(2027, 6, 30))]
    stage.go(timedelta(days=60))
    assert only(stage).last_met == date(2027, 1, 13)
    assert rows(stage) == [("fastprint", "2026-Q4", "met", date(2027, 4, 13))]
    assert rows(stage, quarter="2027-Q1") == [("fastprint", "2027-Q1", "upcoming", date(2027, 4, 13))]


def test_a_meeting_that_is_called_off_is_none(stage):
    uid = stage.met()
    meetings.cancel(stage["Kim"], uid)
    assert [row[2] for row in rows(stage)] == ["upcoming"]
    assert only(stage).meets is None


def test_a_vendor_sees_the_days_of_its_own_meetings_and_nothing_of_what_is_due(stage):
    stage.met()
    relationships.log_meeting(stage["Kim"], company="fastprint", day=date(2026, 10, 5), minutes=30)
    code = only(stage).code
    assert rows(stage, "Vera") == [("norden", "2026-Q4", "planned", None)]
    view = only(stage, "Vera")
    assert (view.code, view.company, view.last_met, view.meets) == (code, "norden", None, date(2027, 1, 13))
    assert (view.rule, view.next_due, view.cells, view.pauses, view.waivers, view.may) == (
        None,
        None,
        (),
        (),
        (),
        frozenset(),
    )
    stage.go(timedelta(days=215))  # long overdue by now
    assert [row[2] for row in rows(stage)] == ["overdue"]
    assert rows(stage, "Vera") == []
    assert only(stage, "Vera").last_met == date(2027, 1, 13)
    assert refused(NotThere, boards.see, stage["Vera"])
    assert refused(NotAllowed, relationships.set_cadence, stage["Vera"], code, every="month")


def test_another_company_sees_none_of_it(stage):
    stage.met()
    code = only(stage).code
    for stranger in ("Carl", "Charlie"):
        assert cadence.listing(stage[stranger]) == ([], None)
        assert rows(stage, stranger) == []
        assert refused(NotThere, cadence.see, stage[stranger], code)
        assert refused(NotThere, relationships.set_cadence, stage[stranger], code, every="month")


def test_what_was_held_elsewhere_counts_and_tells_nobody(stage):
    made = relationships.log_meeting(
        stage["Cleo"],
        company="cloudio",
        day=date(2027, 1, 4),
        minutes=45,
        people=[("Vera", "VERA@cloudio.example"), ("Somebody", "")],
        note="They will send the restore test.",
    )
    view = cadence.logged(stage["Cleo"], made)
    assert (view.day, view.minutes, view.note) == (date(2027, 1, 4), 45, "They will send the restore test.")
    assert view.people == (("Vera", "vera@cloudio.example"), ("Somebody", ""))
    assert rows(stage) == [("cloudio", "2026-Q4", "met", date(2027, 4, 5))]  # the 4th is a Sunday
    assert db.session.query(Letter).count() == 0
    assert cadence.listing(stage["Carl"]) == ([], None)  # it is the buyer's own note
    line = history.lines(stage["Kim"])[0][0]
    assert (line.deed, line.by, line.words) == ("log_meeting", "Cleo", "Cloudio")
    assert history.lines(stage["Carl"]) == ([], None)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("date", {"day": date(2027, 1, 5)}),
        ("date", {"day": date(1999, 12, 31)}),
        ("minutes", {"minutes": 0}),
        ("minutes", {"minutes": 1441}),
        ("company", {"company": "norden"}),
        ("company", {"company": "nobody"}),
        ("people", {"people": [("Vera", "")] * 51}),
        ("email", {"people": [("Vera", "vera at cloudio")]}),
        ("note", {"note": "x" * 1001}),
    ],
)
def test_what_makes_no_meeting_is_refused(stage, field, changes):
    given = {"company": "cloudio", "day": date(2027, 1, 4), "minutes": 30, **changes}
    assert refused(Unfit, relationships.log_meeting, stage["Kim"], **given).field == field
    assert cadence.listing(stage["Kim"]) == ([], None)


def test_a_rhythm_can_be_begun_before_anybody_met(stage):
    code = relationships.begin(stage["Alex"], company="cloudio")
    assert relationships.begin(stage["Kim"], company="cloudio") == code
    assert rows(stage) == [("cloudio", "2026-Q4", "upcoming", date(2027, 3, 31))]
    assert refused(NotAllowed, relationships.begin, stage["Cleo"], company="cloudio")


def test_how_often_is_said_anew_and_the_past_stays(stage):
    relationships.log_meeting(stage["Kim"], company="cloudio", day=date(2026, 7, 6), minutes=30)
    code = only(stage).code
    relationships.set_cadence(stage["Kim"], code, every="6 weeks", minutes=30, kind="topic", soft=7, hard=3)
    rule = only(stage).rule
    assert (str(rule.every), rule.minutes, rule.kind, rule.soft, rule.hard) == ("6 weeks", 30, "topic", 7, 3)
    before = [cell for cell in only(stage).cells if cell.quarter.after <= date(2027, 1, 1)]
    relationships.set_cadence(stage["Kim"], code, every="none")
    view = only(stage)
    assert (str(view.rule.every), view.rule.minutes, view.next_due) == ("none", 30, None)
    assert [cell for cell in view.cells if cell.quarter.after <= date(2027, 1, 1)] == before
    for field, changes in (("every", {"every": "0 weeks"}), ("minutes", {"minutes": 7}), ("kind", {"kind": "party"})):
        assert (
            refused(Unfit, relationships.set_cadence, stage["Kim"], code, **{"every": "month", **changes}).field
            == field
        )


def test_a_pause_and_a_quarter_let_go(stage):
    code = relationships.begin(stage["Kim"], company="cloudio")
    relationships.let_go(stage["Kim"], code, quarter="2026-Q4", reason="A move of offices")
    assert rows(stage) == [("cloudio", "2026-Q4", "waived", date(2027, 6, 30))]
    assert refused(WrongState, relationships.let_go, stage["Kim"], code, quarter="2026-Q4", reason="Again")
    assert refused(Unfit, relationships.let_go, stage["Kim"], code, quarter="2026-Q3", reason="Late").field == "quarter"
    relationships.pause(stage["Kim"], code, first=date(2027, 4, 1), last=date(2027, 9, 30), reason="A tender")
    assert rows(stage, quarter="2027-Q1") == [("cloudio", "2027-Q1", "paused", date(2027, 10, 1))]
    again = {"first": date(2027, 9, 30), "last": date(2027, 12, 31), "reason": "Still"}
    assert refused(Unfit, relationships.pause, stage["Kim"], code, **again).field == "first"
    assert [pause.reason for pause in only(stage).pauses] == ["A tender"]
    assert only(stage).waivers == (("2026-Q4", "A move of offices"),)


def test_the_board_shows_what_needs_attention_first(stage):
    relationships.log_meeting(stage["Kim"], company="fastprint", day=date(2026, 10, 1), minutes=30)
    relationships.log_meeting(stage["Kim"], company="cloudio", day=date(2027, 1, 4), minutes=30)
    board = boards.see(stage["Kim"])
    assert [(line.it.company, line.it.this.state) for line in board.lines] == [("fastprint", "due"), ("cloudio", "met")]
    assert [str(quarter) for quarter in board.quarters] == [
        *("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"),
    ]
