"""An app with a store, a language and an office: all that letters need."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

from tests.outbox import world
from tests.outbox.world import World
from vendorhub import clock
from vendorhub.config import Settings
from vendorhub.keys import Keys
from vendorhub.links import Links
from vendorhub.outbox.office import EXTENSION, Office
from vendorhub.store import db
from vendorhub.store.engine import prepare
from vendorhub.wording import FILTERS

TEMPLATES = Path(__file__).parent.parent.parent / "templates"


def small_app(settings: Settings) -> Flask:
    """The app as far as letters see it."""
    app = Flask("vendorhub", template_folder=str(TEMPLATES))
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SECRET_KEY="for tests alone",
        HOLD_SECONDS=settings.hold_seconds,
    )
    db.init_app(app)
    Babel(app)
    app.jinja_env.filters.update(FILTERS)
    app.extensions[EXTENSION] = Office(
        keys=Keys(settings.secret_key),
        links=Links("https://hub.example"),
        sender="vendorhub@hub.example",
        domain="hub.example",
    )
    with app.app_context():
        prepare(db.engine)
    return app


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = small_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def here(app: Flask) -> Iterator[World]:
    """The world, on the Monday morning on which Vera asks; the clock stands."""
    with clock.at(world.NOW):
        yield world.build()
