"""What must hold whatever was done: read from the database and from the mail that left, by none of the app's rules."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from tests.machine.cast import CAST, Stage
from tests.machine.things import NOTED
from vendorhub.store import Base

_TABLES: Mapping[str, Table] = Base.metadata.tables


@dataclass
class Judge:
    """The far end of the mail: takes every letter and looks at it there and then, at the story's `now`."""

    engine: Engine
    stage: Stage
    now: datetime
    invitations: list[tuple[str, str, str, int]] = field(default_factory=list)
    seen: dict[str, bytes] = field(default_factory=dict)

    def deliver(self, message: bytes, *, sender: str, to: str) -> None:
        """Takes a letter; one of another story is let pass. Fails for whatever no letter may be."""
        name = self.stage.name_at(to)
        if name is None:
            return
        mail = message_from_bytes(message, policy=policy.default)
        message_id = mail["Message-ID"]
        assert self.seen.setdefault(message_id, message) == message, "one Message-ID with two faces"
        assert [mail["To"].addresses[0].addr_spec] == [to]
        with self.engine.connect() as connection:
            self._may_be_told(connection, name, mail)
        calendars = [part for part in mail.walk() if "BEGIN:VCALENDAR" in _text(part).upper()]
        if not calendars:
            assert not [part for part in mail.walk() if "calendar" in part.get_content_type()]
            return
        entry = _properties(_text(calendars[0]))
        with self.engine.connect() as connection:
            self._rests_on_a_yes(connection, message_id, entry)
        self.invitations.append((name, entry["UID"], entry["METHOD"], int(entry["SEQUENCE"])))

    def close(self) -> None:
        """Nothing is held open."""

    def _may_be_told(self, connection: Connection, name: str, mail: EmailMessage) -> None:
        """Outside nobody reads of an answer that is held or taken back, or of an ask that is the buyer's alone."""
        if name in CAST and not CAST[name].asks:
            return
        letter = _one(connection, "letters", message_id=mail["Message-ID"])
        for answer in _all(connection, "decisions", buyer_id=letter["buyer_id"], id=letter["decision_id"]):
            assert answer["effective_at"] <= self.now
            assert _all(connection, "decisions", buyer_id=letter["buyer_id"], undoes=answer["id"], kind="undo") == []
        said = " ".join(_text(part) for part in mail.walk() if part.get_content_type() == "text/plain")
        for topic in set(re.findall(rf"{NOTED} \d+", f"{mail['Subject']} {' '.join(said.split())}")):
            asks = _asked_about(connection, letter["buyer_id"], topic)
            told = [ask["told_at"] for ask in asks if ask["told_at"] is not None]
            assert letter["kind"] == "front_door" or min(told) <= self.now

    def _rests_on_a_yes(self, connection: Connection, message_id: str, entry: Mapping[str, str]) -> None:
        letter = _one(connection, "letters", message_id=message_id)
        assert (letter["uid"], letter["method"], letter["sequence"]) == (
            entry["UID"],
            entry["METHOD"],
            int(entry["SEQUENCE"]),
        )
        invitation = _one(connection, "invitations", buyer_id=letter["buyer_id"], id=letter["invitation_id"])
        meeting = _one(connection, "meetings", buyer_id=letter["buyer_id"], uid=letter["uid"])
        yes = _one(connection, "decisions", buyer_id=letter["buyer_id"], id=invitation["consent_id"])
        assert yes["kind"] == "accept"
        assert yes["terms_hash"] == invitation["terms_hash"] == meeting["terms_hash"]
        assert yes["effective_at"] <= self.now
        for wanted in _all(connection, "amendments", buyer_id=letter["buyer_id"], decision_id=yes["id"]):
            assert wanted["agreed_at"] <= self.now
        if entry["METHOD"] == "REQUEST":
            assert _all(connection, "decisions", buyer_id=letter["buyer_id"], undoes=yes["id"]) == []
            assert yes["valid_until"] >= meeting["end_at"]
            lifted = {row["block_id"] for row in _all(connection, "liftings", buyer_id=letter["buyer_id"])}
            blocks = _all(connection, "blocks", buyer_id=letter["buyer_id"], company_id=meeting["company_id"])
            asker = _one(connection, "meeting_requests", id=meeting["request_id"])["asked_by"]
            assert [row for row in blocks if row["id"] not in lifted and row["person_id"] in (None, asker)] == []


def check(connection: Connection, stage: Stage) -> None:
    """Fails if somebody is booked twice, a version fell or has two faces, or the ledger's chain is broken."""
    buyers = [stage.homes["norden"], stage.homes["harbour"]]
    _nobody_is_booked_twice(connection, stage.people.values())
    _one_face(connection, buyers)
    for buyer in buyers:
        _chain(connection, buyer)


def on_their_way(connection: Connection, stage: Stage) -> list[tuple[str, str]]:
    """The story's letters that have neither left nor been stopped: kind and state."""
    letters = _TABLES["letters"]
    rows = connection.execute(
        select(letters.c.kind, letters.c.state).where(
            letters.c.buyer_id.in_([stage.homes["norden"], stage.homes["harbour"]]),
            letters.c.state.not_in(["sent", "stopped"]),
        )
    )
    return [(row.kind, row.state) for row in rows]


def end(connection: Connection, stage: Stage) -> None:
    """Lets nothing of this story reach the next: what waits is stopped, what is open is closed."""
    letters, requests = _TABLES["letters"], _TABLES["meeting_requests"]
    buyers = [stage.homes["norden"], stage.homes["harbour"]]
    connection.execute(
        letters.update()
        .where(letters.c.buyer_id.in_(buyers), letters.c.state.in_(["waiting", "leased"]))
        .values(state="stopped", lease_until=None)
    )
    connection.execute(
        requests.update()
        .where(requests.c.buyer_id.in_(buyers), requests.c.state.in_(["pending", "accepted"]))
        .values(state="withdrawn")
    )


def _nobody_is_booked_twice(connection: Connection, people: Iterable[int]) -> None:
    attendance = _TABLES["attendance"]
    taken: dict[int, list[tuple[datetime, datetime]]] = {}
    for row in connection.execute(
        select(attendance).where(attendance.c.person_id.in_(list(people)), attendance.c.live)
    ):
        taken.setdefault(row.person_id, []).append((row.start_at, row.end_at))
    for times in taken.values():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(times)))


def _one_face(connection: Connection, buyers: list[int]) -> None:
    letters = _TABLES["letters"]
    told: dict[tuple[str, str], list[int]] = {}
    for row in connection.execute(
        select(letters).where(letters.c.buyer_id.in_(buyers), letters.c.uid != "").order_by(letters.c.id)
    ):
        told.setdefault((row.uid, row.recipient), []).append(row.sequence)
    for sequences in told.values():
        assert all(earlier < later for earlier, later in pairwise(sequences))


def _chain(connection: Connection, buyer: int) -> None:
    previous = "0" * 64
    rows = sorted(_all(connection, "decisions", buyer_id=buyer), key=lambda row: row["position"])
    for position, row in enumerate(rows, start=1):
        names = ("buyer_id", "position", "request_id", "kind", "terms_hash", "by", "on_behalf_of", "door")
        told = [row[name] for name in names]
        told[4] = told[4] or ""
        told += [row["made_at"].isoformat(), row["effective_at"].isoformat(), row["undoes"], previous]
        digest = hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()
        assert (row["position"], row["previous"], row["hash"]) == (position, previous, digest)
        previous = row["hash"]


def _all(connection: Connection, name: str, **where: Any) -> list[dict[str, Any]]:
    table = _TABLES[name]
    rows = connection.execute(select(table).where(*(table.c[key] == value for key, value in where.items())))
    return [dict(row._mapping) for row in rows]


def _asked_about(connection: Connection, buyer: int, topic: str) -> list[dict[str, Any]]:
    """The asks of this topic, also those that a yes has given another since."""
    since = {row["request_id"] for row in _all(connection, "amendments", buyer_id=buyer, asked_topic=topic)}
    asks = _all(connection, "meeting_requests", buyer_id=buyer)
    return [ask for ask in asks if ask["topic"] == topic or ask["id"] in since]


def _one(connection: Connection, name: str, **where: Any) -> dict[str, Any]:
    found = _all(connection, name, **where)
    assert len(found) == 1
    return found[0]


def _text(part: EmailMessage) -> str:
    if part.is_multipart():
        return ""
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode("utf-8")


def _properties(calendar: str) -> dict[str, str]:
    """What stands alone on a line of an iCalendar object, long lines joined (RFC 5545, 3.1)."""
    lines = calendar.replace("\r\n ", "").split("\r\n")
    return {name: value for name, _, value in (line.partition(":") for line in lines) if name.isalpha()}


def utc(year: int, month: int, day: int, hour: int) -> datetime:
    """An instant on the hour."""
    return datetime(year, month, day, hour, tzinfo=UTC)
