"""The front door and its settings, as a visitor reads them."""

import pytest

from tests.people import GOALS
from tests.web.conftest import World
from tests.web.test_pages import whole

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_the_settings_are_kept_and_shown(world: World) -> None:
    kim = world.at("Kim")
    whole(kim.open("/front-door"))
    page = kim.press("Save", name="Norden", brief="We insure.", goals__2="Cheaper print", response_days="1")
    assert page.status == 200
    assert "Saved. This is what vendors see from now on." in page.text
    seen = world.at("Vera").open("/b/norden")
    whole(seen)
    assert (seen.h1, "Cheaper print" in seen.text) == (["Norden"], True)
    assert "within one working day" in seen.text
    assert "you hear by Tuesday, 5 January 2027, 23:00 (London time, UTC+00:00)" in seen.text
    assert seen.headers["X-Robots-Tag"] == "noindex, nofollow"
    anybody = world.somebody().open("/b/norden")
    assert [word for word in (*GOALS, "Crypto") if word in anybody.html] == []
    assert "Kim changed the front door: the name, the brief, the goals, the days to answer." in (
        kim.open("/history").text
    )


def test_looking_first_and_moving_goals_changes_nothing(world: World) -> None:
    kim = world.at("Kim")
    kim.open("/front-door")
    before = world.digest()
    kim.press("Look first", brief="Something else.")
    assert "Nothing is saved yet." in kim.page.text
    assert kim.page.text.count("Something else.") == 3  # in the form and to both
    kim.press("Up")
    form, _ = kim.page.form_with("Save")
    assert [form.fields[f"goals-{number}"] for number in range(3)] == [GOALS[1], GOALS[0], ""]
    assert form.fields["brief"] == "Something else."
    kim.press("Take off")
    assert kim.page.form_with("Save")[0].fields["goals-0"] == GOALS[0]
    assert world.digest() == before


def test_what_will_not_do_is_kept_and_explained(world: World) -> None:
    kim = world.at("Kim")
    kim.open("/front-door")
    page = kim.press("Save", name=" ", zone="Mars", response_days="many", goals__1="a\u202eb", brief="Typed.")
    assert page.status == 422
    assert set(page.errors) == {"name", "zone", "response_days", "goals-1"}
    assert page.form_with("Save")[0].fields["brief"] == "Typed."
    assert kim.press("Save", goals__1=GOALS[0]).status == 422


def test_somebody_was_faster_and_nothing_typed_is_lost(world: World) -> None:
    kim, ada = world.at("Kim"), world.at("Ada")
    kim.open("/front-door")
    ada.open("/front-door")
    ada.press("Save", brief="Of Ada.")
    page = kim.press("Save", brief="Of Kim.")
    assert page.status == 409
    assert "Somebody has changed this since you opened it." in page.text
    assert page.form_with("Save")[0].fields["brief"] == "Of Kim."
    assert "Of Ada." in page.text
    assert kim.press("Save").status == 200
    assert "Of Kim." in world.somebody().open("/b/norden").text


@pytest.mark.parametrize("name", ["Alex", "Cleo", "Vera", "Oz"])
def test_the_settings_are_not_everybodys(world: World, name: str) -> None:
    assert world.at(name).open("/front-door").status == 403


def test_the_calendar_is_set_at_the_door(world: World) -> None:
    kim = world.at("Kim")
    kim.open(kim.open("/front-door").links["Your calendar: fiscal year and days off"])
    kim.press("Save", fiscal_year_start="13", place="DE")
    assert kim.page.errors == {"fiscal_year_start": "The fiscal year starts in a month from 1 to 12."}
    kim.press("Save", fiscal_year_start="7", place="Nowhere", days_off="2027-12-24\nsoon")
    assert list(kim.page.errors) == ["place", "days_off"]
    assert kim.page.form_with("Save")[0].fields["days_off"] == "2027-12-24\nsoon"
    kim.press("Save", place="de-hh", days_off="2027-12-24")
    assert "Saved. Quarters and due days are counted by it from now on." in kim.page.text
    kept = kim.page.form_with("Save")[0].fields
    assert (kept["fiscal_year_start"], kept["place"], kept["days_off"]) == ("7", "DE-HH", "2027-12-24")
