"""While an answer is held the other side can see nothing of it, and if it is taken back they never do."""

from datetime import date

import pytest

from tests.people import address
from tests.stage import HOLD, LINK, MINUTE, MONDAY, OTHER_SLOTS, SECOND, SLOTS, TOPIC, VERA, opened, refused, words
from vendorhub.domain.refusals import NotAllowed, NotThere, WrongState
from vendorhub.queries import history
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import offers as offered
from vendorhub.usecases import blocks, decisions, meeting_requests, offers, undo

ANSWERS = {
    "yes": lambda stage, code: decisions.accept(
        stage["Kim"],
        code,
        note="Gladly",
        minutes=15,
        attendees=[VERA, ("Cleo", address("Cleo"), "")],
        place="video",
    ),
    "not now": lambda stage, code: decisions.refuse(
        stage["Alex"], code, kind="not_now", again_on=date(2027, 3, 1), note="After the move"
    ),
    "no": lambda stage, code: decisions.refuse(stage["Kim"], code, kind="no", note="Not for us"),
    "never": lambda stage, code: decisions.refuse(stage["Kim"], code, kind="never", note="Please not"),
    "never, for one person": lambda stage, code: decisions.refuse(stage["Kim"], code, kind="never", scope="person"),
}
answers = pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
OTHERS = ("Vera", "Vic")


@pytest.mark.shared
@answers
def test_the_other_side_sees_nothing_before_the_instant(stage, answer):
    code = stage.asked()
    before = [stage.seen(name, code) for name in OTHERS]
    kim_before = stage.seen("Kim", code)
    answer(stage, code)
    assert [stage.seen(name, code) for name in OTHERS] == before
    assert stage.seen("Kim", code) != kim_before
    stage.go(MONDAY + HOLD - SECOND)
    assert [stage.seen(name, code) for name in OTHERS] == before
    assert [to for to, _ in stage.delivered()] == [address("Kim"), address("Alex")]
    stage.go(MONDAY + HOLD)
    assert all(stage.seen(name, code) != nothing for name, nothing in zip(OTHERS, before, strict=True))
    assert [to for to, _ in stage.delivered()] == [address("Vera")]


@pytest.mark.shared
@answers
@pytest.mark.parametrize("who", ["Kim", "Alex"])
def test_an_answer_taken_back_leaves_no_trace(stage, answer, who):
    code = stage.asked()
    before = [stage.seen(name, code) for name in OTHERS]
    answer(stage, code)
    stage.go(HOLD - SECOND)
    undo.undo(stage[who], code)
    assert [stage.seen(name, code) for name in OTHERS] == before
    stage.go(3600 * SECOND)
    assert [stage.seen(name, code) for name in OTHERS] == before
    assert [to for to, _ in stage.delivered()] == [address("Kim"), address("Alex")]
    view = seen.see(stage["Kim"], code)
    assert (view.state, view.note, view.minutes, view.again_on, view.place_how) == ("pending", "", 30, None, "")
    assert [guest[1] for guest in view.guests] == ["Vera", "Vic"]
    assert [line.deed for line in history.lines(stage["Kim"], about=code)[0]][-1] == "undo"
    assert stage.asked()


@pytest.mark.shared
@answers
def test_after_the_hold_nothing_is_taken_back(stage, answer):
    code = stage.asked()
    answer(stage, code)
    stage.go(HOLD)
    refusal = refused(WrongState, undo.undo, stage["Kim"], code)
    assert refusal.sentence == "This answer is already with the other side, so it can't be taken back any more."


@pytest.mark.shared
@answers
def test_taking_back_against_a_held_answer_wins_and_hides_it(stage, answer):
    code = stage.asked()
    answer(stage, code)
    meeting_requests.withdraw(stage["Vic"], code)
    stage.go(3600 * SECOND)
    view = seen.see(stage["Vera"], code)
    assert (view.state, view.note, view.minutes, view.again_on) == ("withdrawn", "", 30, None)
    assert (view.answered_at, view.place_how, view.may) == (None, "", frozenset())
    assert [guest[1] for guest in view.guests] == ["Vera", "Vic"]
    assert [line.deed for line in history.lines(stage["Vera"], about=code)[0]] == ["ask", "withdraw"]
    assert offered.of_request(stage["Vera"], code) == []
    heard = [to for to, _ in stage.delivered()]
    assert heard == [address("Kim"), address("Alex"), address("Kim"), address("Alex")]
    assert stage.told(state="stopped") == [
        (letter.kind, address("Vera")) for letter in stage.letters(recipient=address("Vera"))
    ]


def test_withdrawing_hides_what_the_buyer_shut_out_but_not_from_itself(stage):
    code = stage.asked()
    decisions.refuse(stage["Kim"], code, kind="never")
    meeting_requests.withdraw(stage["Vera"], code)
    stage.go(HOLD)
    assert refused(NotAllowed, stage.asked, "Vera").sentence.startswith("This company has decided not to meet")


def test_times_put_up_while_the_yes_is_held_come_and_go_with_it(stage):
    code = stage.asked()
    before = stage.seen("Vera", code)
    decisions.accept(stage["Kim"], code)
    first = offers.offer(stage["Alex"], code, slots=SLOTS)
    second = offers.offer(stage["Kim"], code, slots=SLOTS[:1])
    assert stage.seen("Vera", code) == before
    for deed in (offers.counter, offers.retract, offers.choose):
        given = {"slots": OTHER_SLOTS} if deed is offers.counter else {"slot": "X"} if deed is offers.choose else {}
        assert refused(NotThere, deed, stage["Vera"], second, **given)
    stage.go(HOLD)
    assert [view.code for view in offered.of_request(stage["Vera"], code)] == [second]
    assert refused(NotThere, offered.see, stage["Vera"], first)
    assert [line.deed for line in history.lines(stage["Vera"], about=code)[0]] == ["ask", "accept", "offer"]
    assert stage.told(recipient=address("Vera"), state="waiting") == [
        ("yes", address("Vera")),
        ("times_offered", address("Vera")),
    ]


def test_an_undo_takes_the_times_back_too(stage):
    code = stage.asked()
    before = stage.seen("Vera", code)
    decisions.accept(stage["Kim"], code)
    offers.offer(stage["Kim"], code, slots=SLOTS)
    offers.offer(stage["Kim"], code, slots=SLOTS[:1])
    undo.undo(stage["Kim"], code)
    stage.go(3600 * SECOND)
    assert stage.seen("Vera", code) == before
    assert [view.state for view in offered.of_request(stage["Kim"], code)] == ["retracted", "retracted"]
    assert stage.told(recipient=address("Vera"), state="waiting") == []


def test_times_taken_back_before_anybody_saw_them_were_never_there(stage):
    code = stage.asked()
    decisions.accept(stage["Kim"], code)
    offers.retract(stage["Kim"], offers.offer(stage["Kim"], code, slots=SLOTS))
    stage.go(HOLD)
    assert offered.of_request(stage["Vera"], code) == []
    assert [line.deed for line in history.lines(stage["Vera"], about=code)[0]] == ["ask", "accept"]
    assert [line.deed for line in history.lines(stage["Kim"], about=code)[0]] == ["ask", "accept", "offer", "retract"]
    assert stage.told(recipient=address("Vera"), state="waiting") == [("yes", address("Vera"))]


def test_an_answer_may_be_given_anew_after_it_was_taken_back(stage):
    code = stage.asked()
    decisions.accept(stage["Kim"], code, attendees=[VERA, ("Cleo", address("Cleo"), "")])
    undo.undo(stage["Alex"], code)
    decisions.accept(stage["Alex"], code, attendees=[VERA, ("Cleo", address("Cleo"), "")])
    stage.go(HOLD)
    view = seen.see(stage["Vera"], code)
    assert (view.state, view.decided_by) == ("accepted", "Kim")
    assert [(guest[0], guest[1]) for guest in view.guests] == [("vendor", "Vera"), ("buyer", "Cleo")]
    assert refused(WrongState, undo.undo, stage["Kim"], stage.asked()).status == 409


def test_with_no_hold_an_answer_counts_at_once(stage, app):
    app.config["HOLD_SECONDS"] = 0
    code = stage.asked()
    decisions.accept(stage.cast.at("Kim", LINK), code)
    assert seen.see(stage["Vera"], code).state == "accepted"
    assert refused(WrongState, undo.undo, stage["Kim"], code)
    assert offers.offer(stage["Kim"], code, slots=SLOTS)
    assert [kind for kind, to in stage.told() if to == address("Vera")] == ["yes", "times_offered"]


def test_a_first_answer_by_link_is_held_ten_minutes(stage):
    first, second = stage.asked(), stage.asked()
    decisions.accept(stage.cast.at("Kim", LINK), first)
    decisions.accept(stage.cast.at("Kim", LINK), second)
    assert seen.see(stage["Kim"], first).held_until == MONDAY + 10 * MINUTE
    assert seen.see(stage["Kim"], second).held_until == MONDAY + HOLD
    third = stage.asked()
    decisions.refuse(stage.cast.at("Alex", LINK), third, kind="no")
    assert seen.see(stage["Alex"], third).held_until == MONDAY + 10 * MINUTE


def test_the_letter_of_a_held_answer_says_what_was_answered(stage):
    code = stage.asked()
    decisions.refuse(stage["Alex"], code, kind="not_now", again_on=date(2027, 3, 1), note="After the move")
    letter = stage.letters(recipient=address("Vera"))[0]
    assert (letter.kind, letter.due_at) == ("not_now", MONDAY + HOLD)
    assert opened(letter)["From"] == "Alex for Kim via VendorHub <vendorhub@hub.example>"
    assert "After the move" in words(letter)


def test_a_block_made_at_once_ends_what_was_held_as_a_no(stage):
    code = stage.asked()
    decisions.accept(stage["Kim"], code, note="Gladly")
    offers.offer(stage["Kim"], code, slots=SLOTS)
    blocks.block(stage["Bo"], company="fastprint")
    view = seen.see(stage["Vera"], code)
    assert (view.state, view.note, view.decided_by, view.topic) == ("blocked", "", None, TOPIC)
    stage.go(HOLD)
    assert offered.of_request(stage["Vera"], code) == []
    assert [line.deed for line in history.lines(stage["Vera"], about=code)[0]] == ["ask", "block"]
    assert [to for to, _ in stage.delivered()] == [address("Kim"), address("Alex"), address("Vera")]
    assert stage.told(recipient=address("Vera"), state="sent") == [("no", address("Vera"))]
