"""The sentences with which a buyer's answers are told, for its own people to look at and to change."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import Relation, require
from vendorhub.store import Organisation, db


@dataclass(frozen=True)
class OwnWordings:
    """By answer, where they are the buyer's own; the others are told in our words."""

    said: Mapping[str, str]

    @property
    def version(self) -> str:
        """A digest of what they say: changes exactly when somebody changes that (If-Match)."""
        return hashlib.sha256(repr(sorted(self.said.items())).encode()).hexdigest()[:32]


def own(actor: Actor) -> OwnWordings:
    """Those of the actor's company. Raises NotAllowed for those who may not change them."""
    require(actor, Deed.SET_DOOR, frozenset({Relation.ANY}))
    return OwnWordings(db.session.get_one(Organisation, actor.organisation, populate_existing=True).wordings)
