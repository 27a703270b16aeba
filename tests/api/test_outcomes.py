"""What came of a meeting over the wire."""

from datetime import timedelta

import pytest

from tests.api.conftest import NOW, House
from tests.people import address
from vendorhub import clock


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_came_of_it_as_each_side_may_read_it(house: House) -> None:
    kim, alex, vera = house["Kim"], house["Alex"], house["Vera"]
    with clock.at(NOW):
        uid = house.agreed()["uid"]
        at = f"/meetings/{uid}/outcome"
        early = kim.post(at, {"held": "perhaps"})
        assert (early.status_code, early.json["detail"]) == (
            409,
            "This meeting has not begun yet; once it has, you can say how it was.",
        )
        assert (kim.get(at).status_code, vera.get(at).status_code) == (404, 404)
    with clock.at(NOW + timedelta(days=30)):
        assert vera.post(at, {"held": True}).status_code == 403
        assert house["Carl"].post(at, {"held": True}).status_code == 404
        wrong = kim.post(at, {"held": False, "worth": 6})
        assert (wrong.status_code, sorted(wrong.json["errors"])) == (422, ["held", "worth"])
        made = kim.post(
            at,
            {
                "held": True,
                "worth": 4,
                "note": "They listen.",
                "decisions": "We buy one tape.\nWe keep two.",
                "actions": [{"text": "Count the tapes", "owner": address("Vera"), "due": "2027-03-01"}],
                "thanks": {"text": "You were plain.", "quotable": True},
                "next": {"from": "2027-04-01", "until": "2027-04-30", "prepares": "they"},
            },
        )
        assert made.status_code == 201
        told = made.json
        assert told.pop("at").startswith("20")
        assert told == {
            "meeting": uid,
            "held": True,
            "worth": 4,
            "note": "They listen.",
            "goal_moved": None,
            "decisions": ["We buy one tape.", "We keep two."],
            "thanks": {"text": "You were plain.", "quotable": True},
            "next": {"from": "2027-04-01", "until": "2027-04-30", "prepares": "they"},
            "by": "Kim",
        }
        theirs = vera.get(at).json
        assert {name: theirs[name] for name in told} == told | {"worth": None, "note": None, "by": None}
        second = alex.post(at, {"held": "they"})
        assert (second.status_code, second.json["title"]) == (409, "Somebody was faster")
        seen = alex.get(at)
        right = alex.put(at, {"held": "they"}, If_Match=seen.headers["ETag"])
        assert (right.status_code, right.json["held"], right.json["by"]) == (200, "they", "Alex")
        assert kim.put(at, {"held": "we"}, If_Match=seen.headers["ETag"]).status_code == 409
