"""The page of promises: who sees which, what a press does, the link of a letter, and a governance review prepared."""

import pytest

from tests.stage import FIRST, Stage
from tests.usecases import minutes as scenes
from tests.web.conftest import World
from vendorhub.queries import promises as seen

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def stage(world: World) -> Stage:
    with world.app.app_context():
        scenes.over(world.stage)
        world.stage.go(FIRST.replace(month=2, day=20))
    return world.stage


def test_it_is_done_kept_and_opened_again_by_presses(world: World, stage: Stage) -> None:
    kim, vera = world.at("Kim"), world.at("Vera")
    assert [name in vera.open("/promises").html for name in ("Count the printers", "Lower the price")] == [True, False]
    with world.app.app_context():
        (code,) = (view.code for view in seen.waiting(stage["Vera"]) if view.text == "Count the printers")
        (hidden,) = (view.code for view in seen.waiting(stage["Carl"]) if view.text == "Lower the price")
    fields = {"csrf_token": vera.page.forms[0].fields["csrf_token"]}
    sent = [
        vera.client.post(f"/promises/{which}", data={**fields, **given}).status_code
        for which, given in (
            (code, {}),
            (code, {"answer": "done", "line": "x" * 301}),
            (code, {"answer": "confirm"}),
            (hidden, {"answer": "done"}),
            (code, {"answer": "done", "line": "https://fastprint.example/count"}),
            (code, {"answer": "done"}),
        )
    ]
    assert sent == [422, 422, 403, 404, 303, 409]
    page = kim.open("/promises")
    assert 'href="https://fastprint.example/count"' in page.html
    assert "Said to be done" in page.html
    own = {"csrf_token": page.forms[0].fields["csrf_token"], "answer": "confirm"}
    assert kim.client.post(f"/promises/{code}", data=own).status_code == 303
    assert "done late" in vera.open("/promises").html


def test_a_missed_delivery_is_told_on_a_form_that_loses_nothing(world: World, stage: Stage) -> None:
    kim = world.at("Kim")
    fields = kim.open("/promises/missed?company=fastprint").form_with("Tell them")[0].fields
    given = {**fields, "answer": "tell", "company": "fastprint", "what": "Toner", "due": "2027-02-19"}
    again = kim.client.post("/promises/missed", data=given)
    assert (again.status_code, 'value="Toner"' in again.text) == (422, True)
    assert kim.client.post("/promises/missed", data={**given, "whose": "theirs"}).status_code == 303
    assert "told without a meeting" in world.at("Vera").open("/promises").html
    assert kim.client.post("/promises/missed", data={**given, "whose": "theirs", "once": "2"}).status_code == 409


def test_the_ask_for_a_governance_review_begins_with_what_is_late(world: World, stage: Stage) -> None:
    vera = world.at("Vera")
    assert "Ask Norden Mutual for a governance review" in vera.open("/promises").links
    fields = vera.open("/b/norden/ask?kind=governance").form_with("Ask")[0].fields
    assert (fields["kind"], fields["minutes"]) == ("governance", "45")
    assert fields["outcome"] == ("Why this is late, and what changes by when: Count the printers; Send the floor plan.")
    assert fields["attendees-0-email"] == "vera@fastprint.example"
    assert "Lower the price" not in vera.page.html
