"""A held answer leaves no trace on the other side's pages, byte for byte; an undo neither."""

import re

import pytest

from tests.web.browser import Browser
from tests.web.conftest import World

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def seen(browser: Browser, code: str) -> list[tuple[int, str]]:
    """Everything of the vendor's side, without the token that differs with every page."""
    paths = ("/", "/history", "/meetings", f"/meeting-requests/{code}", f"/meeting-requests/{code}/times")
    pages = [browser.open(path) for path in paths]
    return [(page.status, re.sub(r'name="csrf_token" value="[^"]+"', "", page.html)) for page in pages]


@pytest.mark.parametrize("answer", ["Yes", "Not now", "No"])
def test_nobody_else_sees_a_held_answer(world: World, answer: str) -> None:
    code = world.play("asked")
    vera, kim = world.at("Vera"), world.at("Kim")
    seen(vera, code)  # the greeting is gone after the first page
    before = seen(vera, code)
    kim.open("/")
    page = kim.press(answer, note="Because.", again_on="2027-03-01")
    assert "They hear of it at 12:01 (Berlin time, UTC+01:00); take it back until then." in page.text
    if answer == "Yes":
        kim.open(f"/meeting-requests/{code}/times")
        kim.press("Put these up", slots__0__date="2027-01-13", slots__0__time="14:00", zone="Europe/Berlin")
        assert "The times are with the other side." in kim.page.text
    assert seen(vera, code) == before
    kim.open("/")
    kim.press("Take it back")
    assert "Taken back. Nobody has heard of the answer." in kim.page.text
    assert seen(vera, code) == before


def test_the_answer_is_seen_when_it_is_effective(world: World) -> None:
    code = world.play("asked")
    kim, vera = world.at("Kim"), world.at("Vera")
    kim.open("/")
    kim.press("Not now", again_on="2027-03-01", note="After the audit.")
    from tests.stage import HOLD

    world.stage.go(HOLD)
    assert "Not now. You may ask again from Monday, 1 March 2027." in vera.open("/").text
    page = vera.open(f"/meeting-requests/{code}")
    assert "After the audit." in page.text
    assert "Kim said not now" in page.text
