from tests.api.conftest import House


def test_i_learn_who_i_am(house: House) -> None:
    answer = house["Alex"].get("/me")
    assert answer.status_code == 200
    assert answer.json == {
        "name": "Alex",
        "email": "alex@norden.example",
        "side": "buyer",
        "organization": "Norden Mutual",
        "slug": "norden",
        "timezone": "Europe/Berlin",
        "roles": ["assistant"],
    }


def test_an_operator_is_of_no_organisation(house: House) -> None:
    answer = house["Oz"].get("/me")
    assert (answer.json["side"], answer.json["organization"], answer.json["slug"]) == ("operator", "", "")


def test_a_buyer_tells_its_brief_goals_and_rules(house: House) -> None:
    answer = house["Vera"].get("/buyers/norden")
    assert answer.status_code == 200
    assert answer.json == {
        "slug": "norden",
        "name": "Norden Mutual",
        "timezone": "Europe/Berlin",
        "brief": "We insure homes and small firms in the north.",
        "goals": ["Backups that restore", "Fewer suppliers"],
        "open_to": "Backup, print, network.",
        "not_open_to": "Crypto.",
        "rules": {"minutes": [15, 30, 45, 60], "response_days": 5},
        "remaining_asks": None,
    }


def test_a_vendor_has_no_front_door(house: House) -> None:
    assert house["Vera"].get("/buyers/fastprint").status_code == 404
    assert house["Vera"].get("/buyers/nobody").data == house["Vera"].get("/buyers/fastprint").data
