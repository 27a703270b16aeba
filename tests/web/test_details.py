"""What a buyer holds of a relationship, on its page and on the form that says it."""

import pytest

from tests.people import address
from tests.web.conftest import World
from vendorhub.queries import cadence
from vendorhub.usecases import details, relationships

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_it_is_said_on_a_form_and_stands_on_the_page(world: World) -> None:
    code = world.do("Kim", lambda actor: relationships.begin(actor, company="cloudio"))
    kim = world.at("Kim")
    kim.open(f"/relationships/{code}")
    assert "Nothing is said yet of whose it is" in kim.page.text
    kim.open(kim.page.links["Say or change it"])
    typed = {"owner": address("Mo"), "topics": "Backup, Cloud", "contract_end": "2027-12-31", "spend": "120,000"}
    kim.press("Keep it", **typed, notice_by="2028-01-01")
    said = "Notice is given before the contract ends; please look at the two days again."
    assert (kim.page.status, kim.page.errors) == (422, {"notice_by": said})
    kept = kim.page.form_with("Keep it")[0].fields
    assert {name: kept[name] for name in typed} == typed
    kim.press("Keep it", notice_by="2027-09-30", spend="12.5")
    assert kim.page.errors == {"spend": "Please write a whole number, like 120,000."}
    kim.press("Keep it", spend="120 000", goals="Fewer suppliers")
    for words in (
        "Kept. Only your own people see it.",
        "Mo",
        "Backup, Cloud",
        "Friday, 31 December 2027",
        "EUR 120,000",
    ):
        assert words in kim.page.text
    assert "Fewer suppliers" in kim.page.text
    cleo = world.at("Cleo")
    cleo.open(f"/relationships/{code}")
    assert "EUR 120,000" in cleo.page.text
    assert "Say or change it" not in cleo.page.text
    path = f"/relationships/{code}/details"
    answered = [world.at(who).open(path).status for who in ("Cleo", "Carl", "Charlie")]
    assert answered == [403, 404, 404]


def test_who_is_not_in_the_circle_is_answered_as_if_there_were_none(world: World) -> None:
    code = world.do("Kim", lambda actor: relationships.begin(actor, company="cloudio"))
    kim, bo = world.at("Kim"), world.at("Bo")
    kim.open(f"/relationships/{code}/details")
    kim.press("Keep it", confidential="yes")
    assert list(kim.page.errors) == ["circle"]
    kim.press("Keep it", circle=address("Kim"))
    assert "Only these know of it: Kim." in kim.page.text
    for path in ("/relationships/{}", "/relationships/{}/details"):
        there, nowhere = (bo.open(path.format(each)) for each in (code, "NOSUCHCODE"))
        assert (there.status, there.text) == (404, nowhere.text)
    assert "Cloudio" not in bo.open("/relationships").text
    assert "Cloudio" not in bo.open("/history").text
    assert "Cloudio" in kim.open("/history").text


def test_somebody_else_was_faster(world: World) -> None:
    code = world.do("Kim", lambda actor: relationships.begin(actor, company="cloudio"))
    kim = world.at("Kim")
    kim.open(f"/relationships/{code}/details")
    world.do("Alex", lambda actor: details.set_details(actor, code, topics=["Cloud"]))
    kim.press("Keep it", topics="Print")
    assert (kim.page.status, "please look again, then decide" in kim.page.text) == (409, True)
    assert kim.page.form_with("Keep it")[0].fields["topics"] == "Print"
    assert world.do("Kim", lambda actor: cadence.see(actor, code).details.topics) == ("Cloud",)
