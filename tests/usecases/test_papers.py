"""In writing instead of a meeting: what is asked for, the paper, and what comes of it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.people import address
from tests.stage import DAY, HOLD, Stage, refused, words
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.deeds import Deed
from vendorhub.domain.papers import Stage as Far
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import history
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.desk import desk
from vendorhub.store import Decision, MeetingRequest, Paper, db
from vendorhub.store.ledger import broken_lines
from vendorhub.usecases import confirmations, decisions, papers, sweep, undo

DUE = date(2027, 1, 22)


def asked_in_writing(stage: Stage, *, wait: bool = True, **said: object) -> str:
    code = stage.asked()
    decisions.refuse(stage["Kim"], code, kind="in_writing", **said)  # type: ignore[arg-type]
    if wait:
        stage.go(HOLD)
    return code


def handed_in(stage: Stage, text: str = "# What it costs\n\nLess.") -> str:
    code = asked_in_writing(stage)
    papers.hand_in(stage["Vera"], code, text=text)
    return code


def kinds(code: str) -> list[str]:
    db.session.rollback()
    asked = select(MeetingRequest.id).where(MeetingRequest.code == code).scalar_subquery()
    return list(
        db.session.scalars(select(Decision.kind).where(Decision.request_id == asked).order_by(Decision.position))
    )


def test_a_paper_is_asked_for_and_nobody_hears_of_it_while_it_is_held(stage: Stage) -> None:
    code = stage.asked()
    before = stage.seen("Vera", code)
    decisions.refuse(stage["Kim"], code, kind="in_writing", what="What a restore would cost.", note="Thank you!")
    assert stage.seen("Vera", code) == before
    assert seen.see(stage["Kim"], code).writing is not None
    refused(WrongState, papers.hand_in, stage["Vera"], code, text="Early.")
    stage.go(HOLD)
    view = seen.see(stage["Vera"], code)
    assert (view.state, view.note, view.decided_by) == ("declined", "Thank you!", "Kim")
    assert view.writing is not None
    assert (view.writing.what, view.writing.due, view.writing.reader, view.writing.stage) == (
        "What a restore would cost.",
        DUE,
        "Kim",
        Far.ASKED,
    )
    assert Deed.HAND_IN in view.may
    letter = stage.letters(kind="in_writing")[0]
    assert letter.recipient == address("Vera")
    assert "By Friday, 22 January 2027, in 3 weeks; for Kim." in words(letter)
    assert "> What a restore would cost." in words(letter)


def test_an_undo_leaves_no_trace_of_it(stage: Stage) -> None:
    code = stage.asked()
    before = stage.seen("Vera", code)
    decisions.refuse(stage["Kim"], code, kind="in_writing")
    undo.undo(stage["Kim"], code)
    assert stage.seen("Vera", code) == before
    assert seen.see(stage["Kim"], code).writing is None
    stage.go(HOLD)
    refused(WrongState, papers.hand_in, stage["Vera"], code, text="Nobody asked.")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"due": date(2027, 1, 4)}, "due"),
        ({"due": date(2027, 9, 1)}, "due"),
        ({"reader": "vera@fastprint.example"}, "reader"),
        ({"reader": "nobody"}, "reader"),
        ({"what": "x" * 601}, "what"),
    ],
)
def test_what_will_not_do_is_named(stage: Stage, said: dict[str, object], field: str) -> None:
    code = stage.asked()
    refusal = refused(Unfit, decisions.refuse, stage["Kim"], code, kind="in_writing", **said)
    assert refusal.field == field


def test_the_paper_is_told_to_whom_it_is_for_and_waits_on_the_desk(stage: Stage) -> None:
    code = asked_in_writing(stage, reader=address("Cleo"))
    assert desk(stage["Kim"]).papers == ()
    papers.hand_in(stage["Vic"], code, text="One.")
    papers.hand_in(stage["Vera"], code, text="Two.")
    lies = {name: [view.code for view in desk(stage[name]).papers] for name in ("Kim", "Alex", "Cleo", "Bo", "Mo")}
    assert lies == {"Kim": [code], "Alex": [code], "Cleo": [code], "Bo": [], "Mo": []}
    for name in ("Kim", "Vera", "Cleo"):
        view = seen.see(stage[name], code)
        assert view.paper is not None
        assert (view.paper.version, view.paper.text, view.writing and view.writing.stage) == (2, "Two.", Far.HERE)
    assert stage.told(kind="paper_here") == [("paper_here", address(name)) for name in ("Kim", "Alex", "Cleo")]
    first, _, other = stage.letters(kind="paper_here")
    assert ("/d/" in words(first), "/d/" in words(other)) == (True, False)
    assert list(db.session.scalars(select(Paper.text).order_by(Paper.version))) == ["One.", "Two."]


def test_who_may_hand_in_and_who_may_answer(stage: Stage) -> None:
    code = asked_in_writing(stage)
    refused(NotAllowed, papers.hand_in, stage["Kim"], code, text="Mine.")
    refused(NotThere, papers.hand_in, stage["Carl"], code, text="Ours.")
    assert refused(WrongState, papers.enough, stage["Kim"], code).sentence == "There is no paper here to read."
    assert refused(Unfit, papers.hand_in, stage["Vera"], code, text=" ").field == "text"
    papers.hand_in(stage["Vera"], code, text="Here.")
    refused(NotAllowed, papers.enough, stage["Vera"], code)
    refused(NotAllowed, papers.enough, stage["Bo"], code)
    refused(NotThere, papers.enough, stage["Charlie"], code)
    refused(NotThere, papers.enough, stage["Cleo"], code)


def test_whom_the_paper_is_for_sees_the_ask_and_answers_nothing(stage: Stage) -> None:
    other = stage.asked()
    code = asked_in_writing(stage, reader=address("Cleo"))
    papers.hand_in(stage["Vera"], code, text="Here.")
    assert [view.code for view in seen.listing(stage["Cleo"])[0]] == [code]
    assert seen.see(stage["Cleo"], code).may == frozenset()
    refused(NotAllowed, papers.enough, stage["Cleo"], code)
    refused(NotThere, decisions.accept, stage["Cleo"], other)


def test_enough_is_thanked_for_and_binds_until_then(stage: Stage) -> None:
    code = handed_in(stage)
    assert seen.see(stage["Vera"], stage.asked()).state == "attached"
    papers.enough(stage["Alex"], code, note="Clear and short.")
    view = seen.see(stage["Vera"], code)
    assert (view.state, view.writing and view.writing.stage) == ("declined", Far.ENOUGH)
    assert "> Clear and short." in words(stage.letters(kind="paper_enough")[0])
    assert seen.see(stage["Vera"], stage.asked()).state == "pending"
    refused(WrongState, papers.hand_in, stage["Vera"], code, text="More.")
    refused(WrongState, papers.enough, stage["Kim"], code)
    assert desk(stage["Kim"]).papers == ()


def test_meet_opens_it_again_and_says_yes_held(stage: Stage) -> None:
    code = handed_in(stage)
    decisions.accept(stage["Kim"], code, note="Let us talk.")
    held = seen.see(stage["Vera"], code)
    assert (held.state, held.note, held.writing) == ("pending", "", None)
    assert held.paper is not None
    assert kinds(code) == ["in_writing", "reopen", "accept"]
    stage.go(HOLD)
    assert seen.see(stage["Vera"], code).state == "accepted"
    assert [line.deed for line in history.lines(stage["Vera"], about=code)[0]] == [
        "ask",
        "decline",
        "hand_in",
        "accept",
    ]
    assert broken_lines(db.session()) == []


def test_a_meet_that_is_undone_waits_with_its_paper(stage: Stage) -> None:
    code = handed_in(stage)
    decisions.accept(stage["Kim"], code)
    undo.undo(stage["Kim"], code)
    view = seen.see(stage["Kim"], code)
    assert (view.state, view.paper and view.paper.text, view.answer_by.isoformat()) == (
        "pending",
        "# What it costs\n\nLess.",
        "2027-01-11T23:00:00+00:00",
    )


def test_of_a_yes_but_before_the_paper_nothing_is_left(stage: Stage) -> None:
    code = stage.asked()
    decisions.accept(stage["Kim"], code, topic="What a restore takes")
    stage.go(HOLD)
    decisions.refuse(stage["Kim"], code, kind="in_writing")
    stage.go(HOLD)
    papers.hand_in(stage["Vera"], code, text="Two pages.")
    stage.go(14 * DAY)
    decisions.refuse(stage["Kim"], code, kind="no")
    undo.undo(stage["Kim"], code)
    view = seen.see(stage["Kim"], code)
    assert (view.state, view.answer_by) == ("pending", datetime(2027, 1, 25, 23, tzinfo=UTC))


def test_a_no_after_the_paper_binds_from_then(stage: Stage) -> None:
    code = handed_in(stage)
    stage.go(30 * DAY)
    decisions.refuse(stage["Kim"], code, kind="no")
    stage.go(HOLD)
    assert kinds(code) == ["in_writing", "reopen", "no"]
    assert stage.told(kind="no") == [("no", address("Vera"))]
    view = seen.see(stage["Vera"], code)
    assert (view.state, view.writing) == ("declined", None)
    refused(WrongState, papers.hand_in, stage["Vera"], code, text="But.")
    assert seen.see(stage["Vera"], stage.asked()).again_on == date(2027, 8, 4)


def test_no_paper_by_its_day_is_a_no_said_once(stage: Stage) -> None:
    code = asked_in_writing(stage)
    stage.go(datetime(2027, 1, 22, 22, 59, tzinfo=UTC))  # 23:59 in Berlin
    assert sweep.sweep() == 0
    papers_may = seen.see(stage["Vera"], code)
    assert papers_may.writing is not None
    assert papers_may.writing.stage is Far.ASKED
    stage.go(datetime(2027, 1, 22, 23, tzinfo=UTC))
    late = refused(WrongState, papers.hand_in, stage["Vera"], code, text="Late.")
    assert late.sentence == "The day for the paper is over, so it can't be handed in any more."
    assert (sweep.sweep(), sweep.sweep()) == (1, 0)
    assert stage.told(kind="paper_missed") == [("paper_missed", address("Vera"))]
    assert "It did not come, so that was a no." in " ".join(words(stage.letters(kind="paper_missed")[0]).split())
    view = seen.see(stage["Vera"], code)
    assert (view.state, view.writing and view.writing.stage) == ("declined", Far.MISSED)
    assert seen.see(stage["Vera"], stage.asked()).state == "attached"


def test_who_gave_the_vendors_name_hears_of_the_paper_as_the_var_does(stage: Stage) -> None:
    codes = [stage.asked("Rita", vendor=VendorNamed(slug="fastprint"), topic=topic) for topic in ("Tape", "Disk")]
    for code in codes:
        confirmations.confirm(stage["Vera"], code)
        decisions.refuse(stage["Kim"], code, kind="in_writing")
    stage.go(HOLD)
    papers.hand_in(stage["Vera"], codes[0], text="Less.")
    papers.enough(stage["Kim"], codes[0])
    stage.go(datetime(2027, 1, 22, 23, tzinfo=UTC))
    sweep.sweep()
    for kind in ("paper_enough", "paper_missed"):
        both = stage.letters(kind=kind)
        assert [letter.recipient for letter in both] == [address("Rita"), address("Vera")]
        assert len({words(letter).replace("Rita", "Vera") for letter in both}) == 1
