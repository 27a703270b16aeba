"""Whatever goes wrong under /api/ is a problem (RFC 9457), and what is judged first is told first."""

import json

import pytest
from werkzeug.test import TestResponse

from tests.api.conftest import ASK, AT_TWO, Api, House, later

NOT_THERE = {
    "type": "urn:vendorhub:problem:not-there",
    "title": "Not found",
    "status": 404,
    "detail": "There is nothing here for you.",
}
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def problem(answer: TestResponse) -> tuple[int, str]:
    """The status and the type of the problem that an answer is."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json
    assert body["status"] == answer.status_code
    assert {"type", "title", "detail"} <= set(body)
    return answer.status_code, body["type"].rpartition(":")[2]


def test_what_is_no_json_is_400(house: House) -> None:
    for sent in (
        b"{",
        b"nothing",
        b'{"buyer": "norden",}',
        b"\xff\xfe",
        '{"buyer": "norden"}'.encode("utf-16"),
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"topic": "\\ud800"}',
    ):
        answer = house["Vera"].post("/meeting-requests", sent, Content_Type="application/json")
        assert problem(answer) == (400, "blank"), sent[:20]


def test_what_is_no_object_or_holds_no_number_is_422(house: House) -> None:
    for sent in (b"[]", b"null", b"5", b'"x"', b'{"minutes": NaN}', b'{"minutes": 1e999}', b'{"minutes": Infinity}',
                 b'{"minutes": 1' + b"0" * 4000 + b"}", b"{}", b""):  # fmt: skip
        answer = house["Vera"].post("/meeting-requests", sent, Content_Type="application/json")
        assert problem(answer) == (422, "unfit"), sent[:20]


def test_another_media_type_is_415(house: House) -> None:
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        answer = house["Vera"].post("/meeting-requests", json.dumps(ASK).encode(), Content_Type=media_type)
        assert problem(answer) == (415, "blank"), media_type


def test_more_than_a_mebibyte_is_413(house: House) -> None:
    answer = house["Vera"].post("/meeting-requests", {**ASK, "learned": "x" * 1_048_577})
    assert problem(answer) == (413, "blank")


def test_an_unknown_address_is_404_and_another_method_405(house: House) -> None:
    for path in ("/nothing", "/meeting-requests/", "/meeting-requests/%00", "/meetings/x/y/z", "/../etc/passwd"):
        answer = house["Kim"].get(path)
        assert (problem(answer), answer.json) == ((404, "not-there"), NOT_THERE), path
    answer = house["Kim"].call("DELETE", "/meeting-requests")
    assert problem(answer) == (405, "blank")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_without_a_good_token_it_is_401(house: House) -> None:
    nobody = house.nobody()
    answers = [nobody.get("/me")] + [
        nobody.get("/me", Authorization=given)
        for given in ("Bearer", "Bearer nothing", "Basic a2ltOng=", f"Token {house.token('Kim')}", "Bearer \xe9", "x")
    ]
    assert {problem(answer) for answer in answers} == {(401, "blank")}
    assert answers[0].headers["WWW-Authenticate"] == 'Bearer realm="VendorHub"'
    assert answers[1].headers["WWW-Authenticate"] == 'Bearer realm="VendorHub", error="invalid_token"'
    assert nobody.get("/me", Authorization=f"bearer {house.token('Kim')}").status_code == 200


def test_a_session_is_no_token(house: House) -> None:
    """A05: what a browser sends by itself opens nothing here."""
    client = house.app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = session["user_id"] = "1"
        session["_fresh"] = True
    assert Api(client, None).get("/me").status_code == 401


def test_a_token_that_was_taken_back_is_none(house: House) -> None:
    from sqlalchemy import select

    from vendorhub.store import ApiToken, db
    from vendorhub.usecases import people

    house.token("Oz")
    with house.app.app_context():
        newest = db.session.scalars(select(ApiToken.id).order_by(ApiToken.id.desc())).first()
        assert newest is not None
        people.revoke_token(newest)
    assert house["Oz"].get("/me").status_code == 401


def test_state_and_rights_are_judged_before_the_body(house: House) -> None:
    """404, 403 and 409 come before 422, 400 and 415, whatever was sent."""
    meeting = house.agreed()
    code, offer = house.offered()
    with later():
        house["Vera"].post(f"/offers/{offer['id']}/choice", {"slot": offer["slots"][1]["id"]})
        expected = {
            ("Carl", f"/meeting-requests/{code}/acceptance"): 404,
            ("Vera", f"/meeting-requests/{code}/acceptance"): 403,
            ("Kim", f"/meeting-requests/{code}/acceptance"): 409,
            ("Carl", f"/meeting-requests/{code}/refusal"): 404,
            ("Vera", f"/meeting-requests/{code}/refusal"): 403,
            ("Alex", f"/meeting-requests/{code}/refusal"): 409,
            ("Vera", f"/meeting-requests/{code}/undo"): 403,
            ("Kim", f"/meeting-requests/{code}/undo"): 409,
            ("Kim", f"/meeting-requests/{code}/withdrawal"): 403,
            ("Vera", f"/meeting-requests/{code}/withdrawal"): 409,
            ("Carl", f"/meeting-requests/{code}/offers"): 404,
            ("Kim", f"/meeting-requests/{code}/offers"): 409,
            ("Vera", f"/meeting-requests/{code}/offers"): 409,
            ("Charlie", f"/offers/{offer['id']}/choice"): 404,
            ("Kim", f"/offers/{offer['id']}/choice"): 409,
            ("Vera", f"/offers/{offer['id']}/counter"): 409,
            ("Kim", f"/offers/{offer['id']}/retraction"): 409,
            ("Carl", f"/meetings/{meeting['uid']}/rescheduling"): 404,
            ("Ada", f"/meetings/{meeting['uid']}/rescheduling"): 403,
            ("Carl", f"/meetings/{meeting['uid']}/place"): 404,
            ("Ada", f"/meetings/{meeting['uid']}/place"): 403,
            ("Ada", f"/meetings/{meeting['uid']}/cancellation"): 403,
            ("Kim", f"/meetings/{meeting['uid']}/proposals/NOSUCHONE/acceptance"): 404,
            ("Vera", f"/meetings/{meeting['uid']}/proposals/NOSUCHONE/acceptance"): 403,
            ("Kim", "/meeting-requests"): 403,
            ("Vera", "/blocks"): 403,
        }
        for sent in (b"{", b"[]", b'{"nonsense": 1}'):
            got = {
                (who, path): house[who].post(path, sent, Content_Type="application/json").status_code
                for who, path in expected
            }
            assert got == expected, sent


def test_a_fit_and_an_unfit_body_are_refused_alike(house: House) -> None:
    """The judgement that comes before the body is the deed's own."""
    fit: dict[str, object] = {
        "acceptance": {},
        "refusal": {"kind": "no"},
        "undo": {},
        "withdrawal": {},
        "offers": {"slots": [AT_TWO]},
    }
    codes = [house.asked(), house.accepted(), house.agreed()["request"]]
    house["Kim"].post(f"/meeting-requests/{house.asked()}/refusal", {"kind": "no"})
    codes += [house["Kim"].get("/meeting-requests?state=declined").json["items"][0]["code"]]
    withdrawn = house.asked()
    house["Vera"].post(f"/meeting-requests/{withdrawn}/withdrawal")
    refused = 0
    for code in [*codes, withdrawn, "NOSUCHONE"]:
        for deed, body in fit.items():
            for who in ("Kim", "Alex", "Vera", "Ada", "Carl", "Charlie"):
                unfit = house[who].post(f"/meeting-requests/{code}/{deed}", {"nonsense": 1})
                if unfit.status_code != 422:
                    refused += 1
                    answer = house[who].post(f"/meeting-requests/{code}/{deed}", body)
                    assert answer.status_code == unfit.status_code
    assert refused > 100


def test_a_fault_of_ours_is_a_500_that_says_nothing(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    from vendorhub.api import door

    broken = object()  # has no count()
    house.app.extensions[door.EXTENSION] = broken
    answer = house["Kim"].get("/me")
    assert problem(answer) == (500, "blank")
    assert answer.json["detail"] == "Something went wrong on our side and nothing was changed; please try again."
    line = next(json.loads(one) for one in capsys.readouterr().err.splitlines() if '"request failed"' in one)
    assert (line["route"], line["trouble"], line["level"]) == ("/api/v1/me", "AttributeError", "error")
