"""What a buyer's people settle among themselves: companies that are one, assistants, wordings, mail that was kept."""

import pytest

from tests.api.conftest import House, later
from tests.people import address
from tests.usecases.test_mails import PASS, UNPROVEN, receive, sample

AT = "2027-01-04T09:00:00+00:00"
OURS = dict.fromkeys(("yes", "yes_but", "in_writing", "not_now", "no", "question", "pass_on", "front_door"), "")


def test_two_companies_are_one_and_two_again(house: House) -> None:
    kim, code = house["Kim"], house.asked()
    house.asked("Vic")
    house.asked("Carl", to=address("Pia"))
    kim.post(f"/meeting-requests/{code}/refusal", {"kind": "no"})
    with later():
        never = kim.post("/blocks", {"company": "cloudio"}).json
        cloudio, fastprint = kim.get("/companies").json["items"]
        assert fastprint == {
            "slug": "fastprint",
            "name": "Fastprint",
            "kind": "vendor",
            "asks": 1,
            "state": "declined",
            "last_at": AT,
            "met": None,
            "meets": None,
            "shut_out": False,
            "one_with": [],
        }
        assert (cloudio["slug"], cloudio["shut_out"]) == ("cloudio", True)
        first = kim.get("/companies?limit=1").json
        assert kim.get(f"/companies?limit=1&cursor={first['next']}").json == {"items": [fastprint], "next": None}
        assert kim.get("/companies?name=AST").json["items"] == [fastprint]
        seen = kim.get("/companies/fastprint")
        answer = {"request": code, "decided_by": "Kim", "answered_at": AT, "again_on": "2027-07-05"}
        assert seen.json == {
            "slug": "fastprint",
            "name": "Fastprint",
            "kind": "vendor",
            "answers": [answer],
            "nevers": [],
            "joinings": [],
        }
        joining = "/companies/fastprint/joinings"
        assert kim.post(joining, {"other": "fastprint"}).json["errors"] == {
            "other": ["That is the same company; please choose another one."]
        }
        assert kim.post(joining, {"other": "cloudio", "holding": ["NEVERWAS"]}).status_code == 422
        assert kim.post(joining, {"other": "cloudio"}, If_Match='"x"').status_code == 409
        assert kim.post("/companies/nowhere/joinings", {"other": "cloudio"}).status_code == 404
        made = kim.post(joining, {"other": "cloudio", "holding": [code]}, If_Match=seen.headers["ETag"])
        assert made.status_code == 201
        (one,) = made.json["joinings"]
        assert one == {
            "id": one["id"],
            "slug": "cloudio",
            "name": "Cloudio",
            "by": "Kim",
            "since": "2027-01-04T09:01:01+00:00",
        }
        assert kim.post(joining, {"other": "cloudio"}).status_code == 409
        other = kim.get("/companies/cloudio").json
        assert [(each["id"], each["slug"]) for each in other["joinings"]] == [(one["id"], "fastprint")]
        assert other["nevers"] == [{"id": never["id"], "person": None, "by": "Kim", "made_at": never["made_at"]}]
        assert kim.post(f"/companies/bridge/joinings/{one['id']}/parting").status_code == 404
        assert kim.post(f"/companies/cloudio/joinings/{one['id']}/parting").json["joinings"] == []
        assert kim.post(f"{joining}/{one['id']}/parting").status_code == 409
        assert {who: house[who].get("/companies").status_code for who in ("Ada", "Alex", "Vera", "Oz")} == {
            "Ada": 200,
            "Alex": 403,
            "Vera": 403,
            "Oz": 403,
        }
        assert house["Charlie"].get("/companies/fastprint").status_code == 404


def test_who_answers_for_me_and_when_my_pile_comes(house: House) -> None:
    kim = house["Kim"]
    alex = {"email": address("Alex"), "name": "Alex", "answers": ["in_writing", "no"]}
    given = kim.put("/assistants/answers", {"assistant": address("Alex"), "answers": ["no", "in_writing"]})
    assert (given.status_code, given.json) == (200, {"assistants": [alex], "hours": []})
    assert kim.put("/assistants/hours", {"hours": [9, 16]}).json == {"assistants": [alex], "hours": [9, 16]}
    now = kim.get("/assistants")
    assert kim.put("/assistants/hours", {"hours": []}, If_Match=given.headers["ETag"]).status_code == 409
    assert kim.put("/assistants/hours", {"hours": []}, If_Match=now.headers["ETag"]).json["hours"] == []
    for path, body, field in (
        ("answers", {"assistant": address("Alex"), "answers": ["never"]}, "answers.0"),
        ("answers", {"assistant": address("Cleo"), "answers": ["no"]}, "assistant"),
        ("hours", {"hours": [3]}, "hours"),
    ):
        answer = kim.put(f"/assistants/{path}", body)
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert house["Vera"].get("/assistants").status_code == 403


def test_in_which_words_answers_are_told(house: House) -> None:
    kim = house["Kim"]
    before = kim.get("/wordings")
    assert before.json == OURS
    told = kim.put("/wordings", {"no": "Thank you; no."}, If_Match=before.headers["ETag"])
    assert (told.status_code, told.json) == (200, {**OURS, "no": "Thank you; no."})
    assert kim.put("/wordings", {}, If_Match=before.headers["ETag"]).status_code == 409
    assert kim.put("/wordings", {"no": "x" * 601}).json["errors"].keys() == {"no"}
    assert kim.put("/wordings", {}).json == OURS
    assert house["Alex"].get("/wordings").status_code == 403


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_mail_that_was_kept_and_whose_it_is(house: House) -> None:
    with house.app.app_context():
        receive(sample("gmail").replace(PASS, b""), "ask@localhost")
    (mail,) = house["Kim"].get("/mails").json["items"]
    assert mail == {
        "id": mail["id"],
        "received_at": AT,
        "sender": address("Kim"),
        "sender_name": "Kim",
        "by": "Kim",
        "subject": "Fwd: Backup costs",
        "words": mail["words"],
        "state": "kept",
        "why": "unproven",
        "more": 0,
        "to_confirm": True,
        "requests": [],
    }
    assert house["Ada"].get("/mails").json["items"] == [{**mail, "to_confirm": False}]
    for who in ("Ada", "Pia", "Vera"):
        assert house[who].post(f"/mails/{mail['id']}/confirmation").status_code == 404
    assert house["Kim"].post(f"/mails/{mail['id']}/confirmation", If_Match='"x"').status_code == 409
    done = house["Kim"].post(f"/mails/{mail['id']}/confirmation").json
    (became,) = done["requests"]
    assert done == {**mail, "state": "taken", "why": "confirmed", "to_confirm": False, "requests": [became]}
    assert house["Kim"].get(f"/meeting-requests/{became['code']}").json["topic"] == became["topic"]
    assert house["Kim"].post(f"/mails/{mail['id']}/confirmation").status_code == 409
    assert house["Vera"].get("/mails").status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_whom_an_unproven_invitation_names_and_that_it_is_them(house: House) -> None:
    with house.app.app_context():
        receive(UNPROVEN.replace(b"norden@hub.example", b"norden@localhost"), "norden@localhost")
    (card,) = house["Kim"].get("/meeting-requests").json["items"]
    assert (card["parked"], card["claim"]) == (
        "unproven",
        {
            "company": "Fastprint",
            "known": "Fastprint",
            "domain": "",
            "name": "Vera Vendor",
            "email": address("Vera"),
        },
    )
    assert card["company"].startswith("Unknown sender (")
    told = house["Kim"].post(f"/meeting-requests/{card['code']}/sender", {"who": "them"}).json
    assert (told["parked"], told["claim"], told["company"], told["asked_by"]) == ("", None, "Fastprint", "Vera Vendor")
