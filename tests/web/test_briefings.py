"""A briefing's pages: what is missing in a proposal is named, and before the buyer's yes no vendor has been asked."""

import re

import pytest

from tests.stage import OTHER_SLOTS, SLOTS
from tests.usecases.agendas import laid, marked
from tests.usecases.briefings import joined, proposed
from tests.usecases.minutes import agreed
from tests.web.conftest import World
from vendorhub.domain.agenda_templates import Template
from vendorhub.usecases import polls
from vendorhub.usecases.agenda_building import Given, add, start_from

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_proposal_names_what_is_missing(world: World) -> None:
    rita = world.at("Rita")
    rita.open("/briefings/new?buyer=norden")
    page = rita.press("Propose it")
    named = "Please name at least two vendors; one alone is asked for by an ask of its own."
    assert page.errors == {
        "theme": "Please say in one line what it is about.",
        "outcome": "Please say what would be known or decided afterwards.",
        "vendors": named,
    }
    page = rita.press("Propose it", theme="Tape", outcome="Which.", **{"vendors-0": "Fastprint", "vendors-1": "Nobody"})
    assert page.errors == {"vendors": "There is no vendor called Nobody here."}


def test_before_the_buyers_yes_nobody_is_said_to_owe_anything(world: World) -> None:
    with world.app.app_context():
        code = proposed(world.stage)
    text = world.at("Rita").open(f"/briefings/{code}").text
    assert text.count("asked once the buyer says yes") == 2
    assert ("has not said yet" in text, "items missing" in text) == (False, False)


def test_times_before_the_items_are_due_are_said_to_be_so(world: World) -> None:
    with world.app.app_context():
        code = joined(world.stage)
        polls.put_up(world.stage["Kim"], code, slots=[SLOTS[0], OTHER_SLOTS[1]])
    warned = "come before the items are due (Wednesday, 20 January 2027)"
    for name in ("Kim", "Rita"):
        text = world.at(name).open(f"/briefings/{code}/times").text
        assert (warned in text, text.count(" before the items are due ")) == (True, 2)
    assert "before the items" not in world.at("Vera").open(f"/briefings/{code}/times").text


def test_a_template_says_what_it_leaves_out_before_it_is_pressed(world: World) -> None:
    with world.app.app_context():
        code, *_ = laid(world.stage)
        marked(code, "fastprint", "cloudio")
        start_from(world.stage["Rita"], code, Template.JOINT)
        add(world.stage["Rita"], code, given=Given(segment="buyer", title="Our roadmap", minutes=5))
    rita = world.at("Rita")
    text = rita.open(f"/briefings/{code}/agenda").text
    talk = "“How Fastprint and Cloudio work together”"
    assert f"Governance review Waits for a place again: “Printing less”, “Backups that restore”, {talk}" in text
    assert "15 of the 20 minutes that “Printing less” asks for" in text
    assert text.count("“Our roadmap”") == 4
    page = rita.press("Half news, half ours")
    assert "What had no place there waits beside the timeline." in page.text
    assert f"{talk[1:-1]} Fastprint + Cloudio · 10 min Put in" in page.text


def test_a_vendor_sees_its_own_items_ticked_and_who_comes_no_sooner_than_the_invitation(world: World) -> None:
    with world.app.app_context():
        waits, fixed = joined(world.stage), agreed(world.stage)
    steps = [
        re.findall(r'<li class="(done)?">\s*<h2>', world.at("Vera").open(f"/briefings/{code}").html)
        for code in (waits, fixed)
    ]
    assert [[bool(step) for step in some[:4]] for some in steps] == [
        [True, False, False, False],
        [True, True, True, True],
    ]
