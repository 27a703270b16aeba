"""How little it takes: from letter to decided in two presses, at the door one key, a newcomer's ask in five answers."""

import pytest
from playwright.sync_api import expect

from tests.journeys.house import House
from tests.journeys.test_finding_a_time import at
from tests.journeys.test_story import Visitors
from tests.people import PEOPLE, Cast, address
from tests.stage import VERA
from vendorhub.queries import people
from vendorhub.usecases import meeting_requests

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def asked(house: House, *topics: str) -> None:
    """Vera asks Kim about each of these."""
    with house.app.app_context():
        cast = Cast({name: people.known(address(name)) or 0 for name, *_ in PEOPLE})
        for topic in topics:
            meeting_requests.ask(
                cast["Vera"],
                buyer="norden",
                topic=topic,
                outcome="Whether tape pays again.",
                learned="You keep seven years of mail.",
                minutes=30,
                attendees=[VERA],
                to=address("Kim"),
            )


def test_from_a_letter_to_decided_in_two_presses(house: House, visitor: Visitors) -> None:
    asked(house, "Tape")
    kim = visitor()
    kim.page.goto(house.linked("Kim", "/d/"))  # the first: the link in the letter
    with kim.page.expect_navigation():
        kim.page.get_by_role("button", name="Yes", exact=True).press("Enter")
    assert kim.reads("Kim said yes to Fastprint about “Tape”. They hear of it at")


def test_at_the_door_with_one_key_an_answer(house: House, visitor: Visitors) -> None:
    asked(house, "Tape", "Disks", "Paper")
    kim = at(house, visitor(), "Kim", "/")
    keys = kim.page.keyboard
    keys.press("j")
    keys.press("j")
    keys.press("y")
    expect(kim.page.locator(".held")).to_have_count(1)
    assert kim.reads("Kim said yes to Fastprint about “Disks”. They hear of it at")
    keys.press("j")
    keys.press("n")
    expect(kim.page.locator(".held")).to_have_count(2)
    assert kim.reads("Kim said no to Fastprint about “Tape”. They hear of it at")
    keys.press("x")  # asks once more, before it is said
    kim.page.wait_for_url("**/never")
    kim.page.goto(f"{house.address}/")
    keys.press("?")
    expect(kim.page.locator("dialog#keys")).to_be_visible()


def test_a_standing_yes_and_its_end_by_keys(house: House, visitor: Visitors) -> None:
    asked(house, "Tape")
    house.app.config["HOLD_SECONDS"] = 0
    kim = at(house, visitor(), "Kim", "/")
    keys = kim.page.keyboard
    keys.press("s")  # leads to how long each time is, and says nothing yet
    expect(kim.page.get_by_label("How long each time")).to_be_focused()
    keys.press("Tab")
    with kim.page.expect_navigation():
        keys.press("Enter")
    kim.follow(kim.page.get_by_role("link", name="Fastprint: Tape").first)
    keys.press("c")
    kim.page.wait_for_url("**/revocation")
    kim.press("Call off your yes")
    assert kim.reads("Called off. They are told so.")


def test_a_newcomer_asks_by_keyboard_in_five_answers(house: House, visitor: Visitors) -> None:
    nina = visitor()
    nina.page.goto(f"{house.address}/b/norden/ask")
    typed = {
        "topic": "Tape",
        "outcome": "Whether tape pays again.",
        "learned": "You keep seven years of mail.",
        "minutes": " ",
        "name": "Nina",
        "email": "nina@newtape.example",
        "company": "Newtape",
    }
    keys = nina.page.keyboard
    for _ in range(40):  # from stop to stop, as they come
        keys.press("Tab")
        name, label = nina.page.evaluate("[document.activeElement.name, document.activeElement.innerText]")
        if label == "Send me the letter":
            break
        if name in typed:
            keys.type(typed.pop(name))
    assert typed == {}
    with nina.page.expect_navigation():
        keys.press("Enter")
    assert nina.reads("We have sent a letter to nina@newtape.example: open it to hand over your ask.")
