from tests.api.conftest import ASK, House, later


def test_a_company_is_shut_out_and_let_in_again(house: House) -> None:
    code = house.asked()
    answer = house["Kim"].post("/blocks", {"company": "fastprint"})
    assert answer.status_code == 201
    assert answer.json == {
        "id": answer.json["id"],
        "company": "Fastprint",
        "slug": "fastprint",
        "person": None,
        "by": "Kim",
        "made_at": "2027-01-04T09:00:00+00:00",
        "effective_at": "2027-01-04T09:00:00+00:00",
        "lifted_at": None,
    }
    assert house["Alex"].get("/blocks").json == {"items": [answer.json], "next": None}
    assert house["Kim"].get(f"/meeting-requests/{code}").json["state"] == "blocked"
    assert house["Vera"].post("/meeting-requests", ASK).status_code == 403
    assert house["Kim"].post("/blocks", {"company": "fastprint"}).status_code == 409
    lifted = house["Kim"].post(f"/blocks/{answer.json['id']}/lifting")
    assert lifted.json == {**answer.json, "lifted_at": "2027-01-04T09:00:00+00:00"}
    assert house["Kim"].post(f"/blocks/{answer.json['id']}/lifting").status_code == 409
    assert house["Kim"].post(f"/blocks/{answer.json['id']}/lifting", {"why": "x"}).status_code == 409
    assert house["Vera"].post("/meeting-requests", ASK).status_code == 201


def test_one_person_is_shut_out(house: House) -> None:
    code = house.asked()
    house["Kim"].post(f"/meeting-requests/{code}/refusal", {"kind": "never", "scope": "person"})
    with later():
        assert [(one["slug"], one["person"]) for one in house["Kim"].get("/blocks").json["items"]] == [
            ("fastprint", "Vera")
        ]
        assert house["Vera"].post("/meeting-requests", ASK).status_code == 403
        assert house["Vic"].post("/meeting-requests", ASK).status_code == 201


def test_blocks_are_the_buyers_own(house: House) -> None:
    block = house["Kim"].post("/blocks", {"company": "fastprint"}).json["id"]
    assert {who: house[who].get("/blocks").status_code for who in ("Ada", "Cleo", "Vera", "Rita", "Oz")} == {
        "Ada": 200,
        "Cleo": 403,
        "Vera": 403,
        "Rita": 403,
        "Oz": 403,
    }
    assert house["Charlie"].get("/blocks").json == {"items": [], "next": None}
    assert house["Charlie"].post(f"/blocks/{block}/lifting").status_code == 404
    assert house["Alex"].post(f"/blocks/{block}/lifting").status_code == 403
    assert house["Alex"].post("/blocks", {"company": "cloudio"}).status_code == 403
    assert house["Alex"].post("/blocks", {"company": 7}).status_code == 403


def test_only_a_company_that_asks_can_be_shut_out(house: House) -> None:
    for company in ("nobody", "harbour", "norden", "a\x00", ""):
        answer = house["Kim"].post("/blocks", {"company": company})
        assert (answer.status_code, list(answer.json["errors"])) == (422, ["company"]), company
    assert house["Kim"].get("/blocks?cursor=NOSUCHONE").status_code == 422
    first, second = (house["Kim"].post("/blocks", {"company": one}).json["id"] for one in ("fastprint", "bridge"))
    page = house["Kim"].get("/blocks?limit=1").json
    assert ([one["id"] for one in page["items"]], page["next"]) == ([second], second)
    rest = house["Kim"].get(f"/blocks?limit=1&cursor={second}").json
    assert ([one["id"] for one in rest["items"]], rest["next"]) == ([first], None)
