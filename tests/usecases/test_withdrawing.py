from tests.people import address
from tests.stage import HOLD, SLOTS, refused
from vendorhub.domain.refusals import NotAllowed, NotThere, WrongState
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import offers as offered
from vendorhub.usecases import decisions, meeting_requests, meetings, offers


def test_an_ask_is_taken_back_and_whoever_heard_of_it_hears_that(stage):
    code = stage.asked()
    meeting_requests.withdraw(stage["Vic"], code)
    assert {seen.see(stage[name], code).state for name in ("Vera", "Kim")} == {"withdrawn"}
    assert seen.waiting(stage["Kim"]) == ([], None)
    assert stage.told(kind="withdrawn") == [("withdrawn", address("Kim")), ("withdrawn", address("Alex"))]
    refusal = refused(WrongState, meeting_requests.withdraw, stage["Vera"], code)
    assert refusal.sentence == "This ask has already been taken back."


def test_only_who_asked_takes_it_back(stage):
    code = stage.asked()
    for name in ("Kim", "Alex", "Bo"):
        assert refused(NotAllowed, meeting_requests.withdraw, stage[name], code)
    for name in ("Carl", "Rita", "Charlie", "Cleo", "Pia", "Oz"):
        assert refused(NotThere, meeting_requests.withdraw, stage[name], code)


def test_after_a_yes_but_before_a_time_an_ask_is_taken_back(stage):
    code, offer = stage.offered()
    meeting_requests.withdraw(stage["Vera"], code)
    assert seen.see(stage["Kim"], code).state == "withdrawn"
    refusal = refused(WrongState, offers.choose, stage["Vera"], offer, slot=stage.slot(offer))
    assert refusal.sentence == "These times have been taken back."
    assert refused(WrongState, offers.offer, stage["Kim"], code, slots=SLOTS)
    assert offered.see(stage["Vera"], offer).may == offered.see(stage["Kim"], offer).may == frozenset()


def test_after_a_time_is_agreed_a_meeting_is_called_off_instead(stage):
    uid = stage.met()
    code = seen.listing(stage["Vera"])[0][0].code
    refusal = refused(WrongState, meeting_requests.withdraw, stage["Vera"], code)
    assert refusal.sentence == "A time is agreed; please call the meeting off instead."
    meetings.cancel(stage["Vera"], uid)
    assert refused(WrongState, meeting_requests.withdraw, stage["Vera"], code)


def test_what_was_answered_is_not_taken_back(stage):
    code = stage.asked()
    decisions.refuse(stage["Kim"], code, kind="no")
    stage.go(HOLD)
    assert refused(WrongState, meeting_requests.withdraw, stage["Vera"], code)
    attached = stage.asked()
    assert refused(WrongState, meeting_requests.withdraw, stage["Vera"], attached)
