"""Whether a company, or one person of it, is shut out of a buyer at an instant (law 5)."""

from datetime import datetime

from sqlalchemy import ColumnElement, Exists, exists, or_

from vendorhub.store.decisions import Block, Lifting

Id = int | ColumnElement[int]


def shut_out(buyer_id: Id, company_id: Id, person_id: Id | None, *, now: datetime | ColumnElement[datetime]) -> Exists:
    """A block that is effective by `now` and not lifted; as a condition, for queries. A held one isn't yet (Held)."""
    lifted = exists().where(Lifting.buyer_id == Block.buyer_id, Lifting.block_id == Block.id)
    return exists().where(
        Block.buyer_id == buyer_id,
        Block.company_id == company_id,
        or_(Block.person_id.is_(None), Block.person_id == person_id),
        Block.effective_at <= now,
        ~lifted,
    )
