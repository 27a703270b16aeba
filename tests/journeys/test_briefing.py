"""A joint briefing, walked by five people at once (VAR, buyer, three vendors), from the idea to the minutes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.journeys.havelmark import Havelmark, Walker, to_and_subject
from tests.journeys.house import plain
from tests.stage import calendar
from vendorhub.demo.cast import CIO, VAR
from vendorhub.demo.vendors import NIAMH, PIOTR, SIGURD, TOM
from vendorhub.store import Meeting, db

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

THEME = "Four hours, from the alarm to the first claim"
KATRIN, ROSA = CIO.email, VAR.email
VENDORS = (("Keelsafe", TOM), ("Frostaisle", SIGURD), ("Ternwick Networks", NIAMH))
ITEMS = {
    "Keelsafe": ("From copy to running system", "Restore from the second copy."),
    "Frostaisle": ("The hall at three in the morning", "The second copy lies with us."),
    "Ternwick Networks": ("Two lines between two halls", "What a restore does to both lines."),
}


def test_from_the_idea_to_the_minutes(havelmark: Havelmark) -> None:
    rosa = havelmark.visit(ROSA, "/briefings/new?buyer=havelmark")
    proposes(rosa)
    track = rosa.page.url
    ask = track.replace("/briefings/", "/meeting-requests/")
    havelmark.post()

    katrin = havelmark.visit(KATRIN, ask)
    assert katrin.reads("90 minutes with these vendors Frostaisle Keelsafe Ternwick Networks")
    katrin.key("y")
    assert calendars(havelmark) == {}
    havelmark.go(timedelta(minutes=2))
    asked = [to for to, subject in told(havelmark) if subject.startswith("Lindholt Systems invites you to brief")]
    assert {TOM.email, SIGURD.email, NIAMH.email, PIOTR.email} <= set(asked)

    theirs = {name: havelmark.visit(who.email, track) for name, who in VENDORS}
    for name, vendor in theirs.items():
        joins(vendor, others=[other for other, _ in VENDORS if other != name])
    puts_up(rosa, track)
    for name, vendor in theirs.items():
        sends(vendor, track, *ITEMS[name])
        assert [title for other, (title, _) in ITEMS.items() if other != name and vendor.reads(title)] == []
        says_when(vendor, track, yes=2 if name == "Frostaisle" else 3)
    brings(katrin, track)

    publishes(rosa, track)
    for name, vendor in theirs.items():
        vendor.open(f"{track}/agenda")
        assert vendor.reads(ITEMS[name][0])
    chooses(katrin, track)
    invited = calendars(havelmark)
    assert set(invited) == {KATRIN, ROSA, TOM.email, SIGURD.email, NIAMH.email}
    for name, who in VENDORS:
        rivals = [each.email for other, each in VENDORS if other != name]
        assert [each for each in rivals if each in invited[who.email]] == []
        assert who.email in invited[KATRIN]
        assert who.email in invited[ROSA]

    start, end = times(havelmark)
    havelmark.go(start)
    notes(rosa, track)
    decides(katrin, track)
    assert "The password has an owner." not in theirs["Keelsafe"].words(f"{track}/minutes")
    havelmark.go(end + timedelta(minutes=5))
    assert havelmark.post() == []
    confirms(katrin, track)
    minutes = {to_and_subject(each)[0]: plain(each) for each in havelmark.post()}
    assert set(minutes) == {KATRIN, ROSA, TOM.email, SIGURD.email, NIAMH.email}
    assert {to for to, said in minutes.items() if "A list of who may enter at night." in said} >= {SIGURD.email}
    assert all("The password has an owner." in said for said in minutes.values())
    assert "The password has an owner." in theirs["Keelsafe"].words(f"{track}/minutes")


def proposes(rosa: Walker) -> None:
    rosa.fill("The theme, in one line", THEME)
    rosa.fill("What they would know or decide afterwards", "Which hour in between nobody owns.")
    for number, (name, _) in enumerate(VENDORS, start=1):
        rosa.fill(f"Vendor {number}", name)
    rosa.press("Propose it")
    assert rosa.reads("Proposed. The vendors hear of it once the buyer has said yes.")


def joins(vendor: Walker, *, others: list[str]) -> None:
    assert all(vendor.reads(name) for name in others)
    assert vendor.reads("Rivals share this room.")
    vendor.press("We come")
    assert vendor.reads("You come. What is due is below.")


def puts_up(rosa: Walker, track: str) -> None:
    rosa.open(f"{track}/times?week=2")
    rosa.press("Pick three for me")
    rosa.press("Put these up")


def sends(vendor: Walker, track: str, title: str, text: str) -> None:
    vendor.open(f"{track}/items/new")
    vendor.fill("What do you bring, in one line?", title)
    vendor.fill("What is it about?", text)
    vendor.fill("For how many minutes?", "15")
    vendor.press("Send")


def brings(katrin: Walker, track: str) -> None:
    katrin.open(f"{track}/items/new")
    katrin.fill("What is new with you, or what would you ask?", "Nine hours, as they were")
    katrin.fill("For how many minutes?", "35")
    katrin.press("Send")


def says_when(vendor: Walker, track: str, *, yes: int) -> None:
    """Yes to the first so many times, no to the others."""
    vendor.open(f"{track}/times")
    times = vendor.page.locator(".own-time")
    for number in range(times.count()):
        times.nth(number).get_by_text("yes" if number < yes else "no", exact=True).click()
    vendor.press("Say so")


def publishes(rosa: Walker, track: str) -> None:
    rosa.open(f"{track}/agenda")
    rosa.follow(rosa.page.locator("button[value=joint]"))
    if rosa.reads("With a reason it can be published all the same:"):
        rosa.fill("The reason", "The log opens the day.")
    rosa.press("Publish the agenda")


def chooses(katrin: Walker, track: str) -> None:
    katrin.open(f"{track}/times")
    assert katrin.reads("All who were asked")
    katrin.page.locator("main .ranking button").first.click()
    katrin.page.wait_for_load_state()


def times(havelmark: Havelmark) -> tuple[datetime, datetime]:
    """When it begins, and ends."""
    with havelmark.app.app_context():
        meeting = db.session.scalars(select(Meeting)).one()
        return meeting.start_at, meeting.end_at


def notes(rosa: Walker, track: str) -> None:
    """The running order begins, and somebody promises something."""
    rosa.on_a_phone()
    rosa.open(f"{track}/day")
    rosa.press("Begin the next one")
    assert rosa.reads("2 of ")
    rosa.follow(rosa.page.get_by_role("link", name="Write here").first)
    rosa.page.get_by_text("Somebody promises something").click()
    rosa.fill("What", "A list of who may enter at night.")
    rosa.page.get_by_label("Who", exact=True).select_option(SIGURD.email)
    rosa.page.get_by_label("By when", exact=True).fill("2027-02-15")
    rosa.press("Keep the promise")


def decides(katrin: Walker, track: str) -> None:
    katrin.open(f"{track}/day")
    katrin.follow(katrin.page.get_by_role("link", name="Write here").last)
    katrin.fill("Note it down", "The password has an owner.")
    katrin.press("Keep as a decision")


def confirms(katrin: Walker, track: str) -> None:
    katrin.open(f"{track}/minutes")
    katrin.follow(katrin.page.get_by_role("button", name="Confirm the minutes"))
    assert katrin.reads("Confirmed by Katrin Vogtländer")


def told(havelmark: Havelmark) -> list[tuple[str, str]]:
    went = havelmark.post()
    assert [each for each in went if calendar(each)] == []
    return [to_and_subject(each) for each in went]


def calendars(havelmark: Havelmark) -> dict[str, str]:
    """Who has got a calendar object since, and all that it says, with the letter around it."""
    went = [each for each in havelmark.post() if calendar(each)]
    return {to_and_subject(each)[0]: "\n".join([*calendar(each), plain(each)]) for each in went}
