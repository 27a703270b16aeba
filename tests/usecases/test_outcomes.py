"""What came of a meeting: who says it, who reads what of it, what it does to the rhythm, and the next one."""

from datetime import date, timedelta

import pytest

from tests.people import address
from tests.stage import DAY, HOLD, MONDAY, SLOTS, Stage, refused, words
from tests.usecases.minutes import over as briefing_over
from vendorhub.domain.deeds import Deed
from vendorhub.domain.outcomes import Held, Next, Prepares, Promised, Said
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, Unfit, WrongState
from vendorhub.queries import cadence, history, next_meetings, outcomes, relationships
from vendorhub.queries import meeting_requests as asks
from vendorhub.queries import meetings as seen_meetings
from vendorhub.store import Action, db
from vendorhub.usecases import blocks, decisions, meetings, offers
from vendorhub.usecases import outcomes as deeds

WHOLE = Said(
    worth=4,
    note="They listen.",
    goal_moved=True,
    decisions=("We buy one tape.", " "),
    promises=(Promised("Send the restore test", address("Vera"), date(2027, 2, 1)),),
    thanks="You said plainly what tape can't do.",
    next=Next(date(2027, 4, 1), date(2027, 4, 30), Prepares.THEY),
)


def met(stage: Stage) -> str:
    """The UID of a meeting that is over since an hour."""
    uid = stage.met()
    stage.go(seen_meetings.see(stage["Kim"], uid).end + timedelta(hours=1))
    return uid


def test_each_side_reads_what_is_for_it(stage: Stage) -> None:
    uid = met(stage)
    deeds.say(stage["Kim"], uid, WHOLE)
    view = outcomes.told(stage["Alex"], uid)
    assert (view.held, view.worth, view.note, view.goal, view.goal_moved, view.by) == (
        Held.YES,
        4,
        "They listen.",
        "Backups that restore",
        True,
        "Kim",
    )
    theirs = outcomes.told(stage["Vera"], uid)
    assert (theirs.held, theirs.worth, theirs.note, theirs.goal, theirs.goal_moved, theirs.by) == (
        Held.YES,
        None,
        "",
        "",
        None,
        None,
    )
    for seen in (view, theirs):
        assert (seen.decisions, seen.thanks, seen.next) == (("We buy one tape.",), WHOLE.thanks, WHOLE.next)
    promise = db.session.query(Action).one()
    assert (promise.text, promise.owner_name, promise.due) == ("Send the restore test", "Vera", date(2027, 2, 1))
    assert [line.deed for line in history.lines(stage["Kim"], about=seen_meetings.see(stage["Kim"], uid).request)[0]][
        -2:
    ] == ["thank", "say_outcome"]
    heard = history.lines(stage["Vera"], about=seen_meetings.see(stage["Vera"], uid).request)[0]
    assert [line.deed for line in heard][-1] == "thank"
    thanks = stage.letters(kind="thanks")
    assert [letter.recipient for letter in thanks] == [address("Vera")]
    assert "They listen" not in words(thanks[0])
    for stranger in ("Carl", "Charlie"):
        assert refused(NotThere, outcomes.see, stage[stranger], uid)


def test_it_is_said_once_it_has_begun_by_the_buyer_s_side_alone(stage: Stage) -> None:
    uid = stage.met()
    assert Deed.SAY_OUTCOME not in seen_meetings.see(stage["Kim"], uid).may
    assert refused(WrongState, deeds.say, stage["Kim"], uid, Said()).msgid.startswith("This meeting has not begun")
    stage.go(seen_meetings.see(stage["Kim"], uid).start)
    assert Deed.SAY_OUTCOME in seen_meetings.see(stage["Kim"], uid).may
    assert Deed.SAY_OUTCOME not in seen_meetings.see(stage["Vera"], uid).may
    assert refused(NotAllowed, deeds.say, stage["Vera"], uid, Said())
    assert refused(NotThere, deeds.say, stage["Carl"], uid, Said())
    deeds.say(stage["Alex"], uid, Said())
    assert outcomes.told(stage["Kim"], uid).by == "Alex"


def test_a_meeting_that_was_called_off_has_none(stage: Stage) -> None:
    uid = stage.met()
    meetings.cancel(stage["Kim"], uid)
    stage.go(10 * DAY)
    assert refused(WrongState, deeds.say, stage["Kim"], uid, Said()).msgid == "This meeting has been called off."


def test_who_is_second_sees_the_first_and_it_can_be_put_right_for_a_while(stage: Stage) -> None:
    uid = met(stage)
    deeds.say(stage["Kim"], uid, Said(worth=5, thanks="Thank you."))
    assert refused(SomebodyWasFaster, deeds.say, stage["Alex"], uid, Said(held=Held.THEY))
    assert outcomes.told(stage["Alex"], uid).worth == 5
    deeds.correct(stage["Alex"], uid, Said(held=Held.THEY, thanks="Thank you."))
    view = outcomes.told(stage["Kim"], uid)
    assert (view.held, view.worth, view.by, view.revision, view.correctable) == (Held.THEY, None, "Alex", 2, True)
    code = seen_meetings.see(stage["Kim"], uid).request
    assert history.lines(stage["Kim"], about=code)[0][-1].deed == "correct_outcome"
    assert len(stage.letters(kind="thanks")) == 1  # the same words tell nobody anew
    assert refused(NotAllowed, deeds.correct, stage["Vera"], uid, Said())
    stage.go(30 * DAY)
    assert outcomes.told(stage["Kim"], uid).correctable is False
    assert refused(WrongState, deeds.correct, stage["Kim"], uid, Said())


@pytest.mark.shared
@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("worth", Said(worth=6)),
        ("worth", Said(held=Held.WE, worth=3)),
        ("note", Said(note="x" * 201)),
        ("decisions", Said(decisions=["A point"] * 21)),
        ("due", Said(promises=(Promised("Send it", address("Vera"), date(2027, 1, 4)),))),
        ("due", Said(promises=(Promised("Send it", address("Vera"), None),))),
        ("owner", Said(promises=(Promised("Send it", address("Carl"), date(2027, 2, 1)),))),
        ("text", Said(promises=(Promised("x" * 121, address("Vera"), date(2027, 2, 1)),))),
        ("text", Said(thanks="x" * 501)),
        ("next", Said(next=Next(date(2027, 1, 12), date(2027, 2, 1)))),
        ("next", Said(next=Next(date(2027, 2, 2), date(2027, 2, 1)))),
        ("next", Said(next=Next(date(2027, 2, 2), date(2029, 2, 1)))),
    ],
)
def test_what_can_t_be_said_of_it(stage: Stage, field: str, said: Said) -> None:
    uid = met(stage)
    assert refused(Unfit, deeds.say, stage["Kim"], uid, said).field == field
    assert outcomes.see(stage["Kim"], uid) is None


@pytest.mark.shared
def test_a_briefing_has_an_outcome_and_its_minutes_have_the_rest(stage: Stage) -> None:
    briefing_over(stage)
    (meeting,), _ = seen_meetings.listing(stage["Kim"])
    for field, said in (
        ("decisions", Said(decisions=("We go on.",))),
        ("thanks", Said(thanks="Thank you.")),
        ("next", Said(next=Next(date(2027, 4, 1), date(2027, 4, 2)))),
        ("actions", Said(promises=(Promised("Send it", address("Vera"), date(2027, 2, 1)),))),
    ):
        assert refused(Unfit, deeds.say, stage["Kim"], meeting.uid, said).field == field
    deeds.say(stage["Kim"], meeting.uid, Said(held=Held.THEY, note="Nobody was there."))
    theirs = outcomes.told(stage["Carl"], meeting.uid)
    assert (theirs.held, theirs.note) == (Held.THEY, "")
    assert [row.cell.state for row in cadence.quarter(stage["Kim"])] == ["upcoming", "upcoming"]  # of both vendors


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (Held.THEY, "They did not come on 2027-01-13; the next date is 2027-03-31."),
        (Held.WE, "You did not come on 2027-01-13; the next date is 2027-03-31."),
        (Held.LATE, "Your meeting of 2027-01-13 was called off late; the next date is 2027-03-31."),
    ],
)
@pytest.mark.shared
def test_a_meeting_that_did_not_take_place_does_not_count(stage: Stage, held: Held, why: str) -> None:
    uid = met(stage)
    (row,) = cadence.quarter(stage["Kim"])
    assert (row.cell.state, row.next_due) == ("met", date(2027, 4, 13))
    deeds.say(stage["Kim"], uid, Said(held=held))
    (row,) = cadence.quarter(stage["Kim"])
    assert (row.cell.state, str(row.cell.why), row.next_due) == ("upcoming", why, date(2027, 3, 31))
    assert cadence.see(stage["Kim"], row.relationship).last_met is None
    assert relationships.between(stage["Kim"], "fastprint").met is None
    assert cadence.quarter(stage["Vera"]) == []
    stage.go(100 * DAY)
    (row,) = cadence.quarter(stage["Kim"], "2026-Q4")
    assert (row.cell.state, str(row.cell.why)) == ("missed", why.partition(";")[0].removesuffix(".") + ".")
    deeds_after = refused(WrongState, deeds.correct, stage["Kim"], uid, Said())
    assert "30 days" in deeds_after.sentence


def test_the_desk_asks_how_it_was_for_a_week(stage: Stage) -> None:
    uid = stage.met()
    assert outcomes.unsaid(stage["Kim"]) == []
    stage.go(seen_meetings.see(stage["Kim"], uid).end)
    for name, known in (("Kim", [uid]), ("Alex", [uid]), ("Mo", []), ("Cleo", [])):
        assert [each.uid for each in outcomes.unsaid(stage[name])] == known, name
    stage.go(7 * DAY)
    assert outcomes.unsaid(stage["Kim"]) == []
    stage.go(-DAY)
    assert [each.company for each in outcomes.unsaid(stage["Kim"])] == ["Fastprint"]
    deeds.say(stage["Kim"], uid, Said())
    assert outcomes.unsaid(stage["Kim"]) == []


def test_an_ask_lies_prepared_for_the_other_side_and_nothing_is_sent(stage: Stage) -> None:
    uid = met(stage)
    # 14 days about the next due date
    assert next_meetings.suggested(stage["Kim"], uid) == Next(date(2027, 3, 30), date(2027, 4, 27))
    assert next_meetings.suggested(stage["Vera"], uid) is None
    sent = stage.told()
    deeds.say(stage["Kim"], uid, Said(next=WHOLE.next))
    assert stage.told() == sent
    (prepared,) = next_meetings.prepared(stage["Vera"])
    assert (prepared.uid, prepared.buyer, prepared.next) == (uid, "norden", WHOLE.next)
    typed = next_meetings.words(stage["Vera"], uid)
    assert (typed.topic, typed.goal, typed.kind, typed.to) == (
        "Backup costs",
        "Backups that restore",
        "quarterly",
        address("Kim"),
    )
    assert (typed.outcome, typed.learned) == ("", "")  # theirs to find out (M5)
    for other in ("Kim", "Carl", "Charlie", "Rita"):
        assert next_meetings.prepared(stage[other]) == [], other
        assert next_meetings.words(stage[other], uid) is None, other
    stage.asked(topic="Something else")
    assert next_meetings.prepared(stage["Vera"]) == []


@pytest.mark.shared
def test_what_lies_prepared_is_taken_back_grows_old_and_ends_with_a_never(stage: Stage) -> None:
    uid = met(stage)
    deeds.say(stage["Kim"], uid, Said(next=WHOLE.next))
    deeds.correct(stage["Kim"], uid, Said())
    assert next_meetings.prepared(stage["Vera"]) == []
    deeds.correct(stage["Kim"], uid, Said(next=Next(date(2027, 1, 14), date(2027, 1, 15))))
    assert len(next_meetings.prepared(stage["Vera"])) == 1
    stage.go(MONDAY + 13 * DAY)
    assert next_meetings.prepared(stage["Vera"]) == []
    stage.go(MONDAY + 10 * DAY)
    blocks.block(stage["Kim"], company="fastprint")
    stage.go(HOLD)
    assert next_meetings.prepared(stage["Vera"]) == []


@pytest.mark.shared
def test_on_a_standing_yes_the_buyer_offers_times_and_nothing_is_prepared(stage: Stage) -> None:
    code = stage.asked()
    decisions.accept(stage["Kim"], code, each_quarter=True)
    stage.go(HOLD)
    offer = offers.offer(stage["Kim"], code, slots=SLOTS)
    uid = offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
    stage.go(seen_meetings.see(stage["Kim"], uid).end)
    late = [("2027-02-10T09:00:00", "Europe/Berlin", None)]
    assert "already" in refused(WrongState, offers.offer, stage["Kim"], code, slots=late).sentence
    deeds.say(stage["Kim"], uid, Said(held=Held.THEY, next=WHOLE.next))
    assert outcomes.told(stage["Kim"], uid).standing is True
    assert outcomes.told(stage["Vera"], uid).standing is False
    assert next_meetings.prepared(stage["Vera"]) == []
    offers.offer(stage["Kim"], code, slots=late)  # the quarter's meeting did not take place
    assert asks.see(stage["Vera"], code).state == "accepted"
