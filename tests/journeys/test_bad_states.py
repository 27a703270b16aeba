"""What nobody hopes for: a crowd, odd names, what fails; each page of it says what happened and what to do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.journeys import crowd
from tests.journeys.eyes import Eyes
from tests.journeys.hall import ALL, KATRIN, MAYA, Hall
from vendorhub import create_app
from vendorhub.config import Settings
from vendorhub.policy import Policy, policy
from vendorhub.store import db

WIDE = f"a@{crowd.VENDORS[-1][1]}"
SHIBOLET = f"a@{crowd.VENDORS[0][1]}"

Noted = Callable[[Eyes, str], None]


@pytest.fixture(scope="module")
def crowded(hall: Hall) -> Hall:
    """The hall, with a buyer whom everybody asks."""
    with hall.app.app_context():
        crowd.gather(200 if ALL else 25)
        db.session.remove()
    return hall


@pytest.fixture
def noted(album: Path) -> Noted:
    """Photographs what somebody looks at, and holds it to what every page is held to."""

    def look(eyes: Eyes, name: str) -> None:
        turn = len(name)
        eyes.photograph(album, f"bad-{name}", only=None if ALL else turn)
        eyes.look(whole=ALL, by_night=turn % 2 == 1)
        assert eyes.troubles == ""

    return look


@pytest.mark.parametrize(
    ("name", "who", "path"),
    [
        ("crowd", crowd.OMAR, "/"),
        ("crowd-further", crowd.OMAR, "/?after={pending}"),
        ("long-words", crowd.OMAR, "/meeting-requests/{pending}"),
        ("wide-name", WIDE, "/"),
        ("names-from-the-right", SHIBOLET, "/meeting-requests/{pending}"),
        ("crowded-door", SHIBOLET, "/b/crowded"),
    ],
)
def test_too_much_and_too_long(crowded: Hall, noted: Noted, name: str, who: str, path: str) -> None:
    eyes = crowded.eyes(who)
    eyes.open(crowded.address + path.format_map(crowded.things(who)))
    noted(eyes, name)


def test_a_link_of_long_ago(hall: Hall, noted: Noted) -> None:
    eyes = hall.eyes(None)
    eyes.open(f"{hall.address}/sign-in/{'x' * 43}")
    with eyes.page.expect_navigation():
        eyes.page.locator("main button[type=submit]").first.click()
    assert "good any more" in eyes.page.inner_text("main")
    noted(eyes, "link-of-long-ago")


def test_somebody_was_faster(crowded: Hall, noted: Noted) -> None:
    first, second = crowded.eyes(crowd.OMAR), Eyes(crowded.eyes(crowd.OMAR).page.context)
    address = f"{crowded.address}/meeting-requests/{crowded.things(crowd.OMAR)['pending']}"
    first.open(address)
    second.open(address)
    with second.page.expect_navigation():
        second.page.get_by_role("button", name="No", exact=True).click()
    first.expect(409)
    with first.page.expect_navigation():
        first.page.get_by_role("button", name="Yes", exact=True).click()
    assert "has already answered this" in first.page.inner_text("main")
    noted(first, "somebody-was-faster")
    second.page.close()


def test_an_ask_that_needs_another_look(hall: Hall, noted: Noted) -> None:
    eyes = hall.eyes(MAYA)
    eyes.open(f"{hall.address}/b/havelmark/ask")
    eyes.expect(422)
    with eyes.page.expect_navigation():
        eyes.page.get_by_role("button", name="Ask", exact=True).click()
    noted(eyes, "needs-another-look")


def test_too_much_at_once(hall: Hall, noted: Noted) -> None:
    """The server answers before it has read everything, and the browser still shows what it says."""
    eyes = hall.eyes(MAYA)
    eyes.open(f"{hall.address}/b/havelmark/ask")
    eyes.page.locator("textarea").first.evaluate("(field) => { field.value = 'x'.repeat(3000000); }")
    eyes.expect(413)
    with eyes.page.expect_navigation():
        eyes.page.get_by_role("button", name="Ask", exact=True).click()
    assert eyes.page.inner_text("h1") == "That was too much at once"
    noted(eyes, "too-much-at-once")


def test_too_often(hall: Hall, noted: Noted) -> None:
    eyes = Eyes(hall.browser.new_context())
    for number in range(6):
        eyes.open(f"{hall.address}/sign-in")
        eyes.expect(429 if number == 5 else 200)
        eyes.page.locator("main input[type=email], main input[name=email]").first.fill("nobody@nowhere.example")
        with eyes.page.expect_navigation():
            eyes.page.locator("main button[type=submit]").first.click()
    assert "You can go on in" in eyes.page.inner_text("main")
    noted(eyes, "too-often")
    eyes.page.context.close()


@contextmanager
def standing(app: Flask, browser: Browser) -> Iterator[tuple[str, Eyes]]:
    """An app of our own behind a server, and somebody who looks at it."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    context = browser.new_context()
    try:
        yield f"http://127.0.0.1:{server.port}", Eyes(context)
    finally:
        context.close()
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_accident(settings: Settings, browser: Browser, noted: Noted) -> None:
    app = create_app(replace(settings, mode="demo"))
    app.view_functions["sign_in.ask"] = policy(Policy.PUBLIC)(lambda: 1 // 0)
    with standing(app, browser) as (address, eyes):
        eyes.open(f"{address}/sign-in", status=500)
        noted(eyes, "accident")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_unreachable_database(settings: Settings, browser: Browser, noted: Noted) -> None:
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:9/none"
    app = create_app(replace(settings, mode="demo", database_url=nowhere, owner_url=nowhere))
    with standing(app, browser) as (address, eyes):
        eyes.open(f"{address}/b/havelmark", status=503)
        assert "The database can't be reached." in eyes.page.inner_text("main")
        noted(eyes, "no-database")


def test_over_a_slow_line(hall: Hall) -> None:
    """A phone at the edge of its net: half a second to anywhere, 50 kB a second; it is readable within four."""
    context = hall.browser.new_context()
    context.add_cookies(hall.eyes(KATRIN).page.context.cookies())
    page = context.new_page()
    line = context.new_cdp_session(page)
    slow = {"offline": False, "latency": 500, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    line.send("Network.emulateNetworkConditions", slow)
    page.goto(f"{hall.address}/", wait_until="commit")
    page.locator("h1").wait_for(state="visible")
    painted = page.evaluate("""() => new Promise(told => new PerformanceObserver(
        list => told(list.getEntries()[0].startTime)).observe({ type: 'paint', buffered: true }))""")
    assert painted < 4000
    context.close()
