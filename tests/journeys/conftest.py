"""The houses of the stories, each with its doors open, and a real browser for each side."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.journeys.hall import ALBUM, Hall, chromium, opened
from tests.journeys.havelmark import Havelmark, in_a_pipe
from tests.journeys.house import House, Visitor
from tests.people import Cast
from vendorhub.config import Settings


@pytest.fixture
def doors(app: Flask) -> Iterator[str]:
    """Where the app is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def house(app: Flask, cast: Cast, doors: str, tmp_path: Path) -> House:
    """The house with its doors open."""
    return House(app, doors, tmp_path / "mail")


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


@pytest.fixture
def havelmark(app: Flask, doors: str, settings: Settings, browser: Browser, tmp_path: Path) -> Iterator[Havelmark]:
    """Havelmark on a Monday morning, before anybody has asked."""
    found = Havelmark(app, doors, tmp_path / "mail", in_a_pipe(settings), browser)
    yield found
    found.close()
