"""L05: what opens something is told to whom it was made for and to nobody else.

A story with every kind of secret in it; then the log, all that was answered to anybody and every row of the database
are searched for each of them. (A code of six digits is found anywhere by chance; it is stored hashed with its ask.)
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, Response, request, request_finished
from sqlalchemy import event, inspect, text
from sqlalchemy.exc import OperationalError

from tests.people import address
from tests.stage import opened
from tests.web.browser import Browser
from tests.web.conftest import World
from tests.web.test_newcomers import TYPED
from vendorhub.api.calls import CALLS
from vendorhub.store import db
from vendorhub.usecases import sign_in
from vendorhub.usecases.people import create_token

LINKS = r"https?://\S+?/(?:d|sign-in|password|hand-over|visit)/([\w.-]{40,})"
LOOKING = ("Kim", "Vera", "Ada", "Oz")
Answers = list[tuple[str, Response, bytes]]  # the path that was asked for, and what was answered


def test_no_secret_is_found_where_it_does_not_belong(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    with heard(world.app) as answers:
        with world.app.app_context():
            tokens = {name: create_token(email=address(name)) for name in LOOKING}
        secrets = [*tokens.values(), *a_story(world)]
        looked_at_by_everybody(world, tokens)
        what_goes_wrong(world, secrets)
    pages = [(path, answer, body + str(answer.headers).encode()) for path, answer, body in answers]
    log, rows = capsys.readouterr().err, everything(world)
    assert log.count('"event": "request"') >= len(answers) > 100
    assert "Backup costs" in rows  # it is the whole story that was read
    for secret in secrets:
        assert secret not in log
        assert secret not in rows
        for path, answer, told in pages:
            # the page behind a link knows its own address; once something has gone wrong it tells nothing
            behind = secret in path and answer.status_code in (200, 302, 303, 409, 422)
            assert behind or secret.encode() not in told, (path, answer.status_code)
    assert {answer.headers["Referrer-Policy"] for _, answer, _ in pages} == {"no-referrer"}


@contextmanager
def heard(app: Flask) -> Iterator[Answers]:
    """All that anybody is answered meanwhile."""
    found: Answers = []

    def keep(_app: object, response: Response) -> None:
        response.direct_passthrough = False
        found.append((request.full_path, response, response.get_data()))

    with request_finished.connected_to(keep, app):
        yield found


def in_letters(world: World, pattern: str, **which: str) -> list[str]:
    """What stands in the letters' words and headers and looks like this, the latest last."""
    with world.app.app_context():
        sign_in.answer_asks()
        letters = [opened(letter) for letter in world.stage.letters(**which)]
    told = [f"{mail['From']}\n{mail.get_body(('plain',)).get_content()}" for mail in letters]  # type: ignore[union-attr]
    return [found for each in told for found in re.findall(pattern, each)]


def a_story(world: World) -> list[str]:
    """Everything that makes a secret, each used for what it is for."""
    browser = world.somebody()
    browser.open("/sign-in")
    browser.press("Send me the letter", email=address("Vera"))
    browser.open(f"/sign-in/{in_letters(world, LINKS, kind='sign_in')[-1]}")
    browser.press("Sign in")
    browser = world.somebody()
    browser.open("/password")
    browser.press("Send me the letter", email=address("Alex"))
    browser.open(f"/password/{in_letters(world, LINKS, kind='password')[-1]}")
    browser.press("Keep it", password="a horse, a battery", password_confirm="a horse, a battery")
    browser.open("/b/norden/ask")
    browser.press("Send me the letter", **TYPED)
    browser.open(f"/hand-over/{in_letters(world, LINKS, kind='hand_over')[-1]}")
    browser.press("Hand it over")
    world.play("met")
    world.play("asked")
    browser = Browser(world.app.test_client(use_cookies=False))
    browser.open(f"/d/{in_letters(world, LINKS, kind='ask_received', recipient=address('Kim'))[-1]}")
    browser.press("No")
    links, replies = in_letters(world, LINKS), in_letters(world, r"meet-(\w+)@")
    assert len(set(links)) == 12  # signing in, a password, handing over; an ask to all, and two to Kim and to Alex
    assert len(set(replies)) == 3  # of Kim, Vera and Vic
    return [*set(links), *set(replies)]


def looked_at_by_everybody(world: World, tokens: dict[str, str]) -> None:
    """Every page and every list that can be opened without naming a thing, by each side."""
    rules = [rule.rule for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    rules = [rule for rule in rules if "<" not in rule]
    for name in LOOKING:
        browser = world.at(name)
        for rule in rules:
            browser.client.get(rule)
        for call in CALLS:
            if call.method == "GET" and "<" not in call.rule:
                browser.client.get(f"/api/v1{call.rule}", headers={"Authorization": f"Bearer {tokens[name]}"})


def what_goes_wrong(world: World, secrets: list[str]) -> None:
    """Each secret in addresses and headers that meet an error: not there, not so, too much, and not open."""

    def lost(*_: object) -> None:
        raise OperationalError("SELECT", {}, ConnectionError())

    client = world.app.test_client()
    world.app.config["PROPAGATE_EXCEPTIONS"] = False
    paths = [f"/{door}/{secret}" for secret in secrets for door in ("d", "sign-in", "password")]
    for path in paths:
        client.get(f"{path}/nothing", headers={"Authorization": f"Bearer {path.rpartition('/')[2]}"})
        client.delete(path)
    client.post(paths[0], data={"note": "x" * 2_000_000})
    with world.app.app_context():
        event.listen(db.engine, "do_connect", lost)
        db.engine.dispose()
    assert {client.get(path).status_code for path in paths if path.startswith("/d/")} == {503}
    for path in paths:
        client.get(path)
    with world.app.app_context():
        event.remove(db.engine, "do_connect", lost)


def everything(world: World) -> str:
    """Every row of every table, as text."""
    with world.app.app_context():
        db.session.rollback()
        connection = db.session.connection()
        tables = inspect(connection).get_table_names()
        rows = [connection.execute(text(f'SELECT * FROM "{table}"')).all() for table in tables]
        db.session.rollback()
    return "\n".join(map(repr, rows))
