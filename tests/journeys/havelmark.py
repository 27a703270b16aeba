"""Havelmark's people before anybody asks them anything, with a clock that stands until it is told to go: its pages,
its worker and its mail server's pipe see the same hour."""

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Locator

from tests.journeys.house import House, Visitor, plain
from vendorhub import clock
from vendorhub.cli import commands
from vendorhub.config import Settings
from vendorhub.demo import world
from vendorhub.usecases import sign_in

MONDAY = datetime(2027, 1, 4, 6, 30, tzinfo=UTC)  # half past seven in Berlin
OUR_SERVER = "mx.havelmark.example"
SECOND = timedelta(seconds=1)
PHONE = {"width": 390, "height": 844}


class Walker(Visitor):
    """Somebody who walks through pages that are looked at one by one elsewhere: here nothing may be off their screen,
    at a desk and on a phone alike."""

    house: "Havelmark"

    def follow(self, to: Locator) -> None:
        """Whatever leads to another page; it takes a second."""
        self.house.go(SECOND)
        with self.page.expect_navigation():
            to.click()
        self.glance()

    def key(self, key: str) -> None:
        """A key that leads to another page, as quickly."""
        self.house.go(SECOND)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        assert self.troubles == []

    def open(self, path: str = "/") -> None:
        """A page, by its path or whole address."""
        self.page.goto(path if path.startswith("http") else f"{self.house.address}{path}")

    def words(self, path: str) -> str:
        """All that is written on a page."""
        self.open(path)
        return self.page.inner_text("body")

    def on_a_phone(self) -> None:
        """From here on what they see is as wide as a phone."""
        self.page.set_viewport_size(PHONE)

    def glance(self) -> None:
        """Nothing is wider than a phone, and nothing failed."""
        size = self.page.viewport_size or PHONE
        self.page.set_viewport_size(PHONE)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], self.page.url
        self.page.set_viewport_size(size)
        assert self.troubles == []


@dataclass
class Havelmark(House):
    """The house, its settings as a mail server's pipe has them, and who visits it; people are named by address."""

    environ: dict[str, str]
    browser: Browser
    now: datetime = MONDAY
    _clock: ExitStack = field(default_factory=ExitStack)
    _visits: list[BrowserContext] = field(default_factory=list)
    _read: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        inner = self.app.wsgi_app

        def knocked(environ: Any, start_response: Any) -> Any:  # whoever serves a page is a thread of its own
            with clock.at(self.now):
                return inner(environ, start_response)

        self.app.wsgi_app = knocked  # type: ignore[method-assign]
        self.go(self.now)
        with self.app.app_context():
            world.move_in()

    def go(self, to: datetime | timedelta) -> None:
        """To an instant, or so much further."""
        self.now = to if isinstance(to, datetime) else self.now + to
        self._clock.close()
        self._clock.enter_context(clock.at(self.now))
        for each in self._visits:
            each.clock.set_fixed_time(self.now)

    def close(self) -> None:
        """Sends everybody home, and gives the clock back."""
        for each in self._visits:
            each.close()
        self._clock.close()

    def visit(self, email: str = "", path: str = "/") -> Walker:
        """Somebody at a page, signed in where they are named; the way in is walked elsewhere."""
        self._visits.append(self.browser.new_context(locale="en-GB"))
        self._visits[-1].clock.set_fixed_time(self.now)
        visitor = Walker(self, self._visits[-1].new_page())
        if email:
            self._visits[-1].add_cookies([{"name": "session", "value": self._session(email), "url": self.address}])
        visitor.open(path)
        return visitor

    def _session(self, email: str) -> str:
        """The cookie of somebody who has pressed the button behind a link."""
        with self.app.app_context():
            secret = sign_in.new_link(email, good_for=timedelta(hours=1))
        client, link = self.app.test_client(), f"/sign-in/{secret}"
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(link, base_url=self.address).text)
        client.post(link, base_url=self.address, data={"csrf_token": token[1] if token else ""}, follow_redirects=True)
        cookie = client.get_cookie("session", domain="127.0.0.1")
        assert cookie is not None
        return cookie.value

    def receive(self, raw: bytes) -> str:
        """What `vendorhub mail receive` says of a mail on its standard input, which it must take."""
        taken = CliRunner(env=self.environ).invoke(commands, ("mail", "receive"), input=raw)
        assert (taken.exit_code, taken.stderr) == (0, ""), taken.output
        return taken.stdout

    def linked(self, email: str, path: str) -> str:
        """The link below a path in the latest letter to somebody that has one."""
        self.work()
        files = sorted(self.mail.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        read = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        theirs = [plain(each) for each in read if isinstance(each, EmailMessage) and email in each["To"]]
        return self.address + [link for said in theirs for link in re.findall(rf"{path}[\w-]+", said)][-1]

    def post(self) -> list[EmailMessage]:
        """The letters that have gone out since this was last asked."""
        self.work()
        fresh = set(self.mail.glob("*.eml")) - self._read
        self._read |= fresh
        read = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in fresh]
        return sorted((each for each in read if isinstance(each, EmailMessage)), key=to_and_subject)


def to_and_subject(letter: EmailMessage) -> tuple[str, str]:
    """Who gets a letter, and what stands above it."""
    return letter["To"].addresses[0].addr_spec, letter["Subject"]


def in_a_pipe(settings: Settings) -> dict[str, str]:
    """These settings as a mail server's pipe has them in its environment."""
    return {
        "VENDORHUB_MODE": settings.mode,
        "VENDORHUB_INSTANCE": str(settings.instance),
        "VENDORHUB_DATABASE_URL": settings.database_url,
        "VENDORHUB_OWNER_URL": settings.owner_url,
        "VENDORHUB_SECRET_KEY": settings.secret_key.decode(),
        "VENDORHUB_HOLD_SECONDS": str(settings.hold_seconds),
        "VENDORHUB_AUTHSERV_ID": OUR_SERVER,
    }
