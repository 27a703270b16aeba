"""What time alone causes, gathered for the clock's doors (the worker and `vendorhub sweep`): a list, no deed."""

from collections.abc import Callable, Iterable
from datetime import datetime

from vendorhub import clock
from vendorhub.outbox import register
from vendorhub.usecases import (
    blocks,
    briefs,
    digests,
    drafts,
    item_reminders,
    mails,
    meeting_requests,
    newcomers,
    overlaps,
    papers,
    polls,
    promise_reminders,
    unpublished,
    weeks_ahead,
)

CHORES = (
    meeting_requests.lapse_due,
    papers.miss_due,
    blocks.take_effect_due,
    digests.send_due,
    weeks_ahead.write_due,
    item_reminders.remind_due,
    overlaps.liken_due,
    drafts.forget_old,
    newcomers.forget_old,
    mails.forget_old,
    polls.remind_due,
    promise_reminders.remind_due,
    unpublished.ask_due,
    briefs.send_due,
)


def sweep(chores: Iterable[Callable[[], int]] = CHORES) -> int:
    """Does all that is due by now, each in a transaction of its own, and answers how much that was."""
    return sum(chore() for chore in chores)


def sweep_as_of(instant: datetime) -> int:
    """The same as if it were `instant`; the letters that come of it are due at once (CONTRACT.md, Commands)."""
    with clock.at(instant):
        done = sweep()
    register.bring_forward()
    return done
