"""The demo world behind a real server, and somebody at its pages: what the photographs are taken of."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.conftest import SCALE
from tests.journeys.eyes import Eyes
from tests.processes import ROOT, Command, free_port, wait_until_serving
from vendorhub import clock, create_app, worker
from vendorhub.config import Settings
from vendorhub.demo import mail
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.keys import hash_secret, new_secret
from vendorhub.queries import boards, briefings, items, meeting_requests, meetings, notes, offers, polls, promises
from vendorhub.queries import people as seen
from vendorhub.store import Action, PromiseLink, db
from vendorhub.transports import Folder
from vendorhub.usecases import sign_in

KATRIN = "katrin.vogtlaender@havelmark.example"  # the CIO
JONAS = "jonas.ahrend@havelmark.example"  # her assistant
MAYA = "maya@keelsafe.example"
ARJUN = "arjun@quillmare.example"
BEAT = "beat@hagelwerk.example"  # of a vendor that has not said yet whether it comes
ROSA = "rosa.albin@lindholt.example"  # of the VAR
KADRI = "kadri@nameward.example"  # of a vendor in a briefing that is still to come
PAT = "pat.winterfeld@vendorhub.example"  # the operator


# Photographs are build output, not in git. Whoever names a folder wants all of them.
ALBUM = Path(os.environ.get("VENDORHUB_PHOTOGRAPHS", ROOT / "build" / "photographs"))
ALL = SCALE > 1 or "VENDORHUB_PHOTOGRAPHS" in os.environ


_MAILED = {
    "decision_link": "/d/",
    "hand_over_link": "/hand-over/",
    "confirmation_link": "/in-your-name/",
    "visit_link": "/visit/",
}
_ANYBODYS = {"hand_over_link", "confirmation_link", "visit_link"}  # whoever gets these has no name here


class Things(dict[str, str]):
    """What somebody sees in the world, by the names that stand in addresses; looked up when first named."""

    def __init__(self, hall: "Hall", email: str) -> None:
        super().__init__()
        self.hall, self.email = hall, email

    def __missing__(self, name: str) -> str:
        with self.hall.app.app_context():
            db.session.rollback()
            found = self[name] = str(self._find(name))
        return found

    def _find(self, name: str) -> str:
        if name in ("letter", "invitation"):
            heads = mail.delivered(self.hall.instance / "mail")
            return next(head.name for head in heads if bool(head.method) is (name == "invitation"))
        if name in _MAILED:
            letters = sorted((self.hall.instance / "mail").glob("*.eml"), key=lambda file: -file.stat().st_mtime_ns)
            read = (message_from_bytes(file.read_bytes(), policy=policy.default) for file in letters)
            theirs = (letter for letter in read if self.email in letter["To"] or name in _ANYBODYS)
            texts = (str(letter.get_body(("plain",)).get_content()) for letter in theirs)
            return next(found[1] for text in texts if (found := re.search(rf"{_MAILED[name]}([\w-]{{20,}})", text)))
        if name == "sign_in_link":
            return sign_in.new_link(KATRIN, good_for=timedelta(hours=1))
        if name == "promise_link":
            return _promise_link(promises.waiting(self.hall.actor(KATRIN))[0].code)
        actor = self.hall.actor(self.email)
        now = clock.now()
        if name == "relationship":
            return boards.see(actor).lines[0].it.code
        if name == "note":
            return notes.listing(actor)[0][0].code
        if name == "meeting":
            return meetings.listing(actor, since=now)[0][0].uid
        if name.startswith("briefing_"):  # one in this state
            return next(each.code for each in briefings.listing(actor)[0] if each.state == name.partition("_")[2])
        if name == "polled":  # where times are up for all
            codes = [each.code for each in briefings.listing(actor)[0]]
            return next(code for code in codes if any(poll.state == "open" for poll in polls.of_briefing(actor, code)))
        if name == "joint_meeting":
            return next(each.meeting for each in briefings.listing(actor)[0] if each.meeting)
        if name == "item":  # of their own, in a briefing that is still to come
            code = self["briefing_consented"]
            return items.listing(actor, code).own[0].code
        if name == "own_item":
            return items.listing(actor, self["briefing_fixed"]).own[0].code
        if name == "past_meeting":
            return meetings.listing(actor, until=now)[0][-1].uid
        if name == "own_past_meeting":  # of which it is theirs to say how it was
            behind = meetings.listing(actor, until=now, latest_first=True)[0]
            return next(view.uid for view in behind if Deed.SAY_OUTCOME in view.may)
        if name == "wish":
            ahead = [view for view in meetings.listing(actor, since=now)[0] if Deed.ACCEPT_MOVE in view.may]
            return next(view.uid for view in ahead if any(wish.state == "open" for wish in view.proposals))
        if name in ("mine", "theirs"):  # whose times lie on the table
            side = offers.side_of(actor)
            return next(code for code, of in offers.on_the_table(actor).items() if (of is side) is (name == "mine"))
        if name == "agreed_to_meet":  # a yes without a time, nor times on the table
            lying = offers.on_the_table(actor)
            views = meeting_requests.listing(actor, state="accepted")[0]
            return next(view.code for view in views if not (view.code in lying or view.meeting or view.room))
        if name == "noted":  # it came elsewhere
            return next(view.code for view in meeting_requests.waiting(actor)[0] if view.channel)
        return meeting_requests.listing(actor, state=name)[0][0].code


def _promise_link(code: str) -> str:
    """A letter's link to a promise; the letters themselves went out long ago."""
    action, secret = db.session.query(Action).filter_by(code=code).one(), new_secret()
    db.session.add(
        PromiseLink(hash=hash_secret(secret), buyer_id=action.buyer_id, action_id=action.id, created_at=clock.now())
    )
    db.session.commit()
    return secret


@dataclass
class Hall:
    """The running house: its address, its folder, an app of our own on its database, and a browser."""

    address: str
    instance: Path
    app: Flask
    browser: Browser
    _eyes: dict[str | None, Eyes] = field(default_factory=dict)
    _things: dict[str, Things] = field(default_factory=dict)

    def things(self, email: str | None) -> Things:
        """What somebody sees; nobody sees what the CIO's letters tell."""
        who = email or KATRIN
        return self._things.setdefault(who, Things(self, who))

    def actor(self, email: str) -> Actor:
        """A person at their pages. Needs an app context."""
        found = seen.actor(seen.known(email) or 0, Door(DoorName.PAGE))
        assert found is not None, f"{email} has no place"
        return found

    def eyes(self, email: str | None) -> Eyes:
        """Somebody's browser, signed in; None is nobody in particular."""
        if email not in self._eyes:
            context = self.browser.new_context(locale="en-GB")
            if email is not None:
                self.sign_in(context, email)
            self._eyes[email] = Eyes(context)
        return self._eyes[email]

    def sign_in(self, context: BrowserContext, email: str) -> None:
        """Signs a browser in by a link."""
        with self.app.app_context():
            secret = sign_in.new_link(email, good_for=timedelta(hours=1))
        page = context.new_page()
        page.goto(f"{self.address}/sign-in/{secret}")
        with page.expect_navigation():
            page.locator("main button[type=submit]").first.click()
        page.goto(f"{self.address}/")  # whatever it says once is said
        page.close()

    def deliver(self) -> None:
        """Sends what is due into the mailbox."""
        with self.app.app_context():
            transport = Folder(self.instance / "mail")
            worker.run(transport=transport, lease_seconds=60, stop=threading.Event(), until_empty=True)


def environment(instance: Path, address: str) -> dict[str, str]:
    """What the product is told in its environment."""
    told = {"VENDORHUB_MODE": "demo", "VENDORHUB_INSTANCE": str(instance), "VENDORHUB_BASE_URL": address}
    return {**{name: value for name, value in os.environ.items() if not name.startswith("VENDORHUB_")}, **told}


def world(instance: Path) -> None:
    """Puts a fresh demo world into a folder; in a test run it is loaded once, and copied."""
    shared = os.environ.get("VENDORHUB_TEST_CLUSTER")  # goes with the run
    if shared is None:
        _load(instance)
        return
    loaded = Path(shared) / "demo"
    with (Path(shared) / "demo.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (loaded / "whole").exists():
            loaded.mkdir(exist_ok=True)
            _load(loaded)
            (loaded / "whole").touch()
    shutil.copytree(loaded, instance, dirs_exist_ok=True)


def _load(instance: Path) -> None:
    command = [sys.executable, "-m", "vendorhub", "demo", "load"]
    subprocess.run(command, cwd=ROOT, env=environment(instance, "http://127.0.0.1"), check=True, capture_output=True)


@contextmanager
def served(instance: Path, **settings: Any) -> Iterator[tuple[str, Flask]]:
    """The product on a folder with a world, by its own server: the address, and an app beside it."""
    port = free_port(os.getpid())
    address = f"http://127.0.0.1:{port}"
    told = {**environment(instance, address), **settings}
    command = Command(("serve", f"--port={port}", "--workers=1"), told, instance / "serve.log")
    command.start()
    try:
        app = create_app(Settings.load(told))
        wait_until_serving(port)
        yield address, app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    finally:
        command.stop()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's where there is one, else playwright's own."""
    system = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=system, args=["--no-sandbox", "--disable-lcd-text"])
        yield launched
        launched.close()


@contextmanager
def opened(instance: Path, browser: Browser) -> Iterator[Hall]:
    """The demo world with its doors open, and somebody to look at it."""
    instance.mkdir(parents=True, exist_ok=True)
    world(instance)
    with served(instance) as (address, app):
        found = Hall(address, instance, app, browser)
        found.deliver()
        yield found
