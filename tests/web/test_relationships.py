"""The quarter board, one relationship and a meeting that was held elsewhere, on their pages."""

import re
from datetime import date, timedelta

import pytest

from tests.web.conftest import World
from tests.web.test_statements import statements
from vendorhub.queries import boards
from vendorhub.usecases import relationships
from vendorhub.usecases.people import add_organisation

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def code_of(world: World, number: int = 0) -> str:
    return world.do("Kim", lambda actor: boards.see(actor).lines[number].it.code)


def test_a_meeting_is_noted_and_stands_on_the_board(world: World) -> None:
    kim = world.at("Kim")
    kim.open("/relationships")
    assert "Nobody is here yet" in kim.page.text
    kim.open(kim.page.links["Note a meeting held elsewhere"])
    typed = {"date": "2026-12-01", "minutes": "45", "people": "Carl, Una", "note": "They will call."}
    kim.press("Note it", company="Nobody Ltd", **typed)
    assert kim.page.status == 422
    assert kim.page.errors == {"company": "There is no company of that name here; please look at how it is written."}
    kept = kim.page.form_with("Note it")[0].fields
    assert {name: kept[name] for name in typed} == typed
    kim.press("Note it", company="Cloudio", date="2027-12-01")
    assert list(kim.page.errors) == ["date"]
    kim.press("Note it", date="2026-12-01", minutes="soon")
    assert kim.page.errors == {"minutes": "Please write a number."}
    kim.press("Note it", minutes="45")
    assert "Noted. It counts like a meeting that was held here; nobody was written to." in kim.page.text
    assert "Once a quarter, 60 minutes. You last met on Tuesday, 1 December 2026." in kim.page.text
    kim.open("/relationships")
    assert "Mon, 1 Mar 2027" in kim.page.text
    kim.open("/relationships?state=overdue")
    assert "Nobody is like that this quarter" in kim.page.text


def test_how_often_a_pause_and_a_quarter_let_go(world: World) -> None:
    world.do("Kim", lambda actor: relationships.begin(actor, company="cloudio"))
    kim = world.at("Kim")
    kim.open(f"/relationships/{code_of(world)}")
    kim.press("Keep it", every="weeks", weeks="0")
    assert kim.page.errors == {"set-every": "Please choose a number of weeks from 1 to 104."}
    assert kim.page.form_with("Keep it")[0].fields["weeks"] == "0"
    kim.press("Keep it", every="weeks", weeks="6", minutes="30", soft="7")
    assert "Every 6 weeks, 30 minutes." in kim.page.text
    kim.press("Pause", first="2027-02-01", last="2027-01-01", reason="A tender")
    assert kim.page.errors == {"pause-last": "Please let the pause end after it begins."}
    assert kim.page.form_with("Pause")[0].fields["reason"] == "A tender"
    kim.press("Pause", last="2027-06-30")
    assert "Paused. What falls into these days is due when they are over." in kim.page.text
    assert "Paused until Wednesday, 30 June 2027: A tender" in kim.page.text
    kim.press("Let it go", quarter="2027-Q2")
    assert kim.page.errors == {"let_go-reason": "Please say in a line why you skip this quarter."}
    kim.press("Let it go", quarter="2027-Q2", reason="A move")
    assert "2027-Q2: A move" in kim.page.text


def test_who_only_looks_on_sets_nothing_and_the_other_side_has_no_board(world: World) -> None:
    world.do("Kim", lambda actor: relationships.begin(actor, company="cloudio"))
    code = code_of(world)
    cleo = world.at("Cleo")
    cleo.open(f"/relationships/{code}")
    assert "Quarter by quarter" in cleo.page.text
    assert "How often" not in cleo.page.text
    for path in ("/relationships/board.csv", "/relationships/logged", f"/relationships/{code}"):
        assert world.at("Carl").open(path).status == 404
        assert world.at("Charlie").open(path.replace("logged", code)).status == (200 if path.endswith("csv") else 404)


def test_a_stale_page_changes_nothing(world: World) -> None:
    world.do("Kim", lambda actor: relationships.begin(actor, company="cloudio"))
    kim, alex = world.at("Kim"), world.at("Alex")
    kim.open(f"/relationships/{code_of(world)}")
    alex.open(f"/relationships/{code_of(world)}")
    alex.press("Keep it", every="month")
    kim.press("Keep it", every="none")
    assert (kim.page.status, "please look again, then decide" in kim.page.text) == (409, True)
    assert world.do("Kim", lambda actor: str(boards.see(actor).lines[0].it.rule.every)) == "month"


def test_the_board_takes_six_however_many_stand_on_it(world: World) -> None:
    world.do(
        "Kim", lambda actor: relationships.log_meeting(actor, company="cloudio", day=date(2026, 12, 1), minutes=30)
    )
    kim = world.at("Kim")
    few = statements(world, kim, "/relationships")
    with world.app.app_context():
        for number in range(20):
            add_organisation(kind="vendor", name=f"Vendor {number}", slug=f"vendor-{number}")
    for number in range(20):
        world.do("Kim", lambda actor, each=number: relationships.begin(actor, company=f"vendor-{each}"))
    assert (few, statements(world, kim, "/relationships")) == (6, 6)
    assert kim.page.html.count('scope="row"') == 21


def test_the_year_is_drawn_and_said_and_stands_in_a_table(world: World) -> None:
    world.do(
        "Kim", lambda actor: relationships.log_meeting(actor, company="cloudio", day=date(2026, 12, 1), minutes=30)
    )
    kim = world.at("Kim")
    page = kim.open(f"/relationships/{code_of(world)}").html
    assert '<desc id="strip-said">you met: Tue, 1 Dec 2026; due: Mon, 1 Mar 2027</desc>' in page
    assert re.findall(r'class="spot (is-\w+)" transform="translate\(([\d.]+) 25\)"', page) == [
        ("is-held", "326.5"),
        ("is-due", "415.2"),
    ]
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r'<th scope="row">Q.*?</tr>', page, re.DOTALL)]
    assert [" ".join(row) for row in rows][3:6] == [
        "Q3 2026 met you met Tue, 1 Dec 2026",
        "Q4 2026 still to come due Mon, 1 Mar 2027",
        "Q1 2027 still to come –",
    ]
    assert "style=" not in page[page.index('<svg class="strip"') : page.index("As a table")]


def test_a_standing_yes_is_one_press_where_their_ask_waits(world: World) -> None:
    world.do("Kim", lambda actor: relationships.begin(actor, company="fastprint"))
    at = f"/relationships/{code_of(world)}"
    kim, alex = world.at("Kim"), world.at("Alex")
    assert "A standing yes" not in kim.open(at).text
    code = world.play("asked")
    assert "Yes, each quarter" not in alex.open(at).text
    kim.open(at)
    late = world.at("Kim")
    late.open(at)
    kim.press("Yes, each quarter")
    assert kim.page.path == f"/meeting-requests/{code}"
    kim.open(at)
    assert "They have not heard of it yet." in kim.page.text
    late.press("Yes, each quarter")
    assert (late.page.status, "Nothing of this company’s waits for an answer" in late.page.text) == (409, True)


@pytest.mark.parametrize(
    ("press", "then"),
    [
        ("Yes, as it is", "quarter"),
        ("Less: twice a year", "half-year"),
        ("Only when there is a reason", "none"),
    ],
)
def test_once_a_year_it_asks_whether_it_is_worth_it(world: World, press: str, then: str) -> None:
    world.do("Kim", lambda actor: relationships.begin(actor, company="cloudio"))
    at = f"/relationships/{code_of(world)}"
    assert "Still worth meeting?" not in world.at("Kim").open(at).text
    world.play("go", timedelta(days=365))
    assert "Still worth meeting?" not in world.at("Cleo").open(at).text
    kim = world.at("Kim")
    kim.open(at)
    kim.press(press)
    assert "Kept. You are asked again in a year." in kim.page.text
    assert "Still worth meeting?" not in kim.page.text
    assert world.do("Kim", lambda actor: str(boards.see(actor).lines[0].it.rule.every)) == then
