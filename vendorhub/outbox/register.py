"""Answers, for operators, which letters there are and how they stand; addresses and states, never contents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import aliased

from vendorhub.domain.letters import KEPT_AFTER_SENDING, LetterState
from vendorhub.domain.refusals import NotThere, WrongState
from vendorhub.store import Letter, db
from vendorhub.store.write import write

_COLUMNS: Final = (
    Letter.id,
    Letter.kind,
    Letter.recipient,
    Letter.state,
    Letter.method,
    Letter.sequence,
    Letter.attempts,
    Letter.trouble,
    Letter.created_at,
    Letter.due_at,
    Letter.sent_at,
)


@dataclass(frozen=True)
class LetterLine:
    """A letter as operators see it."""

    id: int
    kind: str
    recipient: str
    state: str
    method: str
    sequence: int
    attempts: int
    trouble: str
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None


def listing(*, limit: int = 50, cursor: int | None = None, state: str = "") -> Sequence[LetterLine]:
    """The newest letters first, older than the one with the id `cursor`; of one state only, if given."""
    chosen = select(*_COLUMNS).order_by(Letter.id.desc()).limit(limit)
    if cursor is not None:
        chosen = chosen.where(Letter.id < cursor)
    if state:
        chosen = chosen.where(Letter.state == state)
    return _lines(chosen)


def show(letter_id: int) -> LetterLine:
    """One letter. Raises NotThere."""
    found = _lines(select(*_COLUMNS).where(Letter.id == letter_id))
    if not found:
        raise NotThere
    return found[0]


def counts() -> dict[LetterState, int]:
    """How many letters are in each state; every state is named."""
    rows = db.session.execute(select(Letter.state, func.count()).group_by(Letter.state))
    return dict.fromkeys(LetterState, 0) | {LetterState(state): number for state, number in rows}


def oldest_due() -> datetime | None:
    """Since when the longest waiting letter has been due; None if none waits. Ahead if none is due yet."""
    return db.session.scalar(select(func.min(Letter.due_at)).where(Letter.state == LetterState.WAITING.value))


def retry(letter_id: int) -> None:
    """Lets a failed letter be tried again, with the same bytes.

    Raises NotThere; WrongState if it has not failed, its bytes are erased, or a newer letter has taken its place.
    """
    newer = aliased(Letter)
    with write(None) as work:
        letter = work.session.execute(
            select(
                Letter.state,
                Letter.sealed.is_not(None).label("whole"),
                select(newer.id)
                .where(newer.uid == Letter.uid, newer.recipient == Letter.recipient, newer.id > Letter.id)
                .where(Letter.uid != "")
                .exists()
                .label("outdated"),
            )
            .where(Letter.id == letter_id)
            .with_for_update()
        ).one_or_none()
        if letter is None:
            raise NotThere
        if letter.state != LetterState.FAILED or not letter.whole:
            raise WrongState("Only a letter that failed can be sent again.", state=letter.state)
        if letter.outdated:
            raise WrongState("A newer letter about the same meeting has taken its place.", state=letter.state)
        # One try stays counted: whoever calls the meeting off must know that it may have left.
        work.session.execute(
            update(Letter)
            .where(Letter.id == letter_id)
            .values(state=LetterState.WAITING.value, attempts=1, due_at=work.now)
        )


def release() -> int:
    """Lets letters that a restored backup keeps stopped go out; how many there are (CONTRACT.md, Commands).

    What an undo, a block or a newer letter has stopped is erased, so it stays.
    """
    with write(None) as work:
        freed = work.session.execute(
            update(Letter)
            .where(Letter.state == LetterState.STOPPED.value, Letter.sealed.is_not(None))
            .values(state=LetterState.WAITING.value)
        )
        return int(freed.rowcount)  # type: ignore[attr-defined]


def bring_forward() -> int:
    """Makes letters due that were written with the clock set ahead, and so for a day to come; how many."""
    with write(None) as work:
        brought = work.session.execute(
            update(Letter)
            .where(Letter.state == LetterState.WAITING.value, Letter.created_at > work.now, Letter.due_at > work.now)
            .values(due_at=work.now)
        )
        return int(brought.rowcount)  # type: ignore[attr-defined]


def erase_old() -> int:
    """Erases the bytes of letters sent 30 days ago; digest, Message-ID and SEQUENCE stay (law 9). How many."""
    with write(None) as work:
        erased = work.session.execute(
            update(Letter)
            .where(
                Letter.state == LetterState.SENT.value,
                Letter.sent_at < work.now - KEPT_AFTER_SENDING,
                Letter.sealed.is_not(None),
            )
            .values(sealed=None)
        )
        return int(erased.rowcount)  # type: ignore[attr-defined]


def _lines(chosen: Select[*tuple[object, ...]]) -> list[LetterLine]:
    return [LetterLine(*row) for row in db.session.execute(chosen)]  # type: ignore[arg-type]
