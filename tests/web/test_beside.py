"""What is said beside an ask, and of companies, on pages: by forms alone, and what can't be taken is said again."""

from datetime import date

import pytest

from tests.people import address
from tests.stage import HOLD
from tests.web.conftest import World
from vendorhub.usecases import decisions

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def refused(world: World) -> str:
    code = world.play("asked")
    world.do("Kim", decisions.refuse, code, kind="not_now", again_on=date(2027, 3, 1), note="After the audit.")
    world.stage.go(HOLD)
    return code


def test_the_boss_reads_the_answer_and_opens_the_ask_again_with_a_reason(world: World) -> None:
    refused(world)
    code = world.play("asked", to=address("Bo"))
    bo = world.at("Bo")
    assert "Answered by Kim on Mon, 4 Jan 2027: not now, until Monday, 1 March 2027" in bo.open("/").text
    page = bo.open(f"/meeting-requests/{code}")
    assert "After the audit." in page.text
    assert "Nothing counts against them until one of you says so" in page.text
    page = bo.press("Went around us")
    assert 'aria-pressed="true">Went around us' in " ".join(page.html.split())
    for typed, why in ((" ", "Please say why; whoever answered before will read it."), ("so " * 200, "500")):
        page = bo.press("Open it again", reason=typed)
        assert page.status == 422
        box = page.html[page.html.index('id="reason-error"') :].partition("</textarea>")[0]
        assert why in " ".join(box.split())  # beside the field, which names it, and keeps what was typed
        assert (
            box.partition('aria-describedby="reason-hint reason-error" aria-invalid="true">')[2].strip()
            == typed.strip()
        )
        assert '<a href="#reason">' in page.html.partition('role="alert"')[2]
    page = bo.press("Open it again", reason="I know their new head of support.")
    assert "It waits again." in page.text
    assert "Bo opened it again: “I know their new head of support”." in page.text
    seen = world.at("Vera").open(f"/meeting-requests/{code}").text
    assert "head of support" not in seen
    assert "round us" not in seen


def test_two_companies_are_said_to_be_one_and_two_again(world: World) -> None:
    answered = refused(world)
    world.play("asked", "Carl", to=address("Pia"))
    kim = world.at("Kim")
    assert [name in kim.open("/companies?name=CLOUD").text for name in ("Cloudio", "Fastprint")] == [True, False]
    assert "Kim said not now; they may ask again from" in kim.open("/companies/fastprint").text
    assert kim.open("/companies/fastprint/one-with?other=").status == 422
    page = kim.open("/companies/fastprint/one-with?other=cloudio")
    assert f'value="{answered}"' in page.html
    assert " checked" not in page.html
    assert "These two are one from now on." in kim.press("They are one; what is ticked holds for both").text
    assert "one with Fastprint" in kim.open("/companies").text
    assert kim.open("/companies/fastprint").status == 200
    assert "They are two companies again." in kim.press("They are two again").text
    assert world.at("Alex").open("/companies").status == 403
    assert world.at("Vera").open("/companies").status == 403
    assert world.at("Charlie").open("/companies/fastprint").status == 404
