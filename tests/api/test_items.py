"""Items by the API: sent at once, sealed until they may be read, and what a rival's probing finds (law 10)."""

from typing import Any

import pytest

from tests.api.conftest import House, later
from tests.api.test_briefings import consented

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

TAPE: dict[str, Any] = {
    "title": "How we restore",
    "abstract": "From *tape*.",
    "minutes": 20,
    "topics": ["Tape"],
    "presenters": [{"name": "Dev", "email": "dev@elsewhere.example", "role": "Engineer"}],
    "visibility": "room",
}
CLOUD = {"title": "What it costs", "minutes": 15}


def sent(house: House, name: str, code: str, **changed: object) -> dict[str, Any]:
    answer = house[name].post(f"/briefings/{code}/items", {**TAPE, **changed})
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def test_an_item_is_sent_read_changed_and_taken_back(house: House) -> None:
    code = consented(house)
    with later():
        item = sent(house, "Vera", code)
        told = {**TAPE, "id": item["id"], "state": "sent", "segment": "vendor", "vendor": "fastprint", "asks": None}
        assert item == told
        at = f"/briefings/{code}/items/{item['id']}"
        seen = house["Vic"].get(at)
        assert (seen.json, house["Vic"].get(at, If_None_Match=seen.headers["ETag"]).status_code) == (told, 304)
        assert [part["state"] for part in house["Rita"].get(f"/briefings/{code}").json["vendors"]] == ["asked", "asked"]
        stale = house["Vera"].put(at, CLOUD, If_Match='"of-old"')
        assert stale.status_code == 409
        changed = house["Vera"].put(at, CLOUD, If_Match=seen.headers["ETag"])
        assert (changed.status_code, changed.json["visibility"], changed.json["presenters"]) == (200, "buyer", [])
        gone = house["Vera"].call("DELETE", at)
        assert (gone.status_code, gone.json["state"]) == (200, "withdrawn")
        assert house["Vera"].get(at).status_code == 404
        assert house["Vera"].get(f"/briefings/{code}/items").json == {"items": [], "next": None}


def test_what_can_not_be_taken_is_named(house: House) -> None:
    code = consented(house)
    with later():
        at = f"/briefings/{code}/items"
        for given, field in (
            ({**TAPE, "minutes": 91}, "minutes"),
            ({**TAPE, "presenters": [{"name": "Dev"}]}, "presenters"),
            ({**TAPE, "visibility": "world"}, "visibility"),
            ({**TAPE, "start": "2027-01-13T14:00:00"}, "start"),
            ({"minutes": 20}, "title"),
        ):
            answer = house["Vera"].post(at, given)
            assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
            assert house["Rita"].post(at, given).status_code == 403
            assert house["Charlie"].post(at, given).status_code == 404
        item = sent(house, "Vera", code)["id"]
        assert [house[name].put(f"{at}/{item}", {}).status_code for name in ("Carl", "Rita", "Charlie")] == [404] * 3


def test_a_rival_s_probing_finds_nothing(house: House) -> None:
    code = consented(house)
    with later():
        at, carl = f"/briefings/{code}/items", house["Carl"]

        def probed(item: str) -> list[tuple[int, bytes, str | None]]:
            calls = [
                carl.get(at),
                carl.get(f"{at}/{item}"),
                carl.put(f"{at}/{item}", TAPE),
                carl.call("DELETE", f"{at}/{item}"),
                carl.get(f"{at}?cursor={item}"),
                carl.get(f"/briefings/{code}"),
                carl.get("/history"),
            ]
            return [(each.status_code, each.data, each.headers.get("ETag")) for each in calls]

        before = probed("0" * 12)
        assert [status for status, _, _ in before] == [200, 404, 404, 404, 422, 200, 200]
        items = [sent(house, "Vera", code, title=f"Secret {number}")["id"] for number in range(3)]
        sent(house, "Kim", code, title="Our secret", asks="fastprint", visibility="buyer", presenters=[])
        for item in items:
            assert probed(item) == before
        mine = sent(house, "Carl", code, presenters=[])
        assert carl.get(at).json["items"] == [mine]
        after = carl.get(at).data, carl.get(f"/briefings/{code}").data
        house["Vera"].call("DELETE", f"{at}/{items[0]}")
        assert (carl.get(at).data, carl.get(f"/briefings/{code}").data) == after
        assert len(house["Rita"].get(at).json["items"]) == 4
        page = house["Rita"].get(f"{at}?limit=3").json
        assert [len(page["items"]), len(house["Rita"].get(f"{at}?cursor={page['next']}").json["items"])] == [3, 1]
