"""The rhythm of relationships over the wire."""

from datetime import timedelta

import pytest

from tests.api.conftest import NOW, House
from vendorhub import clock


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_quarter_as_each_side_may_know_it(house: House) -> None:
    kim, vera = house["Kim"], house["Vera"]
    with clock.at(NOW):
        assert kim.get("/cadence").json == {"items": [], "next": None}
        said = {"company": "cloudio", "date": "2026-12-01", "minutes": 45, "people": ["Carl", {"name": "Una"}]}
        made = kim.post("/meetings/logged", said)
        assert made.status_code == 201
        told = made.json
        assert told.pop("id")
        code = told.pop("relationship")
        assert told == {
            "company": "cloudio",
            "date": "2026-12-01",
            "minutes": 45,
            "people": [{"name": "Carl", "email": ""}, {"name": "Una", "email": ""}],
            "note": "",
        }
        house.agreed()
        cloudio, fastprint = kim.get("/cadence").json["items"]
        assert cloudio == {
            "relationship": code,
            "company": "cloudio",
            "name": "Cloudio",
            "quarter": "2026-Q4",
            "state": "upcoming",
            "why": "The next meeting is due on 2027-03-01.",
            "next_due": "2027-03-01",
        }
        assert (fastprint["company"], fastprint["state"]) == ("fastprint", "planned")
        (own,) = vera.get("/cadence").json["items"]
        assert own == fastprint | {"company": "norden", "name": "Norden Mutual", "next_due": None}
        assert [row["state"] for row in kim.get("/cadence?quarter=2026-Q3").json["items"]] == ["met"]
        assert kim.get("/cadence?quarter=2026-Q5").status_code == 422
        assert vera.get("/cadence?quarter=2026-Q5").status_code == 422
        assert house["Carl"].get("/cadence?quarter=2026-Q3").json["items"] == []
        assert house["Oz"].get("/cadence").status_code == 403


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_set_of_a_relationship(house: House) -> None:
    kim = house["Kim"]
    with clock.at(NOW):
        made = kim.post("/relationships", {"company": "fastprint"})
        assert made.status_code == 201
        at = f"/relationships/{made.json['id']}"
        assert made.json["cadence"] == {"every": "quarter", "minutes": 60, "kind": "quarterly", "soft": 14, "hard": 14}
        assert kim.get(at).json == kim.get("/relationships").json["items"][0] == made.json
        set_ = kim.put(f"{at}/cadence", {"every": "6 weeks", "soft": 7}, If_Match=made.headers["ETag"])
        assert set_.json["cadence"] == {"every": "6 weeks", "minutes": 60, "kind": "quarterly", "soft": 7, "hard": 14}
        assert kim.put(f"{at}/cadence", {"every": "none"}, If_Match=made.headers["ETag"]).status_code == 409
        wrong = kim.put(f"{at}/cadence", {"every": "0 weeks"})
        assert (wrong.status_code, list(wrong.json["errors"])) == (422, ["every"])
        pause = {"first": "2027-02-01", "last": "2027-05-31", "reason": "A tender"}
        assert kim.post(f"{at}/pauses", pause).json["pauses"] == [pause]
        assert kim.post(f"{at}/pauses", pause).json["errors"]["first"] == [
            "There is a pause at that time already: please change that one."
        ]
        waiver = {"quarter": "2027-Q2", "reason": "A move"}
        assert kim.post(f"{at}/waivers", waiver).json["waivers"] == [waiver]
        assert kim.post(f"{at}/waivers", waiver).status_code == 409
        told = {each["quarter"]: (each["state"], each["why"]) for each in kim.get(at).json["quarters"]}
        assert told["2027-Q2"] == ("waived", "You let this quarter go: A move")
    with clock.at(NOW + timedelta(days=40)):
        now = {each["quarter"]: each["state"] for each in kim.get(at).json["quarters"]}
        assert (now["2026-Q4"], now["2027-Q1"]) == ("paused", "upcoming")
