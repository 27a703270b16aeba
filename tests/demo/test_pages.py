"""Everybody's mail is there to read in the demo, on this machine, and nowhere else."""

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
from vendorhub.store import db
from vendorhub.transports import Folder
from vendorhub.worker import deliver

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
    assert page.text.count("<strong>invitation</strong>") == 2
    hers = browser.get("/dev/mailbox?to=vera@fastprint.example").text
    assert "to vera@fastprint.example" in hers
    assert "to kim@norden.example" not in hers


def test_an_invitation_is_shown_with_what_it_says_to_the_calendar(demo: Flask, browser: FlaskClient) -> None:
    name = next(name for told, name in letters(demo).items() if told.startswith("Invitation") and "kim" in told)
    page = browser.get(f"/dev/mailbox/{name}")
    assert "METHOD:REQUEST" in page.text
    assert "20270120T100000 TZID=Europe/Berlin" in page.text
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
    assert "It carries nothing for a calendar." in browser.get(f"/dev/mailbox/{name}").text


@pytest.mark.parametrize("name", ["0" * 32, "..%2F..%2Fsecret", "secret", "x" * 32])
@pytest.mark.parametrize("ending", ["", "/html", ".eml"])
def test_another_name_is_not_there(browser: FlaskClient, name: str, ending: str) -> None:
    assert browser.get(f"/dev/mailbox/{name}{ending}").status_code == 404


@pytest.mark.parametrize(
    ("address", "host"), [("192.0.2.7", "127.0.0.1:5000"), ("127.0.0.1", "sly.example"), ("2001:db8::1", "localhost")]
)
def test_nobody_else_reads_it(browser: FlaskClient, address: str, host: str) -> None:
    page = browser.get("/dev/mailbox", environ_base={"REMOTE_ADDR": address}, headers={"Host": host})
    assert page.status_code == 404


@pytest.mark.parametrize("mode", ["production", "test"])
def test_there_is_no_mailbox_in_other_modes(settings: Settings, mode: str) -> None:
    app = create_app(replace(settings, mode=mode))
    assert [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/dev")] == []
    with pytest.raises(RuntimeError, match="nobody's mail is shown"):
        pages.init_app(app)
