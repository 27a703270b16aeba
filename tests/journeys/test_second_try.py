"""A vendor's second try: through a VAR, from another address, at the boss's, in a forwarded mail; the answer stands."""

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest

from tests.journeys.havelmark import OUR_SERVER, Havelmark, Walker, to_and_subject
from tests.journeys.house import plain
from tests.stage import calendar
from vendorhub.demo import monday
from vendorhub.demo.cast import BOSS, CIO, VAR, VAR_ADMIN, Member
from vendorhub.demo.play import actor
from vendorhub.demo.vendors import MAYA, NIAMH, TOM
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.mails import ASK_BOX
from vendorhub.usecases import blocks, confirmations, meeting_requests

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

KATRIN, HENRIK, ROSA = CIO.email, BOSS.email, VAR.email
ALIAS = "m.adeyemi+again@mail.keelsafe.example"
TOPIC = "Restore tests"
PITCH = monday.Pitch(TOM.name, TOM.email, TOPIC, "Dear Mr Brandis,\n\nshall we?\n\nTom")
NOT_NOW = f"Havelmark Insurance says not now: {TOPIC}"
NOT_TAKEN_UP = f"Havelmark Insurance does not take this up now: {TOPIC}"
OUTCOME, LEARNED = "How long a restore takes.", "Your last one took nine hours."
ANSWERED = "Answered by Katrin Vogtländer on Mon, 4 Jan 2027: not now, until Monday, 1 March 2027"
REASON = "Our auditors named them on Friday."


def test_the_answer_stands_whoever_is_tried(havelmark: Havelmark) -> None:
    maya = havelmark.visit(MAYA.email, "/b/havelmark/ask")
    asks(maya, to=CIO)
    katrin = havelmark.visit(KATRIN)
    says_not_now(katrin)
    havelmark.go(timedelta(minutes=2))
    assert (MAYA.email, NOT_NOW) in told(havelmark)

    rosa, emil = through_a_var(havelmark), shut_out(havelmark)
    letters = {to_and_subject(each): each for each in havelmark.post() if not asks_for_a_word(each)}
    hears = [each.email for each in (VAR, TOM, VAR_ADMIN, NIAMH)]
    assert sorted(letters) == sorted((each, NOT_TAKEN_UP) for each in hears)
    assert {alike(each.as_string()) for each in letters.values()} == {alike(letters[ROSA, NOT_TAKEN_UP].as_string())}
    assert alike(rosa.page.inner_text("main")) == alike(emil.page.inner_text("main"))

    anew = from_elsewhere(havelmark)
    assert told(havelmark) == [(ALIAS, NOT_NOW)]
    assert anew.reads("Your ask is kept. It is not taken up now.")
    assert anew.reads("Answered before; again from Monday, 1 March 2027.")
    anew.open("/b/havelmark/ask")
    assert anew.reads("It is Katrin Vogtländer’s, and holds for those above and below them.")
    assert anew.reads("it is put with their answer, and you hear so at once.")
    asks(anew, to=BOSS)
    assert told(havelmark) == [(ALIAS, NOT_NOW)]

    mail = monday.forwarded(PITCH, havelmark.now, to=f"{ASK_BOX}@localhost", authserv_id=OUR_SERVER, by=BOSS)
    assert havelmark.receive(mail) == "taken: Forwarded by one of your people.\n"
    assert told(havelmark) == []

    henrik = havelmark.visit(HENRIK)
    assert henrik.reads("Nothing waits for your answer.")
    to_him = met_an_answer(henrik)
    opens_again(henrik, to_him)
    assert told(havelmark) == [
        (HENRIK, f"Keelsafe asks for 30 minutes: {TOPIC}"),
        (KATRIN, f"Keelsafe waits again: {TOPIC}"),
    ]
    reads_why(katrin, to_him)
    went_around(henrik, to_him)

    anew.open(to_him)
    assert anew.reads("Waiting for an answer.")
    theirs = "".join(each.words(path) for each in (maya, anew, rosa) for path in ("/", "/history", to_him))
    assert [hidden for hidden in (REASON[:-1], "around us", "went around", "noted this ask") if hidden in theirs] == []


def told(havelmark: Havelmark) -> list[tuple[str, str]]:
    """The letters that went out since, but for those by whose links somebody says what is theirs to say."""
    went = havelmark.post()
    assert [lines for lines in map(calendar, went) if lines] == []
    return [to_and_subject(each) for each in went if not asks_for_a_word(each)]


def asks_for_a_word(letter: EmailMessage) -> bool:
    return "/hand-over/" in plain(letter) or "/in-your-name/" in plain(letter)


def asks(visitor: Walker, *, to: Member | None = None, press: str = "Ask", ask: tuple[int, int] = (3, 4)) -> None:
    second, third = ask
    visitor.fill("1. What is it about, in one line?", TOPIC)
    visitor.fill(f"{second}. What would they know or decide afterwards?", OUTCOME)
    visitor.fill(f"{third}. What have you learned about them already?", LEARNED)
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
    """Rosa asks in Keelsafe's name, which Tom gives by the letter's link; he need not sign in."""
    rosa = havelmark.visit(ROSA, "/b/havelmark/ask")
    rosa.fill("The vendor", "Keelsafe")
    for number, each in enumerate((VAR, TOM)):
        rosa.fill("Name", each.name, number)
        rosa.fill("Address", each.email, number)
    asks(rosa)
    assert rosa.reads("Waiting for the vendor’s word.")
    tom = havelmark.visit("", havelmark.linked(TOM.email, "/in-your-name/"))
    tom.look()
    tom.on_a_phone()
    tom.press("Confirm")
    rosa.open(rosa.page.url)
    assert rosa.reads("Not taken up now.")
    return rosa


def shut_out(havelmark: Havelmark) -> Walker:
    """Emil asks the same in the name of a company that shall not ask again; nobody has told it so."""
    with havelmark.app.app_context():
        code = meeting_requests.ask(
            actor(VAR_ADMIN),
            buyer="havelmark",
            topic=TOPIC,
            outcome=OUTCOME,
            learned=LEARNED,
            minutes=30,
            attendees=[(each.name, each.email, "") for each in (VAR_ADMIN, NIAMH)],
            vendor=VendorNamed(slug="ternwick"),
        )
        blocks.block(actor(CIO), company="ternwick")
        confirmations.confirm(actor(NIAMH), code)
    return havelmark.visit(VAR_ADMIN.email, f"/meeting-requests/{code}")


def from_elsewhere(havelmark: Havelmark) -> Walker:
    """Somebody of a sub-domain, without an account, who says to be called a little otherwise."""
    anew = havelmark.visit("", "/b/havelmark/ask")
    for label, value in (("Your name", "M. Adeyemi"), ("Your work address", ALIAS), ("Your company", "Keelsafe GmbH")):
        anew.fill(label, value)
    asks(anew, press="Send me the letter", ask=(2, 3))
    anew.open(havelmark.linked(ALIAS, "/hand-over/"))
    anew.press("Hand it over")
    return anew


def met_an_answer(henrik: Walker) -> str:
    """What he sees of it: on his desk, and on the page of the ask that was for him, whose address it answers."""
    assert henrik.page.locator("aside .rows a").all_inner_texts() == [f"Keelsafe: {TOPIC}"] * 2  # asked of him
    henrik.follow(henrik.page.locator("aside .rows a").first)
    assert henrik.reads("They heard nothing of it: what came elsewhere is known to your side alone.")
    henrik.open()
    henrik.follow(henrik.page.locator("aside .rows a").nth(1))
    henrik.look()
    assert henrik.reads(f"{ANSWERED} After the audit. They were told that it still stands, and from when they may ask.")
    return henrik.page.url


def opens_again(henrik: Walker, ask: str) -> None:
    henrik.page.locator("summary").get_by_text("Open it again").click()
    henrik.fill("Why", REASON)
    henrik.on_a_phone()
    henrik.press("Open it again")
    assert henrik.reads("Waiting for an answer.")
    assert henrik.reads(ANSWERED)


def reads_why(katrin: Walker, ask: str) -> None:
    katrin.open()
    assert katrin.reads("Nothing waits for your answer.")
    assert katrin.reads("For others of your company to answer: 1")
    katrin.open(ask)
    katrin.look()
    assert katrin.reads("Henrik Brandis answers it, by the end of Monday, 11 January 2027")
    assert katrin.reads("Henrik Brandis opened it again: “Our auditors named them on Friday”.")


def went_around(henrik: Walker, ask: str) -> None:
    """Only once he says so: of the mail to him, on its page."""
    assert not henrik.reads("Went around you")
    henrik.open()
    henrik.follow(henrik.page.locator("aside .rows a").first)
    henrik.press("Went around us")
    assert henrik.reads("Noted. They never see it.")
    henrik.open(ask)
    assert henrik.reads("Went around you once.")


def alike(said: str) -> str:
    """The same with whoever it is about left out."""
    for each in (VAR, VAR_ADMIN, TOM, NIAMH):
        said = said.replace(each.name, "Somebody").replace(each.email, "somebody")
    for each in (TOM, NIAMH):
        said = said.replace(each.company.name, "Company")
    return re.sub(
        r"\b[0-9A-Z]{7}\b|<[\w.-]+@|boundary=\S+|--=+\S+|meet-\w+", "x", said.replace(", by the link in the letter", "")
    )
