"""Files are kept for good under their content's name; what leaves is compressed, and its length tells little."""

import gzip
import os
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.conftest import Database
from tests.processes import Command, free_port, wait_until_serving
from tests.web.conftest import World

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ZIPPED = {"Accept-Encoding": "gzip"}
FOR_GOOD = "public, max-age=31536000, immutable"
PAGE_AT_MOST, REQUESTS_AT_MOST = 150_000, 6


class Links(HTMLParser):
    """What a browser fetches for a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        wanted = told.get("href") if tag == "link" else told.get("src")
        if wanted:
            self.found.append(wanted)


def test_a_file_is_kept_for_good_under_the_name_of_its_content(world: World) -> None:
    client = world.app.test_client()
    links = Links(client.get("/sign-in").text).found
    assert links
    for link in links:
        with client.get(link) as answer:
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, FOR_GOOD), link
        for other in (link.partition("?")[0], f"{link}0"):  # whoever remembers another version asks again
            with client.get(other) as answer:
                assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache"), other


def test_a_changed_file_has_another_address(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world.app.static_folder = str(tmp_path)
    with world.app.test_request_context():
        addresses = []
        for content in ("body {}", "body { color: red }"):
            (tmp_path / "vendorhub.css").write_text(content)
            addresses.append(world.app.url_for("static", filename="vendorhub.css"))
        assert len(set(addresses)) == 2
        assert world.app.url_for("static", filename="nothing.css") == "/static/nothing.css"


def test_pages_and_files_go_out_compressed_to_those_who_can_read_it(world: World) -> None:
    client = world.at("Kim").client
    for path in ("/", *Links(client.get("/").text).found):
        with client.get(path) as plain, client.get(path, headers=ZIPPED) as packed:
            assert "Content-Encoding" not in plain.headers
            if len(plain.data) < 500:
                continue
            assert packed.headers["Content-Encoding"] == "gzip"
            assert "Accept-Encoding" in plain.headers["Vary"]
            assert packed.headers["Vary"] == plain.headers["Vary"]
            assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
            if path != "/":
                assert gzip.decompress(packed.data) == plain.data
                with client.get(path, headers=ZIPPED | {"If-None-Match": packed.headers["ETag"]}) as again:
                    assert (again.status_code, again.data) == (304, b"")
    assert b"Waiting for you" in gzip.decompress(client.get("/", headers=ZIPPED).data)
    refused = client.get("/", headers={"Accept-Encoding": "gzip;q=0, br"})
    assert "Content-Encoding" not in refused.headers
    assert "Content-Encoding" not in client.get("/api/v1/openapi.json", headers=ZIPPED).headers


def test_no_two_pages_hold_the_same_token_and_each_is_good(world: World) -> None:
    """BREACH learns a secret that stands on page after page by the length of what is compressed."""
    kim = world.at("Kim")
    tokens = [kim.open("/").form_with("Sign out")[0].fields["csrf_token"] for _ in range(3)]
    assert len(set(tokens)) == 3
    with kim.client.session_transaction() as session:
        secret = session["csrf_token"]
    assert secret not in kim.open("/").html
    for token, status in ((tokens[0][:-4] + "AAAA", 400), ("", 400), (secret, 400), (tokens[0], 302)):
        assert kim.client.post("/sign-out", data={"csrf_token": token}).status_code == status, token


def test_the_first_page_is_light(database: Database, tmp_path: Path) -> None:
    port = free_port(os.getpid())
    environ = {name: value for name, value in os.environ.items() if not name.startswith("VENDORHUB_")} | {
        "VENDORHUB_MODE": "test",
        "VENDORHUB_INSTANCE": str(tmp_path / "instance"),
        "VENDORHUB_DATABASE_URL": database.app_url,
    }
    web = Command(("serve", "--port", str(port), "--workers", "1"), environ, tmp_path / "web.log")
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    web.start()
    try:
        wait_until_serving(port)
        page = _fetched(connection, "/sign-in")
        links = Links(gzip.decompress(page).decode()).found
        sizes = [len(page), *(len(_fetched(connection, link)) for link in links)]
    finally:
        connection.close()
        web.kill()
    assert len(sizes) <= REQUESTS_AT_MOST
    assert sum(sizes) <= PAGE_AT_MOST


def _fetched(connection: HTTPConnection, path: str) -> bytes:
    connection.request("GET", path, headers=ZIPPED)
    answer = connection.getresponse()
    body = answer.read()
    assert (answer.status, answer.headers["Content-Encoding"] == "gzip") == (200, len(body) > 500), path
    assert answer.headers["Cache-Control"] == (FOR_GOOD if "/static/" in path else "no-store")
    return body
