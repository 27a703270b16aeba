"""A whole house for a story: its server's address, a worker on demand, and somebody at a real browser."""

import re
import threading
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Locator, Page

from tests.people import address
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
