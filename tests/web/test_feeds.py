"""The feed of due days at its door: told once, read by programs, and gone like one that never was."""

import pytest

from tests.web.conftest import World
from vendorhub.usecases import relationships

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_an_address_is_made_read_and_taken_back(world: World) -> None:
    world.do("Kim", lambda actor: relationships.begin(actor, company="cloudio"))
    kim = world.at("Kim")
    kim.open("/relationships")
    kim.open(kim.page.links["In my calendar"])
    kim.press("Make the address")
    found = kim.page.html.partition('value="http')[2].partition('"')[0]
    path = "/feeds/" + found.rpartition("/feeds/")[2]
    program = world.app.test_client()
    answer = program.get(path)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert answer.text.count("SUMMARY:Due: Cloudio") == 5
    assert program.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert found not in kim.open("/relationships/feed").html
    kim.press("Take it back")
    assert "The address opens nothing any more." in kim.page.text
    gone, never = program.get(path), program.get("/feeds/" + "x" * 43 + ".ics")
    assert (gone.status_code, gone.data) == (404, never.data)
    assert (world.at("Vera").open("/relationships/feed").status, world.at("Oz").open("/relationships/feed").status) == (
        404,
        404,
    )
