"""Answers which letters a worker takes next, and keeps what became of them (law 9).

A claim is committed before anything is sent. A worker that dies leaves a lease that runs out by the database's
clock; the next one sends the same bytes. What comes back late from the first is fenced off by the lease's token.
"""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Row, select, update

from vendorhub import clock
from vendorhub.domain.letters import ATTEMPTS_AT_MOST, LetterState, gives_up, wait_after
from vendorhub.itip.imip import sender
from vendorhub.keys import Broken
from vendorhub.outbox import gate
from vendorhub.outbox.database_clock import database_now
from vendorhub.outbox.due import consent_stands, due, in_turn, may_stand_again
from vendorhub.outbox.office import office
from vendorhub.store import Letter, Organisation, db
from vendorhub.store.write import Work, write

BATCH: Final = 50
LONGEST_TROUBLE: Final = 500

# So many more are looked at than taken: what other workers hold is passed over.
_LOOKED_AT: Final = 4
_NOBODYS: Final = {"lease": "", "lease_until": None}


@dataclass(frozen=True)
class Claimed:
    """A letter that one worker has under a lease, with the bytes to send; `attempts` counts this one."""

    id: int
    lease: str
    attempts: int
    recipient: str
    sender: str
    message: bytes


@dataclass(frozen=True)
class Outcome:
    """What became of a claimed letter: taken, refused because of `trouble`, or given back `untried`."""

    letter: Claimed
    trouble: str = ""
    permanent: bool = False
    untried: bool = False


def claim(*, worker: str, lease_seconds: float, at_most: int = BATCH) -> list[Claimed]:
    """Takes up to `at_most` due letters under a lease and commits; `worker` is a name for operators.

    Of the letters about one UID to one reader only the earliest is taken. Invitations whose consent no longer
    stands are stopped and erased (law 5). Letters that are not what was written fail, and the others go on: also
    those that waited behind them. None is the answer only when none can be taken now.
    """
    while looked_at := _look(at_most * _LOOKED_AT):
        lease = f"{worker[:31]}:{secrets.token_hex(16)}"
        with write(None) as work:
            settled, taken = _lease(work, looked_at, lease=lease, lease_seconds=lease_seconds, at_most=at_most)
        opened = [_open(row, lease) for row in taken]
        settle(outcome for outcome in opened if isinstance(outcome, Outcome))
        claimed = [letter for letter in opened if isinstance(letter, Claimed)]
        if claimed or not settled:
            return claimed
    return []


def settle(outcomes: Iterable[Outcome]) -> int:
    """Keeps what became of claimed letters, in one transaction; how many were still this lease's to tell of.

    A refused letter rests and is tried again (domain.letters.wait_after), or has failed for good.
    """
    told = list(outcomes)
    if not told:
        return 0
    with write(None) as work:
        sent = [outcome.letter for outcome in told if not (outcome.trouble or outcome.untried)]
        kept = 0
        for lease in {letter.lease for letter in sent}:
            ids = [letter.id for letter in sent if letter.lease == lease]
            kept += _set(work, lease, ids, state=LetterState.SENT.value, sent_at=work.now, trouble="")
        for outcome in told:
            if outcome.trouble or outcome.untried:
                kept += _set(work, outcome.letter.lease, [outcome.letter.id], **_after(work, outcome))
    return kept


def let_go() -> None:
    """Gives the database's connection back, for a worker that rests between two rounds."""
    db.session.remove()


def _look(at_most: int) -> list[tuple[int, int | None]]:
    """What may be claimed: ids, and for invitations the buyer. A read, so that an idle worker takes nobody's turn."""
    session = db.session()
    rows = session.execute(
        select(Letter.id, Letter.buyer_id, Letter.method)
        .where(
            due(now=clock.now(), database_now=database_now(session)),
            in_turn(),
            ~may_stand_again(clock.now()),
        )
        .order_by(Letter.due_at, Letter.id)
        .limit(at_most)
    ).all()
    session.rollback()
    return [(row.id, row.buyer_id if row.method == "REQUEST" else None) for row in rows]


def _lease(
    work: Work,
    looked_at: Collection[tuple[int, int | None]],
    *,
    lease: str,
    lease_seconds: float,
    at_most: int,
) -> tuple[bool, list[Row[Any]]]:
    """Whether any letter's state was settled here, and those that were taken."""
    # Always in the same order, so that two workers never wait for each other; blocks take turns with this (law 5).
    buyers = {buyer_id for _, buyer_id in looked_at if buyer_id is not None}
    work.session.execute(
        select(Organisation.id).where(Organisation.id.in_(buyers)).order_by(Organisation.id).with_for_update()
    ).all()
    told_now = database_now(work.session)
    rows: list[Row[Any]] = list(
        work.session.execute(
            select(
                Letter.id,
                Letter.attempts,
                Letter.recipient,
                Letter.sender,
                Letter.message_id,
                Letter.uid,
                Letter.method,
                Letter.sequence,
                Letter.sealed,
                Letter.digest,
                consent_stands().label("stands"),
            )
            .where(
                Letter.id.in_([letter_id for letter_id, _ in looked_at]),
                due(now=work.now, database_now=told_now),
                in_turn(),
                ~may_stand_again(work.now),
            )
            .order_by(Letter.due_at, Letter.id)
            .limit(at_most)
            .with_for_update(of=Letter, skip_locked=True)
        )
    )
    _end(work, [row.id for row in rows if not row.stands], LetterState.STOPPED, sealed=None)
    # One that so many workers did not survive is set aside before it takes the next.
    worn = [row.id for row in rows if row.stands and row.attempts >= ATTEMPTS_AT_MOST]
    _end(work, worn, LetterState.FAILED, trouble="no worker came back from trying it")
    taken = [row for row in rows if row.stands and row.id not in worn]
    until = told_now + timedelta(seconds=lease_seconds)
    work.session.execute(
        update(Letter)
        .where(Letter.id.in_([row.id for row in taken]))
        .values(state=LetterState.LEASED.value, lease=lease, lease_until=until, attempts=Letter.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(rows), taken


def _end(work: Work, ids: list[int], state: LetterState, **values: object) -> None:
    if ids:
        work.session.execute(
            update(Letter)
            .where(Letter.id.in_(ids))
            .values(state=state.value, **_NOBODYS, **values)
            .execution_options(synchronize_session=False)
        )


def _open(row: Row[Any], lease: str) -> Claimed | Outcome:
    """The letter with its bytes, or why it can't leave: the last look, on what is really sent (law 1)."""
    letter = Claimed(row.id, lease, row.attempts + 1, row.recipient, row.sender, b"")
    try:
        message = office().keys.open(row.sealed or b"", row.message_id.encode())
        if sha256(message).hexdigest() != row.digest:
            raise gate.Poison("its bytes are not those that were written")
        gate.check(message, recipient=row.recipient, uid=row.uid, method=row.method, sequence=row.sequence)
    except (Broken, gate.Poison) as poison:
        return Outcome(letter, trouble=str(poison), permanent=True)
    return replace(letter, sender=row.sender or sender(message), message=message)


def _after(work: Work, outcome: Outcome) -> dict[str, Any]:
    """What a letter that was not taken becomes."""
    attempts = outcome.letter.attempts
    if outcome.untried:
        return {"state": LetterState.WAITING.value, "attempts": attempts - 1}
    trouble = outcome.trouble[:LONGEST_TROUBLE]
    if gives_up(attempts, permanent=outcome.permanent):
        return {"state": LetterState.FAILED.value, "trouble": trouble}
    due_at = work.now + wait_after(attempts)
    return {"state": LetterState.WAITING.value, "due_at": due_at, "trouble": trouble}


def _set(work: Work, lease: str, ids: list[int], **values: Any) -> int:
    """The fence: only letters that this lease still holds."""
    done = work.session.execute(
        update(Letter)
        .where(Letter.id.in_(ids), Letter.state == LetterState.LEASED.value, Letter.lease == lease)
        .values(**values, **_NOBODYS)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
