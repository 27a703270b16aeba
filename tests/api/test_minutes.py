"""The minutes of a briefing by the API: written, read by each as they may, confirmed, and what follows."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.api.conftest import House
from tests.people import Cast, address
from tests.stage import Stage
from tests.usecases import minutes as scenes

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def stage(house: House, cast: Cast) -> Iterator[Stage]:
    with house.app.app_context():
        found = Stage(cast)
    yield found
    found.close()


def test_lines_and_promises_are_written_changed_and_taken_out(house: House, stage: Stage) -> None:
    with house.app.app_context():
        code = scenes.begun(stage)
        news, *_ = scenes.refs(stage, code)
    at = f"/briefings/{code}"
    line = house["Kim"].post(f"{at}/minutes", {"text": "Half.", "kind": "decision", "entry": news})
    whole = house["Rita"].post(f"{at}/minutes", {"text": "All came."})
    assert (line.status_code, whole.status_code) == (201, 201)
    assert line.json == {
        "id": line.json["id"],
        "entry": news,
        "kind": "decision",
        "text": "Half.",
        "by": "Kim",
        "at": "2027-01-13T13:00:00+00:00",
    }
    assert (whole.json["kind"], whole.json["entry"]) == ("note", None)
    path = f"{at}/minutes/{line.json['id']}"
    changed = house["Rita"].put(path, {"text": "A third."}, If_Match=line.headers["ETag"])
    assert (changed.json["text"], changed.json["kind"], changed.json["by"]) == ("A third.", "decision", "Rita")
    assert house["Kim"].put(path, {"text": "Two thirds."}, If_Match=line.headers["ETag"]).status_code == 409
    promise = house["Kim"].post(f"{at}/actions", {"text": "Count", "owner": address("Vera"), "due": "2027-02-01"})
    assert promise.json == {
        "id": promise.json["id"],
        "entry": None,
        "text": "Count",
        "company": "fastprint",
        "owner": "Vera",
        "email": address("Vera"),
        "due": "2027-02-01",
        "state": "open",
    }
    assert house["Kim"].call("DELETE", f"{at}/actions/{promise.json['id']}").json["actions"] == []
    assert [one["text"] for one in house["Kim"].call("DELETE", path).json["lines"]] == ["All came."]
    for sent, field in (
        ({"text": ""}, "text"),
        ({"text": "x", "kind": "thought"}, "kind"),
        ({"text": "x", "entry": "NOSUCHONE"}, "entry"),
    ):
        answer = house["Kim"].post(f"{at}/minutes", sent)
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field]), sent
    assert house["Vera"].get(f"{at}/minutes").json["lines"] == []  # it is not over yet
    assert house["Vera"].post(f"{at}/minutes", {"text": ""}).status_code == 403
    with house.app.app_context():
        stage.go(timedelta(days=-1))
    assert house["Kim"].post(f"{at}/minutes", {"text": ""}).status_code == 409


def test_a_rivals_part_and_the_worth_are_nowhere_to_be_found(house: House, stage: Stage) -> None:
    with house.app.app_context():
        code = scenes.over(stage)
    at = f"/briefings/{code}"
    hidden = next(
        one for one in house["Kim"].get(f"{at}/minutes").json["lines"] if one["text"] == "Cloudio is too dear."
    )
    promised = next(
        one for one in house["Kim"].get(f"{at}/minutes").json["actions"] if one["text"] == "Lower the price"
    )
    worth = house["Kim"].put(f"{at}/participations/fastprint/worth", {"worth": 2})
    assert worth.json == {"vendor": "fastprint", "worth": 2, "thanks": "", "quotable": False}
    thanks = {"text": "You were plain.", "quotable": True}
    told = house["Kim"].put(f"{at}/participations/fastprint/thanks", thanks, If_Match=worth.headers["ETag"])
    assert told.json == {"vendor": "fastprint", "worth": 2, "thanks": "You were plain.", "quotable": True}
    read = house["Vera"].get(f"{at}/minutes")
    assert [one["text"] for one in read.json["lines"]] == [
        *("Two floors are given up.", "We print half.", "We meet again in spring.")
    ]
    assert [(one["text"], one["email"]) for one in read.json["actions"]] == [
        ("Count the printers", address("Vera")),
        ("Send the floor plan", None),
    ]
    for path in (f"{at}/minutes", at, f"{at}/agenda", f"{at}/items"):
        said = house["Vera"].get(path).text
        assert [word for word in ("dear", "Lower", "worth", hidden["id"], promised["id"]) if word in said] == []
    for there, missing in (
        (f"{at}/minutes/{hidden['id']}", f"{at}/minutes/N0SUCHTHING"),
        (f"/actions/{promised['id']}/completion", "/actions/N0SUCHTHING/completion"),
    ):
        method = "POST" if there.startswith("/actions") else "PUT"
        answers = [house["Vera"].call(method, path, {}) for path in (there, missing)]
        assert (answers[0].status_code, answers[0].data) == (404, answers[1].data)
    assert house["Vera"].put(f"{at}/participations/cloudio/worth", {}).status_code == 403
    assert house["Charlie"].get(f"{at}/minutes").status_code == 404


def test_they_are_confirmed_remarked_on_and_proposed_again(house: House, stage: Stage) -> None:
    with house.app.app_context():
        code = scenes.over(stage)
    at = f"/briefings/{code}"
    assert house["Rita"].post(f"{at}/minutes/confirmation").status_code == 403
    confirmed = house["Kim"].post(f"{at}/minutes/confirmation")
    assert (confirmed.status_code, confirmed.json["confirmed_by"]) == (200, "Kim")
    assert house["Kim"].post(f"{at}/minutes/confirmation").status_code == 409
    assert house["Kim"].post(f"{at}/minutes", {"text": "After all."}).status_code == 409
    remarked = house["Carl"].post(f"{at}/minutes/remarks", {"text": "We are not dear."})
    assert [(one["company"], one["text"]) for one in remarked.json["remarks"]] == [("Cloudio", "We are not dear.")]
    assert house["Vera"].get(f"{at}/minutes").json["remarks"] == []
    mine = house["Vera"].get(f"{at}/minutes").json["actions"][0]
    assert house["Vera"].post(f"/actions/{mine['id']}/completion").json["state"] == "done"
    again = house["Rita"].post(f"{at}/again")
    assert (again.status_code, again.json["state"], again.json["items_due"]) == (201, "proposed", "2027-04-20")
