"""The agenda of a briefing by the API: written whole, published, and read by each as they may."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.conftest import NOW, House, later
from tests.usecases.agendas import sent
from tests.usecases.briefings import proposed
from vendorhub import clock
from vendorhub.usecases import decisions, participations

NEWS = {"segment": "buyer", "title": "What is new with us", "minutes": 40}
TALK = {"segment": "overlap", "title": "Both", "minutes": 10, "vendors": ["fastprint", "cloudio"]}


class Told:
    """A briefing that both vendors have joined, with an item of each."""

    def __init__(self, house: House) -> None:
        self.house = house
        with house.app.app_context():
            from tests.people import assembled

            cast: Any = assembled()
            with clock.at(NOW - timedelta(minutes=2)):
                self.code = proposed(cast)
                decisions.accept(cast["Kim"], self.code)
            for name in ("Vera", "Carl"):
                participations.take_part(cast[name], self.code)
            self.print_ = sent(cast, self.code, "Vera", "Printing less")
            self.prices = sent(cast, self.code, "Vera", "Prices", 10, visibility="buyer", topics=["money"])
            self.backup = sent(cast, self.code, "Carl", "Backups that restore")
        self.at = f"/briefings/{self.code}/agenda"

    def put(self, *entries: object, who: str = "Rita", **headers: str) -> Any:
        return self.house[who].put(self.at, {"entries": list(entries)}, **headers)

    def publish(self, who: str = "Rita", **said: str) -> Any:
        return self.house[who].post(f"{self.at}/publication", said)


@pytest.fixture
def told(house: House) -> Told:
    return Told(house)


def test_it_is_written_whole_and_published(told: Told, house: House) -> None:
    unknowing = house["Carl"].get(told.at)
    answer = told.put({"item": told.print_}, NEWS, {"item": told.backup, "minutes": 25}, TALK)
    assert answer.status_code == 200, answer.text
    assert house["Carl"].get(told.at).data == unknowing.data
    assert house["Carl"].get(told.at).headers["ETag"] == unknowing.headers["ETag"]
    agenda = answer.json
    assert (agenda["version"], agenda["published"], agenda["minutes"], agenda["buyer_minutes"]) == (0, False, 95, 40)
    assert agenda["problems"] == ["All of it takes 95 minutes, and there are 90: 5 too many."]
    assert agenda["entries"][2] == {
        "id": told.backup,
        "title": "Backups that restore",
        "minutes": 25,
        "segment": "vendor",
        "vendor": "cloudio",
        "vendors": ["cloudio"],
        "topics": [],
        "visibility": "room",
        "presenters": [{"name": "Carl", "email": "carl@presents.example", "role": "Engineer"}],
        "abstract": "",
        "starts_at_minute": 60,
    }
    assert [(one["vendor"], one["vendors"]) for one in agenda["entries"]][1::2] == [
        (None, []),
        (None, ["fastprint", "cloudio"]),
    ]
    assert house["Carl"].get(told.at).json == {
        "version": 0,
        "published": False,
        "entries": [],
        "minutes": 0,
        "buyer_minutes": 0,
        "problems": [],
        "changes": [],
    }
    refused = told.publish(overrule="So be it.")
    assert (refused.status_code, refused.json["problems"]) == (409, agenda["problems"])
    assert told.put({"item": told.print_}, NEWS, {"item": told.backup}, TALK).json["problems"] == []
    published = told.publish()
    assert (published.status_code, published.json["version"], published.json["published"]) == (201, 1, True)
    assert told.publish().status_code == 409
    for who in ("Vera", "Carl", "Bo"):
        assert house[who].get(told.at).json["published"]
        assert house[who].get(f"{told.at}/versions/1").json["minutes"] == 90


def test_each_reads_what_they_may(told: Told, house: House) -> None:
    told.put({"item": told.print_}, {"item": told.prices}, {"item": told.backup}, NEWS)
    assert house["Carl"].get(f"{told.at}/versions/1").status_code == 404
    assert told.publish(overrule="So be it.").status_code == 201
    assert house["Carl"].get(told.at).json["entries"][1] == {
        "id": "reserved-2",
        "title": "Reserved for Fastprint and the buyer",
        "minutes": 10,
        "segment": "vendor",
        "vendor": "fastprint",
        "vendors": ["fastprint"],
        "topics": [],
        "visibility": "room",
        "presenters": [],
        "abstract": "",
        "starts_at_minute": 20,
    }
    assert [one["email"] for one in house["Carl"].get(told.at).json["entries"][0]["presenters"]] == [None]
    assert house["Vera"].get(told.at).json["entries"][1]["title"] == "Prices"
    assert house["Charlie"].get(told.at).data == house["Charlie"].get("/briefings/N0SUCHTHING/agenda").data
    told.put({"item": told.print_}, {"item": told.prices, "minutes": 5}, {"item": told.backup}, NEWS)
    told.publish(overrule="So be it.")
    assert house["Carl"].get(told.at).json["changes"] == [
        "“Reserved for Fastprint and the buyer” has 5 minutes instead of 10.",
        "“Backups that restore” begins 5 minutes earlier.",
    ]
    for number in ("0", "3", "-1", "1.0", "x"):
        assert house["Rita"].get(f"{told.at}/versions/{number}").status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_was_changed_meanwhile_is_not_written_over(told: Told, house: House) -> None:
    told.put(NEWS)
    seen = house["Rita"].get(told.at).headers["ETag"]
    told.put(NEWS, TALK, who="Kim")
    assert told.put(NEWS, If_Match=seen).status_code == 409
    assert house["Rita"].get(told.at, If_None_Match=seen).status_code == 200
    fresh = house["Rita"].get(told.at).headers["ETag"]
    assert house["Rita"].get(told.at, If_None_Match=fresh).status_code == 304
    assert told.put(NEWS, If_Match=fresh).status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_cannot_stand_is_told_by_field(told: Told, house: House) -> None:
    for entries, field in (
        ([{"item": "0000000000"}], "entries"),
        ([{"item": told.print_}] * 2, "entries"),
        ([{"segment": "vendor", "title": "Whose?", "minutes": 5}], "entries"),
        ([{"segment": "lunch", "title": "Soup", "minutes": 5}], "entries.0.segment"),
        ([{"segment": "break", "title": "Long", "minutes": 481}], "entries.0.minutes"),
        ([{**NEWS, "start": "14:00"}], "entries.0.start"),
        ([NEWS] * 101, "entries"),
        ("none", "entries"),
    ):
        answer = house["Rita"].put(told.at, {"entries": entries})
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field]), entries
    assert house["Vera"].put(told.at, {"entries": "none"}).status_code == 403
    assert house["Charlie"].put(told.at, {"entries": "none"}).status_code == 404
    with later():
        house["Kim"].post(f"/briefings/{told.code}/calling-off")
        assert house["Rita"].put(told.at, {"entries": "none"}).status_code == 409
        assert told.publish(nonsense="x").status_code == 409
