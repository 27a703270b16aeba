"""Where the time goes, on its page and as a file."""

from datetime import date

import pytest

from tests.web.conftest import World
from tests.web.test_statements import statements
from vendorhub.usecases import details, relationships
from vendorhub.usecases.people import add_organisation

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def note(world: World, company: str, day: date, minutes: int = 60) -> None:
    world.do("Kim", lambda actor: relationships.log_meeting(actor, company=company, day=day, minutes=minutes))


def test_hours_are_drawn_listed_and_taken_along(world: World) -> None:
    kim = world.at("Kim")
    kim.open("/time")
    assert "No time was given to vendors" in kim.page.text
    note(world, "cloudio", date(2026, 12, 1), 90)
    code = world.do("Kim", lambda actor: relationships.begin(actor, company="cloudio"))
    said = {"topics": ["=Print"], "goals": ["Fewer suppliers"], "spend": 120_000, "currency": "EUR"}
    world.do("Kim", lambda actor: details.set_details(actor, code, **said))
    kim.open("/relationships")
    kim.open(kim.page.links["Where the time goes"])
    assert "From February 2026 to January 2027: 1.5 hours in one meeting." in kim.page.text
    assert "Cloudio 1.5 hours – 1 120,000 EUR – –" in kim.page.text
    assert "Goals without any time with vendors: Backups that restore." in kim.page.text
    assert kim.page.html.count('class="alone"') == 12
    rows = kim.client.get(kim.page.links["As a table (CSV)"]).text.splitlines()
    assert rows == [
        "Day,Company,Alone or together,Minutes,Goals,Topics",
        "2026-12-01,Cloudio,alone,90.0,Fewer suppliers,'=Print",
    ]
    kim.open("/time?until=2026-10")
    assert "From November 2025 to October 2026 no meeting with a vendor was held." in kim.page.text
    assert kim.open("/time?until=soon").status == 422
    assert world.at("Vera").open("/time").status == world.at("Vera").open("/time/hours.csv").status == 404


def test_many_companies_take_as_many_statements_as_one(world: World) -> None:
    note(world, "cloudio", date(2026, 12, 1))
    kim = world.at("Kim")
    few = statements(world, kim, "/time")
    with world.app.app_context():
        for number in range(6):
            add_organisation(kind="vendor", name=f"Vendor {number}", slug=f"vendor-{number}")
    for number in range(6):
        note(world, f"vendor-{number}", date(2026, 12, number + 1))
    assert (few, statements(world, kim, "/time")) == (9, 9)
