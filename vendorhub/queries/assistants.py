"""Who answers for a decider, as that decider sees it: their assistants, what each may answer alone, and the hours at
which the decider's pile comes by letter."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from vendorhub.domain.assistants import Alone, alone
from vendorhub.domain.deeds import Deed
from vendorhub.domain.digests import from_text
from vendorhub.domain.people import Actor, Role
from vendorhub.domain.rights import Relation, require
from vendorhub.store import Membership, Person, PileHours, db


@dataclass(frozen=True)
class AssistantView:
    """One of one's own assistants, and the answers that they may give alone."""

    email: str
    name: str
    alone: frozenset[Alone]


@dataclass(frozen=True)
class MyAssistants:
    """All of them, in the order in which they came; `hours` is () where each ask comes by its own letter."""

    people: tuple[AssistantView, ...]
    hours: tuple[int, ...]

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = [(each.email, each.name, sorted(each.alone)) for each in self.people], self.hours
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def mine(actor: Actor) -> MyAssistants:
    """The actor's own. Raises NotAllowed for who decides nothing."""
    require(actor, Deed.DELEGATE, frozenset({Relation.ANY}))
    rows = db.session.execute(
        select(Person.email, Person.name, Membership.given)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == actor.organisation,
            Membership.role == Role.ASSISTANT,
            Membership.reports_to == actor.person,
            Person.active,
        )
        .order_by(Membership.id)
    )
    people = tuple(AssistantView(row.email, row.name, alone(frozenset(row.given.split()))) for row in rows)
    kept = db.session.get(PileHours, actor.person)
    return MyAssistants(people, from_text(kept.hours) if kept else ())
