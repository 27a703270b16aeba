from tests.api.conftest import House, later

THEIRS = [{"title": "What a restore takes", "minutes": 10}, {"title": "Questions", "minutes": 5}]
OURS = [{"title": "How we work", "minutes": 15, "segment": "buyer"}]


def test_each_side_writes_its_half_and_either_publishes_it(house: House) -> None:
    uid = house.agreed()["uid"]
    at = f"/meetings/{uid}/agenda"
    empty = house["Kim"].get(at).json
    assert (empty["version"], empty["published"], empty["entries"]) == (0, False, [])
    assert house["Kim"].put(at, {"entries": OURS}).status_code == 200
    answer = house["Vera"].put(at, {"entries": THEIRS})
    assert answer.status_code == 200
    whole = answer.json
    told = ("title", "minutes", "segment", "vendor", "visibility", "starts_at_minute")
    assert [tuple(entry[name] for name in told) for entry in whole["entries"]] == [
        ("What a restore takes", 10, "vendor", "fastprint", "room", 0),
        ("Questions", 5, "vendor", "fastprint", "room", 10),
        ("How we work", 15, "buyer", None, "room", 15),
    ]
    assert {name: whole[name] for name in ("minutes", "buyer_minutes", "problems", "published", "version")} == {
        "minutes": 30,
        "buyer_minutes": 15,
        "problems": [],
        "published": False,
        "version": 0,
    }
    assert house["Kim"].get(at).json == whole
    published = house["Vera"].post(f"{at}/publication", {})
    assert (published.status_code, published.json["version"], published.json["published"]) == (201, 1, True)
    assert house["Kim"].post(f"{at}/publication", {}).status_code == 409
    assert house["Kim"].get(f"{at}/versions/1").json["entries"] == whole["entries"]
    assert house["Kim"].get(f"{at}/versions/2").status_code == 404
    assert house["Vera"].get(f"{at}.pdf").data.startswith(b"%PDF")
    house["Kim"].put(at, {"entries": []})
    answer = house["Kim"].post(f"{at}/publication", {})
    assert (answer.status_code, answer.json["problems"]) == (
        409,
        ["The buyer has 0 % of what is shared out, and 50 % were wanted."],
    )


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
