"""The pages on a stage: the cast at their browsers, and a clock to turn."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.outbox.conftest import small_app
from tests.people import PEOPLE, Cast, address, assemble
from tests.stage import Stage, digest
from tests.web.browser import Browser
from vendorhub.config import Settings
from vendorhub.store import Person, db
from vendorhub.usecases import sign_in


class World:
    """The house with its doors. Scenes are played in an app context of their own, as a door's are."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            ids = {row.email: row.id for row in db.session.execute(select(Person.email, Person.id))}
            self.stage = Stage(Cast({name: ids[address(name)] for name, *_ in PEOPLE}))

    def play(self, scene: str, *args: Any, **kwargs: Any) -> Any:
        """A scene of the stage, by name."""
        with self.app.app_context():
            return getattr(self.stage, scene)(*args, **kwargs)

    def do(self, name: str, deed: Any, *args: Any, **kwargs: Any) -> Any:
        """A use-case or query as a person of the cast."""
        with self.app.app_context():
            return deed(self.stage[name], *args, **kwargs)

    def somebody(self) -> Browser:
        """A browser of nobody in particular."""
        return Browser(self.app.test_client())

    def at(self, name: str) -> Browser:
        """A browser in which a person of the cast has signed in by a link."""
        with self.app.app_context():
            secret = sign_in.new_link(address(name), good_for=timedelta(hours=1))
        browser = self.somebody()
        browser.open(f"/sign-in/{secret}")
        browser.press("Sign in")
        assert "You are signed in." in browser.page.text
        return browser

    def digest(self) -> str:
        """Everything in the store, as one hash."""
        with self.app.app_context():
            return digest()


@pytest.fixture(scope="session")
def migrated_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The migrated file with the cast in it, to copy."""
    folder = tmp_path_factory.mktemp("assembled")
    file = shutil.copyfile(migrated_sqlite, folder / "vendorhub.sqlite")
    app = small_app(Settings.load({"VENDORHUB_MODE": "test", "VENDORHUB_INSTANCE": str(folder)}))
    with app.app_context():
        assemble()
        db.session.remove()
        db.engine.dispose()
    return file


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    """The cast, on a Monday noon in Berlin; the clock stands."""
    found = World(app)
    yield found
    found.stage.close()
