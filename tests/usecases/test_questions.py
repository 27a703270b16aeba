"""A question first: the window waits for the other side, and goes on with the days that were left."""

from datetime import UTC, datetime, timedelta

from tests.people import address
from tests.stage import DAY, HOLD, Stage, opened, refused, words
from vendorhub.domain.people import Door, DoorName
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, Unfit, WrongState
from vendorhub.keys import hash_secret
from vendorhub.queries import history, my_asks
from vendorhub.queries import meeting_requests as seen
from vendorhub.usecases import decisions, undo
from vendorhub.usecases.passing import pass_on
from vendorhub.usecases.questions import answer_back, ask_back
from vendorhub.usecases.sweep import sweep

QUESTION, ANSWER = "What does a seat cost?", "Nine euros."


def midnight_after(day: int) -> datetime:
    return datetime(2027, 1, day, 23, tzinfo=UTC)


def asked_back(stage: Stage) -> str:
    code = stage.asked()
    ask_back(stage["Kim"], code, question=f"{QUESTION}\r\n")
    return code


def test_a_question_goes_out_at_once_and_the_window_waits(stage):
    code = stage.asked()
    stage.go(2 * DAY)  # Wednesday: Thursday, Friday and Monday are left
    ask_back(stage["Alex"], code, question=QUESTION)
    view = seen.see(stage["Vera"], code)
    assert (view.state, view.question, view.question_answer) == ("asked_back", QUESTION, "")
    assert view.answer_by == midnight_after(13)  # five working days to answer it
    letter = stage.letters(kind="question")[0]
    assert (letter.recipient, letter.due_at) == (address("Vera"), letter.created_at)
    assert opened(letter)["From"] == "Alex for Kim via VendorHub <vendorhub@hub.example>"
    assert f"> {QUESTION}" in words(letter)
    assert [line.ask.code for line in my_asks.piles(stage["Vera"])[0].lines] == [code]
    stage.go(3 * DAY)  # Saturday
    answer_back(stage["Vic"], code, answer=ANSWER)
    view = seen.see(stage["Kim"], code)
    assert (view.state, view.question_answer, view.answer_by) == ("pending", ANSWER, midnight_after(13))
    assert stage.told(kind="question_answered") == [("question_answered", address(who)) for who in ("Kim", "Alex")]
    lines = history.lines(stage["Vera"], about=code)[0]
    assert [(line.deed, line.words) for line in lines[1:]] == [("ask_back", QUESTION), ("answer_back", ANSWER)]


def test_on_the_last_day_a_day_is_left(stage):
    code = stage.asked()
    stage.go(midnight_after(11) - timedelta(hours=1))
    ask_back(stage["Kim"], code, question=QUESTION)
    answer_back(stage["Vera"], code, answer=ANSWER)
    assert seen.see(stage["Kim"], code).answer_by == midnight_after(12)
    ask_back(stage["Kim"], code, question="And a month?")
    assert (seen.see(stage["Vera"], code).question, seen.see(stage["Vera"], code).question_answer) == (
        "And a month?",
        "",
    )


def test_whose_question_it_is(stage):
    code = stage.asked()
    assert refused(NotAllowed, ask_back, stage["Bo"], code, question=QUESTION)
    assert refused(NotAllowed, ask_back, stage["Vera"], code, question=QUESTION)
    assert refused(NotThere, ask_back, stage["Pia"], code, question=QUESTION)
    assert refused(Unfit, ask_back, stage["Kim"], code, question=" ").field == "question"
    assert refused(WrongState, answer_back, stage["Vera"], code, answer=ANSWER)
    ask_back(stage["Kim"], code, question=QUESTION)
    assert refused(WrongState, ask_back, stage["Kim"], code, question=QUESTION)
    assert refused(NotAllowed, answer_back, stage["Kim"], code, answer=ANSWER)
    assert refused(NotThere, answer_back, stage["Carl"], code, answer=ANSWER)
    assert refused(Unfit, answer_back, stage["Vera"], code, answer="BEGIN:VEVENT").field == "answer"


def test_a_question_that_stays_unanswered_closes_the_ask_swept_or_not(stage):
    code = asked_back(stage)
    stage.go(midnight_after(11))
    for name in ("Vera", "Kim"):
        assert seen.see(stage[name], code).state == "lapsed"
        assert [ask.code for ask in seen.listing(stage[name], state="lapsed")[0]] == [code]
    assert seen.waiting_count(stage["Kim"]) == 0
    assert refused(WrongState, answer_back, stage["Vera"], code, answer=ANSWER)
    assert refused(WrongState, decisions.accept, stage["Kim"], code)
    assert (sweep(), sweep()) == (1, 0)
    assert stage.told(kind="lapsed") == [("lapsed", address("Vera"))]
    assert "the question about it stayed unanswered" in words(stage.letters(kind="lapsed")[0])


def test_the_buyer_may_answer_while_the_question_waits(stage):
    code = asked_back(stage)
    before = stage.seen("Vera", code)
    decisions.accept(stage["Kim"], code)
    assert stage.seen("Vera", code) == before
    undo.undo(stage["Kim"], code)
    assert stage.seen("Vera", code) == before
    assert seen.see(stage["Kim"], code).state == "asked_back"


def test_an_answer_to_it_meets_a_held_yes_as_if_there_were_none(stage):
    code = asked_back(stage)
    decisions.accept(stage["Kim"], code, topic="Another")
    answer_back(stage["Vera"], code, answer=ANSWER)
    view = seen.see(stage["Vera"], code)
    assert (view.state, view.question_answer, view.answer_by) == ("pending", ANSWER, midnight_after(11))
    before = stage.seen("Vera", code)
    undo.undo(stage["Kim"], code)
    assert stage.seen("Vera", code) == before
    assert seen.see(stage["Kim"], code).state == "pending"


def test_an_answer_to_it_goes_along_with_what_is_about_to_be_passed_on(stage):
    code = asked_back(stage)
    pass_on(stage["Kim"], code, to=address("Mo"))
    answer_back(stage["Vera"], code, answer=ANSWER)
    stage.go(HOLD)
    passed = seen.see(stage["Mo"], (seen.waiting(stage["Mo"])[0])[0].code)
    assert (passed.state, passed.question, passed.question_answer) == ("pending", QUESTION, ANSWER)


def test_a_letters_link_asks_once_and_answers_again_when_they_have(stage):
    code = stage.asked()
    link = str(opened(stage.letters(recipient=address("Kim"))[0]).get_body(("plain",)).get_content())
    secret = link.split("/d/")[1].split(maxsplit=1)[0]
    kim = stage.cast.at("Kim", Door(DoorName.LINK, link=hash_secret(secret)))
    ask_back(kim, code, question=QUESTION)
    assert refused(SomebodyWasFaster, decisions.accept, kim, code)
    answer_back(stage["Vera"], code, answer=ANSWER)
    decisions.accept(kim, code)
    assert seen.see(stage["Kim"], code).state == "accepted"
