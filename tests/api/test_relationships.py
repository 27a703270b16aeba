"""The rhythm of relationships over the wire."""

from datetime import timedelta

import pytest

from tests.api.conftest import NOW, House
from tests.itip.test_series import WEEKLY, calendar
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


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_the_buyer_holds_of_a_relationship(house: House) -> None:
    kim, bo = house["Kim"], house["Bo"]
    house.agreed()
    made = kim.get("/relationships").json["items"][0]
    at, nothing = (
        f"/relationships/{made['id']}",
        {"owner": None, "goals": [], "topics": [], "spend": None, "circle": []},
    )
    nothing |= {"contract_end": None, "notice_by": None, "currency": None, "confidential": False}
    assert {name: made[name] for name in nothing} == nothing
    said = {"owner": "mo@norden.example", "goals": ["Fewer suppliers"], "topics": ["Print"], "spend": 9000}
    said |= {"contract_end": "2027-12-31", "notice_by": "2027-09-30", "currency": "EUR"}
    set_ = kim.put(at, said)
    assert {name: set_.json[name] for name in nothing} == nothing | said
    stale = kim.put(at, {"spend": None}, If_Match='"stale"')
    assert (stale.status_code, kim.put(at, {"spend": None}, If_Match=set_.headers["ETag"]).json["spend"]) == (409, None)
    assert kim.put(at, {"confidential": None}).status_code == 422
    assert kim.put(at, {"colour": "red"}).json["errors"] == {"colour": ["There is no such field here."]}
    own = house["Vera"].get(at).json
    assert {name: own[name] for name in nothing} == nothing
    closed = kim.put(at, {"confidential": True, "circle": ["kim@norden.example"]}).json
    assert (closed["confidential"], closed["circle"]) == (True, ["kim@norden.example", "mo@norden.example"])
    missing = bo.get("/relationships/NOSUCHONE")
    assert (bo.get(at).status_code, bo.get(at).data) == (404, missing.data)
    assert bo.get("/relationships").json["items"] == bo.get("/cadence").json["items"] == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_exists_elsewhere_is_adopted(house: House) -> None:
    kim, four = house["Kim"], calendar((*WEEKLY, "RRULE:FREQ=WEEKLY;INTERVAL=5;COUNT=4")).decode()
    with clock.at(NOW):
        made = kim.post("/meetings/adopted", {"calendar": four})
        assert made.status_code == 201
        (one,) = made.json["items"]
        assert (one["uid"], one["company"], one["people"][0]["email"]) == (
            *("weekly@norden", "fastprint", "vera@fastprint.example"),
        )
        told = [(each["date"], each["minutes"], each["held"]) for each in one["meetings"]]
        assert told[0] == ("2026-10-05", 45, True)
        assert len(told) == 4
        assert kim.get("/relationships").json["items"][0]["id"] == one["relationship"]
        again = kim.post("/meetings/adopted", {"calendar": four, "company": "cloudio"}).json["items"]
        assert again == [one]
        wrong = kim.post("/meetings/adopted", {"calendar": "Dear all"})
        assert (wrong.status_code, list(wrong.json["errors"])) == (422, ["file"])
