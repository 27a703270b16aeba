"""What the tests of the store share."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine

from tests.conftest import Database
from tests.outbox.conftest import small_app
from tests.people import Cast
from tests.store import story
from vendorhub.config import Settings
from vendorhub.store import db


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The app as far as the store and letters see it; no context is pushed."""
    app = small_app(settings)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def told(app: Flask, cast: Cast, database: Database) -> Database:
    """A database with a whole story in it."""
    story.tell(app, cast)
    return database


@pytest.fixture
def owner(told: Database) -> Iterator[Engine]:
    """The owning role on a database with a story, as somebody with its password would come."""
    with story.engine(told.owner_url) as engine:
        yield engine


@pytest.fixture
def connection(told: Database) -> Iterator[Connection]:
    """The app's role on a database with a story, in a transaction that is rolled back."""
    with story.engine(told.app_url) as engine, engine.connect() as connection:
        yield connection
        connection.rollback()
