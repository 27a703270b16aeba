"""The agenda of a briefing to take along, by page and by call: there in time, and asked for again cheaply."""

import pytest

from tests.usecases.test_agenda_papers import agreed, laid_out
from tests.web.conftest import World
from tests.web.test_materials import api
from tests.web.test_statements import counted
from vendorhub.usecases.agenda_publication import publish

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_it_is_there_once_it_was_published_and_the_entry_once_a_time_is_agreed(world: World) -> None:
    with world.app.test_request_context():
        code, _ = laid_out(world.stage)
    vera, call = world.at("Vera"), api(world, "Vera")
    page = vera.open(f"/briefings/{code}/agenda/sheet")
    assert (page.status, "The agenda has not been published yet." in page.text) == (409, True)
    for ending in ("pdf", "ics"):
        assert vera.client.get(f"/briefings/{code}/agenda.{ending}").status_code == 409
        assert call("GET", f"/briefings/{code}/agenda.{ending}").json["status"] == 409
    with world.app.test_request_context():
        publish(world.stage["Rita"], code)
        agreed(world.stage, code)
    page = vera.open(f"/briefings/{code}/agenda/sheet")
    assert "13:40 Everybody" not in page.text
    assert "14:00 20 min Cloudio Reserved for Cloudio and the buyer" in page.text
    assert "Our prices." not in page.html
    for ending, kind in (("pdf", "application/pdf"), ("ics", "text/calendar; charset=utf-8")):
        path = f"/briefings/{code}/agenda.{ending}"
        for ask in (vera.client.get, lambda path, **sent: call("GET", path, **sent)):
            answer = ask(path)
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-cache")
            assert answer.content_type.startswith(kind)
            assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
            again = ask(path, headers={"If-None-Match": answer.headers["ETag"]})
            assert (again.status_code, again.data) == (304, b"")
            assert world.at("Charlie").client.get(path).status_code == 404


def test_who_has_the_entry_already_costs_one_statement_beyond_who_they_are(world: World) -> None:
    with world.app.test_request_context():
        code, _ = laid_out(world.stage)
        publish(world.stage["Rita"], code)
        agreed(world.stage, code)
    client, path = world.at("Vera").client, f"/briefings/{code}/agenda.ics"
    tag = client.get(path).headers["ETag"]
    with counted(world) as for_the_name_in_the_bar:
        assert client.get("/no-such-page").status_code == 404
    with counted(world) as sent:
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert (len(for_the_name_in_the_bar), len(sent)) == (2, 3)
