"""The day of a briefing by its pages: what is on, two who write at once, the minutes, and what follows them."""

from typing import Any

import pytest

from tests.stage import MINUTE
from tests.usecases import minutes as scenes
from tests.web.conftest import World
from tests.web.test_statements import statements
from vendorhub.queries import minutes as seen
from vendorhub.usecases import minutes

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def played(world: World, scene: Any) -> str:
    with world.app.app_context():
        return str(scene(world.stage))


def refs(world: World, code: str) -> list[str]:
    with world.app.app_context():
        return scenes.refs(world.stage, code)


def go(world: World, to: Any) -> None:
    with world.app.app_context():
        world.stage.go(to)


def test_what_is_on_is_said_and_moved_on_by_presses(world: World) -> None:
    code = played(world, scenes.begun)
    go(world, 15 * MINUTE)
    kim = world.at("Kim")
    page = kim.open(f"/briefings/{code}/day")
    assert page.h1 == ["On the day: Backups and print, together"]
    assert "1 of 3 · Norden Mutual What is new with us 25 minutes left Next: Printing less, 20 minutes" in page.text
    kim.press("Begin the next one")
    go(world, 27 * MINUTE)
    page = kim.open(f"/briefings/{code}/day")
    assert "2 of 3 · Fastprint Printing less 7 minutes over Next: What Cloudio costs, 20 minutes" in page.text
    assert 'class="now-card over"' in page.html
    vera = world.at("Vera").open(f"/briefings/{code}/day")
    assert "Printing less 7 minutes over Next: Reserved for Cloudio and the buyer, 20 minutes" in vera.text
    assert [form.action for form in vera.forms if "/day" in form.action] == []
    kim.press("Begin the next one")
    page = kim.press("It is over")
    assert "It is over. To the minutes" in page.text


def test_two_who_write_at_once_are_shown_both(world: World) -> None:
    code = played(world, scenes.begun)
    kim, rita = world.at("Kim"), world.at("Rita")
    kim.open(f"/briefings/{code}/day")
    kim.press("Keep as a decision", text="They need half.")
    rita.open(f"/briefings/{code}/day")
    rita.press("Keep as a note", text="They need a third.")
    assert "decided They need half. Kim" in rita.page.text
    line = world.do("Kim", seen.see, code).entries[0].notes[0].code
    edit = f"/briefings/{code}/day?line={line}"
    rita.open(edit)
    kim.open(edit)
    kim.press("Keep this", text="They need half of it.")
    page = rita.press("Keep this", text="They need two thirds.")
    assert page.status == 409
    assert "They need half of it. Kim" in page.text
    assert page.form_with("Keep this")[0].fields["text"] == "They need two thirds."
    assert rita.press("Keep this").status == 200
    assert [one.text for one in world.do("Kim", seen.see, code).notes] == [
        "They need two thirds.",
        "They need a third.",
    ]
    kim.open(edit)
    rita.open(edit)
    rita.press("Take it out")
    page = kim.press("Keep this", text="All the same.")
    assert (page.status, page.form_with("Keep as a note")[0].fields["text"]) == (409, "All the same.")
    page = kim.press("Keep the promise", what="Count", owner="vera@fastprint.example", due="soon")
    assert (page.status, page.errors) == (422, {"due": "Please give a date like 2027-01-13."})
    kim.press("Keep the promise", due="2027-02-01")
    assert "promise Count Vera, Fastprint, by Monday, 1 February 2027" in kim.page.text
    kim.open(next(link for link in kim.page.links.values() if "#promise-" in link))
    page = kim.press("Keep this", what="Count twice", due="2020-01-01")
    assert (page.status, "Please choose today or a later day." in page.text) == (422, True)
    kim.press("Keep this", owner="carl@cloudio.example", due="2027-02-02")
    assert "promise Count twice Carl, Cloudio, by Tuesday, 2 February 2027" in kim.page.text
    assert "It is kept" not in kim.page.text  # that can be said once it is over


def test_the_minutes_are_confirmed_and_each_reads_its_own(world: World) -> None:
    code = played(world, scenes.over)
    kim, vera = world.at("Kim"), world.at("Vera")
    kim.open(f"/briefings/{code}/minutes")
    stale = f"/briefings/{code}/minutes/confirmation"
    before = world.digest()
    form = next(form for form in kim.page.forms if form.action == stale)
    kim.client.post(stale, data=form.fields.to_dict())  # a form that is sent as it came confirms nothing
    assert world.digest() == before
    assert "Norden Mutual has not confirmed these minutes yet" in vera.open(f"/briefings/{code}/minutes").text
    page = kim.press("Confirm the minutes")
    assert "Confirmed by Kim on Wed, 13 Jan 2027" in page.text
    kim.press("Keep this: Cloudio", worth="2")
    kim.press("Thank Fastprint", thanks="You were plain.", quotable="yes")
    assert "They have your thanks by letter." in kim.page.text
    read = vera.open(f"/briefings/{code}/minutes")
    assert "Thanks to Fastprint You were plain. You may quote this, with their name." in read.text
    assert "decided We print half." in read.text
    hidden = ("dear", "Lower the price", "Ask the board", "What Cloudio costs", "Worth the time")
    assert [word for word in hidden if word in read.html] == []
    vera.press("It is done: Count the printers")
    vera.press("Not kept after all: Count the printers")
    vera.press("It is done: Count the printers")
    assert "done Count the printers" in vera.page.text
    vera.press("Add the remark", text="It was eight floors.")
    assert "It was eight floors. Vera, Fastprint" in vera.page.text
    assert "eight floors" not in world.at("Carl").open(f"/briefings/{code}/minutes").text
    page = world.at("Rita").open(f"/briefings/{code}/minutes")
    assert ("eight floors" in page.text, "Worth the time" in page.text, "You were plain" in page.text) == (
        *(True, False),
        False,
    )


def test_the_same_is_proposed_again_by_one_press(world: World) -> None:
    code = played(world, scenes.over)
    rita = world.at("Rita")
    rita.open(f"/briefings/{code}")
    assert rita.page.links["The minutes"] == f"/briefings/{code}/minutes"
    rita.open(f"/briefings/{code}/minutes")
    page = rita.press("Propose it again")
    assert page.h1 == ["Backups and print, together"]
    assert "Waiting for Norden Mutual" in page.text


def test_both_pages_take_the_same_statements_however_much_there_is(world: World) -> None:
    code = played(world, scenes.over)
    kim = world.at("Kim")
    pages = [f"/briefings/{code}/{name}" for name in ("day", "minutes")]
    few = [statements(world, kim, page) for page in pages]
    for number in range(5):
        for entry in ("", *refs(world, code)):
            world.do("Kim", minutes.note, code, text=f"Note {number}.", entry=entry)
            world.do(
                "Kim",
                minutes.promise,
                code,
                text=f"Promise {number}",
                owner="vera@fastprint.example",
                due=scenes.DUE,
                entry=entry,
            )
    assert [statements(world, kim, page) for page in pages] == few
    assert max(few) <= 20
