from tests.api.conftest import House, later


def test_each_side_reads_its_own_lines(house: House) -> None:
    code = house.asked()
    house["Alex"].post(f"/meeting-requests/{code}/acceptance")
    asked = {
        "deed": "ask",
        "by": "Vera",
        "on_behalf_of": None,
        "door": "api",
        "at": "2027-01-04T09:00:00+00:00",
        "about": code,
        "words": "",
    }
    accepted = {**asked, "deed": "accept", "by": "Alex", "on_behalf_of": "Kim", "words": "accept"}
    assert house["Kim"].get(f"/history?about={code}").json == {"items": [asked, accepted], "next": None}
    assert house["Vera"].get(f"/history?about={code}").json == {"items": [asked], "next": None}
    assert house["Carl"].get("/history").json == {"items": [], "next": None}
    with later():
        assert house["Vera"].get("/history").json == {"items": [accepted, asked], "next": None}


def test_history_goes_page_by_page(house: House) -> None:
    codes = [house.asked(topic=f"Topic {number}") for number in range(3)]
    first = house["Kim"].get("/history?limit=2").json
    rest = house["Kim"].get(f"/history?limit=2&cursor={first['next']}").json
    set_up = ""  # what Alex may answer alone
    assert [line["about"] for line in first["items"] + rest["items"]] == [*codes[::-1], set_up]
    assert rest["next"] is None


def test_history_of_what_is_not_yours_is_not_there(house: House) -> None:
    code = house.asked()
    missing = house["Carl"].get("/history?about=NOSUCHONE")
    assert missing.status_code == 404
    assert house["Carl"].get(f"/history?about={code}").data == missing.data
    for query in ("about=%00", "about=", "cursor=first"):
        answer = house["Kim"].get(f"/history?{query}")
        assert (answer.status_code, list(answer.json["errors"])) == (422, [query.partition("=")[0]]), query
