"""Why companies think that a goal will fail: their own words, and what the buyer's side has yet to read (M14)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from vendorhub import clock
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, SomebodyWasFaster, WrongState
from vendorhub.domain.rights import Relation, may, require
from vendorhub.queries import cadence
from vendorhub.queries.circles import open_to
from vendorhub.store import Doubt, Goal, Organisation, Person, Relationship, db
from vendorhub.store.blocks import shut_out
from vendorhub.store.goals import listed

LYING_AT_MOST = 10


@dataclass(frozen=True)
class DoubtView:
    """Why a company thinks that a goal will fail; `heard_at` is None until the buyer's side has read it."""

    code: str
    company: str
    goal: str
    text: str
    by: str
    at: datetime
    heard_at: datetime | None

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class DoubtsView:
    """What a company has said of a buyer's goals, the latest first, and the goals of which it could say something."""

    doubts: tuple[DoubtView, ...]
    goals: tuple[str, ...]


def of_relationship(actor: Actor, code: str) -> DoubtsView:
    """What was said in a relationship. Raises NotThere for one that the actor doesn't see."""
    cadence.see(actor, code)
    kept = db.session.scalars(select(Relationship).where(Relationship.code == meant(code))).one()
    found = tuple(
        DoubtView(*row)
        for row in db.session.execute(
            _rows()
            .where(Doubt.buyer_id == kept.buyer_id, Doubt.company_id == kept.company_id)
            .order_by(Doubt.id.desc())
        )
    )
    if not _may_doubt(actor, kept.buyer_id):
        return DoubtsView(found, ())
    open_ = {each.goal for each in found if each.heard_at is None}
    return DoubtsView(found, tuple(goal.name for goal in listed(db.session(), kept.buyer_id) if goal.name not in open_))


def unheard(actor: Actor) -> list[DoubtView]:
    """What the actor's own company has yet to read, the oldest first; nothing of whom it shut out."""
    if not may(actor, Deed.HEAR_DOUBT, frozenset({Relation.ANY})):
        return []
    rows = db.session.execute(
        _rows()
        .where(
            Doubt.buyer_id == actor.organisation,
            Doubt.heard_at.is_(None),
            open_to(actor.person, actor.organisation, Doubt.company_id),
            ~shut_out(Doubt.buyer_id, Doubt.company_id, Doubt.by, now=clock.now()),
        )
        .order_by(Doubt.id)
        .limit(LYING_AT_MOST)
    )
    return [DoubtView(*row) for row in rows]


def doubting(actor: Actor, code: str) -> None:
    """Whether the actor could say something in a relationship now. Raises NotThere, NotAllowed, WrongState."""
    cadence.see(actor, code)
    require(actor, Deed.DOUBT, frozenset({Relation.ANY}))
    kept = db.session.scalars(select(Relationship).where(Relationship.code == meant(code))).one()
    if not _may_doubt(actor, kept.buyer_id):
        raise WrongState("They have asked your company not to ask again, so this way is closed, too.")


def hearing(actor: Actor, code: str) -> DoubtView:
    """The doubt that the actor could say they have read. Raises NotThere, NotAllowed, SomebodyWasFaster."""
    row = db.session.execute(
        _rows().where(
            Doubt.code == meant(code),
            Doubt.buyer_id == actor.organisation,
            open_to(actor.person, actor.organisation, Doubt.company_id),
        )
    ).first()
    if row is None:
        raise NotThere
    require(actor, Deed.HEAR_DOUBT, frozenset({Relation.ANY}))
    view = DoubtView(*row)
    if not actor.door.has_seen(lambda: view.version):
        raise SomebodyWasFaster("This has changed since you opened it; please look again, then decide.")
    return view


def _may_doubt(actor: Actor, buyer: int) -> bool:
    shut = db.session.scalar(select(shut_out(buyer, actor.organisation, actor.person, now=clock.now())))
    return may(actor, Deed.DOUBT, frozenset({Relation.ANY})) and not shut


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(Doubt.code, Organisation.name, Goal.name, Doubt.text, Person.name, Doubt.made_at, Doubt.heard_at)
        .join(Organisation, Organisation.id == Doubt.company_id)
        .join(Goal, Goal.id == Doubt.goal_id)
        .join(Person, Person.id == Doubt.by)
    )
