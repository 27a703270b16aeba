"""Everybody's mail is there to read in the demo, on this machine, and nowhere else."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import Cast
from tests.store import story
from vendorhub import clock, create_app
from vendorhub.config import Settings
from vendorhub.demo import pages
from vendorhub.demo.samples import SAMPLES
from vendorhub.domain.letters import LetterKind
from vendorhub.store import db
from vendorhub.transports import Folder
from vendorhub.worker import deliver

LISTED = [("Kim", "comes"), ("Vera", "has not answered yet")]

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def demo(settings: Settings, cast: Cast) -> Iterator[Flask]:
    """The app in mode demo, with the letters of a whole story delivered."""
    from threading import Event

    app = create_app(replace(settings, mode="demo"))
    story.tell(app, cast)
    with app.app_context():
        with clock.at(story.LATER):
            deliver(Folder(settings.instance / "mail"), "test", 60, Event())
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def browser(demo: Flask) -> FlaskClient:
    return demo.test_client()


def letters(app: Flask) -> dict[str, str]:
    """Subject and recipient of each delivered letter, to its name."""
    from vendorhub.demo import mail

    return {f"{head.subject} → {head.to}": head.name for head in mail.delivered(Path(app.instance_path) / "mail")}


def test_the_mailbox_lists_what_was_delivered(demo: Flask, browser: FlaskClient) -> None:
    page = browser.get("/dev/mailbox")
    assert page.status_code == 200
    assert page.text.count('href="/dev/mailbox/') == len(letters(demo))
    assert page.text.count(">invitation</span>") == 2
    assert page.text.count(">to Kim") == sum("kim@norden.example" in told for told in letters(demo)) > 0
    hers = browser.get("/dev/mailbox?to=vera@fastprint.example").text
    assert hers.count('href="/dev/mailbox/') == sum("vera@fastprint.example" in told for told in letters(demo))
    assert "Mail of Vera" in hers


def test_an_empty_mailbox_says_what_will_come(demo: Flask, browser: FlaskClient) -> None:
    shutil.rmtree(Path(demo.instance_path) / "mail")
    assert "No letter yet" in browser.get("/dev/mailbox").text


def test_a_file_that_is_no_letter_is_kept_and_named(demo: Flask, browser: FlaskClient) -> None:
    for octets in (b"", b"\xff\x00 no letter", b"To: ,\r\nDate: never\r\n\r\n"):
        (Path(demo.instance_path) / "mail" / "half-written.eml").write_bytes(octets)
        page = browser.get("/dev/mailbox").text
        assert page.count("half-written.eml</a>") == page.count("This file cannot be read as a letter.") == 1
        assert "No letter: half-written" in browser.get("/dev/mailbox/half-written").text
        assert browser.get("/dev/mailbox/half-written.eml").data == octets


def test_an_invitation_is_shown_with_what_it_says_to_the_calendar(demo: Flask, browser: FlaskClient) -> None:
    name = next(name for told, name in letters(demo).items() if told.startswith("Invitation") and "kim" in told)
    page = browser.get(f"/dev/mailbox/{name}")
    told = " ".join(page.text.split())
    assert (
        "It puts in “Fastprint and Norden Mutual: Backups that restore” on "
        "Wednesday, 20 January 2027, 10:00–10:30 (Berlin time, UTC+01:00). </p>"
    ) in told
    assert "Number 0: the first." in told
    assert re.findall(r"<dd> ([^<]+): (comes|has not answered yet) </dd>", told) == LISTED
    assert f'src="/dev/mailbox/{name}/html"' in page.text
    framed = browser.get(f"/dev/mailbox/{name}/html")
    assert framed.headers["Content-Security-Policy"] == (
        "sandbox allow-top-navigation-by-user-activation; "
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    raw = browser.get(f"/dev/mailbox/{name}.eml")
    assert raw.data == (Path(demo.instance_path) / "mail" / f"{name}.eml").read_bytes()
    assert raw.headers["Content-Disposition"] == f'attachment; filename="{name}.eml"'


def test_a_plain_letter_says_that_it_carries_nothing_for_a_calendar(demo: Flask, browser: FlaskClient) -> None:
    name = next(name for told, name in letters(demo).items() if "asks for" in told)
    assert "Nothing: it carries nothing for a calendar." in browser.get(f"/dev/mailbox/{name}").text


def test_another_name_is_not_there(browser: FlaskClient) -> None:
    for name in ("0" * 32, "..%2F..%2Fsecret", "secret", "..", ".hidden"):
        for ending in ("", "/html", ".eml"):
            assert browser.get(f"/dev/mailbox/{name}{ending}").status_code == 404
            assert browser.get(f"/dev/letters/{name}{ending}").status_code == 404


def test_nobody_else_reads_it(browser: FlaskClient) -> None:
    for address, host in (("192.0.2.7", "127.0.0.1:5000"), ("127.0.0.1", "sly.example"), ("2001:db8::1", "localhost")):
        for path in ("/dev/mailbox", "/dev/letters", "/dev/letters/yes"):
            page = browser.get(path, environ_base={"REMOTE_ADDR": address}, headers={"Host": host})
            assert page.status_code == 404


def test_the_gallery_has_every_kind_of_letter(browser: FlaskClient) -> None:
    shown = re.findall(r'href="/dev/letters/([\w-]+)"', browser.get("/dev/letters").text)
    assert shown == list(SAMPLES)
    assert {name.partition("-")[0] for name in shown} == set(LetterKind)


def test_a_sample_is_shown_by_day_and_night(browser: FlaskClient) -> None:
    address = "/dev/letters/cancellation"
    page = browser.get(address).text
    assert [f'src="{address}/html?theme={theme}"' in page for theme in ("light", "dark")] == [True, True]
    assert "It removes “Keelsafe and Havelmark Insurance: Restoring the claims system in four hours”" in page
    for theme, shown, asked in (("light", 0, 0), ("dark", 1, 0), ("", 0, 1)):
        framed = browser.get(f"{address}/html?theme={theme}")
        assert (framed.text.count("@media all"), framed.text.count("prefers-color-scheme")) == (shown, asked)
        assert framed.headers["Content-Security-Policy"] == (
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
        )
    assert browser.get(f"{address}.eml").data.startswith(b"From: Maya Adeyemi-Cole via VendorHub <meet-")


@pytest.mark.parametrize("mode", ["production", "test"])
def test_there_is_no_mailbox_in_other_modes(settings: Settings, mode: str) -> None:
    app = create_app(replace(settings, mode=mode))
    assert [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/dev")] == []
    with pytest.raises(RuntimeError, match="nobody's mail is shown"):
        pages.init_app(app)
