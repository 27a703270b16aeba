"""How it has gone: the facts of both sides, a word on one of them, and why a goal will fail."""

from datetime import date, timedelta

import pytest

from tests.people import address
from tests.stage import DAY, HOLD, Stage, refused
from tests.usecases.minutes import over as briefing_over
from tests.usecases.test_confirmations import asked as in_their_name
from vendorhub.domain.outcomes import Held, Promised, Said
from vendorhub.domain.records import What, Whose
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import briefings as seen_briefings
from vendorhub.queries import cadence, doubts, history
from vendorhub.queries import meetings as seen_meetings
from vendorhub.queries import minutes as seen_minutes
from vendorhub.queries import records as seen
from vendorhub.usecases import (
    afterwards,
    blocks,
    decisions,
    meeting_requests,
    outcomes,
    papers,
    promises,
    questions,
    records,
)
from vendorhub.usecases.front_doors import set_up

RESTORE = "Backups that restore"


def met(stage: Stage, said: Said | None = None) -> str:
    """The code of the relationship after a meeting that is over, of which this was said."""
    uid = stage.met()
    stage.go(seen_meetings.see(stage["Kim"], uid).end + timedelta(hours=1))
    if said:
        outcomes.say(stage["Kim"], uid, said)
    (view,), _ = cadence.listing(stage["Kim"])
    return view.code


def told(stage: Stage, code: str, who: str = "Kim") -> list[tuple[What, Whose, date, str]]:
    return [(fact.what, fact.whose, fact.day, fact.about) for fact in seen.see(stage[who], code).facts]


def test_both_read_the_same_facts_and_no_scores(stage: Stage) -> None:
    made = (
        Promised("Send the restore test", address("Vera"), date(2027, 1, 20)),
        Promised("Show the cellar", address("Kim"), date(2027, 1, 25)),
        Promised("Count the tapes", address("Vic"), date(2027, 3, 1)),
    )
    code = met(stage, Said(worth=1, note="They never listen.", thanks="You came on time.", promises=made))
    stage.go(23 * DAY)
    facts = [
        (What.PROMISE_LATE, Whose.BUYER, date(2027, 1, 25), "Show the cellar"),
        (What.PROMISE_MISSED, Whose.COMPANY, date(2027, 1, 20), "Send the restore test"),
        (What.MET, Whose.BOTH, date(2027, 1, 13), "Backup costs"),
        (What.THANKED, Whose.COMPANY, date(2027, 1, 13), "You came on time."),
        (What.ANSWERED, Whose.BUYER, date(2027, 1, 4), "Backup costs"),
    ]
    assert told(stage, code) == facts
    assert told(stage, code, "Vera") == facts
    view = seen.see(stage["Vera"], code)
    assert "listen" not in repr(view)
    assert view.counts[Whose.COMPANY, What.PROMISE_MISSED] == 1
    for stranger in ("Carl", "Charlie", "Rita"):
        assert refused(NotThere, seen.see, stage[stranger], code)
    stage.go(382 * DAY)
    assert sum(seen.see(stage["Kim"], code).counts.values()) == 1  # what was due since counts, the rest is told alone


@pytest.mark.shared
def test_what_was_said_at_a_meeting_that_somebody_does_not_see_is_no_fact_to_them(stage: Stage) -> None:
    briefing_over(stage)
    stage.go(60 * DAY)
    code = next(view.code for view in cadence.listing(stage["Kim"])[0] if view.company == "fastprint")
    afterwards.thank(stage["Kim"], seen_briefings.listing(stage["Kim"])[0][0].code, "fastprint", text="You were plain.")
    promise = next(fact for fact in seen.see(stage["Vera"], code).facts if fact.what is What.PROMISE_MISSED)
    records.answer(stage["Vera"], code, fact=promise.id, text="The printers were counted.")
    for who in ("Kim", "Bo", "Ada", "Vera"):
        assert (len(told(stage, code, who)), len(seen.see(stage[who], code).answers)) == (4, 1), who
    for who in ("Pia", "Cleo"):  # another area's, and nobody to whom it was passed
        assert (told(stage, code, who), seen.see(stage[who], code).answers) == ([], {}), who


@pytest.mark.shared
@pytest.mark.parametrize(
    ("held", "fact"),
    [
        (Held.THEY, (What.NOT_THERE, Whose.COMPANY)),
        (Held.WE, (What.NOT_THERE, Whose.BUYER)),
        (Held.LATE, (What.CALLED_OFF_LATE, Whose.BOTH)),
    ],
)
def test_who_did_not_come(stage: Stage, held: Held, fact: tuple[What, Whose]) -> None:
    uid = stage.met()
    (view,), _ = cadence.listing(stage["Kim"])
    stage.go(10 * DAY)
    outcomes.say(stage["Kim"], uid, Said(held=held))
    assert told(stage, view.code)[0][:2] == fact


@pytest.mark.shared
def test_a_paper_and_an_answer_that_is_held_or_never_came(stage: Stage) -> None:
    code = met(stage)
    stage.asked(topic="And more")
    paper = stage.asked(topic="Tape in writing")
    decisions.refuse(stage["Kim"], paper, kind="in_writing", due=date(2027, 1, 20))
    assert [fact[0] for fact in told(stage, code)] == [What.MET, What.ANSWERED]  # it can still be taken back
    stage.go(HOLD)
    assert (What.ANSWERED, Whose.BUYER, date(2027, 1, 13), "Tape in writing") in told(stage, code, "Vera")
    papers.hand_in(stage["Vera"], paper, text="Tape is cheap.")
    assert (What.PAPER_IN_TIME, Whose.COMPANY, date(2027, 1, 13), "Tape in writing") in told(stage, code)
    stage.go(30 * DAY)
    assert told(stage, code)[0][0::3] == (What.NOT_ANSWERED, "And more")


@pytest.mark.shared
def test_only_its_own_silence_is_told_of_the_buyer(stage: Stage) -> None:
    code = met(stage)
    questions.ask_back(stage["Kim"], stage.asked(topic="Which tapes"), question="Which?")
    decisions.accept(stage["Kim"], stage.asked(topic="All tapes"), topic="Some tapes")
    in_their_name(stage, topic="Their tapes")
    stage.asked(topic="No tapes")
    stage.go(60 * DAY)
    answered = [fact for fact in told(stage, code, "Vera") if fact[0] in (What.ANSWERED, What.NOT_ANSWERED)]
    assert [(what, about) for what, _whose, _day, about in answered] == [
        (What.NOT_ANSWERED, "No tapes"),
        (What.ANSWERED, "All tapes"),
        (What.ANSWERED, "Backup costs"),
    ]
    meeting_requests.lapse_due()
    assert [fact for fact in told(stage, code, "Vera") if fact in answered] == answered
    assert len(told(stage, code, "Vera")) == len(answered) + 1  # and that they met


@pytest.mark.shared
def test_a_rival_s_part_in_a_briefing_is_not_told(stage: Stage) -> None:
    briefing = briefing_over(stage)
    stage.go(60 * DAY)
    of = {view.company: view.code for view in cadence.listing(stage["Kim"])[0]}
    for who, company, promise in (("Vera", "fastprint", "Count the printers"), ("Carl", "cloudio", "Lower the price")):
        facts = told(stage, of[company], who)
        assert [fact[0] for fact in facts] == [What.PROMISE_MISSED, What.MET, What.ITEMS_IN_TIME], who
        assert facts[0][3] == promise
        assert facts == told(stage, of[company])
    assert refused(NotThere, seen.see, stage["Vera"], of["cloudio"])
    done = next(each for each in seen_minutes.see(stage["Carl"], briefing).actions if each.text == "Lower the price")
    promises.complete(stage["Carl"], done.code)
    assert told(stage, of["cloudio"], "Carl")[0][0] == What.PROMISE_LATE


def test_a_company_answers_what_it_finds_wrong(stage: Stage) -> None:
    uid = stage.met()
    (view,), _ = cadence.listing(stage["Kim"])
    code, fact = view.code, f"meeting-{uid}"
    stage.go(10 * DAY)
    outcomes.say(stage["Kim"], uid, Said(held=Held.THEY))
    records.answer(stage["Vera"], code, fact=fact, text="We stood at the wrong door.")
    records.answer(stage["Vic"], code, fact=fact, text="We stood at your other door.")
    for who in ("Kim", "Vera"):
        answer = seen.see(stage[who], code).answers[fact]
        assert (answer.text, answer.by) == ("We stood at your other door.", "Vic")
    assert history.lines(stage["Kim"])[0][0].deed == "answer_fact"
    buyers = next(each.id for each in seen.see(stage["Vera"], code).facts if each.what is What.ANSWERED)
    for field, given in (
        ("fact", {"fact": "meeting-0", "text": "No."}),
        ("fact", {"fact": buyers, "text": "No."}),
        ("text", {"fact": fact, "text": " "}),
        ("text", {"fact": fact, "text": "x" * 501}),
    ):
        assert refused(Unfit, records.answer, stage["Vera"], code, **given).field == field
    assert refused(NotAllowed, records.answer, stage["Kim"], code, fact=fact, text="No.")
    assert refused(NotThere, records.answer, stage["Carl"], code, fact=fact, text="No.")


def test_a_doubt_is_one_at_a_time_and_costs_no_ask(stage: Stage) -> None:
    code = met(stage)
    sent = stage.told()
    made = records.doubt(stage["Vera"], code, goal=RESTORE, text="Nobody has tested one in a year.")
    assert stage.told() == sent
    assert refused(WrongState, records.doubt, stage["Vic"], code, goal=RESTORE, text="Again.")
    records.doubt(stage["Vic"], code, goal="Fewer suppliers", text="You have just added two.")
    assert doubts.of_relationship(stage["Vera"], code).goals == ()
    lying = doubts.unheard(stage["Kim"])
    assert [(each.company, each.goal, each.by) for each in lying] == [
        ("Fastprint", RESTORE, "Vera"),
        ("Fastprint", "Fewer suppliers", "Vic"),
    ]
    assert doubts.unheard(stage["Alex"]) == lying
    for other in ("Vera", "Charlie", "Carl"):
        assert doubts.unheard(stage[other]) == []
    assert refused(NotThere, doubts.of_relationship, stage["Carl"], code)
    assert refused(NotThere, records.doubt, stage["Carl"], code, goal=RESTORE, text="No.")
    assert refused(NotAllowed, records.doubt, stage["Kim"], code, goal=RESTORE, text="No.")
    assert refused(NotThere, records.hear, stage["Vera"], made)
    records.hear(stage["Alex"], made)
    assert refused(WrongState, records.hear, stage["Kim"], made)
    assert [each.goal for each in doubts.unheard(stage["Kim"])] == ["Fewer suppliers"]
    assert doubts.of_relationship(stage["Vera"], code).goals == (RESTORE,)
    assert refused(Unfit, records.doubt, stage["Vera"], code, goal="World peace", text="No.").field == "goal"
    assert refused(Unfit, records.doubt, stage["Vera"], code, goal=RESTORE, text=" ").field == "text"


@pytest.mark.shared
def test_a_never_closes_this_way_and_a_goal_that_is_doubted_keeps_its_name(stage: Stage) -> None:
    code = met(stage)
    records.doubt(stage["Vera"], code, goal="Fewer suppliers", text="You have just added two.")
    set_up(
        stage["Kim"],
        name="Norden Mutual",
        zone="Europe/Berlin",
        brief="We insure homes.",
        open_to="",
        not_open_to="",
        goals=[RESTORE],
        response_days=5,
    )
    assert [each.goal for each in doubts.unheard(stage["Kim"])] == ["Fewer suppliers"]
    assert doubts.of_relationship(stage["Vera"], code).goals == (RESTORE,)
    blocks.block(stage["Kim"], company="fastprint")
    stage.go(HOLD)
    assert doubts.unheard(stage["Kim"]) == []
    assert doubts.of_relationship(stage["Vera"], code).goals == ()
    assert refused(WrongState, records.doubt, stage["Vera"], code, goal=RESTORE, text="No.")
