"""The one way to write: a deed is one transaction in which state, history and letters commit together."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vendorhub import clock
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, SomebodyWasFaster, Unfit
from vendorhub.store.base import db
from vendorhub.store.engine import WRITES, turn
from vendorhub.store.people import Organisation
from vendorhub.store.tokens import DecisionLink, IdempotencyKey


class AlreadyDone(Exception):
    """The same Idempotency-Key with the same body came before: nothing is done again. `result` is what came of it."""

    def __init__(self, result: str) -> None:
        super().__init__(result)
        self.result = result


@dataclass
class Work:
    """A deed under way: the session, the instant it counts from, and who does it (None: the clock)."""

    session: Session
    now: datetime
    actor: Actor | None
    result: str = ""

    def lock_buyer(self, buyer_id: int) -> Organisation:
        """The buyer's row, held until the end: decide, block and claim take turns on it (law 5)."""
        buyer = self.session.scalar(
            select(Organisation)
            .where(Organisation.id == buyer_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if buyer is None:
            raise NotThere
        return buyer

    def match(self, version: Callable[[], str]) -> None:
        """Raises SomebodyWasFaster if the sender's If-Match is not this version of what they see."""
        if self.actor and not self.actor.door.has_seen(version):
            raise SomebodyWasFaster("This has changed since you opened it; please look again, then decide.")

    def use_link(self, *, buyer_id: int, request_id: int, person_id: int) -> None:
        """Uses up the mailed link by which the actor came, if they came by one. Raises if it was used before."""
        if not self.actor or not self.actor.door.link:
            return
        used = self.session.execute(
            update(DecisionLink)
            .where(
                DecisionLink.hash == self.actor.door.link,
                DecisionLink.buyer_id == buyer_id,
                DecisionLink.request_id == request_id,
                DecisionLink.person_id == person_id,
                DecisionLink.used_at.is_(None),
            )
            .values(used_at=self.now)
        )
        if used.rowcount != 1:  # type: ignore[attr-defined]
            raise SomebodyWasFaster("This link has already been used to answer.")


@contextmanager
def write(actor: Actor | None) -> Iterator[Work]:
    """A transaction for one deed of `actor` (None: what time alone causes).

    Ends any open read, takes the writer's turn, begins IMMEDIATE, claims the idempotency key, and commits at the
    end; whatever is raised inside rolls everything back. Raises AlreadyDone for a key that has been used.
    """
    session = db.session()
    session.rollback()  # loading the signed-in person has begun a read
    with turn(db.engine):
        session.connection(execution_options={WRITES: True})
        work = Work(session=session, now=clock.now(), actor=actor)
        try:
            key = _claim_key(work)
            yield work
            if key is not None:
                key.result = work.result
            session.commit()
        except BaseException:
            session.rollback()
            raise


def new_salt() -> str:
    """A random salt, 32 hex digits: what makes a digest in the ledger tell nothing without its row."""
    return secrets.token_hex(16)


def _claim_key(work: Work) -> IdempotencyKey | None:
    if work.actor is None or not work.actor.door.key:
        return None
    door, person = work.actor.door, work.actor.person
    if known := work.session.get(IdempotencyKey, (person, door.key)):
        _replay(known, door.fingerprint)
    row = IdempotencyKey(person_id=person, key=door.key, fingerprint=door.fingerprint, result="", created_at=work.now)
    try:
        with work.session.begin_nested():
            work.session.add(row)
    except IntegrityError:  # somebody with the same key committed while we waited
        if known := work.session.get(IdempotencyKey, (person, door.key)):
            _replay(known, door.fingerprint)
        raise
    return row


def _replay(known: IdempotencyKey, fingerprint: str) -> None:
    if known.fingerprint != fingerprint:
        raise Unfit("Idempotency-Key", "This key was used for something else; please take a new one.")
    raise AlreadyDone(known.result)
