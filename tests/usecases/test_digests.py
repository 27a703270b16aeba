"""The pile that comes by letter: when, with what in it, once, and never too late."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.people import address
from tests.stage import DAY, MINUTE, MONDAY, Stage, refused, words
from vendorhub.domain.refusals import NotAllowed, Unfit
from vendorhub.queries import links
from vendorhub.queries import meeting_requests as asks
from vendorhub.queries.assistants import mine
from vendorhub.store import Person, PileHours, db
from vendorhub.store.write import write
from vendorhub.usecases import assistants, decisions, logged, meeting_requests
from vendorhub.usecases.digests import send_due
from vendorhub.usecases.reopening import reopen
from vendorhub.usecases.sortings import sort
from vendorhub.usecases.sweep import sweep

KIM, ALEX = address("Kim"), address("Alex")
ONE, EIGHT = MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=20)  # Monday 13:00, Tuesday 8:00


@pytest.fixture
def pile(stage: Stage) -> Stage:
    """Kim's pile comes at 8 and 13, by Berlin's clocks; it is Monday noon."""
    assistants.set_hours(stage["Kim"], [13, 8])
    return stage


def told(stage: Stage) -> list[list[str]]:
    """The topics of each letter to Kim with all that waits, in order; each has a link that opens the ask."""
    found = []
    for letter in stage.letters(kind="pile"):
        assert letter.recipient == KIM
        said = words(letter)
        secrets = re.findall(r"/d/(\S+)", said)
        topics = re.findall(r"^\d\. .*“(.*)”", said, flags=re.MULTILINE)
        assert [links.decision_link(secret) is not None for secret in secrets] == [True] * len(topics)
        found.append(topics)
    return found


def test_one_letter_at_the_hour_instead_of_one_each(pile: Stage) -> None:
    for topic in ("Tape", "Disks"):
        pile.asked(topic=topic)
    assert pile.told() == [("ask_received", ALEX)] * 2
    pile.go(ONE - MINUTE)
    assert sweep() == 0
    pile.go(ONE)
    assert (sweep(), sweep(), told(pile)) == (1, 0, [["Tape", "Disks"]])
    pile.go(EIGHT)
    assert (sweep(), len(told(pile))) == (0, 1)  # told, and nobody has sorted it


def test_what_was_sorted_for_them_comes_first_and_again_and_what_the_assistant_keeps_does_not(pile: Stage) -> None:
    assistants.give(pile["Kim"], ALEX, ["not_now"])
    pile.asked(topic="New")
    kept, no, yes = (pile.asked(topic=topic) for topic in ("Kept", "No", "Yes"))
    sort(pile["Alex"], kept, pile="mine")
    sort(pile["Alex"], no, pile="no_for_us")
    sort(pile["Alex"], yes, pile="for_you", line="They are good", suggested="yes")
    pile.go(ONE)
    assert (sweep(), told(pile)) == (1, [["Yes", "New", "No"]])
    said = words(pile.letters(kind="pile")[0]).replace("\r\n", "\n")
    assert re.findall(r"Alex suggests: (.*)\.", said) == ["Yes", "No"]
    assert "Alex says:\n> They are good\n" in said
    decisions.refuse(pile["Kim"], no, kind="no")
    pile.go(EIGHT)
    assert (sweep(), told(pile)[1:]) == (1, [["Yes"]])


def test_nothing_waits_so_nothing_comes(pile: Stage) -> None:
    code = pile.asked()
    meeting_requests.withdraw(pile["Vera"], code)
    assert pile.told() == [("ask_received", ALEX), ("withdrawn", ALEX)]  # Kim never heard of it
    pile.asked(to=address("Pia"))
    pile.go(ONE)
    assert (send_due(), told(pile)) == (0, [])


def test_what_was_noted_is_told_in_its_own_words(pile: Stage) -> None:
    logged.log(pile["Alex"], channel="phone", topic="Tape", name="Joe", company="Newtape")
    logged.log(pile["Kim"], channel="phone", topic="Disks", name="Joe", company="Newtape")  # Kim knows of it
    pile.go(ONE)
    assert (send_due(), told(pile)) == (1, [["Tape"]])
    assert "1. Joe of Newtape asks about “Tape”." in words(pile.letters(kind="pile")[0])


def test_what_is_opened_again_is_news_and_lies_on_no_pile(pile: Stage) -> None:
    code = pile.asked()
    sort(pile["Alex"], code, pile="for_you", suggested="no")
    pile.go(ONE)
    send_due()
    decisions.refuse(pile["Kim"], code, kind="no")
    pile.go(EIGHT)
    reopen(pile["Kim"], code, reason="They have moved.")
    assert asks.see(pile["Kim"], code).sorting is None
    assert (send_due(), told(pile)[1:]) == (1, [["Backup costs"]])
    pile.go(EIGHT + timedelta(hours=5))
    assert send_due() == 0


def test_the_weekend_is_over_first(pile: Stage) -> None:
    friday = MONDAY + 4 * DAY + timedelta(hours=2)
    pile.go(friday)
    send_due()
    pile.asked()
    for passed in (DAY, 2 * DAY, 3 * DAY - timedelta(hours=6, minutes=1)):
        pile.go(friday + passed)
        assert send_due() == 0
    pile.go(friday + 3 * DAY - timedelta(hours=6))  # Monday, 8:00
    assert send_due() == 1


def test_who_reads_by_other_clocks_has_heard_by_the_buyers_noon(pile: Stage) -> None:
    with write(None) as work:
        work.session.get_one(Person, pile.cast.ids["Kim"]).zone = "America/Los_Angeles"
    pile.go(datetime(2027, 1, 4, 21, 30, tzinfo=UTC))  # Monday, past 13:00 there
    send_due()
    pile.asked()
    tuesday_noon = datetime(2027, 1, 5, 11, tzinfo=UTC)  # in Berlin; 3:00 there
    pile.go(tuesday_noon - MINUTE)
    assert send_due() == 0
    pile.go(tuesday_noon)
    assert (send_due(), told(pile)) == (1, [["Backup costs"]])
    pile.asked(topic="Later")
    pile.go(tuesday_noon + timedelta(hours=4, minutes=59))
    assert send_due() == 0
    pile.go(MINUTE)  # Tuesday, 8:00 there
    assert (send_due(), told(pile)[1:]) == (1, [["Later"]])


def test_hours_that_end_leave_nothing_untold(pile: Stage) -> None:
    pile.asked()
    assistants.set_hours(pile["Kim"], [])
    assert (told(pile), mine(pile["Kim"]).hours) == ([["Backup costs"]], ())
    pile.asked(topic="Tape")
    assert pile.told(kind="ask_received", recipient=KIM) == [("ask_received", KIM)]
    assistants.set_hours(pile["Kim"], [9])
    assert told(pile) == [["Backup costs"]]


def test_other_hours_are_those_that_have_not_been_looked_at(pile: Stage) -> None:
    pile.asked()
    assistants.set_hours(pile["Kim"], [12])  # it is noon, and was looked at when the hours were first set
    assert send_due() == 0
    pile.go(EIGHT + timedelta(hours=4))
    assert send_due() == 1


def test_only_who_decides_has_a_pile(stage: Stage) -> None:
    for name in ("Alex", "Cleo", "Ada", "Vera"):
        refused(NotAllowed, assistants.set_hours, stage[name], [8])
    for hours in ([13], [8, 9, 10, 11], [5], [8, 21]):
        assert refused(Unfit, assistants.set_hours, stage["Kim"], hours).field == "hours"
    assistants.set_hours(stage["Kim"], [])
    assert db.session.get(PileHours, stage.cast.ids["Kim"]) is None
