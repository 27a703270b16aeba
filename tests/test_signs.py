import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url, text

from tests.conftest import Database
from tests.people import Cast, address
from vendorhub import clock
from vendorhub.store import db
from vendorhub.usecases import meeting_requests, people

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def operator(app: Flask, cast: Cast) -> str:
    """An operator's token, in a house with one ask, whose letters wait."""
    with app.app_context(), clock.at(NOW):
        meeting_requests.ask(
            cast["Vera"],
            buyer="norden",
            topic="Backups",
            outcome="You would know.",
            learned="You insure.",
            minutes=30,
            attendees=[("Vera", "vera@fastprint.example", "")],
        )
        return people.create_token(email=address("Oz"))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """What the log says since the last look; every line is one JSON object."""
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_alive(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "alive"})


def test_ready_where_all_is_well(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"status": "ready", "checks": {"store": "ok", "letters": "ok"}}


def test_not_ready_while_letters_are_stuck(client: FlaskClient, operator: str) -> None:
    with clock.at(NOW + timedelta(minutes=10)):
        assert client.get("/readyz").status_code == 200
    with clock.at(NOW + timedelta(minutes=10, seconds=1)):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"] == {
        "store": "ok",
        "letters": "Letters have been due for more than ten minutes; is a worker running?",
    }


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_not_ready_on_an_older_schema(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    answer = client.get("/readyz")
    assert (answer.status_code, list(answer.json["checks"])) == (503, ["store"])
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("served_before", [False, True])
def test_alive_and_not_ready_without_a_database(
    app: Flask, client: FlaskClient, database: Database, served_before: bool
) -> None:
    if served_before:
        assert client.get("/readyz").status_code == 200
    with app.app_context():
        db.engine.dispose()
    file = Path(make_url(database.app_url).database or "")
    file.unlink()
    file.mkdir()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"status": "not ready", "checks": {"store": "The database can't be reached."}}
    assert client.get("/healthz").status_code == 200


def test_meters_count_by_route_and_status(client: FlaskClient, operator: str) -> None:
    client.get("/api/v1/meeting-requests/K7Q2M4X", headers={"Authorization": f"Bearer {operator}"})
    client.get("/nothing/at/all")
    client.open("/healthz", method="BREW")
    with clock.at(NOW + timedelta(seconds=90)):
        answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    told = answer.text.splitlines()
    assert 'vendorhub_requests_total{method="GET",route="/api/v1/meeting-requests/<code>",status="404"} 1.0' in told
    assert 'vendorhub_requests_total{method="GET",route="unmatched",status="404"} 1.0' in told
    assert 'vendorhub_requests_total{method="OTHER",route="unmatched",status="405"} 1.0' in told
    assert 'vendorhub_request_seconds_count{method="GET",route="/api/v1/meeting-requests/<code>"} 1.0' in told
    # the ask's letters: three deciders and an assistant
    assert 'vendorhub_letters{state="waiting"} 5.0' in told
    assert 'vendorhub_letters{state="failed"} 0.0' in told
    assert "vendorhub_letters_overdue_seconds 90.0" in told
    assert "K7Q2M4X" not in answer.text


def test_meters_are_for_this_machine_and_operators(app: Flask, client: FlaskClient, operator: str) -> None:
    with app.app_context():
        kims = people.create_token(email=address("Kim"))
    far = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/metrics", environ_base=far).status_code == 401
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 401
    assert client.get("/metrics", environ_base=far, headers={"Authorization": f"Bearer {kims}"}).status_code == 401
    assert client.get("/metrics", environ_base=far, headers={"Authorization": f"Bearer {operator}"}).status_code == 200


def test_a_request_is_one_line_with_neither_path_nor_secret(
    client: FlaskClient, operator: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    answer = client.get(
        "/api/v1/history?about=K7Q2M4X&cursor=1", headers={"Authorization": f"Bearer {operator}", "Cookie": "session=x"}
    )
    client.get("/d/this-is-a-secret")
    first, second = lines(capsys)
    assert isinstance(first.pop("ms"), float)
    assert datetime.fromisoformat(str(first.pop("timestamp"))).utcoffset() == timedelta()
    assert isinstance(first.pop("person"), int)
    assert first == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "route": "/api/v1/history",
        "status": 404,
        "request": answer.headers["X-Request-Id"],
    }
    assert "person" not in second
    told = json.dumps([first, second])
    for secret in (operator, "this-is-a-secret", "K7Q2M4X", "oz@", "session=x"):
        assert secret not in told


def test_a_fault_is_logged_by_where_it_was_and_not_by_what_it_held(
    app: Flask, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(secret: str) -> None:
        raise LookupError(secret)

    app.add_url_rule("/fault/<secret>", "fault", fault)
    capsys.readouterr()
    assert client.get("/fault/opens-a-door").status_code == 500
    said = capsys.readouterr().err
    failed = json.loads(said.splitlines()[0])
    assert (failed["event"], failed["route"], failed["trouble"]) == ("request failed", "/fault/<secret>", "LookupError")
    assert str(failed["where"][-1]).endswith(" fault")
    assert "opens-a-door" not in said
