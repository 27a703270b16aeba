"""What the pages offer where no vendor is left, or whoever brought them is gone."""

from tests.usecases.briefings import THEME, consented
from tests.web.conftest import World
from vendorhub.usecases import meeting_requests, participations


def test_the_next_step_stands_there(world: World) -> None:
    with world.app.app_context():
        code = consented(world.stage)
    rita, kim = world.at("Rita"), world.at("Kim")
    assert "Name others" not in rita.open(f"/briefings/{code}").links
    for name in ("Vera", "Carl"):
        world.do(name, participations.stay_out, code)
    for browser in (rita, kim):
        page = browser.open(f"/briefings/{code}")
        assert "No vendor is left that comes." in page.text
        assert page.links["Name others"] == f"/briefings/{code}/line-up"
    assert "No vendor is left" not in world.at("Vera").open(f"/briefings/{code}").text
    world.do("Rita", meeting_requests.withdraw, code)
    assert "Propose it" not in rita.open(f"/briefings/{code}").links
    form, _ = kim.open(kim.open(f"/briefings/{code}").links["Propose it"]).form_with("Propose it")
    kept = [form.fields[name] for name in ("theme", "vendors-0", "vendors-1", "minutes")]
    assert kept == [THEME, "Fastprint", "Cloudio", "90"]
    made = kim.press("Propose it")
    assert (made.status, made.h1) == (200, [THEME])
    assert "Your proposal is your yes." in made.text
