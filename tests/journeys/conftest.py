"""A whole house for a story: the cast, a server on loopback, a worker on demand, and a real browser for each side."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Locator, Page
from werkzeug.serving import make_server

from tests.journeys.hall import ALBUM, Hall, chromium, opened
from tests.people import Cast, address
from vendorhub import worker
from vendorhub.transports import Folder

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


@dataclass
class House:
    """The running house, told by its address, and the folder in which its mail arrives."""

    app: Flask
    address: str
    mail: Path

    def work(self) -> None:
        """A worker's rounds until nothing is due."""
        with self.app.app_context():
            worker.run(transport=Folder(self.mail), lease_seconds=60, stop=threading.Event(), until_empty=True)

    def letters(self, name: str) -> list[EmailMessage]:
        """What somebody of the cast has got by now, oldest first."""
        self.work()
        files = sorted(self.mail.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        read = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [letter for letter in read if isinstance(letter, EmailMessage) and address(name) in letter["To"]]

    def linked(self, name: str, path: str) -> str:
        """The latest link below a path that somebody was sent, on this server."""
        found = [link for letter in self.letters(name) for link in re.findall(rf"{path}[\w-]+", plain(letter))]
        return f"{self.address}{found[-1]}"


class Visitor:
    """Somebody at a real browser: what they open is looked at by axe, and must not trouble the console."""

    def __init__(self, house: House, page: Page, *, scripts: bool = True) -> None:
        self.house, self.page, self.scripts = house, page, scripts
        self.troubles: list[str] = []
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" and "the server responded with a status of 4" not in text:
            self.troubles.append(text)

    def open(self, path: str) -> None:
        """A page, by its path or whole address."""
        self.page.goto(path if path.startswith("http") else f"{self.house.address}{path}")
        self.look()

    def press(self, label: str, number: int = 0) -> None:
        """A button or a link, by what is written on it."""
        found = self.page.get_by_role("button", name=label, exact=True).or_(
            self.page.get_by_role("link", name=label, exact=True)
        )
        self.follow(found.nth(number))

    def follow(self, to: Locator) -> None:
        """Whatever leads to another page."""
        with self.page.expect_navigation():
            to.click()
        self.look()

    def fill(self, label: str, value: str, number: int = 0) -> None:
        """A field, by its label."""
        self.page.get_by_label(label, exact=True).nth(number).fill(value)

    def reads(self, text: str) -> bool:
        """Whether this is written on the page, blanks folded."""
        return text in " ".join(self.page.inner_text("body").split())

    def look(self) -> None:
        """Nothing hinders anybody from reading this page, on a phone neither. Without scripts, axe can't look."""
        if not self.scripts:
            assert self.troubles == []
            return
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)
            assert self.page.evaluate("document.documentElement.scrollWidth") <= size["width"], self.page.url
        for scheme in ("dark", "light"):
            self.page.emulate_media(color_scheme=scheme)
            # only colours differ
            found = Axe().run(self.page, options={"runOnly": ["color-contrast"]} if scheme == "dark" else None)
            assert found.violations_count == 0, f"{self.page.url} ({scheme}): {found.generate_report()}"
        assert self.troubles == []

    def sign_in(self, name: str) -> None:
        """By the letter that the worker sends."""
        self.open("/sign-in")
        self.fill("Your address", address(name))
        self.press("Send me the letter")
        self.open(self.house.linked(name, "/sign-in/"))
        self.press("Sign in", 1)
        assert self.reads("You are signed in.")


def plain(letter: EmailMessage) -> str:
    """The words of a letter."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


@pytest.fixture
def house(app: Flask, cast: Cast, tmp_path: Path) -> Iterator[House]:
    """The house with its doors open."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield House(app, f"http://127.0.0.1:{server.port}", tmp_path / "mail")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all: who visits has a context of their own in it."""
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def hall(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The demo world with its doors open, to be looked at; who changes it makes something of their own there."""
    with opened(tmp_path_factory.mktemp("hall"), browser) as found:
        yield found


@pytest.fixture(scope="session")
def album() -> Path:
    """Where the photographs go."""
    ALBUM.mkdir(parents=True, exist_ok=True)
    return ALBUM


@pytest.fixture
def visitor(house: House, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, each with a browser of their own; with `scripts=False` it runs none."""
    contexts = []

    def enter(*, scripts: bool = True) -> Visitor:
        contexts.append(browser.new_context(locale="en-GB", java_script_enabled=scripts))
        return Visitor(house, contexts[-1].new_page(), scripts=scripts)

    yield enter
    for context in contexts:
        context.close()
