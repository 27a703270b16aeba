from datetime import UTC, date, datetime

import pytest

from tests.people import address
from tests.stage import DAY, HOLD, SECOND, refused, words
from vendorhub.domain.refusals import WrongState
from vendorhub.queries import history
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.history import LineView
from vendorhub.usecases import decisions, meeting_requests, undo
from vendorhub.usecases.sweep import sweep

END = datetime(2027, 1, 11, 23, tzinfo=UTC)  # 24:00 of the fifth working day in Berlin
ANSWERS = {
    "yes": (decisions.accept, {}),
    "not now": (decisions.refuse, {"kind": "not_now", "again_on": date(2027, 3, 1)}),
    "no": (decisions.refuse, {"kind": "no"}),
    "never": (decisions.refuse, {"kind": "never"}),
}
TOO_LATE = "The time to answer this is over, so it was closed without an answer."


@pytest.mark.parametrize("swept", [False, True])
@pytest.mark.parametrize(("deed", "how"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_at_the_end_or_after_it_is_too_late(stage, deed, how, swept):
    code, in_time = stage.asked(), stage.asked()
    for after in (0, 1):
        stage.go(END + after * SECOND)
        if swept:
            assert sweep() == (2 if after == 0 else 0)
        assert refused(WrongState, deed, stage["Kim"], code, **how).sentence == TOO_LATE
        assert {seen.see(stage[name], code).state for name in ("Kim", "Alex", "Bo", "Vera")} == {"lapsed"}
        assert seen.waiting(stage["Kim"]) == ([], None)
    if not swept:
        stage.go(END - SECOND)
        deed(stage["Kim"], in_time, **how)
        stage.go(END + HOLD)
        assert seen.see(stage["Vera"], in_time).state in ("accepted", "declined", "blocked")


def test_silence_is_told_once(stage):
    code = stage.asked()
    stage.go(END - SECOND)
    assert sweep() == 0
    stage.go(END)
    assert [sweep(), sweep(), meeting_requests.lapse_due()] == [1, 0, 0]
    stage.go(DAY)
    assert sweep() == 0
    told = stage.letters(recipient=address("Vera"))
    assert [letter.kind for letter in told] == ["lapsed"]
    assert words(told[0]).splitlines()[-3] == "VendorHub for Norden Mutual"
    lines, _ = history.lines(stage["Vera"], about=code)
    assert lines[-1] == LineView("lapse", None, None, "clock", END, code, "pending")
    assert seen.see(stage["Vera"], code).may == frozenset()
    assert refused(WrongState, meeting_requests.withdraw, stage["Vera"], code)


def test_all_that_is_over_is_closed(stage):
    codes = [stage.asked(topic=f"Topic {n}") for n in range(3)]
    stage.go(END)
    assert meeting_requests.lapse_due(at_most=2) == 2
    assert {seen.see(stage["Vera"], code).state for code in codes} == {"lapsed"}
    assert meeting_requests.lapse_due(at_most=2) == 1
    assert stage.told(kind="lapsed") == [("lapsed", address("Vera"))] * 3


def test_an_answer_given_in_time_counts_though_its_hold_ends_later(stage):
    code = stage.asked()
    stage.go(END - SECOND)
    decisions.accept(stage["Kim"], code)
    stage.go(END)
    assert sweep() == 0
    assert seen.see(stage["Vera"], code).state == "pending"
    assert seen.see(stage["Kim"], code).state == "accepted"
    stage.go(END - SECOND + HOLD)
    assert seen.see(stage["Vera"], code).state == "accepted"


def test_an_answer_taken_back_after_the_end_is_silence(stage):
    code = stage.asked()
    stage.go(END - SECOND)
    decisions.accept(stage["Kim"], code)
    stage.go(END)
    undo.undo(stage["Kim"], code)
    assert refused(WrongState, decisions.accept, stage["Kim"], code).sentence == TOO_LATE
    assert sweep() == 1
    assert stage.told(recipient=address("Vera"), state="waiting") == [("lapsed", address("Vera"))]


def test_an_ask_over_the_weekend_has_its_five_days(stage):
    stage.go(datetime(2027, 1, 8, 22, 30, tzinfo=UTC))  # Friday night in Berlin
    assert seen.see(stage["Vera"], stage.asked()).answer_by == datetime(2027, 1, 15, 23, tzinfo=UTC)
    stage.go(datetime(2027, 1, 8, 23, 30, tzinfo=UTC))  # half an hour into Saturday there
    assert seen.see(stage["Vera"], stage.asked()).answer_by == datetime(2027, 1, 15, 23, tzinfo=UTC)
