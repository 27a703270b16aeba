"""The story in a real browser: asked, answered, taken back, answered again, a time found, and only then invited."""

from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage
from itertools import islice

import pytest

from tests.journeys.house import House, Visitor, plain
from tests.stage import calendar
from vendorhub import clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

Visitors = Callable[..., Visitor]


def working_days() -> list[date]:
    """Three working days in a fortnight."""
    ahead = (clock.now().date() + timedelta(days=14 + number) for number in range(7))
    return list(islice((day for day in ahead if day.weekday() < 5), 3))


def subjects(letters: list[EmailMessage]) -> list[str]:
    return [letter["Subject"] for letter in letters]


def asked(vera: Visitor) -> str:
    """Vera asks Norden for half an hour; the code of her ask."""
    vera.press("Ask for a meeting", 1)
    vera.fill("1. What is it about, in one line?", "Backup costs")
    vera.fill("3. What would they know or decide afterwards?", "Whether tape pays again.")
    vera.fill("4. What have you learned about them already?", "You keep seven years of mail.")
    vera.press("Ask")
    assert vera.reads("Please choose 15, 30, 45 or 60 minutes.")
    vera.page.get_by_label("30 minutes", exact=True).check()
    vera.press("Ask")
    assert vera.reads("Your ask is with them.")
    return vera.page.url.rsplit("/", 1)[-1]


def test_from_the_ask_to_the_invitation_without_a_script(house: House, visitor: Visitors) -> None:
    vera, kim, alex = (visitor(scripts=False) for _ in range(3))
    vera.sign_in("Vera")
    code = asked(vera)

    kim.sign_in("Kim")
    assert kim.reads("Fastprint asks for 30 minutes about “Backup costs”")
    kim.page.get_by_text("Add a line, or another day").click()
    kim.fill("A line to them", "Bring the numbers.")
    kim.press("Yes")
    assert kim.reads("Kim said yes to Fastprint about “Backup costs”. They hear of it at")
    vera.open("/")
    assert vera.reads("Waiting for them")
    kim.press("Take it back")
    assert kim.reads("Taken back. Nobody has heard of the answer.")

    house.app.config["HOLD_SECONDS"] = 0
    kim.press("Yes")
    # no letter so far carries anything for a calendar
    assert [lines for lines in map(calendar, house.letters("Vera") + house.letters("Kim")) if lines] == []

    alex.sign_in("Alex")
    alex.press("Put up times")
    alex.page.get_by_text("Type them instead").click()
    for number, day in enumerate(working_days()):
        alex.fill("Date", day.isoformat(), number)
        alex.fill("Time", "10:00", number)
    alex.press("Put these up")
    assert alex.reads("The times are with the other side.")
    assert alex.reads("Alex put up times for Kim.")

    assert subjects(house.letters("Vera"))[-1] == "Norden Mutual offers times: Backup costs"
    vera.open(f"/meeting-requests/{code}/times")
    assert vera.reads("09:00–09:30 (London time")
    assert vera.reads("10:00–10:30 (Berlin time")
    vera.follow(vera.page.get_by_text("Agree to this").nth(1))
    assert vera.reads("Agreed. The invitations are on their way.")

    invitations = {name: calendar(house.letters(name)[-1]) for name in ("Vera", "Kim")}
    day = working_days()[1].strftime("%Y%m%d")
    for lines in invitations.values():
        assert "METHOD:REQUEST" in lines
        assert f"DTSTART;TZID=Europe/Berlin:{day}T100000" in lines
        assert f"DTEND;TZID=Europe/Berlin:{day}T103000" in lines
    assert "Bring the numbers." not in plain(house.letters("Kim")[-1])
    kim.open("/meetings")
    assert kim.reads("Fastprint: Backup costs")


def test_by_the_link_in_the_letter(house: House, visitor: Visitors) -> None:
    vera, kim = visitor(), visitor()
    vera.sign_in("Vera")
    asked(vera)
    link = house.linked("Kim", "/d/")
    for _ in range(3):
        kim.open(link)
        assert kim.reads("Opening it changes nothing.")
    kim.page.get_by_text("Add a line, a place or another day").click()
    kim.page.get_by_label("If not now: they may ask again from").focus()
    with kim.page.expect_navigation():
        kim.page.keyboard.press("Enter")  # Return in a field presses no answer
    kim.look()
    assert kim.reads("Please press one of the answers.")
    kim.press("No")
    assert kim.reads("Kim said no to Fastprint about “Backup costs”. They hear of it at")
    kim.press("Take it back")
    house.app.config["HOLD_SECONDS"] = 0
    kim.press("Yes")
    assert kim.reads("Yes (Kim).")
    vera.open("/")
    assert vera.reads("They said yes; the times come next.")
