"""Which companies a buyer has shut out, and which of them may ask again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.domain.rights import Relation, require
from vendorhub.store import Block, Lifting, Organisation, Person, db

_BY, _SHUT_OUT = aliased(Person, name="by_person"), aliased(Person, name="shut_out")


@dataclass(frozen=True)
class BlockView:
    """A company that was asked not to ask again, or `person` of it alone; `lifted_at` once it may."""

    code: str
    company: str
    company_slug: str
    person: str | None
    by: str
    made_at: datetime
    effective_at: datetime
    lifted_at: datetime | None

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        return hashlib.sha256(repr(list(vars(self).values())).encode()).hexdigest()[:32]


def see(actor: Actor, code: str) -> BlockView:
    """One block of the actor's own company. Raises NotThere, NotAllowed for people who may not see blocks."""
    require(actor, Deed.SEE_BLOCKS, frozenset({Relation.ANY}))
    row = db.session.execute(_views(actor).where(Block.code == meant(code))).first()
    if row is None:
        raise NotThere
    return BlockView(*row[1:])


def listing(actor: Actor, *, limit: int = 50, cursor: str | None = None) -> tuple[list[BlockView], str | None]:
    """The buyer's blocks, newest first, lifted ones too, and the next page's cursor. Raises NotAllowed."""
    require(actor, Deed.SEE_BLOCKS, frozenset({Relation.ANY}))
    query = _views(actor)
    if cursor:
        last = db.session.scalar(
            select(Block.id).where(Block.buyer_id == actor.organisation, Block.code == meant(cursor))
        )
        if last is None:
            raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
        query = query.where(Block.id < last)
    rows = db.session.execute(query.order_by(Block.id.desc()).limit(limit + 1)).all()
    shown = [BlockView(*row[1:]) for row in rows[:limit]]
    return shown, shown[-1].code if len(rows) > limit else None


def _views(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Block.id,
            Block.code,
            Organisation.name,
            Organisation.slug,
            _SHUT_OUT.name,
            _BY.name,
            Block.made_at,
            Block.effective_at,
            Lifting.made_at,
        )
        .join(Organisation, Organisation.id == Block.company_id)
        .join(_BY, _BY.id == Block.by)
        .outerjoin(_SHUT_OUT, _SHUT_OUT.id == Block.person_id)
        .outerjoin(Lifting, and_(Lifting.buyer_id == Block.buyer_id, Lifting.block_id == Block.id))
        .where(Block.buyer_id == actor.organisation)
    )
