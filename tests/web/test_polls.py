"""The times for all as pages: put up by ticking, marked by radio buttons, chosen by one press; no JavaScript."""

import pytest

from tests.stage import SLOTS
from tests.usecases.briefings import consented, joined, slots_of
from tests.web.conftest import World
from tests.web.test_statements import statements
from vendorhub.usecases import participations, polls

TIMES = ("13T14:00", "14T10:00")
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def up(world: World, *, everybody: bool = True) -> tuple[str, str]:
    """The code of a briefing, and the address of its times, which Kim has put up."""
    with world.app.app_context():
        code = joined(world.stage) if everybody else consented(world.stage)
        if not everybody:
            participations.take_part(world.stage["Vera"], code)
        polls.put_up(world.stage["Kim"], code, slots=SLOTS)
    return code, f"/briefings/{code}/times"


def test_times_are_put_up_by_ticking_marked_by_radio_buttons_and_chosen_by_one_press(world: World) -> None:
    with world.app.app_context():
        code = joined(world.stage)
    path = f"/briefings/{code}/times"
    rita = world.at("Rita")
    rita.open(path)
    assert (rita.page.h1, rita.page.status) == (["A time for all: Backups and print, together"], 200)
    rita.page.form_with("Put these up")[0].fields.setlist("picks", [f"2027-01-{each},Europe/Berlin," for each in TIMES])
    rita.press("Put these up")
    assert "The times are up. Everybody is asked which suit them." in rita.page.text
    assert "Still to answer: Fastprint, Cloudio." in rita.page.text
    for name, answers in (("Vera", ("yes", "if_need_be")), ("Carl", ("yes", "no"))):
        at = world.at(name)
        at.open(path)
        form, _ = at.page.form_with("Say so")
        radios = sorted({field for field in form.names if field.startswith("at-")}, key=form.names.index)
        at.press("Say so", **dict(zip(radios, answers, strict=True)))
        assert "Noted. You can change it until a time is chosen." in at.page.text
        rival = {"Vera": "Cloudio", "Carl": "Fastprint"}[name]
        assert (rival in at.page.text, "who were asked" in at.page.text) == (False, False)
    kim = world.at("Kim")
    kim.open(path)
    first, second = "All who were asked.", "All who were asked but Cloudio; Fastprint if need be."
    assert 0 < kim.page.text.index(first) < kim.page.text.index(second)
    kim.press("Choose this")
    assert "Chosen. The invitations are on their way." in kim.page.text
    assert kim.page.path.startswith("/meetings/")
    assert "Everybody is invited:" in world.at("Vera").open(path).text


def test_a_choice_that_waits_says_for_whom_and_a_rival_reads_nothing_of_it(world: World) -> None:
    code, path = up(world, everybody=False)
    vera, kim = world.at("Vera"), world.at("Kim")
    before = [vera.open(path).text, vera.open(f"/briefings/{code}").text]
    kim.open(path)
    kim.press("Choose this")
    assert "The invitations leave as soon as these have joined: Cloudio." in kim.page.text
    assert [vera.open(path).text, vera.open(f"/briefings/{code}").text] == before


def test_what_is_refused_keeps_the_page_and_says_why(world: World) -> None:
    _, path = up(world)
    kim, vera, charlie = world.at("Kim"), world.at("Vera"), world.at("Charlie")
    kim.open(path)
    kim.page.form_with("Put these up")[0].fields.setlist("picks", ["2027-01-04T09:00,Europe/Berlin,"])
    kim.press("Put these up")
    assert kim.page.status == 422
    assert "One of these times has already begun; please choose times ahead." in kim.page.text
    assert kim.page.form_with("Put these up")[0].fields.getlist("picks") == ["2027-01-04T09:00,Europe/Berlin,"]
    vera.open(path)
    vera.press("Say so")
    assert (vera.page.status, "Please say of at least one time whether it suits you." in vera.page.text) == (422, True)
    assert charlie.open(path).status == 404


def test_the_page_takes_as_many_statements_for_many_times_and_vendors(world: World) -> None:
    with world.app.app_context():
        stage = world.stage
        few = joined(stage)
        many = consented(stage, vendors=["fastprint", "cloudio", stage.further_vendor()])
        polls.put_up(stage["Kim"], few, slots=SLOTS[:1])
        poll = polls.put_up(
            stage["Kim"], many, slots=[(f"2027-01-{day}T10:00:00", "UTC", None) for day in range(11, 23)]
        )
        for name in ("Vera", "Carl"):
            polls.say_when(stage[name], many, answers=dict.fromkeys(slots_of(poll), "yes"))
    for name in ("Kim", "Vera"):
        browser = world.at(name)
        counts = [statements(world, browser, f"/briefings/{code}/times") for code in (few, many, few)]
        assert counts[1:] == [{"Kim": 9, "Vera": 7}[name]] * 2
