"""Every page of every side is whole: one h1 that begins its title, labels, no id twice, safe headers."""

import re

import pytest

from tests.web.browser import Page
from tests.web.conftest import World

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def whole(page: Page) -> None:
    assert page.status == 200, page.text
    assert len(page.h1) == 1
    assert page.h1[0]
    assert page.title == f"{page.h1[0]} · VendorHub"
    assert [one for one in page.ids if page.ids.count(one) > 1] == []
    labelled = set(page.labels)
    assert [one for one in page.inputs if one not in labelled] == []
    assert "style=" not in page.html
    assert re.findall(r'"[a-z-]+="', page.html) == []  # two attributes without a blank between them
    assert re.findall(r"<script(?! src=\"/static/[\w./?=-]+\" defer></script>)", page.html) == []


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/password", "/password", "/sign-in/anything", "/b/norden"])
def test_pages_for_everybody(world: World, path: str) -> None:
    whole(world.somebody().open(path))


def test_the_buyers_pages(world: World) -> None:
    uid = world.play("met")
    code = world.play("accepted", topic="Printers")
    world.play("asked", topic="Networks")
    held = world.play("asked", topic="Tape")
    kim = world.at("Kim")
    kim.open(f"/meeting-requests/{held}")
    whole(kim.press("Yes"))
    for path in ("/", "/meetings", "/meetings?past=1", "/history", f"/meetings/{uid}", f"/meeting-requests/{held}"):
        whole(kim.open(path))
    for path in (f"/meeting-requests/{code}", f"/meeting-requests/{code}/times", "/b/norden"):
        whole(kim.open(path))


@pytest.mark.parametrize("name", ["Vera", "Rita"])
def test_the_askers_pages(world: World, name: str) -> None:
    browser = world.at(name)
    for path in ("/", "/meetings", "/history", "/b/norden", "/b/norden/ask"):
        whole(browser.open(path))


def test_what_the_vendor_sees_of_a_meeting(world: World) -> None:
    uid = world.play("met")
    code, _ = world.play("offered")
    vera = world.at("Vera")
    for path in ("/", f"/meetings/{uid}", f"/meeting-requests/{code}", f"/meeting-requests/{code}/times"):
        whole(vera.open(path))


def test_the_operator_sees_no_meetings(world: World) -> None:
    uid = world.play("met")
    oz = world.at("Oz")
    whole(oz.open("/"))
    assert oz.open(f"/meetings/{uid}").status == 404


def test_a_colleague_sees_an_empty_desk(world: World) -> None:
    world.play("asked")
    cleo = world.at("Cleo")
    assert "Nothing waits for your answer." in cleo.open("/").text
    assert "Backup costs" not in cleo.page.text


def test_a_form_without_a_press_of_the_asker_has_no_field_for_a_time(world: World) -> None:
    vera = world.at("Vera")
    page = vera.open("/b/norden/ask")
    assert 'type="date"' not in page.html
    assert 'type="time"' not in page.html


def test_goals_and_openness_are_for_those_signed_in(world: World) -> None:
    told = ("Backups that restore", "Backup, print, network.", "Crypto.")
    page = world.somebody().open("/b/norden")
    assert "We insure homes and small firms in the north." in page.text
    assert [one for one in told if one in page.text] == []
    page = world.at("Vera").open("/b/norden")
    assert [one for one in told if one in page.text] == list(told)


def test_every_time_on_a_page_names_its_zone(world: World) -> None:
    code, _ = world.play("offered")
    vera = world.at("Vera")
    page = vera.open(f"/meeting-requests/{code}/times")
    assert "Wednesday, 13 January 2027, 13:00–13:30 (London time, UTC+00:00)" in page.text
    assert "14:00–14:30 (Berlin time, UTC+01:00)" in page.text


def test_a_deadline_says_weekday_zone_and_how_far(world: World) -> None:
    world.play("asked")
    page = world.at("Kim").open("/")
    assert "Please answer by the end of Monday, 11 January 2027 (Berlin time, UTC+01:00), in 1 week ." in page.text


def test_more_that_waits_is_one_press_away(world: World) -> None:
    for number in range(21):
        world.play("asked", topic=f"Number {number}")
    kim = world.at("Kim")
    page = kim.open("/")
    page = kim.open(page.links["More that waits"])
    assert (page.html.count("<article"), "Back to the first" in page.links) == (1, True)
    code = page.html.partition('id="ask-')[2].partition('"')[0]
    assert "That was all that waits." in kim.open(f"/?after={code}").text
