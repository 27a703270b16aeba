"""Signing in by a mailed link or code: the same answer for known and unknown addresses, each secret good once."""

import secrets
from datetime import timedelta

from sqlalchemy import select, update

from vendorhub import clock, keys
from vendorhub.domain import texts
from vendorhub.domain.refusals import WrongState
from vendorhub.outbox import accounts
from vendorhub.outbox.office import office
from vendorhub.store import Membership, Person, SignInAsk, db
from vendorhub.store.write import Work, write

GOOD_FOR = timedelta(minutes=15)
_OVER = "This link or code is not good any more; please ask for a new one."


def ask(email: str) -> str:
    """Notes that somebody wants to sign in, and answers the secret that their browser keeps for typing the code.

    Known and unknown addresses leave the same row; the worker writes the letter (T06). Raises Unfit for what
    isn't an address.
    """
    address = texts.email(email)
    secret = keys.new_secret()
    with write(None) as work:
        work.session.add(
            SignInAsk(
                ask_hash=keys.hash_secret(secret),
                email=address,
                created_at=work.now,
                expires_at=work.now + GOOD_FOR,
            )
        )
    return secret


def answer_asks(*, at_most: int = 50) -> int:
    """Writes the letters that sign-in asks wait for, to those who have a place here; answers how many were asked."""
    waiting = select(SignInAsk.id).where(SignInAsk.answered_at.is_(None)).order_by(SignInAsk.created_at).limit(at_most)
    if not db.session.scalars(waiting).all():
        return 0
    with write(None) as work:
        asks = work.session.scalars(
            select(SignInAsk).where(SignInAsk.id.in_(waiting)).with_for_update(skip_locked=True)
        ).all()
        for row in asks:
            row.answered_at = work.now
            person = _who_may_sign_in(work, row.email)
            if person is not None and row.expires_at > work.now:
                _write_letter(work, row, person)
        return len(asks)


def by_link(secret: str) -> int:
    """Uses up a mailed link and answers the person's id. Raises WrongState if it is unknown, used or too old."""
    with write(None) as work:
        row = work.session.scalar(
            select(SignInAsk).where(SignInAsk.link_hash == keys.hash_secret(secret)).with_for_update()
        )
        return _use(work, row)


def by_code(ask_secret: str, code: str) -> int:
    """Uses up the code that was mailed for the ask this browser made. Raises WrongState; five tries an ask."""
    with write(None) as work:
        row = work.session.scalar(
            select(SignInAsk).where(SignInAsk.ask_hash == keys.hash_secret(ask_secret)).with_for_update()
        )
        right = row is not None and row.code_hash is not None and keys.same(row.code_hash, _code_hash(row, code))
        if row is not None and row.tries_left > 0 and right:
            return _use(work, row)
        if row is not None:
            row.tries_left = max(0, row.tries_left - 1)
    raise WrongState("This is not the code in the letter, or it is too old; look again or ask for a new one.")


def new_link(email: str, *, good_for: timedelta) -> str:
    """A sign-in link's secret for a person, without a letter: what an operator or the demo hands over."""
    with write(None) as work:
        person = _who_may_sign_in(work, texts.email(email))
        if person is None:
            raise WrongState("Nobody with this address can sign in here.")
        secret = keys.new_secret()
        work.session.add(
            SignInAsk(
                ask_hash=keys.hash_secret(keys.new_secret()),
                email=person.email,
                person_id=person.id,
                link_hash=keys.hash_secret(secret),
                created_at=work.now,
                answered_at=work.now,
                expires_at=work.now + good_for,
            )
        )
        return secret


def _write_letter(work: Work, row: SignInAsk, person: Person) -> None:
    secret, code = keys.new_secret(), f"{secrets.randbelow(1_000_000):06}"
    row.person_id = person.id
    row.link_hash = keys.hash_secret(secret)
    row.code_hash = _code_hash(row, code)
    minutes = int(GOOD_FOR.total_seconds() // 60)
    accounts.sign_in(work, person, office().links.sign_in(secret), code, minutes)


def _who_may_sign_in(work: Work, email: str) -> Person | None:
    return work.session.scalar(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.email == email, Person.active)
        .limit(1)
    )


def _use(work: Work, row: SignInAsk | None) -> int:
    if row is None or row.person_id is None:
        raise WrongState(_OVER)
    used = work.session.execute(
        update(SignInAsk)
        .where(SignInAsk.id == row.id, SignInAsk.used_at.is_(None), SignInAsk.expires_at > clock.now())
        .values(used_at=work.now)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise WrongState(_OVER)
    return row.person_id


def _code_hash(row: SignInAsk, code: str) -> str:
    # bound to the ask, so that six digits alone are nowhere in the store
    return keys.hash_secret(f"{row.ask_hash}:{code.strip()}")
