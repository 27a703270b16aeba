"""ETag, If-None-Match and If-Match (RFC 9110): each thing has a version, as its reader sees it."""

from tests.api.conftest import AT_FOUR, AT_TWO, House, later


def test_what_has_not_changed_is_not_told_again(house: House) -> None:
    code = house.asked()
    for path in (f"/meeting-requests/{code}", "/meeting-requests", "/me", "/buyers/norden", "/history", "/meetings"):
        first = house["Vera"].get(path)
        tag = first.headers["ETag"]
        assert tag.startswith('"'), path
        again = house["Vera"].get(path, If_None_Match=f'"other", {tag}')
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag), path
        assert house["Vera"].get(path, If_None_Match='"other"').status_code == 200, path


def test_only_who_has_seen_it_changes_it(house: House) -> None:
    code = house.asked()
    stale = house["Kim"].get(f"/meeting-requests/{code}").headers["ETag"]
    house["Alex"].post(f"/meeting-requests/{code}/acceptance")
    fresh = house["Kim"].get(f"/meeting-requests/{code}").headers["ETag"]
    assert fresh != stale
    for tag in (stale, f"W/{fresh}", '"', "nonsense", f'{stale}, "x"'):
        answer = house["Kim"].post(f"/meeting-requests/{code}/undo", If_Match=tag)
        assert (answer.status_code, answer.json["title"]) == (409, "Somebody was faster"), tag
    assert house["Kim"].post(f"/meeting-requests/{code}/undo", If_Match=f'"x", {fresh}').status_code == 200


def test_a_star_means_whatever_it_is(house: House) -> None:
    code = house.asked()
    assert house["Kim"].post(f"/meeting-requests/{code}/acceptance", If_Match="*").status_code == 200


def test_a_stale_version_comes_before_an_unfit_body(house: House) -> None:
    code = house.asked()
    answer = house["Kim"].post(f"/meeting-requests/{code}/acceptance", {"nonsense": 1}, If_Match='"x"')
    assert answer.status_code == 409


def test_the_answer_carries_the_version_to_go_on_with(house: House) -> None:
    code, offer = house.offered()
    tag = house["Kim"].get(f"/meeting-requests/{code}").headers["ETag"]
    other = house["Kim"].post(f"/meeting-requests/{code}/offers", {"slots": [AT_FOUR]}, If_Match=tag)
    assert other.status_code == 201
    gone = house["Kim"].post(f"/offers/{offer['id']}/retraction", If_Match=other.headers["ETag"])
    assert gone.status_code == 409
    back = house["Kim"].post(f"/offers/{other.json['id']}/retraction", If_Match=other.headers["ETag"])
    assert back.status_code == 200


def test_every_deed_on_a_thing_asks_for_its_version(house: House) -> None:
    meeting = house.agreed()["uid"]
    code, offer = house.offered()
    with later():
        refused = {
            path: house[who].call(method, path, body, If_Match='"x"').status_code
            for who, method, path, body in (
                ("Kim", "POST", f"/meeting-requests/{code}/offers", {"slots": [AT_TWO]}),
                ("Vera", "POST", f"/offers/{offer['id']}/choice", {"slot": offer["slots"][0]["id"]}),
                ("Vera", "POST", f"/offers/{offer['id']}/counter", {"slots": [AT_TWO]}),
                ("Kim", "POST", f"/meetings/{meeting}/rescheduling", {"slot": AT_FOUR}),
                ("Kim", "POST", f"/meetings/{meeting}/place", {"place": "Room 4"}),
                ("Kim", "PUT", f"/meetings/{meeting}/agenda", {"entries": []}),
                ("Kim", "POST", f"/meetings/{meeting}/agenda/publication", {}),
                ("Kim", "POST", f"/meetings/{meeting}/cancellation", {}),
            )
        }
        request = house.asked()
        for who, deed in (("Kim", "acceptance"), ("Vera", "withdrawal")):
            path = f"/meeting-requests/{request}/{deed}"
            refused[path] = house[who].post(path, {}, If_Match='"x"').status_code
    assert set(refused.values()) == {409}, refused


def test_held_offers_and_answers_leave_the_other_sides_versions_alone(house: House) -> None:
    """Law of the hold: through no address, list, length or version does the other side learn of a held answer."""
    code = house.asked()
    paths = ("/meeting-requests", f"/meeting-requests/{code}", f"/meeting-requests/{code}/offers", "/meetings",
             "/meeting-requests?state=pending", "/meeting-requests?state=accepted", "/history",
             f"/history?about={code}", "/me", "/buyers/norden")  # fmt: skip

    def seen() -> list[tuple[str, bytes, str, str]]:
        answers = [(path, house["Vera"].get(path)) for path in paths]
        return [(path, one.data, one.headers["ETag"], one.headers["Content-Length"]) for path, one in answers]

    before = seen()
    for deed, body in (("acceptance", {"note": "Yes", "minutes": 15}), ("refusal", {"kind": "never"}),
                       ("refusal", {"kind": "not_now", "again_on": "2027-02-01"})):  # fmt: skip
        house["Kim"].post(f"/meeting-requests/{code}/{deed}", body)
        if deed == "acceptance":
            assert house["Kim"].post(f"/meeting-requests/{code}/offers", {"slots": [AT_TWO]}).status_code == 201
        assert seen() == before
        # what she might try tells her nothing either
        assert house["Vera"].post(f"/meeting-requests/{code}/offers", {"slots": [AT_TWO]}).status_code == 409
        assert house["Kim"].post(f"/meeting-requests/{code}/undo").status_code == 200
        assert seen() == before
    with later():
        assert seen() == before
