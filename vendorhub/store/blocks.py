"""Whether a company, or one person of it, is shut out of a buyer at an instant (law 5)."""

from datetime import datetime

from sqlalchemy import ColumnElement, Exists, SQLColumnExpression, exists, or_

from vendorhub.store.decisions import Block, Lifting
from vendorhub.store.meeting_requests import MeetingRequest

Id = int | SQLColumnExpression[int] | SQLColumnExpression[int | None] | None


def shut_out(buyer_id: Id, company_id: Id, person_id: Id, *, now: datetime | ColumnElement[datetime]) -> Exists:
    """A block that is effective by `now` and not lifted; as a condition, for queries. A held one isn't yet (Held)."""
    lifted = exists().where(Lifting.buyer_id == Block.buyer_id, Lifting.block_id == Block.id)
    return exists().where(
        Block.buyer_id == buyer_id,
        Block.company_id == company_id,
        or_(Block.person_id.is_(None), Block.person_id == person_id),
        Block.effective_at <= now,
        ~lifted,
    )


def asker_shut_out(
    ask: MeetingRequest | type[MeetingRequest], *, now: datetime | ColumnElement[datetime]
) -> ColumnElement[bool]:
    """The same of whoever asks: a company or its person; where a VAR asks in a vendor's name, either of the two."""
    return or_(
        shut_out(ask.buyer_id, ask.company_id, ask.asked_by, now=now),
        shut_out(ask.buyer_id, ask.vendor_id, ask.confirmed_by, now=now),
    )


def concerned(ask: type[MeetingRequest], company_id: Id, person_id: Id) -> ColumnElement[bool]:
    """Which asks a block ends: those of the company, or of this person of it; those in its name, or that they gave."""
    theirs = or_(ask.company_id == company_id, ask.vendor_id == company_id)
    if person_id is None:
        return theirs
    own = or_(ask.asked_by == person_id, ask.confirmed_by == person_id)
    return theirs & own if isinstance(person_id, int) else theirs & or_(person_id.is_(None), own)
