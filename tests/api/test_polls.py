"""A time for all by the API: put up by Rita, marked by each, chosen by Kim."""

from typing import Any

import pytest

from tests.api.conftest import AT_FOUR, AT_TWO, House, later
from tests.api.test_briefings import consented
from tests.people import address

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the deeds are tried on both elsewhere
TIMES = {"slots": [AT_FOUR, AT_TWO]}


def up(house: House, *, joined: tuple[str, ...] = ("Vera", "Carl")) -> tuple[str, dict[str, Any]]:
    """The code of a briefing, and the times that Rita has put up for all."""
    code = consented(house)
    with later():
        for name in joined:
            slug = {"Vera": "fastprint", "Carl": "cloudio"}[name]
            assert house[name].post(f"/briefings/{code}/participations/{slug}/acceptance").status_code == 200
        answer = house["Rita"].post(f"/briefings/{code}/offers", TIMES)
    assert answer.status_code == 201, answer.text
    return code, dict(answer.json)


def said(house: House, name: str, code: str, slug: str, **answers: str) -> Any:
    return house[name].post(f"/briefings/{code}/participations/{slug}/availability", {"slots": answers})


def test_a_time_for_all_as_each_side_is_told_it(house: House) -> None:
    code, poll = up(house)
    first, second = (slot["id"] for slot in poll["slots"])
    with later():
        assert said(house, "Vera", code, "fastprint", **{first: "yes", second: "no"}).json["owing"] == []
        told = said(house, "Carl", code, "cloudio", **{first: "if_need_be", second: "yes"})
        assert (told.status_code, told.json["parties"], told.json["ranking"]) == (
            200,
            [
                {
                    "slug": "cloudio",
                    "name": "Cloudio",
                    "asked": True,
                    "says": {first: "if_need_be", second: "yes"},
                }
            ],
            [],
        )
        seen = house["Kim"].get(f"/briefings/{code}/offers").json["items"]
        assert [(one["id"], one["state"], one["may"]) for one in seen] == [
            (poll["id"], "open", ["say_when", "set_time"])
        ]
        assert seen[0]["slots"][0]["start"] == "2027-01-13T14:00:00+01:00"
        assert seen[0]["slots"][0]["end"] == "2027-01-13T15:30:00+01:00"
        assert seen[0]["ranking"] == [
            {"slot": first, "reason": "All who were asked; Cloudio if need be."},
            {"slot": second, "reason": "All who were asked but Fastprint."},
        ]
        meeting = house["Kim"].post(f"/offers/{poll['id']}/choice", {"slot": first})
        assert (meeting.status_code, meeting.json["kind"], meeting.json["start"]) == (
            201,
            "briefing",
            "2027-01-13T14:00:00+01:00",
        )
        listed = {
            name: [each["email"] for each in house[name].get(f"/meetings/{meeting.json['uid']}").json["attendees"]]
            for name in ("Kim", "Vera")
        }
        assert listed["Kim"] == [address(name) for name in ("Kim", "Rita", "Vera", "Carl")]
        assert listed["Vera"] == listed["Kim"][:3]
        assert house["Vera"].get(f"/briefings/{code}/offers").json["items"][0]["state"] == "chosen"


def test_a_choice_before_the_last_word_waits_for_it(house: House) -> None:
    code, poll = up(house, joined=("Vera",))
    slot = poll["slots"][1]["id"]
    with later():
        tag = house["Vera"].get(f"/briefings/{code}/offers").headers["ETag"]
        waits = house["Kim"].post(f"/offers/{poll['id']}/choice", {"slot": slot})
        assert (waits.status_code, waits.json["chosen"], waits.json["state"]) == (200, slot, "open")
        assert house["Vera"].get(f"/briefings/{code}/offers").headers["ETag"] == tag
        assert house["Kim"].get("/meetings").json["items"] == []
        house["Carl"].post(f"/briefings/{code}/participations/cloudio/acceptance")
        assert [one["start"] for one in house["Vera"].get("/meetings").json["items"]] == ["2027-01-14T16:00:00+01:00"]


def test_who_may_not_and_what_will_not_do(house: House) -> None:
    code, poll = up(house)
    slot = poll["slots"][0]["id"]
    choice = f"/offers/{poll['id']}/choice"
    with later():
        for name, status in (("Rita", 403), ("Vera", 403), ("Charlie", 404)):
            assert house[name].post(choice, {"slot": slot}).status_code == status, name
            assert house[name].post(choice, {"slot": "no"}).status_code == status, name
        assert house["Kim"].post(choice, {"slot": "N0SUCHTHING"}).status_code == 422
        assert house["Kim"].post(choice, {"slot": slot}, If_Match='"x"').status_code == 409
        for path in (f"/offers/{poll['id']}/counter", f"/meeting-requests/{code}/offers"):
            assert house["Kim"].post(path, TIMES).status_code == 409, path
        assert said(house, "Vera", code, "cloudio", **{slot: "yes"}).status_code == 403
        assert said(house, "Vera", code, "nobody", **{slot: "yes"}).status_code == 404
        perhaps = said(house, "Vera", code, "fastprint", **{slot: "perhaps"})
        assert (perhaps.status_code, [field.split(".")[0] for field in perhaps.json["errors"]]) == (422, ["slots"])
        assert said(house, "Vera", code, "fastprint", N0SUCHTHING="yes").status_code == 422
        assert said(house, "Kim", code, "norden", **{slot: "no"}).status_code == 200
        assert house["Vera"].post(f"/briefings/{code}/offers", {}).status_code == 403
        assert house["Rita"].post(f"/briefings/{code}/offers", {}).status_code == 422
