from collections.abc import Iterator

import pytest

from tests.api.conftest import House
from tests.people import Cast
from tests.stage import Stage
from tests.usecases import overlaps as scenes

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def stage(house: House, cast: Cast) -> Iterator[Stage]:
    with house.app.app_context():
        found = Stage(cast)
    yield found
    found.close()


def test_every_pair_is_told_the_highest_score_first_and_marked(house: House, stage: Stage) -> None:
    with house.app.app_context():
        code = scenes.all_in(stage)
    told = house["Rita"].get(f"/briefings/{code}/overlaps").json
    assert [(one["vendors"], one["score"], one["topics"]) for one in told["items"]] == [
        (["fastprint", "cloudio"], 40, ["Ransomware"]),
        (["cloudio", "thirdwave"], 0, []),
        (["fastprint", "thirdwave"], 0, []),
    ]
    first = told["items"][0]
    assert first == {
        "id": first["id"],
        "vendors": ["fastprint", "cloudio"],
        "score": 40,
        "topics": ["Ransomware"],
        "kind": None,
        "sentence": "",
        "found": "",
        "minutes": None,
    }
    assert told["next"] is None
    path = f"/briefings/{code}/overlaps/{first['id']}"
    marked = house["Kim"].put(path, {"kind": "synergy", "sentence": "They feed each other.", "item": {"minutes": 15}})
    assert (marked.status_code, marked.json) == (
        200,
        {**first, "kind": "synergy", "sentence": "They feed each other.", "minutes": 15},
    )
    assert house["Rita"].get(f"/briefings/{code}/overlaps").json["items"][0] == marked.json
    assert house["Rita"].put(path, {"kind": "none"}, If_Match='"old"').status_code == 409
    assert house["Rita"].put(path, {"kind": "none"}, If_Match=marked.headers["ETag"]).json["kind"] == "none"
    assert house["Rita"].put(path, {"item": {}}).status_code == 409


def test_what_will_not_do_is_told_by_its_field(house: House, stage: Stage) -> None:
    with house.app.app_context():
        code = scenes.all_in(stage)
    path = f"/briefings/{code}/overlaps/{house['Rita'].get(f'/briefings/{code}/overlaps').json['items'][0]['id']}"
    for sent, field in (
        ({"kind": "friends"}, "kind"),
        ({"kind": "none", "because": "x"}, "because"),
        ({"sentence": "one\ntwo"}, "sentence"),
        ({"item": {"minutes": 0}}, "item.minutes"),
    ):
        answer = house["Rita"].put(path, sent)
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field]), sent
    assert house["Rita"].get(f"/briefings/{code}/overlaps").json["items"][0]["kind"] is None


def test_nothing_is_told_before_its_time_or_of_others(house: House, stage: Stage) -> None:
    with house.app.app_context():
        code = scenes.three(stage)
    pair = house.pair(code)
    empty = {"items": [], "next": None}
    assert house["Rita"].get(f"/briefings/{code}/overlaps").json == empty
    assert house["Vera"].get(f"/briefings/{code}/overlaps").json == empty
    assert house["Charlie"].get(f"/briefings/{code}/overlaps").status_code == 404
    assert house["Rita"].put(f"/briefings/{code}/overlaps/{pair}", {"kind": "friends"}).status_code == 409
    assert house["Bo"].put(f"/briefings/{code}/overlaps/{pair}", {"kind": "friends"}).status_code == 403
    there, missing = (
        house["Vera"].put(f"/briefings/{code}/overlaps/{each}", {"kind": "none"}) for each in (pair, "N0SUCHTHING")
    )
    assert (there.status_code, there.data) == (404, missing.data)
