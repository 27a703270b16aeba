"""Notes, people's lines and the brief, on their pages."""

import pytest

from tests.web.conftest import World
from tests.web.test_statements import statements
from vendorhub.queries import cadence
from vendorhub.usecases import notes

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def agreed(world: World) -> tuple[str, str]:
    """The UID of a meeting of Kim and Vera, and the code of their relationship."""
    uid = world.play("met")
    return uid, world.do("Kim", lambda actor: cadence.listing(actor)[0][0].code)


def test_a_note_is_written_found_changed_and_taken_out(world: World) -> None:
    _, code = agreed(world)
    kim = world.at("Kim")
    kim.open(f"/relationships/{code}")
    assert "You have not met yet." in kim.page.text
    kim.open(kim.page.links["Notes and people"])
    kim.press("Keep it", text=" ")
    assert kim.page.errors == {"text": "Please write something down first."}
    kim.press("Keep it", text="Their **floor** is nine <b onclick=alert(1)>so</b>", shared="yes")
    assert "Kept." in kim.page.text
    assert "<strong>floor</strong>" in kim.page.html
    assert "<b onclick" not in kim.page.html
    kim.press("Remember", text="Was a nurse")
    kim.open(f"/relationships/{code}")
    assert "Was a nurse" in kim.page.text
    kim.open("/notes?q=flo+zzz")
    assert "Nothing has all of these words." in kim.page.text
    kim.open("/notes?q=FLO")
    assert "<mark>floor</mark>" in kim.page.html
    assert "&lt;b onclick=alert(1)&gt;so" in kim.page.html
    vera = world.at("Vera")
    vera.open("/notes")
    assert "nurse" not in vera.page.text
    assert "floor" in vera.page.text
    assert "Change" not in vera.page.links
    kim.open(kim.page.links["Change"])
    kim.press("Keep it", text="Their floor is ten", shared="")
    kim.open("/notes?q=ten")
    kim.open(kim.page.links["Change"])
    kim.press("Take it out")
    assert "Taken out." in kim.page.text
    vera.open("/notes?q=floor")
    assert "Nothing has all of these words." in vera.page.text
    kim.open("/history")
    assert "Kim took out a note about Fastprint" in kim.page.text


def test_the_brief_is_one_press_from_the_meeting_in_a_constant_number_of_statements(world: World) -> None:
    uid, code = agreed(world)
    vera = world.at("Vera")
    few = statements(world, vera, f"/meetings/{uid}/brief"), statements(world, vera, f"/relationships/{code}/memory")
    for number in range(5):
        world.do("Vera", lambda actor, n=number: notes.note(actor, code, text=f"Note {n}", meeting=uid))
    many = statements(world, vera, f"/meetings/{uid}/brief"), statements(world, vera, f"/relationships/{code}/memory")
    assert few == many
    vera.open(f"/meetings/{uid}")
    vera.open(vera.page.links["the brief"])
    assert "Where you left off" in vera.page.text
    assert world.at("Carl").open(f"/meetings/{uid}/brief").status == 404
