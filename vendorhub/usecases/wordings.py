"""The sentences with which a buyer's answers are told, set by its own people."""

from collections.abc import Mapping

from vendorhub.domain import wordings as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import wordings as seen
from vendorhub.store.history import record_front_door
from vendorhub.store.write import write


def reword(actor: Actor, said: Mapping[str, str]) -> None:
    """Sets the sentence of each answer; one without is told in our words again. Letters that wait stay as they are.

    Raises NotAllowed, SomebodyWasFaster where they were changed since the actor saw them, Unfit for what will not do.
    """
    require(actor, Deed.SET_DOOR, frozenset({Relation.ANY}))
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        work.match(lambda: seen.own(actor).version)
        clean = rules.check(said)
        if clean != buyer.wordings:
            buyer.wordings = clean
            record_front_door(work, Deed.SET_DOOR, buyer_id=buyer.id, parts=["wordings"])
