"""Answers whether the database itself still refuses to break the laws: it tries, in a transaction it rolls back."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Delete, Engine, Insert, Table, Update, delete, insert, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError

from vendorhub.domain.decisions import GENESIS
from vendorhub.store.base import Base
from vendorhub.store.engine import WRITES, turn

_NOW = datetime(2000, 1, 3, 9, tzinfo=UTC)  # nobody's time: whatever the test writes is gone when it ends
_APPEND_ONLY = ("append-only", "permission denied")  # a role without the right does not get as far as the trigger


@dataclass(frozen=True)
class Attempt:
    """One thing that must be refused, in one of these words."""

    what: str
    statement: Insert | Update | Delete
    refused_by: tuple[str, ...]


def let_through(engine: Engine) -> list[str]:
    """What the database let through although a law forbids it, one sentence each; none if all is well."""
    connection = engine.connect().execution_options(**{WRITES: True})
    with turn(engine), connection, connection.begin() as transaction:
        try:
            world = _World(connection)
            return [problem for attempt in world.attempts() if (problem := _try(connection, attempt))]
        finally:
            transaction.rollback()


def _try(connection: Connection, attempt: Attempt) -> str | None:
    savepoint = connection.begin_nested()
    try:
        connection.execute(attempt.statement)
    except DBAPIError as error:
        if any(words in str(error.orig) for words in attempt.refused_by):
            return None
        return f"self-test: {attempt.what} was refused, but not by the law: {str(error.orig).splitlines()[0]}"
    finally:
        savepoint.rollback()
    return f"self-test: the database let {attempt.what} through"


class _World:
    """A throw-away buyer and vendor with an ask, a no, a yes that was taken back, and what was agreed on it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._buyer = self._organisation("buyer")
        self._vendor = self._organisation("vendor")
        self._person = self._add(
            "people",
            email=f"{secrets.token_hex(8)}@self-test.invalid",
            name="self-test",
            fs_uniquifier=secrets.token_hex(16),
            created_at=_NOW,
        )
        self._add("memberships", person_id=self._person, organisation_id=self._buyer, role="decider")
        self._request = self._add(
            "meeting_requests",
            buyer_id=self._buyer,
            code=secrets.token_hex(8),
            kind="topic",
            company_id=self._vendor,
            asked_by=self._person,
            topic="self-test",
            outcome="",
            learned="",
            minutes=30,
            state="accepted",
            before_answer="pending",
            answer_by=_NOW,
            created_at=_NOW,
            visible_at=_NOW,
        )
        self._terms = secrets.token_hex(32)
        self._connection.execute(
            _table("terms")
            .insert()
            .values(
                buyer_id=self._buyer,
                hash=self._terms,
                request_id=self._request,
                salt="self-test",
                body="{}",
                created_at=_NOW,
            )
        )
        self._no = self._decision(1, kind="no")
        self._yes = self._decision(2, kind="accept", terms_hash=self._terms, times=2)
        self._block = self._add(
            "blocks",
            buyer_id=self._buyer,
            code=secrets.token_hex(8),
            decision_id=self._no,
            company_id=self._vendor,
            by=self._person,
            made_at=_NOW,
            effective_at=_NOW,
        )
        self._lifting = self._add("liftings", buyer_id=self._buyer, block_id=self._block, by=self._person, made_at=_NOW)
        self._agreed, self._meeting = self._agree(1)
        _, self._other_meeting = self._agree(2)
        self._attendee = self._add(
            "attendees",
            buyer_id=self._buyer,
            meeting_id=self._meeting,
            person_id=self._person,
            side="buyer",
            email="somebody@self-test.invalid",
            name="self-test",
            partstat="ACCEPTED",
        )
        self._add("attendance", meeting_id=self._meeting, **self._taken())
        self._decision(3, kind="undo", undoes=self._yes)

    def attempts(self) -> Iterator[Attempt]:
        """Everything that is tried, one law after the other."""
        yield from self._rewrites("decisions", self._no, kind="accept", terms_hash=self._terms, times=1)
        yield from self._rewrites("blocks", self._block, person_id=self._person)
        yield from self._rewrites("liftings", self._lifting, by=self._person)
        stranger = self._add(
            "people",
            email=f"{secrets.token_hex(8)}@self-test.invalid",
            name="self-test",
            fs_uniquifier=secrets.token_hex(16),
            created_at=_NOW,
        )
        yield Attempt(
            "a decision by somebody who is not of the buyer",
            _table("decisions").insert().values(self._decided(4, kind="no", by=stranger)),
            ("only the buyer decides",),
        )
        yield Attempt(
            "an invitation on a yes that was taken back",
            _table("invitations").insert().values(self._invited(self._yes)),
            ("no invitation without a live consent",),
        )
        yield Attempt(
            "an invitation on a no",
            _table("invitations").insert().values(self._invited(self._no)),
            ("no invitation without a live consent",),
        )
        yield Attempt(
            "a person in two meetings at once",
            _table("attendance").insert().values(meeting_id=self._other_meeting, live=True, **self._taken()),
            ("attendance overlaps", "attendance_no_overlap"),
        )

    def _rewrites(self, name: str, row_id: int, **changed: object) -> Iterator[Attempt]:
        """Every way to change or remove a row of an append-only table."""
        table = _table(name)
        row = dict(self._connection.execute(table.select().where(table.c.id == row_id)).mappings().one())
        wanted = {**row, **changed}
        here = table.c.id == row_id
        yield Attempt(f"an UPDATE of {name}", update(table).where(here).values(changed), _APPEND_ONLY)
        yield Attempt(f"a DELETE of {name}", delete(table).where(here), _APPEND_ONLY)
        if self._connection.dialect.name == "sqlite":
            upsert = sqlite_insert(table).values(wanted).on_conflict_do_update(index_elements=["id"], set_=changed)
            yield Attempt(f"an upsert of {name}", upsert, _APPEND_ONLY)
            replace = insert(table).prefix_with("OR REPLACE").values(wanted)
            yield Attempt(f"an INSERT OR REPLACE of {name}", replace, _APPEND_ONLY)
        else:
            on = postgresql_insert(table).values(wanted).on_conflict_do_update(index_elements=["id"], set_=changed)
            yield Attempt(f"an upsert of {name}", on, _APPEND_ONLY)

    def _organisation(self, kind: str) -> int:
        slug = f"self-test-{secrets.token_hex(8)}"
        return self._add("organisations", kind=kind, slug=slug, name="self-test", zone="UTC", created_at=_NOW)

    def _decision(self, position: int, *, kind: str, **values: object) -> int:
        return self._add("decisions", **self._decided(position, kind=kind, **values))

    def _decided(self, position: int, *, kind: str, **values: object) -> dict[str, Any]:
        return {
            "buyer_id": self._buyer,
            "position": position,
            "request_id": self._request,
            "kind": kind,
            "times": 0,
            "valid_until": _NOW + timedelta(days=1),
            "by": self._person,
            "door": "page",
            "made_at": _NOW,
            "effective_at": _NOW,
            "previous": GENESIS,
            "hash": secrets.token_hex(32),
            **values,
        }

    def _agree(self, use_no: int) -> tuple[int, int]:
        """A slot of half an hour that was agreed, and the meeting at it."""
        slot = self._add(
            "slots",
            buyer_id=self._buyer,
            code=secrets.token_hex(8),
            request_id=self._request,
            side="buyer",
            by=self._person,
            start_at=_NOW,
            end_at=_NOW + timedelta(minutes=30),
            wall="2000-01-03T09:00:00",
            zone="UTC",
        )
        consent = {"buyer_id": self._buyer, "consent_id": self._yes, "terms_hash": self._terms, "times": 2}
        agreed = self._add(
            "agreed_slots", slot_id=slot, agreed_by=self._person, consent_kind="accept", made_at=_NOW, **consent
        )
        meeting = self._add(
            "meetings",
            uid=secrets.token_hex(16),
            request_id=self._request,
            company_id=self._vendor,
            consent_kind="accept",
            use_no=use_no,
            agreed_slot_id=agreed,
            kind="topic",
            topic="self-test",
            state="confirmed",
            start_at=_NOW,
            end_at=_NOW + timedelta(minutes=30),
            zone="UTC",
            created_at=_NOW,
            changed_at=_NOW,
            **consent,
        )
        return agreed, meeting

    def _taken(self) -> dict[str, Any]:
        return {"person_id": self._person, "start_at": _NOW, "end_at": _NOW + timedelta(minutes=30)}

    def _invited(self, consent: int) -> dict[str, Any]:
        return {
            "buyer_id": self._buyer,
            "meeting_id": self._meeting,
            "attendee_id": self._attendee,
            "consent_id": consent,
            "terms_hash": self._terms,
            "agreed_slot_id": self._agreed,
            "sequence": 0,
            "made_at": _NOW,
        }

    def _add(self, table: str, **values: object) -> int:
        key = self._connection.execute(_table(table).insert().values(**values)).inserted_primary_key
        assert key is not None  # noqa: S101 - every table here has a key of its own
        return int(key[0])


def _table(name: str) -> Table:
    return Base.metadata.tables[name]
