"""A draft survives whatever happens to the session, and nobody but its writer reads it."""

import pytest

from tests.web.conftest import World
from tests.web.test_forms import GOOD
from vendorhub.queries import meeting_requests as asks

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

KEPT = "You were signed out meanwhile. What you typed is kept: sign in, and it is all there."


def test_a_draft_is_kept_by_its_button_and_gone_on_with(world: World) -> None:
    vera = world.at("Vera")
    vera.open("/b/norden/ask")
    page = vera.press("Keep as a draft", **{**GOOD, "topic": ""}, attendees__1__name="Vic")
    assert "Kept at 11:00 (London time, UTC+00:00). It is under My asks for thirty days." in page.text
    page = vera.open("/")
    assert page.links["Go on writing"] == "/b/norden/ask"
    fields = vera.open("/b/norden/ask").form_with("Ask")[0].fields
    assert [fields[name] for name in GOOD] == ["", *list(GOOD.values())[1:]]
    assert (fields["attendees-0-name"], fields["attendees-1-name"]) == ("Vera", "Vic")
    assert "Go on writing" not in world.at("Vic").open("/").links
    assert "What happens next" in vera.press("Ask").text  # what is missing is asked for, and the draft stays
    vera.press("Ask", topic="Backup costs", attendees__1__email="vic@fastprint.example")
    assert "Go on writing" not in vera.open("/").links


def test_the_page_keeps_quietly(world: World) -> None:
    vera = world.at("Vera")
    fields = vera.open("/b/norden/ask").form_with("Ask")[0].fields
    sent = {"ticket": fields["ticket"], "topic": "Ba", "quietly": "1"}
    answer = vera.client.post("/b/norden/ask/draft", data=sent)
    assert (answer.status_code, answer.mimetype, answer.text) == (
        200,
        "text/plain",
        "Kept at 11:00 (London time, UTC+00:00).",
    )
    before = world.digest()
    assert vera.client.post("/b/norden/ask/draft", data={**sent, "topic": " "}).text == ""
    for path, ticket in (("/b/norden/ask/draft", "forged"), ("/b/harbour/ask/draft", fields["ticket"])):
        assert vera.client.post(path, data={**sent, "ticket": ticket}).status_code == 404
    assert world.digest() == before
    vera.open("/b/norden/ask")
    assert vera.press("Throw the draft away").h1 == ["My asks"]
    assert "Go on writing" not in vera.page.links


def test_nothing_is_lost_with_the_session(world: World) -> None:
    vera = world.at("Vera")
    vera.open("/b/norden/ask")
    vera.client.delete_cookie("session")
    page = vera.press("Ask", **GOOD)
    assert (page.h1, KEPT in page.text) == (["Sign in"], True)
    assert page.path == "/sign-in?next=/b/norden/ask"
    assert world.do("Kim", asks.waiting_count) == 0
    assert "Backup costs" not in world.at("Vic").open("/b/norden/ask").html
    again = world.at("Vera")
    form, _ = again.open("/b/norden/ask").form_with("Ask")
    assert {name: form.fields[name] for name in GOOD} == GOOD
    assert again.press("Ask").h1 == ["Norden Mutual: Backup costs"]


def test_a_form_of_somebody_else_is_kept_for_them_alone(world: World) -> None:
    vera, vic = world.at("Vera"), world.at("Vic")
    vic.page = vera.open("/b/norden/ask")
    page = vic.press("Ask", **GOOD)
    assert "That form was opened by somebody else. What they typed is kept for them." in page.text
    assert "Whether tape pays again." not in page.html
    assert vera.open("/b/norden/ask").form_with("Ask")[0].fields["topic"] == "Backup costs"


def test_a_forged_ask_asks_nothing_and_loses_nothing(world: World) -> None:
    vera = world.at("Vera")
    vera.open("/b/norden/ask")
    before = world.digest()
    page = vera.press("Ask", **GOOD, csrf_token="forged")
    assert page.status == 400
    assert page.form_with("Ask")[0].fields["topic"] == "Backup costs"
    assert world.digest() == before
    assert world.somebody().client.post("/b/norden/ask", data=GOOD).status_code == 303
    assert world.digest() == before
