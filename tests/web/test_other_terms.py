"""Other terms than the buyer said yes to: wished for on one page, answered on another."""

import pytest

from tests.usecases.briefings import THEME, joined
from tests.web.conftest import World

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_another_theme_is_wished_for_and_answered(world: World) -> None:
    with world.app.app_context():
        code = joined(world.stage)
    rita, kim, vera = world.at("Rita"), world.at("Kim"), world.at("Vera")
    form, _ = rita.open(f"/briefings/{code}/line-up").form_with("Ask these")
    assert (form.fields["theme"], form.fields["minutes"]) == (THEME, "90")
    page = rita.press("Ask these", minutes="many")
    assert page.errors == {"minutes": "Please give a briefing between 30 and 480 minutes."}
    page = rita.press("Ask these", theme="Backups alone", minutes="60")
    assert "The buyer is asked first." in page.text
    assert "The buyer has not said yet whether it may be so, with Fastprint, Cloudio. About: Backups alone" in page.text
    assert "Backups alone" not in vera.open(f"/briefings/{code}").html
    page = kim.open(f"/briefings/{code}")
    assert "About: Backups alone For 60 minutes, not 90 Fastprint Cloudio" in page.text
    page = kim.press("Yes, these")
    assert page.h1 == ["Backups alone"]
    assert "Kim said yes to the change" in page.text
    assert vera.open(f"/briefings/{code}").h1 == ["Backups alone"]
    assert "Rita would have another theme or other minutes" in rita.open(f"/briefings/{code}").text
