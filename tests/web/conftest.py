"""The pages on a stage: the cast at their browsers, and a clock to turn."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.people import Cast, address
from tests.stage import HOLD, Stage, digest
from tests.usecases.briefings import proposed
from tests.web.browser import Browser
from vendorhub.usecases import sign_in


class World:
    """The house with its doors. Scenes are played in an app context of their own, as a door's are."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app = app
        with app.app_context():
            self.stage = Stage(cast)

    def briefing(self) -> str:
        """The code of a briefing that Kim proposed to her own house, with Fastprint and a further vendor."""
        with self.app.app_context():
            self.stage.further_vendor()
            code = proposed(self.stage, by="Kim", to=None, vendors=["fastprint", "thirdwave"])
            self.stage.go(HOLD)
            return code

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
        browser.enter(f"/sign-in/{secret}")
        return browser

    def digest(self) -> str:
        """Everything in the store, as one hash."""
        with self.app.app_context():
            return digest()


@pytest.fixture
def world(app: Flask, cast: Cast) -> Iterator[World]:
    """The cast, on a Monday noon in Berlin; the clock stands."""
    found = World(app, cast)
    yield found
    found.stage.close()
