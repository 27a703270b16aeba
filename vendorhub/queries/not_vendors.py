"""Whose mail a buyer takes for no ask, as its own people see the list."""

from sqlalchemy import select

from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import Relation, require
from vendorhub.store import NotVendor, db


def listing(actor: Actor) -> tuple[str, ...]:
    """The addresses and domains on the list of the actor's company, in order. Raises NotAllowed for those who may not
    change it."""
    require(actor, Deed.SET_DOOR, frozenset({Relation.ANY}))
    return tuple(
        db.session.scalars(
            select(NotVendor.entry).where(NotVendor.buyer_id == actor.organisation).order_by(NotVendor.entry)
        )
    )
