"""What a buyer says at its front door, set by its own people."""

from collections.abc import Sequence

from vendorhub.domain import front_doors as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import front_doors as seen
from vendorhub.store.goals import listed, set_goals
from vendorhub.store.history import record_front_door
from vendorhub.store.write import write

PARTS = ("name", "brief", "open_to", "not_open_to", "goals", "response_days", "zone")


def set_up(
    actor: Actor,
    *,
    name: str,
    zone: str,
    brief: str,
    open_to: str,
    not_open_to: str,
    goals: Sequence[str],
    response_days: int,
) -> None:
    """Sets what the actor's company says to those who would ask it. Asks that wait already keep their window.

    Raises NotAllowed, SomebodyWasFaster where it was changed since the actor saw it, Unfit for what will not do.
    """
    require(actor, Deed.SET_DOOR, frozenset({Relation.ANY}))
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        work.match(lambda: seen.own(actor).version)
        said = rules.said(
            name=name,
            zone=zone,
            brief=brief,
            open_to=open_to,
            not_open_to=not_open_to,
            goals=goals,
            response_days=response_days,
        )
        before = {part: getattr(buyer, part) for part in PARTS if part != "goals"}
        before["goals"] = tuple(goal.name for goal in listed(work.session, buyer.id))
        changed = [part for part in PARTS if getattr(said, part) != before[part]]
        if not changed:
            return
        for part in before:
            if part != "goals":
                setattr(buyer, part, getattr(said, part))
        set_goals(work.session, buyer.id, said.goals)
        record_front_door(work, Deed.SET_DOOR, buyer_id=buyer.id, parts=changed)
