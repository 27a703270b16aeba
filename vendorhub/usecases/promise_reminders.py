"""What time causes about promises: the owner is reminded once before the day and once after it, of what is not done."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from vendorhub import clock
from vendorhub.domain import promises as rules
from vendorhub.domain.minutes import ActionState
from vendorhub.domain.promises import Reminder
from vendorhub.domain.refusals import Unfit
from vendorhub.outbox import promises as letters
from vendorhub.store import Action, Organisation, Person, db
from vendorhub.store.blocks import shut_out
from vendorhub.store.write import Work, write

_AHEAD, _BEHIND = timedelta(days=7), timedelta(days=14)  # wider than any reminder lies from its day


def remind_due(*, at_most: int = 200) -> int:
    """Reminds, one promise after the other, the owners of those that are open and near their day; how many it were."""
    now = clock.now()
    near = db.session.execute(
        select(Action.id, Action.buyer_id, Action.due, Action.made_at, Action.reminded_at, Organisation.zone)
        .join(Organisation, Organisation.id == Action.buyer_id)
        .where(
            Action.state == ActionState.OPEN,
            Action.told_by.is_(None),
            Action.due.between(now.date() - _BEHIND, now.date() + _AHEAD),
        )
        .order_by(Action.due, Action.id)
    ).all()
    due = [row for row in near if _which(row, row.zone, now) is not None]
    return sum(_remind(row.id, row.buyer_id) for row in due[:at_most])


def _remind(number: int, buyer_id: int) -> int:
    with write(None) as work:
        buyer = work.lock_buyer(buyer_id)
        row = work.session.get(Action, number, populate_existing=True)
        if row is None or row.state != ActionState.OPEN:
            return 0
        which = _which(row, buyer.zone, work.now)
        if which is None:
            return 0
        row.reminded_at = work.now
        if _is_shut_out(work, row):
            return 0
        try:
            letters.remind(work, row, which)
        except Unfit:  # words that no letter may carry; the page has them all the same
            return 0
        return 1


def _which(row: Any, zone: str, now: datetime) -> Reminder | None:
    """Which reminder is due that has not been written yet."""
    found = rules.reminder(due=row.due, made_at=row.made_at, now=now, zone=zone)
    return found[0] if found and (row.reminded_at is None or row.reminded_at < found[1]) else None


def _is_shut_out(work: Work, row: Action) -> bool:
    owner = work.session.scalar(select(Person.id).where(Person.email == row.owner_email))
    return bool(work.session.scalar(select(shut_out(row.buyer_id, row.company_id, owner, now=work.now))))
