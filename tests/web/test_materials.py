"""Files by page and by call: brought, saved and taken back; a large one is turned away at the door."""

import hashlib
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.people import address
from tests.usecases.briefings import joined
from tests.usecases.test_materials import item
from tests.web.conftest import World
from vendorhub.domain.materials import AT_MOST
from vendorhub.usecases import people

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
DEADLINE = datetime(2027, 1, 20, 23, tzinfo=UTC)
COSTS = b"Two days a year.\n" * 30_000
ANYTHING = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


def scene(world: World, visibility: str = "room") -> tuple[str, str]:
    """A briefing that both vendors have joined, and an item of Cloudio's."""
    with world.app.app_context():
        code = joined(world.stage)
        return code, item(world.stage, code, "cloudio", visibility=visibility)


def api(world: World, name: str) -> Callable[..., TestResponse]:
    with world.app.app_context():
        token = people.create_token(email=address(name))
    client = world.app.test_client()

    def call(method: str, path: str, **sent: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {token}", **sent.pop("headers", {})}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **sent)

    return call


def form(raw: bytes, name: str = "costs.txt", **more: Any) -> dict[str, Any]:
    return {"data": {"file": (io.BytesIO(raw), name), **more}, "content_type": "multipart/form-data"}


def kept_as_is(answer: TestResponse, media_type: str) -> bool:
    headers = {name: answer.headers[name] for name in ANYTHING}
    return (headers, answer.headers["Cache-Control"], answer.content_type) == (
        ANYTHING,
        "private, no-store",
        media_type,
    )


def test_by_call_a_file_is_sent_read_replaced_and_taken_back(world: World) -> None:
    code, own = scene(world)
    carl, path = api(world, "Carl"), f"/briefings/{code}/items/{own}/materials"
    key = {"headers": {"Idempotency-Key": "k1"}}
    made = carl("POST", path, **form(COSTS, "Prices/Größe.markdown"), **key)
    again = carl("POST", path, **form(COSTS, "Prices/Größe.markdown"), **key)
    told = made.json
    assert (made.status_code, again.json) == (201, told)
    assert {name: told[name] for name in told if name not in ("id", "made_at")} == {
        "briefing": code,
        "item": own,
        "name": "Größe.md",
        "media_type": "text/markdown; charset=utf-8",
        "size": len(COSTS),
        "sha256": hashlib.sha256(COSTS).hexdigest(),
        "state": "here",
    }
    answer = carl("GET", f"/materials/{told['id']}")
    assert answer.data == COSTS
    assert kept_as_is(answer, "text/markdown; charset=utf-8")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.md"
    newer = carl("POST", path, **form(b"One.", "one.csv", replaces=told["id"])).json
    stale = carl("DELETE", f"/materials/{newer['id']}", headers={"If-Match": '"older"'})
    gone = carl("DELETE", f"/materials/{newer['id']}")
    assert (stale.status_code, gone.status_code, gone.json["state"]) == (409, 200, "withdrawn")
    assert {carl("GET", f"/materials/{each['id']}").status_code for each in (told, newer)} == {404}
    assert carl("DELETE", f"/materials/{newer['id']}").status_code == 409


def test_by_call_who_reads_a_file_that_is_not_theirs_changes_nothing(world: World) -> None:
    code, own = scene(world)
    path = f"/briefings/{code}/items/{own}/materials"
    file = api(world, "Carl")("POST", path, **form(COSTS)).json["id"]
    world.play("go", DEADLINE)
    for name in ("Kim", "Rita"):
        call = api(world, name)
        assert call("GET", f"/materials/{file}").data == COSTS
        assert call("DELETE", f"/materials/{file}").status_code == 403
        assert call("POST", path, **form(b"")).status_code == 403


def test_by_call_what_is_not_there_comes_before_what_is_wrong_with_a_file(world: World) -> None:
    code, own = scene(world)
    path, nowhere = (f"/briefings/{code}/items/{each}/materials" for each in (own, "NOSUCHITEM"))
    carl, vera = api(world, "Carl"), api(world, "Vera")
    told = carl("POST", path, **form(COSTS)).json
    rival = [vera("POST", each, **form(b"")) for each in (path, nowhere)]
    rival += [vera(method, f"/materials/{each}") for method in ("GET", "DELETE") for each in (told["id"], "NOSUCHFILE")]
    assert {(answer.status_code, answer.data) for answer in rival} == {(404, rival[0].data)}
    wrong = [
        carl("POST", path, **form(b"")),
        carl("POST", path, **form(b"<html>")),
        carl("POST", path, **form(b"x", more="1")),
        carl("POST", path, data={"replaces": "1"}, content_type="multipart/form-data"),
        carl("POST", path, **form(b"x", replaces=["1", "2"])),
        carl("POST", path, json={"file": "x"}),
    ]
    assert [answer.status_code for answer in wrong] == [422] * 5 + [415]
    assert [list(answer.json["errors"]) for answer in wrong[:5]] == [
        ["file"],
        ["file"],
        ["more"],
        ["file"],
        ["replaces"],
    ]


class Endless(io.RawIOBase):
    """A body of 200 MB that remembers how much of it was asked for."""

    at, read_so_far = 0, 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, where: int, whence: int = io.SEEK_SET) -> int:
        self.at = where + (200_000_000 if whence == io.SEEK_END else 0)
        return self.at

    def readinto(self, held: Any) -> int:
        self.read_so_far += len(held)
        held[:] = b"x" * len(held)
        return len(held)


@pytest.mark.parametrize("by_call", [True, False])
def test_a_body_of_200_mb_is_turned_away_unread(world: World, by_call: bool) -> None:
    code, own = scene(world)
    body = Endless()
    sent: dict[str, Any] = {
        "input_stream": body,
        "content_type": "multipart/form-data; boundary=cut",
    }
    path = f"/briefings/{code}/items/{own}/materials"
    if by_call:
        answer = api(world, "Carl")("POST", path, **sent)
        assert json.loads(answer.data)["detail"].endswith("and a file 25 MB.")
    else:
        answer = world.at("Carl").client.post(path, **sent)
        assert "Please keep each file to 25 MB." in answer.text
    assert (answer.status_code, body.read_so_far) == (413, 0)


def test_a_file_of_25_mb_passes_the_door_and_a_larger_one_is_told_so(world: World) -> None:
    code, own = scene(world)
    carl, path = api(world, "Carl"), f"/briefings/{code}/items/{own}/materials"
    head = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="x.txt"\r\n\r\n'
    larger, as_large = (
        carl(
            "POST",
            path,
            data=b"".join((head, b"x" * size, b"\r\n--cut--\r\n")),
            content_type="multipart/form-data; boundary=cut",
        )
        for size in (AT_MOST + 1, AT_MOST)
    )
    assert larger.json["errors"] == {"file": ["Please keep each file to 25 MB."]}
    assert (as_large.status_code, as_large.json["size"]) == (201, AT_MOST)


def test_by_page_a_file_is_brought_saved_and_taken_back(world: World) -> None:
    code, own = scene(world)
    carl, path = world.at("Carl"), f"/briefings/{code}/items/{own}/materials"
    assert "No files stand beside this item." in carl.open(path).text
    assert "Please choose a file." in carl.press("Put it beside the item").text
    token = carl.page.forms[-2].fields["csrf_token"]
    refused = carl.client.post(path, **form(b"", csrf_token=token))
    assert (refused.status_code, "This file is empty; please choose the one you meant." in refused.text) == (422, True)
    brought = carl.client.post(path, **form(COSTS, "Größe.txt", csrf_token=token))
    assert (brought.status_code, brought.location) == (303, path)
    page = carl.open(path)
    assert "The file is there." in page.text
    assert "510 kB · Carl, " in page.text
    saved = carl.client.get(page.links["Größe.txt"])
    assert saved.data == COSTS
    assert kept_as_is(saved, "text/plain; charset=utf-8")
    told = "attachment; filename=\"Gr__e.txt\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.txt"
    assert saved.headers["Content-Disposition"] == told
    assert world.at("Vera").client.get(page.links["Größe.txt"]).status_code == 404
    assert "The file is gone for everybody." in carl.press("Take it back Größe.txt").text
    assert carl.client.get(page.links["Größe.txt"]).status_code == 404
    assert "Größe.txt taken back · Carl, " in carl.page.text
