"""A mail scanner with a whole browser opens the letters' links, runs the scripts, and sends each form as it came."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, TimeoutError
from sqlalchemy import select
from werkzeug.serving import make_server

from tests.conftest import SCALE
from tests.people import Cast
from tests.stage import Stage
from tests.web.test_opening import full, secrets
from vendorhub.store import Block, Decision, Lifting, MeetingRequest, db

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

DOORS = ("d", "hand-over", "in-your-name")
AT_MOST = 3 * SCALE
# As a script does it, and as Return in a field does: with the first button there is, or with none.
SENT = (
    "form => HTMLFormElement.prototype.submit.call(form)",
    "form => form.requestSubmit()",
    "form => form.querySelector('textarea, select, input:not([type=hidden])') && form.querySelector('button').click()",
)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The app on a port of its own, where the clock is what it is here."""
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=copy_context().run, args=(server.serve_forever,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def decided(app: Flask) -> list[object]:
    """The ledger, and how each ask stands."""
    with app.app_context():
        rows = [
            db.session.execute(select(*table.__table__.columns).order_by(table.id)).all()
            for table in (Decision, Block, Lifting)
        ]
        asks = db.session.execute(select(MeetingRequest.code, MeetingRequest.state).order_by(MeetingRequest.id)).all()
        db.session.remove()
        return [*rows, asks]


def sent_as_they_came(page: Page, link: str) -> int:
    """Opens a page and sends each of its forms in each way, from the page as it came; how many times."""
    page.goto(link)
    forms = page.locator("form[method=post]:not([action='/theme'])").count()
    for number in range(forms):
        for how in SENT:
            page.goto(link)
            form = page.locator("form[method=post]:not([action='/theme'])").nth(number)
            if form.count():
                with suppress(TimeoutError), page.expect_navigation(timeout=1000):  # or the browser doesn't send it
                    form.evaluate(how)
    return forms * len(SENT)


def test_a_scanner_with_a_browser_decides_nothing(app: Flask, cast: Cast, browser: Browser) -> None:
    with app.app_context():
        stage = Stage(cast)
        full(stage)
        links = secrets(stage)
        db.session.remove()
    before = decided(app)
    sent = dict.fromkeys(DOORS, 0)
    with served(app) as address, browser.new_context() as context:
        page = context.new_page()
        for door in DOORS:
            left = AT_MOST  # pages that have something to send: what is answered already shows no form
            for secret in sorted(links[door]):
                here = f"{address}/{door}/{secret}"
                page.goto(here)
                below = {str(each.get_attribute("href")) for each in page.locator(f"a[href^='/{door}/']").all()}
                tried = sum(sent_as_they_came(page, link) for link in (here, *(f"{address}{path}" for path in below)))
                sent[door] += tried
                left -= tried > 0
                if left == 0:
                    break
    stage.close()
    assert min(sent.values()) > 0
    assert decided(app) == before
