"""A CIO's Monday: fourteen asks that came elsewhere, an assistant who sorts them, and five minutes for the rest."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from tests.journeys.havelmark import OUR_SERVER, Havelmark, Walker, to_and_subject
from tests.journeys.house import plain
from tests.stage import calendar
from vendorhub.demo import monday
from vendorhub.demo.cast import APPLICATIONS, ASSISTANT, BOSS, CIO
from vendorhub.domain.mails import ASK_BOX

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
KATRIN, JONAS, TOBIAS = CIO.email, ASSISTANT.email, APPLICATIONS.email
TOPICS = [pitch.subject.removeprefix("Re: ") for pitch in monday.MONDAY]
SALT_MINE, RESTORE_TEST, INVOICE, _, ROSTERS, _, PRINTERS, INTRO, AGENT, REINSURANCE, FIBRE, _, _, SYNC = TOPICS
INVITED_FOR = ("T1739", "17:39", "18:39", "Tuesday, 5 January", "Tue, 5 Jan")  # the time of the grey invitation

# How Jonas sorts them as they lie: the key, a line, and what he would answer.
SORTED = (
    ("1", "Their mine is dry; our second hall is not.", "in_writing"),
    ("1", "They restored our mail in June.", "yes"),
    ("1", "", "yes_but"),
    ("1", "The seventh mail.", "never"),
    ("1", "", "pass_on"),
    ("3", "", ""),
    ("2", "", ""),
    ("1", "", ""),
    ("1", "", "not_now"),
    ("2", "", ""),
    ("1", "", "no"),
    ("3", "", ""),
    ("3", "", ""),
    ("1", "Nobody here knows of it.", ""),
)
ANSWERS = [
    ("amadou@quietcable.example", f"Havelmark Insurance says no, thank you: {FIBRE}"),
    ("birthe.kallesen@gmx.example", f"Havelmark Insurance would read about it: {REINSURANCE}"),
    ("halina@inkerby.example", f"Havelmark Insurance says not now: {PRINTERS}"),
    ("maya@keelsafe.example", f"Havelmark Insurance says yes: {RESTORE_TEST}"),
    ("oda@cellarlight.example", f"Havelmark Insurance would read about it: {SALT_MINE}"),
    ("ruben@tallykeep.example", "How to ask Havelmark Insurance for a meeting"),
    ("sanne@pennyfold.example", f"Havelmark Insurance says yes: {INVOICE}"),
    ("valentin@mail.pebbledesk.example", f"Havelmark Insurance says not now: {AGENT}"),
]
FOR_KATRIN = [topic for topic, (key, *_) in zip(TOPICS, SORTED, strict=True) if key == "1"]


def test_fourteen_asks_by_noon(havelmark: Havelmark) -> None:
    katrin = havelmark.visit(KATRIN, "/my-assistants")
    says_who_answers(katrin)
    havelmark.go(HOUR / 2)  # eight, the first of her hours
    assert havelmark.post() == []

    forwarded(havelmark)
    jonas = havelmark.visit(JONAS)
    sorts(jonas)
    answers_alone(jonas)
    henrik = havelmark.visit(BOSS.email)
    assert henrik.reads("Nothing waits for your answer.")
    assert henrik.reads("For others of your company to answer: 9")
    went = havelmark.post()
    assert {to_and_subject(each)[0] for each in went} == {JONAS}

    havelmark.go(3 * HOUR)  # eleven
    went += havelmark.post()
    (pile,) = (each for each in went if to_and_subject(each)[0] == KATRIN)
    assert pile["Subject"] == "9 asks wait for you"
    assert re.findall(r"\d\. [^“]* asks about “(.*?)”\.", " ".join(plain(pile).split())) == FOR_KATRIN

    by_the_link(havelmark, plain(pile))
    katrin.open()
    by_keys(katrin)
    on_the_phone(katrin)
    assert katrin.reads("Nothing waits for your answer.")
    assert havelmark.post() == []  # all of it can be taken back yet
    havelmark.go(11 * MINUTE)
    went += havelmark.post()
    tobias = havelmark.visit(TOBIAS)
    assert tobias.reads("passed on by Katrin Vogtländer")
    tobias.key("m")
    havelmark.go(5 * HOUR)  # past four
    assert havelmark.post() == []

    outside = [(to, subject) for to, subject in map(to_and_subject, went) if not to.endswith("@havelmark.example")]
    assert sorted(outside) == ANSWERS
    inside = Counter(to for to, _ in map(to_and_subject, went) if to.endswith("@havelmark.example"))
    assert inside == {JONAS: 14, KATRIN: 1, TOBIAS: 1}
    assert [lines for lines in map(calendar, went) if lines] == []
    for somebody in (katrin, jonas, tobias):
        somebody.open()
        assert somebody.reads("Nothing waits for your answer.")
    seen = [*map(plain, went), *(katrin.words(path) for path in ("/", "/meetings", "/history"))]
    assert [words for words in seen for time in INVITED_FOR if time in words] == []
    assert [words for words in seen if SYNC in words] != []


def says_who_answers(katrin: Walker) -> None:
    """Jonas keeps the three answers that a new assistant has; her pile comes at eight, eleven and four."""
    for answer in ("Yes", "Yes, but: other people or another topic", "Ask a question first", "Pass to a colleague"):
        katrin.page.get_by_label(answer, exact=True).uncheck()
    katrin.press("Save for Jonas Ahrend")
    katrin.page.get_by_label("All in one letter, on working days at").check()
    for label, hour in (("First", "8"), ("Second", "11"), ("Third", "16")):
        katrin.page.get_by_label(label, exact=True).select_option(hour)
    katrin.press("Save the hours")
    assert katrin.reads("Saved. This is how you hear of asks from now on.")


def forwarded(havelmark: Havelmark) -> None:
    """The fourteen, as the mail server hands them over; one of them once more."""
    mails = monday.post(havelmark.now, to=f"{ASK_BOX}@localhost", authserv_id=OUR_SERVER)
    for mail in (*mails, mails[-1]):
        assert havelmark.receive(mail) == "taken: Forwarded by one of your people.\n"


def sorts(jonas: Walker) -> None:
    """One key each, for what lies first; where there is something to say, that first."""
    assert jonas.page.locator(".ask").count() == 14
    jonas.glance()
    for key, line, answer in SORTED:
        card = jonas.page.locator(".ask").first
        if line or answer:
            card.get_by_text("A line and a suggestion").click()
            card.get_by_label("A line for them").fill(line)
            card.get_by_label("What you would answer").select_option(answer)
            card.focus()
        jonas.key(key)
    assert jonas.reads("On the pile of Katrin Vogtländer: 9")


def answers_alone(jonas: Walker) -> None:
    """What was given to him, of what he keeps; the other answers are not on his page."""
    assert [jonas.page.locator(f".ask [data-key='{key}']").count() for key in "wlnmfybxqp"] == [2] * 5 + [0] * 5
    jonas.key("l")
    assert jonas.reads("Katrin Vogtländer said “not now” to Inkerby")
    jonas.key("w")
    assert jonas.reads("would rather have it in writing from Birthe Kallesen")
    assert jonas.reads("Nothing waits for your answer.")


def by_the_link(havelmark: Havelmark, pile: str) -> None:
    """The first of them by the letter's own link, on a phone; it does not sign her in."""
    phone = havelmark.visit("", re.findall(r"/d/[\w-]+", pile)[0])
    phone.look()
    phone.on_a_phone()
    assert phone.reads("Jonas Ahrend suggests: In writing")
    phone.press("In writing")
    assert phone.reads("They hear of it at 11:10 (Berlin time, UTC+01:00); take it back until then.")


def by_keys(katrin: Walker) -> None:
    """Four of them without a hand on the mouse; a page is between where something has to be said."""
    katrin.key("y")
    katrin.key("b")
    assert katrin.reads("Pennyfold asks about “Your cloud invoice”. What would you change?")
    katrin.page.get_by_label("How long", exact=True).select_option("15")
    katrin.press("Yes, with these changes")
    katrin.open()
    assert katrin.reads("Kip Haverstock writes from a free mail address, and names no company.")
    katrin.key("x")
    katrin.page.get_by_label("They are told nothing. Where they look up their ask, it says no.").check()
    katrin.press("Don’t ask again")
    katrin.open()
    assert katrin.reads("You can take it back until 11:01")
    katrin.key("p")
    assert katrin.reads("They answer for themselves and have the full time for it. Rosterwind hears nothing of it.")
    katrin.page.get_by_label("Pass it to").select_option(TOBIAS)
    katrin.press("Pass it on")
    katrin.open()


def on_the_phone(katrin: Walker) -> None:
    """The others with a thumb."""
    katrin.on_a_phone()
    katrin.press("Our front door")
    katrin.page.get_by_text("Add a line, or another day").first.click()
    katrin.page.get_by_label("If not now: they may ask again from").first.fill("2027-09-01")
    katrin.press("Not now")
    assert katrin.reads("they may ask again from Wednesday, 1 September 2027")
    assert katrin.reads("Could not be read: winmail.dat")
    katrin.press("No")
    assert katrin.reads("An invitation nobody had agreed to, noted by Katrin Vogtländer; its time was thrown away.")
    katrin.press("Just remember")
    assert katrin.reads("8 more can be taken back")  # folded, for what waits comes first
