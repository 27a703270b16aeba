"""Somebody without a place here asks: the same answer for known and unknown, and one press behind a letter's link."""

import re

import pytest

from tests.stage import words
from tests.web.browser import Browser
from tests.web.conftest import World
from tests.web.test_pages import whole

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

TYPED = {
    "topic": "Tape",
    "outcome": "Whether tape pays again.",
    "learned": "You keep seven years of mail.",
    "minutes": "30",
    "name": "Nina",
    "email": "nina@newtape.example",
    "company": "Newtape",
}


def asked(world: World, **typed: str) -> Browser:
    browser = world.somebody()
    browser.open("/b/norden/ask")
    browser.press("Send me the letter", **{**TYPED, **typed})
    return browser


def link(world: World) -> str:
    with world.app.app_context():
        found = re.search(r"/hand-over/[\w-]{43}", words(world.stage.letters(kind="hand_over")[-1]))
    assert found is not None
    return found[0]


def test_an_ask_by_a_newcomer_in_five_answers(world: World) -> None:
    browser = world.somebody()
    whole(browser.open("/b/norden/ask"))
    assert "Backups that restore" not in browser.page.html
    page = browser.press("Send me the letter", **TYPED)
    whole(page)
    assert "We have sent a letter to nina@newtape.example: open it to hand over your ask." in page.text
    assert "Tape" not in world.at("Kim").open("/").text
    later = world.somebody()
    page = later.open(link(world))
    whole(page)
    assert "Nina, Newtape" in page.text
    page = later.press("Hand it over", goal="Backups that restore")
    assert (page.h1, page.status) == (["Norden Mutual: Tape"], 200)
    assert "Your ask is with them. You are signed in." in page.text
    assert "Newtape asks for 30 minutes" in world.at("Kim").open("/").text
    assert world.somebody().open(link(world)).h1 == ["This ask is with Norden Mutual"]


def test_the_answer_is_the_same_for_known_and_unknown_addresses(world: World) -> None:
    def told(email: str, by: str = "cleo@norden.example") -> str:
        page = asked(world, email=email, introduced_by=by).page
        assert page.status == 200
        return re.sub(r'name="csrf_token" value="[^"]+"', "", page.html).replace(email, "ADDRESS").replace(by, "BY")

    assert told("vera@fastprint.example") == told("nina@newtape.example") == told("kim@norden.example")
    assert told("nina@newtape.example", by="nobody@norden.example") == told("nina@newtape.example")
    with world.app.app_context():
        known, unknown, _ = (words(letter) for letter in world.stage.letters(kind="hand_over")[:3])
    assert [re.sub(r"[\w-]{43}", "SECRET", text) for text in (known, unknown)] == [
        re.sub(r"[\w-]{43}", "SECRET", known)
    ] * 2


def test_a_wrong_address_is_changed_and_nothing_typed_again(world: World) -> None:
    browser = asked(world, email="nina@newtap.example", attendees__0__name="Otto", attendees__0__email="o@a.example")
    page = browser.press("Change it; everything you typed is still there")
    fields = page.form_with("Send me the letter")[0].fields
    assert {name: fields[name] for name in TYPED} == {**TYPED, "email": "nina@newtap.example"}
    assert fields["attendees-0-name"] == "Otto"
    assert "o@a.example" in browser.press("Send me the letter", email=TYPED["email"]).html


def test_what_will_not_do_is_kept_and_explained(world: World) -> None:
    before = world.digest()
    page = asked(world, name="", email="nobody", company=" ", topic="", minutes="").page
    assert page.status == 422
    assert set(page.errors) == {"name", "email", "company", "topic", "minutes"}
    assert page.form_with("Send me the letter")[0].fields["outcome"] == TYPED["outcome"]
    assert (
        "The same address is there twice."
        in asked(world, attendees__0__name="N", attendees__0__email=TYPED["email"]).page.text
    )
    assert world.digest() == before
    for topic in ("One", "Two", "Three"):
        asked(world, topic=topic)
    page = asked(world, topic="Four").page
    assert (page.status, page.form_with("Send me the letter")[0].fields["topic"]) == (409, "Four")


def test_a_link_that_opens_nothing(world: World) -> None:
    assert world.somebody().open("/hand-over/nothing").status == 404
    assert world.somebody().open("/b/nobody/ask").status == 404
