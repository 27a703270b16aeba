from typing import Any

import pytest

from tests.usecases import overlaps as scenes
from tests.web.conftest import World
from tests.web.test_statements import statements
from vendorhub.usecases import items, overlaps
from vendorhub.web import overlaps as page

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def played(world: World, scene: Any) -> str:
    with world.app.app_context():
        return str(scene(world.stage))


def test_a_pair_is_marked_and_given_its_time_by_one_press(world: World) -> None:
    code = played(world, scenes.all_in)
    rita = world.at("Rita")
    rita.open(f"/briefings/{code}/overlaps")
    assert (rita.page.h1, rita.page.title) == (["Where they meet"], "Where they meet · VendorHub")
    assert "Fastprint and Cloudio: 40" in rita.page.text
    rita.press("Keep this", kind="synergy", sentence="They feed each other.")
    assert "That is kept." in rita.page.text
    assert "Fastprint and Cloudio: 40 S" in rita.page.text
    rita.press("Give them time on the agenda", minutes="15")
    assert "They have 15 minutes on the agenda." in rita.page.text
    assert rita.page.text.count("Give them time on the agenda") == 2
    assert rita.page.form_with("Keep this")[0].fields["kind"] == "synergy"


def test_what_will_not_do_keeps_what_was_typed(world: World) -> None:
    code = played(world, scenes.all_in)
    kim = world.at("Kim")
    kim.open(f"/briefings/{code}/overlaps")
    kim.press("Give them time on the agenda", kind="competition", sentence="Both keep copies.", minutes="soon")
    assert kim.page.status == 422
    assert list(kim.page.errors.values()) == ["Please give the minutes as a number."]
    form, _ = kim.page.form_with("Keep this")
    assert (form.fields["kind"], form.fields["sentence"], form.fields["minutes"]) == (
        *("competition", "Both keep copies."),
        "soon",
    )
    before = world.digest()
    kim.press("Keep this", sentence="x" * 301)
    assert (kim.page.status, world.digest()) == (422, before)


def test_nothing_is_shown_before_its_time_and_a_vendor_reads_its_own(world: World) -> None:
    code = played(world, scenes.three)
    for name in ("Rita", "Vera"):
        assert "Nothing to compare yet" in world.at(name).open(f"/briefings/{code}/overlaps").text
    with world.app.app_context():
        for actor, given in ((world.stage["Vera"], scenes.RESTORE), (world.stage["Carl"], scenes.SNAPSHOTS)):
            items.send(actor, code, given)
        items.send(scenes.thea(), code, scenes.FLOORS)
        found = scenes.pairs(world.stage["Rita"], code)
        overlaps.mark(world.stage["Rita"], code, found["ct"].code, kind="synergy", sentence="Between the two.")
        overlaps.mark(world.stage["Rita"], code, found["fc"].code, kind="competition", sentence="Both keep copies.")
        scenes.published(world.stage, code)
    read = world.at("Vera").open(f"/briefings/{code}/overlaps")
    assert "Both keep copies." in read.text
    assert "Between the two." not in read.html
    assert [form.action for form in read.forms if "overlaps" in form.action] == []


def test_of_many_the_form_is_that_of_the_one_that_was_chosen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    code = played(world, scenes.all_in)
    monkeypatch.setattr(page, "FORMS_AT_MOST", 2)
    rita = world.at("Rita")
    read = rita.open(f"/briefings/{code}/overlaps")
    assert [form.action for form in read.forms if "/overlaps/" in form.action] == []
    pair = world.do("Rita", scenes.pairs, code)["ft"].code
    read = rita.open(f"/briefings/{code}/overlaps?pair={pair}")
    assert [form.action for form in read.forms if "/overlaps/" in form.action] == [f"/briefings/{code}/overlaps/{pair}"]
    rita.press("Keep this", kind="none")
    assert world.do("Rita", scenes.pairs, code)["ft"].kind == "none"


def test_the_matrix_takes_eight_statements_however_much_there_is(world: World) -> None:
    code = played(world, scenes.all_in)
    rita = world.at("Rita")
    few = statements(world, rita, f"/briefings/{code}/overlaps")
    with world.app.app_context():
        for number in range(5):
            items.send(world.stage["Vera"], code, scenes.items_of(number))
            items.send(world.stage["Carl"], code, scenes.items_of(number + 5))
        for pair in scenes.pairs(world.stage["Rita"], code).values():
            overlaps.mark(world.stage["Rita"], code, pair.code, kind="synergy", talk=overlaps.Talk())
    assert (few, statements(world, rita, f"/briefings/{code}/overlaps")) == (6, 6)
