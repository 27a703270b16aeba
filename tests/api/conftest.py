"""What tests of the API share: the cast with a token each, a clock that stands, and a way to call."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.people import Cast, address
from vendorhub import clock
from vendorhub.domain.overlaps import pair_code
from vendorhub.queries import overlaps
from vendorhub.usecases import people

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)  # a Monday, ten o'clock in Berlin
AFTER_THE_HOLD = timedelta(seconds=61)
ASK: dict[str, Any] = {
    "buyer": "norden",
    "topic": "Backups that restore",
    "outcome": "You would know what a restore takes.",
    "learned": "You insure homes, and lost a week in May.",
    "minutes": 30,
    "attendees": [{"name": "Vera", "email": "vera@fastprint.example", "role": "engineer"}],
}
AT_TWO = {"start": "2027-01-13T14:00:00", "timezone": "Europe/Berlin"}
AT_FOUR = {"start": "2027-01-14T16:00:00", "timezone": "Europe/Berlin"}


class Api:
    """One person of the cast, calling with a token."""

    def __init__(self, client: FlaskClient, token: str | None) -> None:
        self.client = client
        self.token = token

    def call(self, method: str, path: str, body: object = None, /, **headers: str) -> TestResponse:
        """`_` in the name of a header is a hyphen."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            given.setdefault("Authorization", f"Bearer {self.token}")
        return self.client.open(f"/api/v1{path}", method=method, headers=given, **_sent(body))

    def get(self, path: str, /, **headers: str) -> TestResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: object = None, /, **headers: str) -> TestResponse:
        return self.call("POST", path, body, **headers)

    def put(self, path: str, body: object = None, /, **headers: str) -> TestResponse:
        return self.call("PUT", path, body, **headers)


class File(NamedTuple):
    """A body that is a form with a file in it."""

    raw: bytes
    name: str


def _sent(body: object) -> dict[str, Any]:
    if isinstance(body, File):
        return {"data": {"file": (BytesIO(body.raw), body.name)}, "content_type": "multipart/form-data"}
    return {"data": body} if isinstance(body, bytes) else {} if body is None else {"json": body}


class House:
    """The app with its cast: `house["Kim"]` calls as Kim; the stories bring a request as far as a test needs it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._tokens: dict[str, str] = {}

    def __getitem__(self, name: str) -> Api:
        return Api(self.app.test_client(), self.token(name))

    def token(self, name: str) -> str:
        """A token of somebody of the cast, the same each time."""
        if name not in self._tokens:
            with self.app.app_context():
                self._tokens[name] = people.create_token(email=address(name))
        return self._tokens[name]

    def nobody(self) -> Api:
        return Api(self.app.test_client(), None)

    def reader(self, name: str) -> Api:
        """A person with a token that may only read."""
        with self.app.app_context():
            return Api(self.app.test_client(), people.create_token(email=address(name), scope="read"))

    def asked(self, by: str = "Vera", **changed: object) -> str:
        answer = self[by].post("/meeting-requests", {**ASK, **changed})
        assert answer.status_code == 201, answer.text
        return str(answer.json["code"])

    def accepted(self, **acceptance: object) -> str:
        """An ask with a yes that is effective; the clock has gone on past the hold."""
        code = self.asked()
        assert self["Kim"].post(f"/meeting-requests/{code}/acceptance", acceptance).status_code == 200
        return code

    def offered(self) -> tuple[str, dict[str, Any]]:
        code = self.accepted()
        offer = self["Alex"].post(f"/meeting-requests/{code}/offers", {"slots": [AT_FOUR, AT_TWO]})
        assert offer.status_code == 201, offer.text
        return code, dict(offer.json)

    def briefing(self) -> str:
        """The code of a briefing that Norden itself proposed, to which Fastprint and a further vendor are asked."""
        with self.app.app_context():
            people.add_organisation(kind="vendor", name="Thirdwave", slug="thirdwave", domains=["thirdwave.example"])
        given = {
            "buyer": "norden",
            "theme": "Print and storage",
            "outcome": "Whether one contract can do both.",
            "minutes": 90,
            "vendors": ["fastprint", "thirdwave"],
            "items_due": "2027-01-20",
        }
        with clock.at(clock.now() - AFTER_THE_HOLD):
            answer = self["Kim"].post("/briefings", given)
        assert answer.status_code == 201, answer.text
        return str(answer.json["code"])

    def pair(self, code: str) -> str:
        """What the first two vendors of a briefing are called together."""
        with self.app.app_context():
            one, other, *_ = overlaps.brought(code)
            return pair_code(code, one.id, other.id)

    def agreed(self) -> dict[str, Any]:
        """A meeting; Kim, Vera, at two on the 13th."""
        _, offer = self.offered()
        with later():
            meeting = self["Vera"].post(f"/offers/{offer['id']}/choice", {"slot": offer["slots"][0]["id"]})
        assert meeting.status_code == 201, meeting.text
        return dict(meeting.json)

    def note(self, of: str) -> str:
        """A note that Kim shares with the company of a relationship."""
        return str(self["Kim"].post(f"/relationships/{of}/notes", {"text": "Nine a seat.", "shared": True}).json["id"])


def later(by: timedelta = AFTER_THE_HOLD) -> AbstractContextManager[None]:
    """The clock so much later; past the hold, where nothing is said."""
    return clock.at(clock.now() + by)


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def house(app: Flask, cast: Cast) -> House:
    return House(app)
