from datetime import UTC, datetime
from typing import Any

import pytest

from tests.api.conftest import AT_FOUR, AT_TWO, House, later
from vendorhub import clock

SLOTS = [
    {"start": "2027-01-13T14:00:00+01:00", "end": "2027-01-13T14:30:00+01:00", "timezone": "Europe/Berlin"},
    {"start": "2027-01-14T16:00:00+01:00", "end": "2027-01-14T16:30:00+01:00", "timezone": "Europe/Berlin"},
]


def without_ids(slots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in slot.items() if name != "id"} for slot in slots]


def test_times_are_put_up_in_time_order_and_hidden_with_the_yes(house: House) -> None:
    code, offer = house.offered()
    assert without_ids(offer["slots"]) == SLOTS
    assert {name: offer[name] for name in ("side", "state", "note", "may")} == {
        "side": "buyer",
        "state": "open",
        "note": "",
        "may": ["retract"],
    }
    assert house["Kim"].get(f"/meeting-requests/{code}/offers").json == {"items": [offer], "next": None}
    assert house["Vera"].get(f"/meeting-requests/{code}/offers").json == {"items": [], "next": None}
    with later():
        seen = house["Vera"].get(f"/meeting-requests/{code}/offers").json
    assert seen == {"items": [{**offer, "may": ["choose", "counter"]}], "next": None}


def test_a_choice_makes_the_meeting(house: House) -> None:
    code, offer = house.offered()
    with later():
        answer = house["Vera"].post(f"/offers/{offer['id']}/choice", {"slot": offer["slots"][1]["id"]})
        request = house["Vera"].get(f"/meeting-requests/{code}").json
        again = house["Vera"].post(f"/offers/{offer['id']}/choice", {"slot": offer["slots"][0]["id"]})
    assert (answer.status_code, answer.json["start"]) == (201, "2027-01-14T16:00:00+01:00")
    assert request["meeting"] == answer.json["uid"]
    assert again.status_code == 409


def test_the_vendor_counters_and_the_buyer_chooses(house: House) -> None:
    code, offer = house.offered()
    in_london = {"start": "2027-01-15T09:00:00", "timezone": "Europe/London"}
    with later():
        other = house["Vera"].post(f"/offers/{offer['id']}/counter", {"slots": [in_london], "note": "Mornings?"})
        assert (other.status_code, other.json["side"], other.json["note"]) == (201, "vendor", "Mornings?")
        assert without_ids(other.json["slots"]) == [
            {"start": "2027-01-15T09:00:00+00:00", "end": "2027-01-15T09:30:00+00:00", "timezone": "Europe/London"}
        ]
        assert [one["state"] for one in house["Kim"].get(f"/meeting-requests/{code}/offers").json["items"]] == [
            "countered",
            "open",
        ]
        choice = {"slot": other.json["slots"][0]["id"]}
        assert house["Vera"].post(f"/offers/{other.json['id']}/choice", choice).status_code == 409
        chosen = house["Kim"].post(f"/offers/{other.json['id']}/choice", choice)
    assert (chosen.status_code, chosen.json["timezone"]) == (201, "Europe/London")


def test_the_vendor_may_be_the_first_to_name_times(house: House) -> None:
    code = house.accepted()
    assert house["Vera"].post(f"/meeting-requests/{code}/offers", {"slots": [AT_TWO]}).status_code == 409
    with later():
        answer = house["Vera"].post(f"/meeting-requests/{code}/offers", {"slots": [AT_TWO]})
    assert (answer.status_code, answer.json["side"]) == (201, "vendor")


def test_times_are_taken_back(house: House) -> None:
    _, offer = house.offered()
    with later():
        answer = house["Kim"].post(f"/offers/{offer['id']}/retraction")
        assert (answer.status_code, answer.json["state"], answer.json["may"]) == (200, "retracted", [])
        choice = house["Vera"].post(f"/offers/{offer['id']}/choice", {"slot": offer["slots"][0]["id"]})
    assert choice.status_code == 409


UNFIT_SLOTS: list[tuple[list[dict[str, Any]], str]] = [
    ([], "slots"),
    ([AT_TWO] * 13, "slots"),
    ([AT_TWO, AT_TWO], "slots"),
    ([{"start": "2027-01-13T14:00:00+01:00", "timezone": "Europe/Berlin"}], "start"),
    ([{"start": "2027-03-28T02:30:00", "timezone": "Europe/Berlin"}], "start"),  # the gap
    ([{"start": "2027-10-31T02:30:00", "timezone": "Europe/Berlin"}], "start"),  # the fold
    ([{"start": "2027-01-04T09:59:00", "timezone": "Europe/Berlin"}], "slots"),  # past
    ([{"start": "2029-01-04T09:59:00", "timezone": "Europe/Berlin"}], "slots"),  # too far
    ([{"start": "9999-12-31T23:59:00", "timezone": "Pacific/Honolulu"}], "start"),
    ([{"start": "soon", "timezone": "Europe/Berlin"}], "start"),
    ([{**AT_TWO, "timezone": "Mars/Olympus"}], "timezone"),
    ([{**AT_TWO, "timezone": "../etc/passwd"}], "timezone"),
    ([{**AT_TWO, "timezone": "a\x00b"}], "timezone"),
    ([{**AT_TWO, "fold": 2}], "slots.0.fold"),
    ([{**AT_TWO, "minutes": 90}], "slots.0.minutes"),
    ([{"start": "2027-01-13T14:00:00"}], "slots.0.timezone"),
    ([AT_TWO["start"]], "slots.0"),  # type: ignore[list-item]
]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_unfit_times_are_named_and_nothing_is_put_up(house: House) -> None:
    code = house.accepted()
    for slots, field in UNFIT_SLOTS:
        answer = house["Kim"].post(f"/meeting-requests/{code}/offers", {"slots": slots})
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field]), slots
    assert house["Kim"].get(f"/meeting-requests/{code}/offers").json == {"items": [], "next": None}


def test_of_a_time_that_comes_twice_one_is_named(house: House) -> None:
    twice = {"start": "2027-10-31T02:30:00", "timezone": "Europe/Berlin"}
    with clock.at(datetime(2027, 10, 4, 9, tzinfo=UTC)):
        code = house.accepted()
        answer = house["Kim"].post(
            f"/meeting-requests/{code}/offers", {"slots": [{**twice, "fold": 1}, {**twice, "fold": 0}]}
        )
    assert [slot["start"] for slot in answer.json["slots"]] == [
        "2027-10-31T02:30:00+02:00",
        "2027-10-31T02:30:00+01:00",
    ]


def test_lists_of_offers_go_page_by_page(house: House) -> None:
    code, first = house.offered()
    second = house["Kim"].post(f"/meeting-requests/{code}/offers", {"slots": [AT_FOUR]}).json
    page = house["Kim"].get(f"/meeting-requests/{code}/offers?limit=1").json
    assert ([one["id"] for one in page["items"]], page["next"]) == ([first["id"]], first["id"])
    rest = house["Kim"].get(f"/meeting-requests/{code}/offers?limit=1&cursor={first['id']}").json
    assert ([one["id"] for one in rest["items"]], rest["next"]) == ([second["id"]], None)
    assert house["Kim"].get(f"/meeting-requests/{code}/offers?cursor=NOSUCHONE").status_code == 422


def test_a_slot_of_nobody_is_none(house: House) -> None:
    _, offer = house.offered()
    with later():
        for slot in ("NOSUCHSLOT", "x", 5, None):
            answer = house["Vera"].post(f"/offers/{offer['id']}/choice", {"slot": slot})
            assert (answer.status_code, list(answer.json["errors"])) == (422, ["slot"])
