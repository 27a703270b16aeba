from datetime import timedelta
from typing import Any

import pytest

from tests.api.conftest import ASK, House, later

AT_NINE = {"start": "2027-01-15T09:00:00", "timezone": "Europe/Berlin"}


def states(meeting: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["partstat"] for one in meeting["attendees"]}


def test_an_agreed_meeting_is_told_alike_to_both(house: House) -> None:
    meeting = house.agreed()
    uid = meeting["uid"]
    assert meeting == {
        "uid": uid,
        "request": meeting["request"],
        "state": "confirmed",
        "kind": "topic",
        "topic": ASK["topic"],
        "start": "2027-01-13T14:00:00+01:00",
        "end": "2027-01-13T14:30:00+01:00",
        "timezone": "Europe/Berlin",
        "place": "",
        "place_how": "",
        "sequence": 0,
        "buyer": "norden",
        "company": "Fastprint",
        "attendees": [
            {"email": "kim@norden.example", "name": "Kim", "side": "buyer", "partstat": "ACCEPTED"},
            {"email": "vera@fastprint.example", "name": "Vera", "side": "vendor", "partstat": "NEEDS-ACTION"},
        ],
        "proposals": [],
        "created_at": "2027-01-04T10:01:01+01:00",
        "changed_at": "2027-01-04T10:01:01+01:00",
        "may": ["cancel", "propose_move", "replace", "set_agenda", "set_place"],
    }
    buyers = house["Kim"].get(f"/meetings/{uid}").json
    may = ["accept_move", "cancel", "move", "refuse_move", "replace", "set_agenda", "set_place"]
    assert buyers == {**meeting, "may": may}


def test_the_buyer_moves_and_everybody_answers_anew(house: House) -> None:
    uid = house.agreed()["uid"]
    with later():
        answer = house["Alex"].post(f"/meetings/{uid}/rescheduling", {"slot": AT_NINE, "note": "Sorry!"})
    assert (answer.status_code, answer.json["start"], answer.json["sequence"]) == (200, "2027-01-15T09:00:00+01:00", 1)
    assert states(answer.json) == {"Kim": "ACCEPTED", "Vera": "NEEDS-ACTION"}


def test_the_vendor_wishes_to_move_and_the_buyer_says(house: House) -> None:
    uid = house.agreed()["uid"]
    with later():
        wish = house["Vera"].post(f"/meetings/{uid}/rescheduling", {"slot": AT_NINE, "note": "A train."})
        assert (wish.status_code, wish.json["start"], wish.json["sequence"]) == (201, "2027-01-13T14:00:00+01:00", 0)
        proposal = wish.json["proposals"][0]
        assert proposal == {
            "id": proposal["id"],
            "by": "vendor",
            "start": "2027-01-15T09:00:00+01:00",
            "end": "2027-01-15T09:30:00+01:00",
            "timezone": "Europe/Berlin",
            "state": "open",
            "note": "A train.",
        }
        address = f"/meetings/{uid}/proposals/{proposal['id']}"
        assert house["Vera"].post(f"{address}/acceptance").status_code == 403
        moved = house["Kim"].post(f"{address}/acceptance")
        assert (moved.status_code, moved.json["start"]) == (200, "2027-01-15T09:00:00+01:00")
        assert moved.json["proposals"][0]["state"] == "accepted"
        assert house["Kim"].post(f"{address}/refusal").status_code == 409
        assert house["Kim"].post(f"/meetings/{uid}/proposals/NOSUCHONE/refusal").status_code == 404


def test_a_wish_is_refused_and_the_time_stays(house: House) -> None:
    uid = house.agreed()["uid"]
    with later():
        wish = house["Vera"].post(f"/meetings/{uid}/rescheduling", {"slot": AT_NINE}).json["proposals"][0]
        kept = house["Kim"].post(f"/meetings/{uid}/proposals/{wish['id']}/refusal")
    assert (kept.status_code, kept.json["start"]) == (200, "2027-01-13T14:00:00+01:00")
    assert kept.json["proposals"][0]["state"] == "refused"


def test_either_side_calls_off(house: House) -> None:
    uid = house.agreed()["uid"]
    with later():
        answer = house["Vera"].post(f"/meetings/{uid}/cancellation", {"note": "We can't."})
        assert (answer.status_code, answer.json["state"], answer.json["sequence"]) == (200, "cancelled", 1)
        assert house["Kim"].post(f"/meetings/{uid}/cancellation").status_code == 409
        assert house["Kim"].get(f"/meetings/{uid}.ics").status_code == 409


@pytest.mark.parametrize(
    ("place", "told", "how"),
    [
        ("https://meet.example/room", "https://meet.example/room", "video_buyer"),
        ({"how": "room_buyer", "detail": "Room 4"}, "Room 4", "room_buyer"),
        ({"how": "phone"}, "Phone; the number follows", "phone"),
    ],
)
def test_a_place_is_said_as_text_or_as_how_and_detail(house: House, place: object, told: str, how: str) -> None:
    uid = house.agreed()["uid"]
    with later():
        answer = house["Kim"].post(f"/meetings/{uid}/place", {"place": place})
    assert (answer.status_code, answer.json["place"], answer.json["place_how"]) == (200, told, how)
    assert answer.json["sequence"] == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_unfit_place_or_time_changes_nothing(house: House) -> None:
    uid = house.agreed()["uid"]
    before = house["Kim"].get(f"/meetings/{uid}").json
    with later():
        for place in ("", "x\x00y", {"how": "moon"}, {"how": "phone", "fax": "1"}, {}, 5, None,
                      {"how": "video_buyer", "detail": "http://plain.example"}):  # fmt: skip
            answer = house["Kim"].post(f"/meetings/{uid}/place", {"place": place})
            assert answer.status_code == 422, place
            assert {field.partition(".")[0] for field in answer.json["errors"]} == {"place"}, answer.json
        for slot in (
            None,
            {},
            {**AT_NINE, "start": "2027-01-13T14:00:00"},
            {**AT_NINE, "start": "2026-01-13T14:00:00"},
        ):
            assert house["Kim"].post(f"/meetings/{uid}/rescheduling", {"slot": slot}).status_code == 422
    assert house["Kim"].get(f"/meetings/{uid}").json == before


def test_meetings_are_listed_between_instants_or_dates(house: House) -> None:
    uid = house.agreed()["uid"]
    found = {
        query: [one["uid"] for one in house["Kim"].get(f"/meetings?{query}").json["items"]]
        for query in (
            "",
            "from=2027-01-13",
            "until=2027-01-13",
            "from=2027-01-14",
            "until=2027-01-12",
            "from=2027-01-13T14:00:00%2B01:00",
            "from=2027-01-13T14:00:00+01:00",
            "from=2027-01-13T13:00:01Z",
            "until=2027-01-13T13:00:00Z",
        )
    }
    assert [query for query, uids in found.items() if uids == [uid]] == [
        "",
        "from=2027-01-13",
        "until=2027-01-13",
        "from=2027-01-13T14:00:00%2B01:00",
        "from=2027-01-13T14:00:00+01:00",
    ]
    for query in ("from=soon", "until=2027-02-30", "from=2027-01-13T14:00:00", "from=0001-01-01T00:00:00%2B14:00",
                  "until=9999-12-31", "from=2027-W01", "since=2027-01-01"):  # fmt: skip
        answer = house["Kim"].get(f"/meetings?{query}")
        assert (answer.status_code, list(answer.json["errors"])) == (422, [query.partition("=")[0]]), query


def test_the_entry_is_for_those_who_attend(house: House) -> None:
    uid = house.agreed()["uid"]
    answer = house["Vera"].get(f"/meetings/{uid}.ics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert b"METHOD:PUBLISH" in answer.data
    assert f"UID:{uid}".encode() in answer.data
    assert b"ATTENDEE" not in answer.data
    assert house["Alex"].get(f"/meetings/{uid}.ics").status_code == 403
    assert house["Carl"].get(f"/meetings/{uid}.ics").status_code == 404


def test_nothing_changes_once_it_has_begun(house: House) -> None:
    uid = house.agreed()["uid"]
    with later(timedelta(days=10)):
        answers = [
            house["Kim"].post(f"/meetings/{uid}/{deed}", body).status_code
            for deed, body in (
                ("rescheduling", {"slot": AT_NINE}),
                ("cancellation", {}),
                ("place", {"place": "Room 4"}),
            )
        ]
    assert answers == [409, 409, 409]


def test_somebody_of_the_same_company_comes_instead(house: House) -> None:
    uid = house.agreed()["uid"]
    at, una = f"/meetings/{uid}/attendees", {"name": "Una", "email": "una@fastprint.example", "role": "engineer"}
    for body in (
        {},
        {"replace": []},
        {"replace": [{"email": "vera@fastprint.example", "by": {**una, "email": "una@cloudio.example"}}]},
        {"replace": [{"email": "kim@norden.example", "by": una}]},
        {"add": [una]},
    ):
        assert house["Vera"].post(at, body).status_code == 422, body
    with later():
        answer = house["Vera"].post(at, {"replace": [{"email": "Vera@fastprint.example", "by": una}]})
    assert (answer.status_code, states(answer.json)) == (200, {"Kim": "ACCEPTED", "Una": "NEEDS-ACTION"})
    assert answer.json["sequence"] == 0  # nobody else's answer grows old by it
    assert house["Carl"].post(at, {"replace": [{"email": "vera@fastprint.example", "by": una}]}).status_code == 404
