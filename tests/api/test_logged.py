import pytest

from tests.api.conftest import House
from tests.people import address

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ASK = {"channel": "phone", "topic": "Backup costs", "company": "Northwind", "name": "Joe"}


def noted(house: House, **changes: object) -> str:
    return house["Kim"].post("/meeting-requests/logged", {**ASK, **changes}).json["code"]


def test_an_ask_from_elsewhere_is_a_request_of_the_buyers(house: House) -> None:
    told = house["Kim"].post("/meeting-requests/logged", {**ASK, "email": address("Vera")}).json
    assert {name: told[name] for name in ("state", "channel", "company", "asked_by", "asked_of", "noted_by")} == {
        "state": "pending",
        "channel": "phone",
        "company": "Fastprint",
        "asked_by": "Joe",
        "asked_of": "Kim",
        "noted_by": "Kim",
    }
    assert "correct" in told["may"]
    path = f"/meeting-requests/{told['code']}"
    assert house["Kim"].get(path).json == told
    assert house["Vera"].get(path).status_code == 404
    assert house["Vera"].get("/meeting-requests").json["items"] == []
    assert house["Vera"].post("/meeting-requests/logged", ASK).status_code == 403
    house["Kim"].post(f"{path}/refusal", {"kind": "no"})
    assert house["Vera"].get(path).status_code == 404  # as long as it is held


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({**ASK, "channel": "pigeon"}, "channel"),
        ({**ASK, "topic": " "}, "topic"),
        ({"channel": "mail", "topic": "Tape"}, "company"),
        ({**ASK, "email": "nobody"}, "email"),
        ({**ASK, "when": "Monday"}, "when"),
        ({"channel": "mail", "company": "Northwind"}, "topic"),
    ],
)
def test_what_needs_another_look_is_named(house: House, sent: dict[str, object], field: str) -> None:
    answer = house["Kim"].post("/meeting-requests/logged", sent)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_its_answers_and_its_correction(house: House) -> None:
    kim, code = house["Kim"], noted(house, channel="LinkedIn")
    path = f"/meeting-requests/{code}"
    assert kim.get(path).json["channel"] == "site"
    for sent in ({"kind": "front_door"}, {"kind": "no"}):
        answer = kim.post(f"{path}/refusal", sent)
        assert (answer.status_code, list(answer.json["errors"])) == (422, ["email"])
    assert kim.post(f"{path}/acceptance", {}).status_code == 422
    told = kim.post(f"{path}/correction", {"email": "joe@northwind.example", "minutes": 15}).json
    assert [guest["email"] for guest in told["attendees"]] == ["joe@northwind.example"]
    assert (told["minutes"], told["topic"]) == (15, "Backup costs")
    assert kim.post(f"{path}/refusal", {"kind": "remember", "scope": "person"}).status_code == 422
    assert kim.post(f"{path}/refusal", {"kind": "front_door"}).json["state"] == "declined"
    assert kim.post(f"{path}/correction", {"name": "Jo"}).status_code == 409
    asked = house.asked()
    assert kim.post(f"/meeting-requests/{asked}/refusal", {"kind": "remember"}).status_code == 422
    assert kim.post(f"/meeting-requests/{asked}/correction", {"name": "Jo"}).status_code == 409
    assert house["Charlie"].post(f"{path}/correction", {"name": "Jo"}).status_code == 404
