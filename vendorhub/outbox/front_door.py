"""Answers how somebody who asked elsewhere is shown the front door: one kind letter, and at most one a month."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from vendorhub.domain.heard import Channel
from vendorhub.domain.letters import LetterKind, LetterState
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import Signature
from vendorhub.store import Letter, Organisation
from vendorhub.store.write import Work

ONE_IN: Final = timedelta(days=30)


def show_front_door(
    work: Work,
    buyer: Organisation,
    *,
    email: str,
    name: str,
    topic: str,
    channel: str,
    signed: Signature,
    note: str = "",
    due_at: datetime | None = None,
    decision_id: int | None = None,
) -> bool:
    """Tells the sender of an ask that came elsewhere how to ask; whether it is written: not to an address that had
    this letter of this buyer within a month.

    `due_at` and `decision_id` are those of a held answer, with which it is taken back. Who may be written to at all is
    the caller's to know.
    """
    if _had_one(work, buyer.id, email):
        return False
    post(
        work,
        LetterKind.FRONT_DOOR,
        Recipient(None, email, name, buyer.zone),
        signed=signed,
        context={
            "buyer": buyer,
            "topic": topic,
            "note": note,
            "invited": channel == Channel.INVITATION,
            "link": office().links.front_door(buyer.slug),
        },
        buyer_id=buyer.id,
        due_at=due_at,
        decision_id=decision_id,
    )
    return True


def _had_one(work: Work, buyer_id: int, email: str) -> bool:
    return bool(
        work.session.scalar(
            select(Letter.id)
            .where(
                Letter.buyer_id == buyer_id,
                Letter.recipient == email,
                Letter.kind == LetterKind.FRONT_DOOR.value,
                Letter.state != LetterState.STOPPED.value,
                Letter.created_at > work.now - ONE_IN,
            )
            .limit(1)
        )
    )
