from tests.api.conftest import House, later

THEIRS = [{"title": "What a restore takes", "minutes": 10}, {"title": "Questions", "minutes": 5}]
OURS = [{"title": "How we work", "minutes": 15, "segment": "buyer"}]


def test_each_side_writes_its_half(house: House) -> None:
    uid = house.agreed()["uid"]
    assert house["Kim"].get(f"/meetings/{uid}/agenda").json == {
        "version": 0,
        "published": False,
        "entries": [],
        "minutes": 0,
        "buyer_minutes": 0,
        "problems": [],
    }
    assert house["Kim"].put(f"/meetings/{uid}/agenda", {"entries": OURS}).status_code == 200
    answer = house["Vera"].put(f"/meetings/{uid}/agenda", {"entries": THEIRS})
    assert answer.status_code == 200
    assert answer.json == {
        "version": 2,
        "published": False,
        "entries": [
            {
                "id": "vendor-1",
                "title": "What a restore takes",
                "minutes": 10,
                "segment": "vendor",
                "vendor": "fastprint",
                "topics": [],
                "visibility": "room",
                "starts_at_minute": 0,
            },
            {
                "id": "vendor-2",
                "title": "Questions",
                "minutes": 5,
                "segment": "vendor",
                "vendor": "fastprint",
                "topics": [],
                "visibility": "room",
                "starts_at_minute": 10,
            },
            {
                "id": "buyer-3",
                "title": "How we work",
                "minutes": 15,
                "segment": "buyer",
                "vendor": None,
                "topics": [],
                "visibility": "room",
                "starts_at_minute": 15,
            },
        ],
        "minutes": 30,
        "buyer_minutes": 15,
        "problems": [],
    }
    assert house["Kim"].get(f"/meetings/{uid}/agenda").json == answer.json


def test_the_other_half_and_what_does_not_fit_is_refused(house: House) -> None:
    uid = house.agreed()["uid"]
    for entries, field in (
        (OURS, "entries"),
        ([{"title": "Long", "minutes": 31}], "entries"),
        ([{"title": "Endless", "minutes": 481}], "entries.0.minutes"),
        ([{"title": "Half", "minutes": 7.5}], "entries.0.minutes"),
        ([{"title": "", "minutes": 5}], "entries.0.title"),
        ([{"title": "a\nb", "minutes": 5}], "entries"),
        ([{"item": "X", "minutes": 5, "title": "x"}], "entries.0.item"),
        ([{"title": "x", "minutes": 1}] * 13, "entries"),
        ("none", "entries"),
    ):
        answer = house["Vera"].put(f"/meetings/{uid}/agenda", {"entries": entries})
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field]), entries
    assert house["Vera"].get(f"/meetings/{uid}/agenda").json["version"] == 0


def test_a_meeting_called_off_keeps_its_agenda(house: House) -> None:
    uid = house.agreed()["uid"]
    with later():
        house["Kim"].post(f"/meetings/{uid}/cancellation")
        assert house["Vera"].put(f"/meetings/{uid}/agenda", {"entries": THEIRS}).status_code == 409
        assert house["Vera"].put(f"/meetings/{uid}/agenda", {"entries": "none"}).status_code == 409
