"""A vendor's second try: through a VAR, from another address, at the boss's, in a forwarded mail; the answer stands."""

from datetime import timedelta

import pytest

from tests.journeys.havelmark import OUR_SERVER, Havelmark, Walker, to_and_subject
from tests.journeys.house import plain
from tests.stage import calendar
from vendorhub.demo import monday
from vendorhub.demo.cast import BOSS, CIO, TIDE, VAR, Member
from vendorhub.demo.vendors import MAYA, NIAMH, TOM
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.mails import ASK_BOX
from vendorhub.queries import people
from vendorhub.demo.play import actor
from vendorhub.usecases import blocks, confirmations, meeting_requests

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

KATRIN, HENRIK, ROSA = CIO.email, BOSS.email, VAR.email
ALIAS = "m.adeyemi+again@mail.keelsafe.example"
TOPIC = "Restore tests"
REASON = "Our auditors named them on Friday."


def test_the_answer_stands_whoever_is_tried(havelmark: Havelmark) -> None:
    maya = havelmark.visit(MAYA.email, "/b/havelmark/ask")
    asks(maya, to=CIO)
    katrin = havelmark.visit(KATRIN)
    says_not_now(katrin)
    havelmark.go(timedelta(minutes=2))
    print([to_and_subject(each) for each in havelmark.post()])

    rosa = through_a_var(havelmark)
    print(rosa.page.inner_text("main"))
    for letter in havelmark.post():
        print(to_and_subject(letter), plain(letter))
    anew = from_elsewhere(havelmark)
    print(anew.page.inner_text("main"))
    anew.open("/b/havelmark/ask")
    print(anew.page.inner_text("main"))
    asks(anew, to=BOSS)
    print(anew.page.inner_text("main"))
    pitch = monday.Pitch(TOM.name, TOM.email, TOPIC, "Dear Mr Brandis,\n\nshall we?\n\nTom")
    print(havelmark.receive(monday.forwarded(pitch, havelmark.now, to=f"{ASK_BOX}@localhost", authserv_id=OUR_SERVER, by=BOSS)))
    for letter in havelmark.post():
        print(to_and_subject(letter), plain(letter))
    henrik = havelmark.visit(HENRIK)
    henrik.look()
    print(henrik.page.inner_text("main"))
    henrik.follow(henrik.page.locator("aside .rows a").first)
    henrik.look()
    print(henrik.page.inner_text("main"))
    henrik.open()
    henrik.follow(henrik.page.locator("aside .rows a").nth(1))
    henrik.look()
    print(henrik.page.inner_text("main"))
    henrik.page.locator("summary").get_by_text("Open it again").click()
    henrik.fill("Why", REASON)
    henrik.press("Open it again")
    print(henrik.page.inner_text("main"))
    for letter in havelmark.post():
        print(to_and_subject(letter), plain(letter))
    henrik.press("Went around us")
    print(henrik.page.inner_text("main"))
    katrin.open()
    print(katrin.page.inner_text("main"))
    katrin.open("/history")
    print(katrin.page.inner_text("main"))
    anew.open()
    print(anew.page.inner_text("main"))
    anew.open("/history")
    print(anew.page.inner_text("main"))


def asks(visitor: Walker, *, to: Member | None = None, press: str = "Ask", ask: tuple[int, int] = (3, 4)) -> None:
    second, third = ask
    visitor.fill("1. What is it about, in one line?", TOPIC)
    visitor.fill(f"{second}. What would they know or decide afterwards?", "How long a restore takes.")
    visitor.fill(f"{third}. What have you learned about them already?", "Your last one took nine hours.")
    visitor.page.get_by_label("30 minutes", exact=True).check()
    if to:
        visitor.page.get_by_text("Whom, and what kind of meeting, if you like to say").click()
        visitor.page.get_by_label("Whom do you ask?").select_option(to.email)
    visitor.press(press)


def says_not_now(katrin: Walker) -> None:
    katrin.page.get_by_text("Add a line, or another day").click()
    katrin.fill("A line to them", "After the audit.")
    katrin.fill("If not now: they may ask again from", "2027-03-01")
    katrin.press("Not now")


def through_a_var(havelmark: Havelmark) -> Walker:
    """Rosa asks in Keelsafe's name, and Tom gives it by the letter's link; he need not sign in."""
    rosa = havelmark.visit(ROSA, "/b/havelmark/ask")
    rosa.fill("The vendor", "Keelsafe")
    for number, each in enumerate((VAR, TOM)):
        for label, value in zip(("Name", "Address", "Role"), each.named, strict=True):
            rosa.fill(label, value, number)
    asks(rosa)
    assert rosa.reads("Waiting for the vendor’s word.")
    tom = havelmark.visit("", havelmark.linked(TOM.email, "/in-your-name/"))
    tom.look()
    tom.press("Confirm")
    rosa.open(rosa.page.url)
    return rosa


def from_elsewhere(havelmark: Havelmark) -> Walker:
    """Somebody of a sub-domain, without an account, who says to be called a little otherwise."""
    anew = havelmark.visit("", "/b/havelmark/ask")
    for label, value in (("Your name", "M. Adeyemi"), ("Your work address", ALIAS), ("Your company", "Keelsafe GmbH")):
        anew.fill(label, value)
    asks(anew, press="Send me the letter", ask=(2, 3))
    anew.open(havelmark.linked(ALIAS, "/hand-over/"))
    anew.press("Hand it over")
    return anew
