"""Several asks answered at once, and the lasting answer, which asks once more."""

import pytest
from werkzeug.datastructures import MultiDict

from tests.web.browser import Browser, Page
from tests.web.conftest import World
from vendorhub.queries import blocks
from vendorhub.queries import meeting_requests as seen
from vendorhub.usecases import decisions

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def chosen(browser: Browser, label: str, codes: list[str]) -> Page:
    """Ticks the cards and presses the button below them, as a browser without JavaScript sends it."""
    form, button = browser.page.form_with(label)
    sent = MultiDict([*form.fields.items(), *(("code", code) for code in codes), (button.name, button.value)])
    return browser._show(browser.client.post(form.action, data=sent, follow_redirects=True))


def state(world: World, code: str) -> str:
    return world.do("Kim", seen.see, code).state


def test_those_that_were_chosen_are_answered_alike_and_can_be_taken_back(world: World) -> None:
    first, second, third = (world.play("asked", topic=f"Number {number}") for number in range(3))
    kim = world.at("Kim")
    kim.open("/")
    page = chosen(kim, "No to these", [first, third])
    assert "2 asks are answered." in page.text
    assert [state(world, code) for code in (first, second, third)] == ["declined", "pending", "declined"]
    kim.press("Take it back")
    assert sorted(state(world, code) for code in (first, second, third)) == ["declined", "pending", "pending"]


def test_not_now_goes_with_the_day_that_is_told(world: World) -> None:
    codes = [world.play("asked", topic=f"Number {number}") for number in range(2)]
    kim = world.at("Kim")
    assert "not now means from Monday, 5 April 2027" in kim.open("/").text
    chosen(kim, "Not now to these", codes)
    assert {str(world.do("Kim", seen.see, code).again_on) for code in codes} == {"2027-04-05"}


def test_one_that_cannot_be_answered_is_named_and_the_others_are(world: World) -> None:
    taken, good = (world.play("asked", topic=f"Number {number}") for number in range(2))
    kim = world.at("Kim")
    kim.open("/")
    world.do("Alex", decisions.refuse, taken, kind="no")
    page = chosen(kim, "Yes to these", [taken, good])
    assert "1 ask is answered." in page.text
    assert f"{taken} is as it was: Alex has already answered this; please have a look" in page.text
    assert [state(world, code) for code in (taken, good)] == ["declined", "accepted"]


def test_nothing_chosen_answers_nothing(world: World) -> None:
    codes = [world.play("asked", topic=f"Number {number}") for number in range(2)]
    kim = world.at("Kim")
    kim.open("/")
    assert "Nothing was chosen, so nothing was answered." in chosen(kim, "Yes to these", []).text
    assert [state(world, code) for code in codes] == ["pending", "pending"]


@pytest.mark.parametrize(("scope", "shuts_out"), [("person", "Vera"), ("company", None)])
def test_dont_ask_again_asks_whom(world: World, scope: str, shuts_out: str | None) -> None:
    code = world.play("asked")
    kim = world.at("Kim")
    page = kim.open("/")
    page = kim.open(page.links["Don’t ask again"])
    assert page.h1 == ["Shall Fastprint not ask again?"]
    kim.press("Don’t ask again", scope=scope)
    assert state(world, code) == "blocked"
    shut = world.do("Kim", blocks.listing)[0]
    assert [(one.company, one.person) for one in shut] == [("Fastprint", shuts_out)]


def test_an_assistant_is_not_asked_for_the_lasting_answer(world: World) -> None:
    code = world.play("asked")
    alex = world.at("Alex")
    assert "Don’t ask again" not in alex.open("/").links
    assert alex.open(f"/meeting-requests/{code}/never").path == f"/meeting-requests/{code}"
