"""Planning a quarter over the wire."""

import pytest

from tests.api.conftest import NOW, House
from tests.people import Cast
from vendorhub import clock
from vendorhub.usecases import details, planning


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_plan_is_asked_for_and_read_when_it_is_made(house: House, cast: Cast) -> None:
    kim = house["Kim"]
    with clock.at(NOW):
        codes = [kim.post("/relationships", {"company": each}).json["id"] for each in ("cloudio", "fastprint")]
        with house.app.app_context():
            for code in codes:
                details.set_details(cast["Kim"], code, topics=["Backup"])
        whom = [
            {"relationship": codes[0], "company": "cloudio", "name": "Cloudio"},
            {"relationship": codes[1], "company": "fastprint", "name": "Fastprint"},
        ]
        before = kim.get("/plan")
        assert before.json == {
            "quarter": "2026-Q4",
            "state": "none",
            "progress": {"placed": 0, "wanted": 0},
            "hours": None,
            "asked_for": sorted(
                (each | {"due": "2027-03-31", "minutes": 60, "state": "upcoming"} for each in whom),
                key=lambda each: each["relationship"],
            ),
            "together": [{"subjects": ["Backup"], "vendors": sorted(whom, key=lambda each: each["relationship"])}],
            "left_out": [],
            "proposals": [],
            "no_room": [],
            "saving": None,
            "clashes": [],
        }
        asked = kim.post("/plan", {"quarter": "2026-Q4"}, If_Match=before.headers["ETag"])
        assert (asked.status_code, asked.json["state"], asked.json["proposals"]) == (202, "waiting", [])
        with house.app.app_context():
            assert planning.make_due() == 1
        (proposal,) = kim.get("/plan?quarter=2026-Q4").json["proposals"]
        assert proposal.pop("vendors") == sorted(whom, key=lambda each: each["relationship"])
        assert proposal == {
            "kind": "joint",
            "first": "2027-03-29",
            "last": "2027-03-31",
            "minutes": 80,
            "minutes_alone": 120,
            "why": ["All of them have to do with Backup: 80 minutes together instead of 120 one by one."],
            "agreed": False,
        }
        assert kim.put("/plan/hours", {"hours": 0}).json["errors"].keys() == {"hours"}
        assert kim.put("/plan/hours", {"hours": None}).json["hours"] is None
        assert kim.post("/plan", {"quarter": "2026-Q3"}).json["errors"].keys() == {"quarter"}
        for stranger in ("Vera", "Rita", "Oz"):
            assert house[stranger].get("/plan").status_code == 404
            assert house[stranger].post("/plan", {"quarter": "2026-Q4"}).status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_where_the_time_goes_is_taken_along(house: House) -> None:
    kim = house["Kim"]
    with clock.at(NOW):
        kim.post("/meetings/logged", {"company": "cloudio", "date": "2026-12-01", "minutes": 45})
        code = kim.get("/relationships").json["items"][0]["id"]
        table = kim.get("/exports/time.csv")
        assert (table.status_code, table.content_type) == (200, "text/csv; charset=utf-8; header=present")
        assert table.text.splitlines() == [
            "relationship,company,name,date,kind,minutes,goals,topics",
            f"{code},cloudio,Cloudio,2026-12-01,single,45.0,,",
        ]
        assert len(kim.get("/exports/time.csv?until=2026-10").text.splitlines()) == 1
        assert kim.get("/exports/time.csv?until=soon").status_code == 422
        assert house["Vera"].get("/exports/time.csv").status_code == 404
