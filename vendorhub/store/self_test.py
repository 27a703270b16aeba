"""Answers whether the database itself still refuses to break the laws: it tries, in a transaction it rolls back."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Delete, Engine, Insert, Update, delete, insert, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError

from vendorhub.store.engine import WRITES, turn
from vendorhub.store.self_test_world import NOW, World, table_of

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
            world = _Tries(connection)
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


class _Tries(World):
    """The world, and everything that is tried in it."""

    def attempts(self) -> Iterator[Attempt]:
        """Everything that is tried, one law after the other."""
        yield from self._rewrites("decisions", self.no, kind="accept", terms_hash=self.terms, times=1)
        yield from self._rewrites("blocks", self.block, person_id=self.person)
        yield from self._rewrites("liftings", self.lifting, by=self.person)
        stranger = self.add(
            "people",
            email=f"{secrets.token_hex(8)}@self-test.invalid",
            name="self-test",
            fs_uniquifier=secrets.token_hex(16),
            created_at=NOW,
        )
        yield Attempt(
            "a decision by somebody who is not of the buyer",
            table_of("decisions").insert().values(self.decided(9, kind="no", by=stranger)),
            ("only the buyer decides",),
        )
        yield Attempt(
            "an invitation on a yes that was taken back",
            table_of("invitations").insert().values(self.invited(self.yes)),
            ("no invitation without a live consent",),
        )
        yield Attempt(
            "an invitation on a no",
            table_of("invitations").insert().values(self.invited(self.no)),
            ("no invitation without a live consent",),
        )
        yield from self._of_a_briefing(stranger)
        yield Attempt(
            "a person in two meetings at once",
            table_of("attendance").insert().values(meeting_id=self.other_meeting, live=True, **self.taken()),
            ("attendance overlaps", "attendance_no_overlap"),
        )

    def _of_a_briefing(self, stranger: int) -> Iterator[Attempt]:
        """A briefing with a live yes and a time; its one vendor has joined another line-up than the one that is."""
        request, yes, meeting, agreed = self.briefing()
        of_it = {"buyer_id": self.buyer, "request_id": request, "company_id": self.vendor}
        self.add("memberships", person_id=self.person, organisation_id=self.vendor, role="member")
        joined = {**of_it, "line_up": "1" * 64, "by": self.person, "door": "page", "made_at": NOW}
        join = self.add("joins", **joined)
        self.add("participations", **of_it, position=1, state="joined", join_id=join, note="")
        attendee = self.attends(meeting)
        yield from self._rewrites("joins", join, line_up="2" * 64)
        yield Attempt(
            "a join by somebody who is not of the vendor",
            table_of("joins").insert().values(**joined | {"by": stranger}),
            ("only the vendor joins",),
        )
        yield Attempt(
            "an invitation to a briefing that a named vendor has not joined",
            table_of("invitations")
            .insert()
            .values(**self.invited(yes) | {"meeting_id": meeting, "attendee_id": attendee, "agreed_slot_id": agreed}),
            ("no invitation before every named vendor has joined",),
        )

    def _rewrites(self, name: str, row_id: int, **changed: object) -> Iterator[Attempt]:
        """Every way to change or remove a row of an append-only table."""
        table = table_of(name)
        row = dict(self.connection.execute(table.select().where(table.c.id == row_id)).mappings().one())
        wanted = {**row, **changed}
        here = table.c.id == row_id
        yield Attempt(f"an UPDATE of {name}", update(table).where(here).values(changed), _APPEND_ONLY)
        yield Attempt(f"a DELETE of {name}", delete(table).where(here), _APPEND_ONLY)
        if self.connection.dialect.name == "sqlite":
            upsert = sqlite_insert(table).values(wanted).on_conflict_do_update(index_elements=["id"], set_=changed)
            yield Attempt(f"an upsert of {name}", upsert, _APPEND_ONLY)
            replace = insert(table).prefix_with("OR REPLACE").values(wanted)
            yield Attempt(f"an INSERT OR REPLACE of {name}", replace, _APPEND_ONLY)
        else:
            on = postgresql_insert(table).values(wanted).on_conflict_do_update(index_elements=["id"], set_=changed)
            yield Attempt(f"an upsert of {name}", on, _APPEND_ONLY)
