"""What every answer carries and what every request passes: headers, cookies, CSRF, limits, the store's check."""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.web.conftest import World
from vendorhub import create_app
from vendorhub.config import Settings
from vendorhub.store import db
from vendorhub.usecases import people

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def closed(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def limited(settings: Settings) -> Iterator[Flask]:
    """The app as it runs outside of tests."""
    app = create_app(replace(settings, mode="development"))
    yield app
    closed(app)


@pytest.fixture
def secure(settings: Settings) -> Iterator[Flask]:
    """The app behind https."""
    app = create_app(replace(settings, base_url="https://hub.example"))
    yield app
    closed(app)


@pytest.mark.parametrize("path", ["/sign-in", "/nothing", "/b/nobody", "/static/vendorhub.css", "/d/nothing"])
def test_every_answer_is_guarded(world: World, path: str) -> None:
    with world.app.test_client().get(path) as answer:
        headers = answer.headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_what_somebody_sees_is_kept_nowhere(world: World) -> None:
    kim = world.at("Kim")
    for path in ("/", "/history", "/meetings", "/nothing"):
        assert kim.open(path).headers["Cache-Control"] == "no-store"


def test_cookies_on_loopback(world: World) -> None:
    cookie = world.app.test_client().get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("session=")
    assert [word for word in ("HttpOnly", "SameSite=Lax", "Path=/") if word in cookie] == [
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
    ]


def test_cookies_on_https_belong_to_this_host_alone(secure: Flask) -> None:
    answer = secure.test_client().get("/sign-in", base_url="https://hub.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_form_works_on_https_though_no_page_sends_a_referrer(secure: Flask) -> None:
    from tests.web.browser import Page

    client = secure.test_client()
    html = client.get("/sign-in", base_url="https://hub.example").text
    token = Page("/sign-in", 200, html, {}).forms[0].fields["csrf_token"]
    sent = {"csrf_token": token, "email": "kim@norden.example"}
    assert client.post("/sign-in", data=sent, base_url="https://hub.example").status_code == 303


def test_a_form_from_elsewhere_is_refused_and_says_what_to_do(world: World) -> None:
    code = world.play("asked")
    kim = world.at("Kim")
    before = world.digest()
    for token in ("", "forged"):
        answer = kim.client.post(f"/meeting-requests/{code}/acceptance", data={"answer": "yes", "csrf_token": token})
        assert answer.status_code == 400
        assert "Nothing was changed. Go back, load the page anew and send it again." in answer.text
    assert world.digest() == before


def test_sign_in_asks_are_limited_for_an_address_and_for_a_visitor(limited: Flask) -> None:
    from tests.web.browser import Browser

    browser = Browser(limited.test_client())
    statuses = []
    for number in range(6):
        browser.open("/sign-in")
        statuses.append(browser.press("Send me the letter", email="kim@norden.example").status)
        assert number < 6
    assert statuses == [200] * 5 + [429]
    minutes = ceil(int(browser.page.headers["Retry-After"]) / 60)
    assert f"You can go on in {minutes} minutes." in browser.page.text or minutes == 1
    for number in range(20):
        browser.open("/sign-in")
        browser.press("Send me the letter", email=f"kim{number}@norden.example")
    assert browser.page.status == 429


def test_letters_to_newcomers_are_limited_like_them(limited: Flask) -> None:
    from tests.web.browser import Browser

    with limited.app_context():
        people.add_organisation(kind="buyer", name="Norden", slug="norden")
    browser = Browser(limited.test_client())
    statuses = []
    for _ in range(6):
        browser.open("/b/norden/ask")
        statuses.append(browser.press("Send me the letter", email="nina@newtape.example").status)
    assert statuses == [422] * 5 + [429]


def test_too_much_at_once(world: World) -> None:
    browser = world.at("Vera")
    token = browser.open("/b/norden/ask").forms[0].fields["csrf_token"]
    answer = browser.client.post("/b/norden/ask", data={"csrf_token": token, "topic": "x" * 2_000_000})
    assert answer.status_code == 413
    assert "shorten what you wrote" in answer.text


def test_an_accident_tells_nothing_of_the_machine(world: World) -> None:
    def broken() -> str:
        raise ZeroDivisionError("a secret detail")

    world.app.view_functions["history.listing"] = broken
    from vendorhub.policy import Policy, policy

    policy(Policy.PUBLIC)(broken)
    world.app.config["PROPAGATE_EXCEPTIONS"] = False
    page = world.somebody().open("/history")
    assert page.status == 500
    assert page.h1 == ["Something went wrong on our side"]
    assert "secret detail" not in page.html


def test_a_store_without_its_guards_is_not_served(settings: Settings) -> None:
    from sqlalchemy import text

    app = create_app(settings)
    with app.app_context():
        name = db.session.scalar(text("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1"))
        db.session.execute(text(f'DROP TRIGGER "{name}"'))
        db.session.commit()
    client = app.test_client()
    answer = client.get("/sign-in")
    assert answer.status_code == 503
    assert "VendorHub is not open at the moment" in answer.text
    with client.get("/static/vendorhub.css") as stylesheet:
        assert stylesheet.status_code == 200
    assert client.get("/healthz").status_code == 200
    closed(app)


def test_a_database_that_is_lost_is_told_and_comes_back(world: World) -> None:
    """It was served a moment ago: its check is remembered, and its loss is met in the middle of a page."""

    def lost(*_: object) -> None:
        raise OperationalError("SELECT", {}, ConnectionError())

    world.app.config["PROPAGATE_EXCEPTIONS"] = False
    kim = world.at("Kim")
    with world.app.app_context():
        event.listen(db.engine, "do_connect", lost)
        db.engine.dispose()
    page = kim.open("/history")
    assert (page.status, page.h1) == (503, ["VendorHub is not open at the moment"])
    assert "The database doesn’t answer. Nothing was half done, and what was agreed stands." in page.text
    assert page.links["Try again"] == "/history"
    assert kim.open("/api/v1/meetings").status == 503
    with world.app.app_context():
        event.remove(db.engine, "do_connect", lost)
    assert kim.open("/history").status == 200
