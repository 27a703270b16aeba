"""What somebody sends to a joint briefing by mistake, or to break it: refused by page and call, and nothing is lost."""

import io
from datetime import datetime
from typing import Any

import pytest

from tests.people import address
from tests.usecases.agendas import built, sent
from tests.usecases.briefings import joined
from tests.web.browser import Browser
from tests.web.conftest import World
from vendorhub.queries import agenda_building as building_seen
from vendorhub.queries import agendas, materials
from vendorhub.queries import briefings as seen
from vendorhub.usecases import agenda_building as building
from vendorhub.usecases.people import create_token

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

AFTER_THE_DAY = datetime.fromisoformat("2027-01-21T00:00:00+01:00")
LATE = (
    "The day for items is over. A late item is let in only if all get the extension; please ask whoever organises the "
    "briefing for it."
)
FILES = {
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a drawing": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "two at once": b"%PDF-1.7\n<html><script>alert(1)</script>" + bytes(2000),
    "an entry for a calendar": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "nothing": b"",
}


def by_call(world: World, name: str, method: str, path: str, **sent: Any) -> tuple[int, dict[str, Any]]:
    with world.app.app_context():
        proof = {"Authorization": f"Bearer {create_token(email=address(name))}", **sent.pop("headers", {})}
    answer = world.app.test_client().open(f"/api/v1{path}", method=method, headers=proof, **sent)
    return answer.status_code, answer.json


def test_an_item_after_the_day(world: World) -> None:
    with world.app.app_context():
        code = joined(world.stage)
    world.stage.go(AFTER_THE_DAY)
    item = {"title": "Late", "abstract": "", "minutes": 10, "topics": [], "presenters": [], "visibility": "room"}
    status, told = by_call(world, "Vera", "POST", f"/briefings/{code}/items", json=item)
    assert (status, told["detail"]) == (409, LATE)


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_none_or_another_than_it_says(world: World, what: str) -> None:
    with world.app.app_context():
        code = joined(world.stage)
        item = sent(world.stage, code, "Vera", "Tape")
    path = f"/briefings/{code}/items/{item}/materials"

    def form(**more: str) -> dict[str, Any]:
        return {"data": {"file": (io.BytesIO(FILES[what]), "Costs.pdf"), **more}, "content_type": "multipart/form-data"}

    status, told = by_call(world, "Vera", "POST", path, **form())
    assert (status, list(told["errors"])) == (422, ["file"])
    vera = world.at("Vera")
    token = vera.open(path).forms[-2].fields["csrf_token"]
    answer = vera.client.post(path, **form(csrf_token=token))
    assert (answer.status_code, told["errors"]["file"][0] in answer.text.replace("&#39;", "'")) == (422, True)
    assert world.do("Vera", materials.beside, code, item).here == ()


def test_a_publication_from_a_page_that_is_not_so_any_more(world: World) -> None:
    with world.app.app_context():
        code, *_ = built(world.stage)
    rita = world.at("Rita")
    rita.open(f"/briefings/{code}/agenda")
    tag = rita_s_tag(world, code)
    first = world.do("Kim", building_seen.see, code).placed[0]
    world.do("Kim", building.change, code, minutes={first: 25})
    path = f"/briefings/{code}/agenda/publication"
    status, told = by_call(world, "Rita", "POST", path, json={}, headers={"If-Match": tag})
    assert (status, told["title"]) == (409, "Somebody was faster")
    page = published_by_page(rita)
    assert page.status == 409
    assert "Somebody else has changed the agenda since you opened it." in page.text
    assert world.do("Vera", agendas.see, code).number == 0


def rita_s_tag(world: World, code: str) -> str:
    with world.app.app_context():
        proof = {"Authorization": f"Bearer {create_token(email=address('Rita'))}"}
    return world.app.test_client().get(f"/api/v1/briefings/{code}/agenda", headers=proof).headers["ETag"]


def published_by_page(browser: Browser) -> Any:
    form = next(form for form in browser.page.forms if form.action.endswith("/agenda/publication"))
    (button,) = [each for each in form.buttons if each.label]
    return browser.press(button.label)


def test_a_vendor_that_is_named_twice(world: World) -> None:
    with world.app.app_context():
        code = joined(world.stage)
    twice = ["fastprint", "fastprint"]
    given = {
        "buyer": "norden",
        "theme": "T",
        "outcome": "O",
        "minutes": 90,
        "vendors": twice,
        "items_due": "2027-01-20",
    }
    for method, path, body in (
        ("POST", "/briefings", given),
        ("PUT", f"/briefings/{code}/line-up", {"vendors": twice}),
    ):
        status, told = by_call(world, "Rita", method, path, json=body)
        assert (status, told["errors"]) == (422, {"vendors": ["A vendor is named twice."]})
    rita = world.at("Rita")
    rita.open(f"/briefings/{code}/line-up")
    page = rita.press("Ask these", vendors__0="Fastprint", vendors__1="fastprint")
    assert (page.status, "A vendor is named twice." in page.text) == (422, True)
    assert page.form_with("Ask these")[0].fields["vendors-0"] == "Fastprint"
    assert [part.state for part in world.do("Rita", seen.see, code).vendors] == ["joined", "joined"]
