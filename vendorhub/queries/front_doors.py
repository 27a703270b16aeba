"""What stands at a buyer's front door, for its own people to look at and to change."""

import hashlib
from dataclasses import dataclass

from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import Relation, require
from vendorhub.queries.people import BuyerView, buyer_view
from vendorhub.store import Organisation, db


@dataclass(frozen=True)
class OwnDoor:
    """The front door of the actor's own company."""

    seen: BuyerView

    @property
    def version(self) -> str:
        """A digest of what it says: changes exactly when somebody changes that (If-Match)."""
        told = {**vars(self.seen), "deciders": None, "goals": [name for _, name in self.seen.goals]}
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def own(actor: Actor) -> OwnDoor:
    """What the actor's company says. Raises NotAllowed for those who may not change it."""
    require(actor, Deed.SET_DOOR, frozenset({Relation.ANY}))
    return OwnDoor(buyer_view(db.session.get_one(Organisation, actor.organisation, populate_existing=True)))
