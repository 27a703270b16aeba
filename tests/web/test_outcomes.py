"""How a meeting was, on its page, and the ask that lies prepared for the other side."""

from datetime import date, timedelta

import pytest

from tests.stage import HOLD, SLOTS
from tests.web.conftest import World
from vendorhub.domain.outcomes import Next, Said
from vendorhub.queries import meetings
from vendorhub.usecases import decisions, offers, outcomes

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def met(world: World) -> str:
    """The UID of a meeting that is over since an hour."""
    with world.app.app_context():
        uid = world.stage.met()
        world.stage.go(meetings.see(world.stage["Kim"], uid).end + timedelta(hours=1))
    return uid


def test_ten_seconds_and_what_was_typed_is_never_lost(world: World) -> None:
    uid = met(world)
    kim, alex, vera = world.at("Kim"), world.at("Alex"), world.at("Vera")
    kim.open("/")
    assert "How was it?" in kim.page.text
    alex.open(f"/meetings/{uid}/outcome")
    kim.open(f"/meetings/{uid}")
    kim.press("Keep it", note="They listen.")
    assert kim.page.status == 422
    assert "Please say first whether you met." in kim.page.text
    kim.press("Keep it", held="yes", worth="4")
    assert "We met · worth the time: 4 of 5" in kim.page.text
    assert "They listen." in kim.page.text
    alex.press("Keep it", held="they", note="I saw nobody.", decisions="Ask again.")
    assert (alex.page.status, "Somebody of your side has said so already" in alex.page.text) == (409, True)
    assert "we met · worth the time: 4 of 5 · They listen." in alex.page.text
    kept = alex.page.form_with("Keep it")[0].fields
    assert (kept["held"], kept["note"], kept["decisions"]) == ("they", "I saw nobody.", "Ask again.")
    alex.press("Keep it")
    assert "They did not come" in alex.page.text
    vera.open(f"/meetings/{uid}")
    assert "Ask again." in vera.page.text
    assert "I saw nobody." not in vera.page.text
    vera.open(f"/meetings/{uid}/outcome")
    assert vera.page.status == 404
    kim.open("/")
    assert "How was it?" not in kim.page.text


def test_an_ask_that_lies_prepared_is_theirs_to_send(world: World) -> None:
    uid = met(world)
    kim, vera = world.at("Kim"), world.at("Vera")
    kim.open(f"/meetings/{uid}/outcome")
    assert kim.page.form_with("Keep it")[0].fields["first"] == "2027-03-30"
    kim.press("Keep it", held="yes", again="yes", first="2027-04-30", last="2027-04-01")
    assert "Please choose a last day that is not before the first." in kim.page.text
    kim.press("Keep it", first="2027-04-01", last="2027-04-30")
    assert "An ask lies prepared for them; it is theirs to send." in kim.page.text
    vera.open("/")
    assert "They suggested to meet again between Thursday, 1 April 2027 and Friday, 30 April 2027." in vera.page.text
    vera.open(vera.page.links["Look at it"])
    fields = vera.page.form_with("Ask")[0].fields
    assert (fields["topic"], fields["kind"], fields["outcome"]) == ("Backup costs", "quarterly", "")


def test_on_a_standing_yes_one_press_shows_the_best_times(world: World) -> None:
    with world.app.app_context():
        stage = world.stage
        code = stage.asked()
        decisions.accept(stage["Kim"], code, each_quarter=True)
        stage.go(HOLD)
        offer = offers.offer(stage["Kim"], code, slots=SLOTS)
        uid = offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
        stage.go(meetings.see(stage["Kim"], uid).end)
        outcomes.say(stage["Kim"], uid, Said(next=Next(date(2027, 4, 5), date(2027, 4, 9))))
    kim = world.at("Kim")
    kim.open(f"/meetings/{uid}")
    kim.press("Offer times")
    assert kim.page.html.count('value="2027-04-0') >= 3
    ticked = [value for value in kim.page.form_with("Put these up")[0].fields.values() if "2027-04-0" in str(value)]
    assert ticked
