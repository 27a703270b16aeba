"""How the outbox stands: how many letters are in which state, and how long the oldest has been due."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from vendorhub.domain.letters import LetterState
from vendorhub.store import Letter, db


def by_state() -> dict[str, int]:
    """How many letters are in each state, those of no letter included."""
    rows = db.session.execute(select(Letter.state, func.count()).group_by(Letter.state))
    return {**dict.fromkeys(map(str, LetterState), 0), **{row[0]: row[1] for row in rows}}


def overdue(now: datetime) -> timedelta:
    """For how long the oldest letter that waits has been due; nothing, where none is."""
    oldest = db.session.scalar(
        select(func.min(Letter.due_at)).where(Letter.state == LetterState.WAITING.value, Letter.due_at <= now)
    )
    return now - oldest if oldest else timedelta()
