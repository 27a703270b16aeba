"""A question and its answer, a yes with changes, and passing on, as programs do them."""

from datetime import timedelta

from tests.api.conftest import ASK, House, later


def test_a_question_goes_to_and_fro(house: House) -> None:
    code = house.asked()
    there = f"/meeting-requests/{code}"
    for body, field in (({}, "question"), ({"question": ""}, "question"), ({"question": "a", "x": 1}, "x")):
        refused = house["Kim"].post(f"{there}/question", body)
        assert (refused.status_code, list(refused.json["errors"])) == (422, [field])
    asked = house["Kim"].post(f"{there}/question", {"question": "What does a seat cost?"})
    assert (asked.status_code, asked.json["state"], asked.json["question"]) == (
        200,
        "asked_back",
        "What does a seat cost?",
    )
    seen = house["Vera"].get(there).json
    assert (seen["state"], seen["answer"], seen["may"]) == ("asked_back", "", ["answer_back", "withdraw"])
    assert house["Kim"].post(f"{there}/question", {"question": ""}).status_code == 409
    answered = house["Vera"].post(f"{there}/answer", {"answer": "Nine."}, Idempotency_Key="one")
    again = house["Vera"].post(f"{there}/answer", {"answer": "Nine."}, Idempotency_Key="one")
    assert [answered.status_code, again.status_code, again.json["answer"]] == [200, 200, "Nine."]
    assert house["Kim"].get(there).json["state"] == "pending"


def test_a_yes_with_changes_waits_for_their_word(house: House) -> None:
    code = house.asked()
    there = f"/meeting-requests/{code}"
    eve = {"name": "Eve", "email": "eve@fastprint.example", "role": ""}
    before = house["Vera"].get(there)
    said = {"topic": "Printers", "minutes": 15, "attendees": [eve], "place": {"how": "phone"}}
    mine = house["Kim"].post(f"{there}/acceptance", said)
    assert (mine.status_code, mine.json["state"], mine.json["topic"]) == (200, "amended", ASK["topic"])
    assert mine.json["changes"] == {
        "topic": "Printers",
        "minutes": 15,
        "attendees": [{**eve, "side": "vendor"}],
        "place": {"how": "phone", "detail": ""},
    }
    unchanged = house["Vera"].get(there)
    assert (unchanged.data, unchanged.headers["ETag"]) == (before.data, before.headers["ETag"])
    assert house["Vera"].post(f"{there}/agreement").status_code == 409
    with later():
        assert house["Vera"].get(there).json["changes"] == mine.json["changes"]
        stale = house["Vera"].post(f"{there}/agreement", If_Match=before.headers["ETag"])
        assert stale.status_code == 409
        agreed = house["Vera"].post(f"{there}/agreement")
        assert (agreed.status_code, agreed.json["state"], agreed.json["topic"], agreed.json["minutes"]) == (
            *(200, "accepted", "Printers", 15),
        )
        assert (agreed.json["attendees"], agreed.json["changes"]) == ([{**eve, "side": "vendor"}], None)
        assert house["Vera"].post(f"{there}/agreement").status_code == 409
    with later(timedelta(days=30)):
        assert house["Kim"].get(there).json["state"] == "accepted"


def test_an_ask_is_passed_on(house: House) -> None:
    code = house.asked()
    there = f"/meeting-requests/{code}"
    for to in ("", "nobody@norden.example", "kim@norden.example", "charlie@harbour.example"):
        refused = house["Kim"].post(f"{there}/redirection", {"to": to})
        assert (refused.status_code, list(refused.json["errors"])) == (422, ["to"]), to
    before = house["Vera"].get(there)
    mine = house["Kim"].post(f"{there}/redirection", {"to": "cleo@norden.example"})
    assert (mine.status_code, mine.json["state"], mine.json["passed_to"]["name"]) == (200, "redirected", "Cleo")
    assert mine.json["passed_to"]["code"] is None
    assert house["Vera"].get(there).headers["ETag"] == before.headers["ETag"]
    assert house["Cleo"].get("/meeting-requests").json["items"] == []
    with later():
        (passed,) = house["Cleo"].get("/meeting-requests?state=pending").json["items"]
        assert (passed["topic"], passed["asked_of"], passed["passed_from"]) == (ASK["topic"], "Cleo", code)
        assert house["Vera"].get(there).json["passed_to"]["code"] == passed["code"]
        assert "block" not in passed["may"]
        never = house["Cleo"].post(f"/meeting-requests/{passed['code']}/refusal", {"kind": "never"})
        assert never.status_code == 403
        assert house["Cleo"].post(f"/meeting-requests/{passed['code']}/acceptance", {}).json["state"] == "accepted"
