"""A joint briefing by the API: proposed by Rita, answered by Kim, joined by Vera and Carl."""

from typing import Any

import pytest

from tests.api.conftest import House, later

BRIEFING: dict[str, Any] = {
    "buyer": "norden",
    "theme": "Backups and print, together",
    "outcome": "Whether one contract can do both.",
    "minutes": 90,
    "vendors": ["fastprint", "cloudio"],
    "items_due": "2027-01-20",
}


def proposed(house: House, **changed: object) -> str:
    answer = house["Rita"].post("/briefings", {**BRIEFING, **changed})
    assert answer.status_code == 201, answer.text
    return str(answer.json["code"])


def consented(house: House) -> str:
    code = proposed(house)
    assert house["Kim"].post(f"/briefings/{code}/acceptance", {}).status_code == 200
    return code


def test_a_briefing_as_each_side_is_told_it(house: House) -> None:
    code = consented(house)
    assert house["Vera"].get(f"/briefings/{code}").status_code == 404
    assert house["Rita"].get(f"/briefings/{code}").json["state"] == "proposed"
    with later():
        assert house["Kim"].get(f"/briefings/{code}").json == {
            "code": code,
            "state": "consented",
            "theme": "Backups and print, together",
            "goal": None,
            "outcome": "Whether one contract can do both.",
            "minutes": 90,
            "buyer_share": 50,
            "items_due": "2027-01-20",
            "items_open": False,
            "house_rules": house["Kim"].get(f"/briefings/{code}").json["house_rules"],
            "publish_days_before": 3,
            "buyer": "norden",
            "company": "Bridgeworks",
            "asked_by": "Rita",
            "decided_by": "Kim",
            "vendors": [
                {"slug": "fastprint", "name": "Fastprint", **dict.fromkeys(("joined_by",)), **_asked()},
                {"slug": "cloudio", "name": "Cloudio", **dict.fromkeys(("joined_by",)), **_asked()},
            ],
            "wished": [],
            "wished_theme": None,
            "wished_minutes": None,
            "agenda_version": 0,
            "meeting": None,
            "created_at": "2027-01-04T10:00:00+01:00",
            "answer_by": "2027-01-12T00:00:00+01:00",
            "held_until": "2027-01-04T10:01:00+01:00",
            "may": [
                *("build", "mark", "poll", "publish", "say_when", "set_frame", "set_line_up", "set_time", "write_item"),
            ],
        }
        seen = house["Vera"].get(f"/briefings/{code}").json
        assert seen["vendors"][1] == {
            "slug": "cloudio",
            "name": "Cloudio",
            "state": "named",
            "joined_by": None,
            "sent": None,
            "note": "",
        }
        assert seen["may"] == ["say_when", "stay_out", "take_part", "write_item"]
        assert house["Vera"].get(f"/meeting-requests/{code}").status_code == 404
        assert [one["code"] for one in house["Carl"].get("/briefings").json["items"]] == [code]
    assert house["Charlie"].get(f"/briefings/{code}").data == house["Charlie"].get("/briefings/N0SUCHTHING").data


def _asked() -> dict[str, object]:
    return {"state": "asked", "sent": False, "note": ""}


def test_each_vendor_speaks_for_itself(house: House) -> None:
    code = consented(house)
    with later():
        of = f"/briefings/{code}/participations"
        assert house["Vera"].post(f"{of}/cloudio/acceptance").status_code == 403
        assert house["Vera"].post(f"{of}/nobody/acceptance").status_code == 404
        assert house["Kim"].post(f"{of}/cloudio/acceptance").status_code == 403
        joined = house["Vera"].post(f"{of}/fastprint/acceptance")
        assert (joined.status_code, joined.json["vendors"][0]["state"]) == (200, "joined")
        assert house["Vic"].post(f"{of}/fastprint/acceptance").status_code == 409
        assert house["Vic"].post(f"{of}/fastprint/leaving", {"note": "Too few of us."}).status_code == 200
        assert house["Carl"].post(f"{of}/cloudio/refusal", {"note": "No news."}).status_code == 200
        told = [(part["state"], part["note"]) for part in house["Rita"].get(f"/briefings/{code}").json["vendors"]]
        assert told == [("left", "Too few of us."), ("declined", "No news.")]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"vendors": ["fastprint"]}, "vendors"),
        ({"vendors": ["fastprint", "fastprint"]}, "vendors"),
        ({"minutes": 20}, "minutes"),
        ({"items_due": "2027-01-04"}, "items_due"),
        ({"buyer_share": 101}, "buyer_share"),
        ({"goal": "Growth"}, "goal"),
        ({"start": "2027-02-01T10:00:00"}, "start"),
    ],
)
def test_what_will_not_do_is_named(house: House, changed: dict[str, object], field: str) -> None:
    answer = house["Rita"].post("/briefings", {**BRIEFING, **changed})
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_a_buyer_refuses_and_calls_off_as_with_any_ask(house: House) -> None:
    code = proposed(house)
    refused = house["Kim"].post(f"/briefings/{code}/refusal", {"kind": "not_now", "again_on": "2027-04-01"})
    assert (refused.status_code, refused.json["state"]) == (200, "closed")
    assert house["Kim"].post(f"/briefings/{code}/undo").json["state"] == "proposed"
    assert house["Kim"].post(f"/briefings/{code}/acceptance", {"minutes": 60}).json["minutes"] == 60
    with later():
        off = house["Kim"].post(f"/briefings/{code}/calling-off", {"note": "Next year."})
        assert (off.status_code, off.json["state"]) == (200, "called_off")
        assert house["Vera"].get(f"/briefings/{code}").json["state"] == "called_off"
        assert house["Rita"].put(f"/briefings/{code}/frame", {"buyer_share": 40}).status_code == 409


def test_the_frame_and_the_line_up_are_the_organisers(house: House) -> None:
    code = consented(house)
    with later():
        assert house["Rita"].put(f"/briefings/{code}/frame", {"items_due": "2027-01-25"}).json["items_due"] == (
            "2027-01-25"
        )
        assert house["Rita"].put(f"/briefings/{code}/line-up", {"vendors": ["cloudio", "fastprint"]}).status_code == 422
        assert house["Vera"].put(f"/briefings/{code}/frame", {"buyer_share": 10}).status_code == 403
