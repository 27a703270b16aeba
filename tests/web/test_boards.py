"""The board as it is looked through and taken along; and what the other side sees of the same."""

import csv
import re
from datetime import date, timedelta
from typing import Any

import pytest

from tests.stage import HOLD
from tests.web.browser import Browser
from tests.web.conftest import World
from vendorhub.queries import boards, cadence
from vendorhub.usecases import decisions, details, relationships
from vendorhub.usecases.people import add_organisation

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def begun(world: World, company: str) -> str:
    return str(world.do("Kim", lambda actor: relationships.begin(actor, company=company)))


def names(browser: Browser) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', browser.page.html)


def test_it_is_looked_through_by_what_is_in_its_address(world: World) -> None:
    one, _ = begun(world, "cloudio"), begun(world, "fastprint")
    world.do("Kim", lambda actor: details.set_details(actor, one, topics=["Tape"], owner="cleo@norden.example"))
    kim = world.at("Kim")
    kim.open("/relationships")
    assert names(kim) == ["Cloudio", "Fastprint"]
    kim.open("/relationships?state=&topic=tape&owner=")
    assert names(kim) == ["Cloudio"]
    kim.open("/relationships?topic=Tape")
    assert kim.page.links["As a table (CSV)"] == "/relationships/board.csv?topic=Tape"
    assert kim.page.form_with("Show")[0].fields["topic"] == "Tape"
    kim.open("/relationships?owner=cleo@norden.example&state=upcoming")
    assert names(kim) == ["Cloudio"]
    kim.open("/relationships?topic=Tape&state=met")
    assert "Nobody is like that this quarter" in kim.page.text


def test_the_next_step_is_one_press_away(world: World) -> None:
    begun(world, "fastprint")
    code = world.play("asked")
    kim = world.at("Kim")
    assert kim.open("/relationships").links["Answer them"] == f"/meeting-requests/{code}"
    world.do("Kim", decisions.accept, code, each_quarter=True)
    assert kim.open("/relationships").links["Offer times"] == f"/meeting-requests/{code}/times"


def test_it_is_taken_along_as_a_table_that_calculates_nothing(world: World) -> None:
    with world.app.app_context():
        add_organisation(kind="vendor", name="=HYPERLINK(1)", slug="formula")
    begun(world, "formula")
    kim = world.at("Kim")
    head, *rows = csv.reader(kim.open("/relationships/board.csv").html.splitlines())
    assert head == ["Company", "Quarter", "State", "Why", "Next due", "Owner", "Goals", "Topics"]
    assert rows[0] == [
        *("'=HYPERLINK(1)", "Q4 2026", "still to come"),
        *("The next meeting is due on Wednesday, 31 March 2027.", "2027-03-31", "", "", ""),
    ]
    assert kim.page.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert world.at("Kim").open("/relationships/board.csv?state=met").html.splitlines() == [",".join(head)]


def faces(world: World, name: str) -> list[Any]:
    """All that a company sees of its days with buyers: the page, and what programs are told, with their tags."""
    browser = world.at(name)
    page = browser.open("/relationships")
    told = [world.do(name, seen) for seen in (cadence.listing, cadence.quarter, cadence.around)]
    return [page.status, re.sub(r'name="csrf_token" value="[^"]+"', "", page.html), told]


def test_a_vendor_reads_its_own_days_and_nothing_of_what_is_due(world: World) -> None:
    world.play("met")
    code = world.do("Kim", lambda actor: boards.see(actor).lines[0].it.code)
    vera = world.at("Vera")
    assert "Last not yet Next Wednesday, 13 January 2027" in " ".join(vera.open("/relationships").text.split())
    world.play("go", timedelta(days=60))
    before = faces(world, "Vera")
    (own,), _ = before[2][0]
    assert (own.last_met, own.encounters, own.fell, 'class="strip"' in before[1]) == (date(2027, 1, 13), (), (), False)
    assert "Last Wednesday, 13 January 2027 Next not fixed" in " ".join(vera.open("/relationships").text.split())
    world.do("Kim", lambda actor: relationships.set_cadence(actor, code, every="1 week"))
    world.do("Kim", lambda actor: relationships.let_go(actor, code, quarter="2027-Q1", reason="A tender"))
    world.do(
        "Kim", lambda actor: relationships.log_meeting(actor, company="fastprint", day=date(2027, 2, 1), minutes=30)
    )
    assert faces(world, "Vera") == before
    begun(world, "cloudio")
    assert "No days yet" in world.at("Carl").open("/relationships").text


def test_from_when_on_is_what_they_were_told(world: World) -> None:
    code = world.play("asked")
    world.do("Kim", decisions.refuse, code, kind="not_now", again_on=date(2027, 3, 1))
    vera = world.at("Vera")
    assert "No days yet" in vera.open("/relationships").text  # held: nobody knows yet
    world.play("go", HOLD)
    assert "Norden Mutual Last not yet Next from Monday, 1 March 2027" in " ".join(
        vera.open("/relationships").text.split()
    )
