"""Sending somebody else, signed in: whom of one's own, and who may not be sent for."""

import pytest

from tests.usecases.visits import UNA, listed, met
from tests.web.conftest import World

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_somebody_of_one_s_own_is_sent_instead_of_another(world: World) -> None:
    with world.app.app_context():
        uid = met(world.stage)
    vera, kim, charlie = world.at("Vera"), world.at("Kim"), world.at("Charlie")
    page = vera.open(f"/meetings/{uid}")
    assert "Somebody else instead" in page.text
    form, _ = vera.open(f"/meetings/{uid}/stand-in").form_with("Send them instead")
    assert form.fields["instead_of"] == "vera@fastprint.example"
    page = vera.press("Send them instead", instead_of=UNA[1], name="Sam", email="sam@cloudio.example")
    assert (page.status, list(page.errors)) == (422, ["email"])
    page = vera.press("Send them instead", instead_of="kim@norden.example", email="sam@fastprint.example")
    assert page.errors == {"instead_of": "Nobody of yours with this address is on the list."}
    page = vera.press("Send them instead", instead_of=UNA[1], email="sam@fastprint.example")
    assert "Sam is invited, and those who arrange it are told." in page.text
    with world.app.app_context():
        assert [name for name, _ in listed(uid)] == ["Kim", "Vera", "Sam"]
    assert "Nobody of yours can be sent for." in kim.open(f"/meetings/{uid}/stand-in").text
    assert charlie.open(f"/meetings/{uid}/stand-in").status == 404
    form.fields.setlist("answer", [])
    assert vera.client.post(f"/meetings/{uid}/stand-in", data=form.fields).status_code == 422
