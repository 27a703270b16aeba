"""A VAR asks in a vendor's name in the browser: the form, the letter's link, the vendor's own pages, the buyer's."""

import re

import pytest

from tests.people import address
from tests.stage import words
from tests.web.browser import Browser
from tests.web.conftest import World
from tests.web.test_pages import whole

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

TYPED = {"topic": "Tape", "outcome": "Whether it pays.", "learned": "Seven years of mail.", "minutes": "30"}


def asked(world: World, **typed: str) -> Browser:
    rita = world.at("Rita")
    whole(rita.open("/b/norden/ask"))
    rita.press("Ask", **{**TYPED, **typed})
    return rita


def link(world: World, to: str) -> str:
    with world.app.app_context():
        letter = world.stage.letters(kind="name_asked", recipient=to)[-1]
        found = re.search(r"/in-your-name/[\w-]{43}", words(letter))
    assert found is not None
    return found[0]


def test_a_vendor_that_is_known_confirms_it_on_its_own_pages(world: World) -> None:
    rita = asked(world, vendor="Fastprint", **{"attendees-1-name": "Vera", "attendees-1-email": address("Vera")})
    whole(rita.page)
    assert "Your ask waits for the vendor’s word." in rita.page.text
    assert "Waiting for the vendor’s word." in rita.page.text
    assert "Waits for the word of Fastprint until" in rita.open("/").text
    assert "Bridgeworks" not in world.at("Kim").open("/").text
    vera = world.at("Vera")
    whole(vera.open("/"))
    assert "Bridgeworks would ask Norden Mutual in your name." in vera.page.text
    page = vera.open(vera.page.links["Read it, then confirm or refuse"])
    whole(page)
    form, _ = page.form_with("Confirm")
    assert form.buttons[0].name == ""  # what Return presses does nothing
    before = world.digest()
    for action in {button.action or form.action for button in form.buttons}:
        assert vera.client.post(action, data=form.fields).status_code == 422
    assert world.digest() == before
    page = vera.press("Confirm")
    whole(page)
    assert "Confirmed. They ask in your name, and you hear what comes of it." in page.text
    assert page.form_with("Take your name back")
    kim = world.at("Kim")
    assert "Bridgeworks for Fastprint asks for 30 minutes about “Tape”" in kim.open("/").text
    assert "confirmed by Vera" in kim.page.text
    page = kim.open(kim.page.links["Don’t ask again"])
    whole(page)
    assert "everybody at Bridgeworks everybody at Fastprint everybody at Bridgeworks and at Fastprint" in page.text


@pytest.mark.parametrize("answer", ["Confirm", "Refuse"])
def test_a_vendor_that_is_new_answers_by_the_letters_link_without_a_cookie(world: World, answer: str) -> None:
    nina = "nina@newtape.example"
    rita = asked(world, vendor="Newtape", **{"attendees-1-name": "Nina", "attendees-1-email": nina})
    assert rita.page.errors == {"vendor_domain": "No company of this name is known here; please give its domain too."}
    rita.press("Ask", vendor_domain="newtape.example")
    browser = Browser(world.app.test_client(use_cookies=False))
    path = link(world, nina)
    before = world.digest()
    for _ in range(3):
        page = browser.open(path)
        whole(page)
    assert page.h1 == ["Bridgeworks would ask Norden Mutual in your name"]
    form, _ = page.form_with("Confirm")
    assert browser.client.post(path, data=form.fields).status_code == 422
    assert world.digest() == before
    page = browser.press(answer, company="Newtape Ltd")
    whole(page)
    assert (page.status, page.h1) == (200, ["This is settled"])
    said = {
        "Confirm": "Nina has confirmed it: Bridgeworks asks Norden Mutual in the name of Newtape Ltd.",
        "Refuse": "It was refused, taken back, or not confirmed in time.",
    }
    assert said[answer] in page.text
    kim = world.at("Kim").open("/").text
    assert ("Bridgeworks for Newtape Ltd" in kim, "Newtape" in kim) == (answer == "Confirm",) * 2
    assert "Tape" not in browser.open(path).text.replace("Newtape", "")
    assert Browser(world.app.test_client()).open("/").h1 == ["Sign in"]
