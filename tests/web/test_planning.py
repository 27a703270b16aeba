"""Planning a quarter on its page: the list, a plan that fills in, and what is prepared of it."""

import pytest

from tests.web.conftest import World
from tests.web.test_statements import statements
from vendorhub.usecases import details, planning, relationships

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def share(world: World, *companies: str) -> list[str]:
    codes = [world.do("Kim", lambda actor, each=each: relationships.begin(actor, company=each)) for each in companies]
    for code in codes:
        world.do("Kim", lambda actor, code=code: details.set_details(actor, code, topics=["Backup"]))
    return codes


def make(world: World) -> None:
    with world.app.app_context():
        assert planning.make_due() == 1


def test_a_plan_is_asked_for_fills_in_and_is_taken_up_as_a_prepared_briefing(world: World) -> None:
    share(world, "cloudio", "fastprint")
    kim = world.at("Kim")
    kim.open("/relationships")
    kim.open(kim.page.links["Plan the quarter"])
    assert "2 meetings that nobody has agreed on yet: 2 hours, one by one." in kim.page.text
    kim.press("Keep it", hours="soon")
    assert (kim.page.status, kim.page.errors) == (422, {"hours": "Please write a number."})
    kim.press("Keep it", hours="0")
    assert kim.page.errors == {"hours": "Please choose 1 to 300 hours a month, or leave it open."}
    kim.press("Keep it", hours="12")
    assert "Kept. The next plan goes by it." in kim.page.text
    kim.press("Plan it")
    assert "Asked for. It begins in a moment, and this page fills in by itself." in kim.page.text
    assert (kim.page.html.count('data-live="1"'), "Look again" in kim.page.links) == (2, True)
    make(world)
    kim.open("/plan?quarter=2026-Q4")
    assert "data-live" not in kim.page.html
    assert "It takes 1.3 h instead of 2 h: 0.7 h less" in kim.page.text
    kim.open(kim.page.links["Prepare the briefing"])
    fields = kim.page.form_with("Propose it")[0].fields
    assert (fields["theme"], fields["minutes"]) == ("Backup", "80")
    assert sorted(filter(None, (fields[f"vendors-{at}"] for at in range(4)))) == ["Cloudio", "Fastprint"]


def test_who_is_left_out_is_seen_alone_or_not_at_all(world: World) -> None:
    left, _ = share(world, "cloudio", "fastprint")
    kim = world.at("Kim")
    kim.open("/plan")
    kim.press("Plan it", leave_out=left)
    make(world)
    kim.open("/plan")
    assert "left out of the plan" in kim.page.text
    assert "Nobody shares a topic or a goal, so everybody is seen alone." in kim.page.text
    assert "/b/norden/ask" in kim.page.text
    kim.open("/plan?quarter=2031-Q1")
    assert kim.page.status == 422
    assert "That is far ahead: please plan at most 4 quarters ahead." in kim.page.text
    assert world.at("Vera").open("/plan").status == 404


def test_a_plan_of_many_takes_as_many_statements_as_one_of_few(world: World) -> None:
    share(world, "cloudio")
    kim = world.at("Kim")
    kim.open("/plan")
    kim.press("Plan it")
    make(world)
    few = statements(world, kim, "/plan")
    with world.app.app_context():
        from vendorhub.usecases.people import add_organisation

        for number in range(8):
            add_organisation(kind="vendor", name=f"Vendor {number}", slug=f"vendor-{number}")
    share(world, *(f"vendor-{number}" for number in range(8)))
    kim.press("Plan it anew")
    make(world)
    assert (few, statements(world, kim, "/plan")) == (9, 9)
