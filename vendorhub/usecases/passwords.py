"""Choosing a password: what Flask-Security's own views need of the house, their letters included.

Its views commit by themselves (the one exception in a door), so the transaction in which they do is opened and
closed here, and what they mail is queued within it.
"""

from typing import Any, Final

from flask_security.datastore import SQLAlchemyUserDatastore
from sqlalchemy import bindparam, select

from vendorhub import clock
from vendorhub.domain import texts
from vendorhub.outbox.accounts import password
from vendorhub.store import Membership, Person, db
from vendorhub.store.engine import WRITES
from vendorhub.store.write import Work

_BY_SESSION: Final = select(Person).where(Person.fs_uniquifier == bindparam("fs_uniquifier"))


class _Accounts(SQLAlchemyUserDatastore):
    """People as Flask-Security finds them."""

    def find_user(self, case_insensitive: bool = False, **sought: Any) -> Any:
        """Whose session it is, which every request asks, by a statement that is put together once; else as theirs."""
        if sought.keys() == {"fs_uniquifier"}:
            return db.session.scalar(_BY_SESSION, sought)
        return super().find_user(case_insensitive, **sought)


def accounts() -> SQLAlchemyUserDatastore:
    """Where Flask-Security finds people and their roles."""
    return _Accounts(db, Person, Membership)


def begin() -> None:
    """Opens the writing transaction (SQLite: BEGIN IMMEDIATE) in which one of its views works."""
    db.session.rollback()  # loading the signed-in person has begun a read
    db.session.connection(execution_options={WRITES: True})


def letter(*, to: str, subject: str, text: str, html: str) -> None:
    """Queues a letter in that transaction."""
    password(Work(db.session(), clock.now(), None), to, subject, text, html)


def settle() -> None:
    """Ends that transaction: what the view has done and the letters about it together."""
    db.session.commit()


def address(typed: str) -> str:
    """The address that was meant. Raises TextRefused (a ValueError)."""
    return texts.email(typed)


def account(person: int) -> Person:
    """The account of somebody who has proved who they are, for Flask-Login. Raises NoResultFound for nobody."""
    return db.session.get_one(Person, person)
