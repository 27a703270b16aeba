from typing import Any

import pytest

from tests.api.conftest import ASK, House, later

TURNED = "Please take out the characters that turn the direction of writing; retyping it helps."
HELD_UNTIL = "2027-01-04T10:01:00+01:00"


def test_an_ask_is_made_without_a_time(house: House) -> None:
    answer = house["Vera"].post("/meeting-requests", {**ASK, "goal": "fewer suppliers", "to": "kim@norden.example"})
    assert answer.status_code == 201
    code = answer.json["code"]
    assert answer.json == {
        "code": code,
        "state": "pending",
        "kind": "topic",
        "topic": "Backups that restore",
        "outcome": "You would know what a restore takes.",
        "learned": "You insure homes, and lost a week in May.",
        "minutes": 30,
        "attendees": [{"name": "Vera", "email": "vera@fastprint.example", "role": "engineer", "side": "vendor"}],
        "goal": "Fewer suppliers",
        "buyer": "norden",
        "company": "Fastprint",
        "asked_by": "Vera",
        "asked_of": "Kim",
        "decided_by": None,
        "created_at": "2027-01-04T10:00:00+01:00",
        "answer_by": "2027-01-12T00:00:00+01:00",
        "answered_at": None,
        "held_until": None,
        "again_on": None,
        "note": "",
        "place": None,
        "meeting": None,
        "vendor": None,
        "vendor_name": None,
        "confirmed_by": None,
        "channel": "",
        "noted_by": None,
        "words": "",
        "introduced_by": None,
        "question": "",
        "answer": "",
        "attached_to": None,
        "passed_from": None,
        "passed_to": None,
        "changes": None,
        "parked": "",
        "claim": None,
        "remark": "",
        "standing": False,
        "writing": None,
        "sorting": None,
        "may": ["withdraw"],
    }
    assert house["Vera"].get(f"/meeting-requests/{code}").json == answer.json
    mine = ["accept", "amend", "ask_back", "block", "decline", "redirect"]
    assert house["Kim"].get(f"/meeting-requests/{code}").json == {**answer.json, "may": mine}


def test_an_ask_with_any_time_in_it_is_refused(house: House) -> None:
    for field in ("start", "time", "date", "slots", "when", "proposed_time", "timezone", "deadline"):
        answer = house["Vera"].post("/meeting-requests", {**ASK, field: "2027-02-01T10:00:00"})
        assert (answer.status_code, answer.json["errors"]) == (422, {field: ["There is no such field here."]})


UNFIT_ASKS: list[tuple[dict[str, Any], dict[str, list[str]]]] = [
    ({"topic": ""}, {"topic": ["Please fill this in."]}),
    ({"topic": "two\nlines"}, {"topic": ["Please write this on one line."]}),
    ({"topic": "x" * 121}, {"topic": ["Please keep this to 120 characters; it has 121."]}),
    ({"topic": 7}, {"topic": ["Please give this as text."]}),
    ({"topic": None}, {"topic": ["Please give this as text."]}),
    ({"topic": "\u202eturned"}, {"topic": [TURNED]}),
    ({"topic": "a\x00b"}, {"topic": ["Please take out the control characters; retyping it helps."]}),
    ({"minutes": 20}, {"minutes": ["This is one of: 15, 30, 45 or 60."]}),
    ({"minutes": "30"}, {"minutes": ["This is one of: 15, 30, 45 or 60."]}),
    ({"minutes": 10**30}, {"minutes": ["Please give this as a whole number."]}),
    ({"attendees": []}, {"attendees": ["Please fill this in."]}),
    ({"attendees": [{"name": "V", "email": "nobody"}]},
     {"attendees": ["Please write one mail address, like name@example.com."]}),
    ({"attendees": [{"name": "V"}]}, {"attendees.0.email": ["Please fill this in."]}),
    ({"attendees": [{"name": "V", "email": "v@x.example", "vip": True}]},
     {"attendees.0.vip": ["There is no such field here."]}),
    ({"attendees": ASK["attendees"] * 2}, {"attendees": ["The same address is there twice."]}),
    ({"attendees": ASK["attendees"] * 13}, {"attendees": ["Please give at most 12 of these."]}),
    ({"buyer": "nobody"}, {"buyer": ["There is no such company here."]}),
    ({"buyer": "fastprint"}, {"buyer": ["There is no such company here."]}),
    ({"buyer": "\x00"}, {"buyer": ["This can't be taken as it is; the API's description says what can."]}),
    ({"goal": "World peace"}, {"goal": ["Please choose one of the goals they name."]}),
    ({"goal": "a\x00b"}, {"goal": ["Please take out the control characters; retyping it helps."]}),
    ({"kind": "lunch"}, {"kind": ["This is one of: intro, quarterly, governance or topic."]}),
    ({"to": "vera@fastprint.example"},
     {"to": ["Nobody with this address can be asked here; leave it empty and the right person sees it."]}),
]  # fmt: skip


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_an_ask_lacks_is_said_beside_the_field(house: House) -> None:
    for changed, errors in UNFIT_ASKS:
        answer = house["Vera"].post("/meeting-requests", {**ASK, **changed})
        assert (answer.status_code, answer.json["errors"]) == (422, errors), changed
    assert house["Vera"].get("/meeting-requests").json == {"items": [], "next": None}


def test_every_field_that_is_wrong_is_named_at_once(house: House) -> None:
    answer = house["Vera"].post("/meeting-requests", {"buyer": "norden", "time": "noon"})
    assert sorted(answer.json["errors"]) == ["attendees", "learned", "minutes", "outcome", "time", "topic"]


def test_a_yes_is_held_and_then_told(house: House) -> None:
    code = house.asked()
    before = house["Vera"].get(f"/meeting-requests/{code}")
    answer = house["Alex"].post(
        f"/meeting-requests/{code}/acceptance",
        {
            "note": "Bring an example.",
            "minutes": 15,
            "place": {"how": "video_buyer", "detail": "https://meet.example/x"},
        },
    )
    assert answer.status_code == 200
    assert answer.json == {
        **before.json,
        "state": "accepted",
        "minutes": 15,
        "decided_by": "Kim",
        "answered_at": "2027-01-04T10:00:00+01:00",
        "held_until": HELD_UNTIL,
        "note": "Bring an example.",
        "place": {"how": "video_buyer", "detail": "https://meet.example/x"},
        "may": ["counter", "offer", "undo"],
    }
    during = house["Vera"].get(f"/meeting-requests/{code}")
    assert (during.data, during.headers["ETag"]) == (before.data, before.headers["ETag"])
    with later():
        after = house["Vera"].get(f"/meeting-requests/{code}")
    assert after.json == {**answer.json, "held_until": None, "may": ["counter", "withdraw"]}
    assert after.headers["ETag"] != before.headers["ETag"]


def test_a_yes_to_the_same_topic_is_a_yes(house: House) -> None:
    code = house.asked()
    same = house["Kim"].post(f"/meeting-requests/{code}/acceptance", {"topic": ASK["topic"]})
    assert (same.status_code, same.json["state"]) == (200, "accepted")


def test_a_yes_may_add_own_people(house: House) -> None:
    code = house.asked()
    own = {"name": "Cleo", "email": "cleo@norden.example"}
    answer = house["Kim"].post(f"/meeting-requests/{code}/acceptance", {"attendees": [*ASK["attendees"], own]})
    assert [(one["name"], one["side"]) for one in answer.json["attendees"]] == [("Vera", "vendor"), ("Cleo", "buyer")]


def test_not_now_says_until_when(house: House) -> None:
    code = house.asked()
    answer = house["Kim"].post(
        f"/meeting-requests/{code}/refusal", {"kind": "not_now", "again_on": "2027-03-01", "note": "After the audit."}
    )
    assert (answer.status_code, answer.json["state"], answer.json["again_on"]) == (200, "declined", "2027-03-01")
    assert house["Vera"].get(f"/meeting-requests/{code}").json["again_on"] is None
    with later():
        told = house["Vera"].get(f"/meeting-requests/{code}").json
        again = house["Vera"].post("/meeting-requests", {**ASK, "topic": "Another try"})
    assert (told["state"], told["again_on"], told["note"]) == ("declined", "2027-03-01", "After the audit.")
    assert (again.status_code, again.json["state"], again.json["again_on"]) == (201, "attached", "2027-03-01")


UNFIT_REFUSALS: list[tuple[dict[str, Any], str]] = [
    ({"kind": "in_writing", "due": "2027-01-03"}, "due"),
    ({"kind": "in_writing", "due": "2027-02-30"}, "due"),
    ({"kind": "in_writing", "what": "x" * 601}, "what"),
    ({"kind": "in_writing", "reader": "vera@fastprint.example"}, "reader"),
    ({"kind": "no", "due": "2027-02-01"}, "due"),
    ({"kind": "remember"}, "kind"),
    ({"kind": "maybe"}, "kind"),
    ({}, "kind"),
    ({"kind": "not_now"}, "again_on"),
    ({"kind": "not_now", "again_on": "2027-01-04"}, "again_on"),
    ({"kind": "not_now", "again_on": "2027-02-30"}, "again_on"),
    ({"kind": "not_now", "again_on": "2027-03-01T00:00:00"}, "again_on"),
    ({"kind": "not_now", "again_on": 20270301}, "again_on"),
    ({"kind": "no", "again_on": "2027-03-01"}, "again_on"),
    ({"kind": "no", "scope": "person"}, "scope"),
    ({"kind": "never", "scope": "town"}, "scope"),
    ({"kind": "no", "tell": False}, "tell"),
    ({"kind": "no", "note": "x" * 1001}, "note"),
]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_unfit_refusal_changes_nothing(house: House) -> None:
    code = house.asked()
    for sent, field in UNFIT_REFUSALS:
        answer = house["Kim"].post(f"/meeting-requests/{code}/refusal", sent)
        assert (answer.status_code, field in answer.json["errors"]) == (422, True), sent
    assert house["Kim"].get(f"/meeting-requests/{code}").json["state"] == "pending"


def test_never_is_for_the_decider_and_ends_asking(house: House) -> None:
    code = house.asked()
    assert house["Alex"].post(f"/meeting-requests/{code}/refusal", {"kind": "never"}).status_code == 403
    answer = house["Kim"].post(f"/meeting-requests/{code}/refusal", {"kind": "never", "tell": True})
    assert (answer.status_code, answer.json["state"]) == (200, "blocked")
    with later():
        refused = house["Vera"].post("/meeting-requests", ASK)
        assert (refused.status_code, refused.json["again_on"]) == (403, None)
        assert house["Carl"].post("/meeting-requests", ASK).status_code == 201


def test_undo_leaves_no_trace_with_the_other_side(house: House) -> None:
    code = house.asked()
    before = house["Vera"].get(f"/meeting-requests/{code}").data
    history = house["Vera"].get(f"/history?about={code}").data
    house["Kim"].post(f"/meeting-requests/{code}/refusal", {"kind": "no"})
    answer = house["Alex"].post(f"/meeting-requests/{code}/undo")
    assert (answer.status_code, answer.json["state"]) == (200, "pending")
    with later():
        assert house["Vera"].get(f"/meeting-requests/{code}").data == before
        assert house["Vera"].get(f"/history?about={code}").data == history
    assert house["Kim"].post(f"/meeting-requests/{code}/undo").status_code == 409


def test_an_ask_is_taken_back_also_against_a_held_answer(house: House) -> None:
    code = house.asked()
    house["Kim"].post(f"/meeting-requests/{code}/acceptance")
    answer = house["Vera"].post(f"/meeting-requests/{code}/withdrawal")
    assert (answer.status_code, answer.json["state"]) == (200, "withdrawn")
    assert house["Kim"].get(f"/meeting-requests/{code}").json["state"] == "withdrawn"
    assert house["Kim"].post(f"/meeting-requests/{code}/undo").status_code == 409


def test_lists_go_page_by_page_and_by_state(house: House) -> None:
    codes = [house.asked(topic=f"Topic {number}") for number in range(3)]
    house["Kim"].post(f"/meeting-requests/{codes[0]}/acceptance")
    first = house["Kim"].get("/meeting-requests?limit=2")
    assert [one["code"] for one in first.json["items"]] == codes[:0:-1]
    second = house["Kim"].get(f"/meeting-requests?limit=2&cursor={first.json['next']}")
    assert ([one["code"] for one in second.json["items"]], second.json["next"]) == (codes[:1], None)
    accepted = {who: house[who].get("/meeting-requests?state=accepted").json["items"] for who in ("Kim", "Vera")}
    assert ([one["code"] for one in accepted["Kim"]], accepted["Vera"]) == (codes[:1], [])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_query_that_means_nothing_is_refused(house: House) -> None:
    for query in ("limit=0", "limit=101", "limit=ten", "limit=", "limit=%EF%BC%95", "limit=1&limit=2", "state=soon",
                  "cursor=NOSUCHCODE", "cursor=%00", "colour=red"):  # fmt: skip
        answer = house["Kim"].get(f"/meeting-requests?{query}")
        assert (answer.status_code, list(answer.json["errors"])) == (422, [query.partition("=")[0]]), query


def test_a_cursor_of_another_tenant_is_none(house: House) -> None:
    theirs = house.asked("Carl")
    answer = house["Vera"].get(f"/meeting-requests?cursor={theirs}")
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["cursor"])


def test_a_sorting_is_told_to_those_whom_it_is_for(house: House) -> None:
    code = house.asked()
    path = f"/meeting-requests/{code}"
    before = house["Vera"].get(path)
    said = {"pile": "for_you", "line": "Old friends", "suggested": "yes"}
    answer = house["Alex"].post(f"{path}/sorting", said)
    assert answer.status_code == 200
    assert {**said, "by": "Alex", "whose": "Kim"}.items() <= answer.json["sorting"].items()
    assert house["Kim"].get(path).json["sorting"] == answer.json["sorting"]
    after = house["Vera"].get(path)
    assert (after.data, after.headers["ETag"]) == (before.data, before.headers["ETag"])
    for wrong in ({}, {"pile": "yours"}, {"pile": "mine", "suggested": "accept"}, {"pile": "mine", "note": ""}):
        assert house["Alex"].post(f"{path}/sorting", wrong).status_code == 422
    assert house["Alex"].post(f"{path}/sorting", {"pile": "no_for_us"}).json["state"] == "declined"
    assert house["Alex"].post(f"{path}/sorting", {}).status_code == 409
