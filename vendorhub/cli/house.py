"""Answers how a command reaches the house: an app on a database that may be served, and how it prints."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask

from vendorhub import create_app
from vendorhub.config import Settings
from vendorhub.domain.refusals import WrongState
from vendorhub.store import check

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@contextmanager
def house(settings: Settings | None = None) -> Iterator[Flask]:
    """The app, with its context pushed. Raises SettingError, or WrongState if its database may not be served."""
    settings = settings or Settings.load()
    refuse_unfit(settings)
    app = create_app(settings)
    with app.app_context():
        engines = app.extensions["sqlalchemy"].engines.values()
    try:
        with app.app_context():
            yield app
    finally:
        for engine in engines:
            engine.dispose()


def refuse_unfit(settings: Settings) -> None:
    """Raises WrongState with the reason why this database may not be served, if there is one."""
    engine = check.connect(settings.database_url)
    try:
        found = check.refusal(engine)
    finally:
        engine.dispose()
    if found:
        raise WrongState(found.replace("%", "%%"))


def say(words: str) -> None:
    """Tells the operator how it goes: on stderr, so that what is printed stays for programs."""
    click.echo(words, err=True)


def print_json(value: object) -> None:
    """Prints JSON, alone on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
