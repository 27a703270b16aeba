"""Programs of both sides that use the API without rest, and remember what they were answered."""

import http.client
import json
import random
import threading
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tests.processes import rest

GIVES_UP_AFTER = 90.0
BETWEEN_TRIES = 0.05
TRIES = int(GIVES_UP_AFTER / BETWEEN_TRIES)
WORKING_HOURS = range(8, 18)  # no clock is set back or forward then
HALF_HOURS = len(WORKING_HOURS) * 2


class Unanswered(Exception):
    """The server gave no answer, or one that it must never give."""


@dataclass
class Book:
    """What the clients were told had been done: how often which deed was done to which meeting request."""

    done: Counter[tuple[str, str]] = field(default_factory=Counter)
    meetings: dict[str, str] = field(default_factory=dict)  # UID -> the request's code
    cancelled: set[str] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    tries: int = 0
    troubles: list[str] = field(default_factory=list)
    _slots: int = 0
    _lock: threading.Condition = field(default_factory=threading.Condition)

    def note(self, code: str, deed: str) -> None:
        """One more deed was answered with 2xx."""
        with self._lock:
            self.done[code, deed] += 1
            self._lock.notify_all()

    def wait_for_more(self, deeds: int) -> None:
        """Returns when so many more deeds have been answered, or a client has come to grief."""
        with self._lock:
            wanted = self.done.total() + deeds
            self._lock.wait_for(lambda: self.troubles or self.done.total() >= wanted, timeout=GIVES_UP_AFTER)

    def slots(self, number: int) -> list[dict[str, str]]:
        """The next half hours that nobody was offered yet, as the API takes them."""
        with self._lock:
            first, self._slots = self._slots, self._slots + number
        return [_slot(at) for at in range(first, first + number)]


def _slot(number: int) -> dict[str, str]:
    day, half = divmod(number, HALF_HOURS)
    first = date.today() + timedelta(days=2 + day % 150)  # noqa: DTZ011 - two days ahead is ahead everywhere
    start = datetime(first.year, first.month, first.day, WORKING_HOURS[half // 2], half % 2 * 30)
    return {"start": start.isoformat(), "timezone": "Europe/Berlin"}


@dataclass(frozen=True)
class Api:
    """The API for one person."""

    port: int
    token: str
    book: Book

    def get(self, path: str) -> Any:
        """What is there. Raises Unanswered for anything but 200."""
        status, body = self._until_answered("GET", path, None, "")
        if status != http.HTTPStatus.OK:
            raise Unanswered(f"GET {path}: {status} {body}")
        return body

    def post(self, path: str, body: Mapping[str, object] | None = None, *, may: Sequence[int] = ()) -> Any | None:
        """Does a deed once, however often it must be sent: what it answered, or None for a status that `may` be."""
        status, answer = self._until_answered("POST", path, dict(body or {}), str(uuid.uuid4()))
        if 200 <= status < 300:
            return answer
        if status in may:
            self.book.refused[f"{path.rsplit('/', 1)[-1]} {status}"] += 1
            return None
        raise Unanswered(f"POST {path}: {status} {answer}")

    def _until_answered(self, method: str, path: str, body: object, key: str) -> tuple[int, Any]:
        """Tries until the server is there again; the Idempotency-Key makes it one deed."""
        for _ in range(TRIES):
            try:
                return self._once(method, path, body, key)
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                self.book.tries += 1
                rest(BETWEEN_TRIES)
        raise Unanswered(f"{method} {path}: nothing")

    def _once(self, method: str, path: str, body: object, key: str) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with closing(connection):
            connection.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
            with connection.getresponse() as answer:
                return answer.status, json.loads(answer.read())


@dataclass(frozen=True)
class Sides:
    """Who tells the stories: one who asks, the decider who is asked, and the decider's assistant."""

    asker: Api
    decider: Api
    assistant: Api
    decider_email: str
    guests: Sequence[str]


def keep_telling(sides: Sides, dice: random.Random, stop: threading.Event) -> None:
    """Story after story until told to stop; the one in hand is told to its end."""
    book = sides.asker.book
    try:
        while not stop.is_set():
            _story(sides, dice)
    except Exception as trouble:  # kept for the judge: this thread's end must not go unseen
        book.troubles.append(f"{type(trouble).__name__}: {trouble}")


def _story(sides: Sides, dice: random.Random) -> None:
    code = _ask(sides, dice)
    how = dice.random()
    if how < 0.08:
        _deed(sides.asker, code, "withdrawal", "withdraw")
        return
    by = dice.choice((sides.decider, sides.assistant))
    if _deed(by, code, "acceptance", "accept", note="Gladly.", place="Teams, the link is in the entry") is None:
        return
    if how < 0.2 and _deed(by, code, "undo", "undo", may=[409]) is not None:
        _deed(sides.decider, code, "acceptance", "accept")
    uid = _find_a_time(sides, dice, code)
    if uid is not None:
        _afterwards(sides, dice, code, uid)


def _ask(sides: Sides, dice: random.Random) -> str:
    guest = dice.choice(list(sides.guests))
    body = {
        "buyer": "norden",
        "to": sides.decider_email,
        "topic": f"Backups that restore, part {dice.randint(1, 999)}",
        "outcome": "Whether a restore drill is worth an hour.",
        "learned": "You moved two data centres this year.",
        "minutes": 30,
        "attendees": [{"name": guest.partition("@")[0].title(), "email": guest, "role": "Engineer"}],
    }
    made = sides.asker.post("/meeting-requests", body)
    assert made is not None
    code: str = made["code"]
    sides.asker.book.note(code, "ask")
    return code


def _deed(api: Api, code: str, step: str, deed: str, *, may: Sequence[int] = (), **body: object) -> Any | None:
    done = api.post(f"/meeting-requests/{code}/{step}", body, may=may)
    if done is not None:
        api.book.note(code, deed)
    return done


def _find_a_time(sides: Sides, dice: random.Random, code: str) -> str | None:
    """Offers times, lets the other side choose or counter; the UID of the meeting."""
    by, book = dice.choice((sides.decider, sides.assistant)), sides.asker.book
    made = by.post(f"/meeting-requests/{code}/offers", {"slots": book.slots(2)})
    assert made is not None
    book.note(code, "offer")
    offer, chooser = _seen(sides.asker, code), sides.asker
    if dice.random() < 0.25:
        offer = sides.asker.post(f"/offers/{offer['id']}/counter", {"slots": book.slots(2)})
        book.note(code, "counter")
        chooser = sides.decider
    slot = dice.choice(offer["slots"])["id"]
    meeting = chooser.post(f"/offers/{offer['id']}/choice", {"slot": slot}, may=[409])
    if meeting is None:
        return None
    uid: str = meeting["uid"]
    book.note(code, "choose")
    book.meetings[uid] = code
    return uid


def _seen(asker: Api, code: str) -> Any:
    """The offer, as soon as the yes is no longer held."""
    for _ in range(TRIES):
        open_offers = [one for one in asker.get(f"/meeting-requests/{code}/offers")["items"] if one["state"] == "open"]
        if open_offers:
            return open_offers[0]
        rest(BETWEEN_TRIES)
    raise Unanswered(f"no times are seen for {code}")


def _afterwards(sides: Sides, dice: random.Random, code: str, uid: str) -> None:
    """What becomes of an agreed meeting: moved, wished elsewhere, given a place, called off, or nothing."""
    book = sides.asker.book
    how = dice.random()
    if how < 0.25:
        moved = sides.decider.post(f"/meetings/{uid}/rescheduling", {"slot": book.slots(1)[0]}, may=[409])
        if moved is not None:
            book.note(code, "move")
    elif how < 0.5:
        _wish(sides, dice, code, uid)
    if how < 0.4 or how > 0.9:
        called_off = dice.choice((sides.decider, sides.asker)).post(f"/meetings/{uid}/cancellation")
        assert called_off is not None
        book.note(code, "cancel")
        book.cancelled.add(uid)


def _wish(sides: Sides, dice: random.Random, code: str, uid: str) -> None:
    book = sides.asker.book
    wished = sides.asker.post(f"/meetings/{uid}/rescheduling", {"slot": book.slots(1)[0]})
    assert wished is not None
    book.note(code, "propose_move")
    wish = next(one["id"] for one in wished["proposals"] if one["state"] == "open")
    answer, deed = dice.choice((("acceptance", "accept_move"), ("refusal", "refuse_move")))
    done = sides.decider.post(f"/meetings/{uid}/proposals/{wish}/{answer}", may=[409])
    if done is not None:
        book.note(code, deed)
