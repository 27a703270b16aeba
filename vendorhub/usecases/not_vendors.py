"""Saying whose mail is no ask: a buyer's customers, its bank, its sister companies."""

from sqlalchemy import delete, func, select

from vendorhub.domain import not_vendors as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.domain.rights import Relation, require
from vendorhub.store import NotVendor
from vendorhub.store.history import record_front_door
from vendorhub.store.write import write

_PART = "not_vendors"


def add(actor: Actor, typed: str) -> str:
    """Puts an address or a domain on the list of the actor's company; answers it as it is kept.

    Raises NotAllowed, Unfit for what is neither, is there already, or is one too many.
    """
    require(actor, Deed.SET_DOOR, frozenset({Relation.ANY}))
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        entry = rules.entry(typed)
        here = NotVendor.buyer_id == buyer.id
        if work.session.scalar(select(NotVendor.id).where(here, NotVendor.entry == entry)):
            raise Unfit("entry", "%(entry)s is on the list already.", entry=entry)
        if (work.session.scalar(select(func.count()).where(here)) or 0) >= rules.ENTRIES_AT_MOST:
            raise Unfit("entry", "The list is full; a domain covers all addresses there.")
        work.session.add(NotVendor(buyer_id=buyer.id, entry=entry, by=actor.person, made_at=work.now))
        record_front_door(work, Deed.SET_DOOR, buyer_id=buyer.id, parts=[_PART])
        work.result = entry
        return entry


def remove(actor: Actor, entry: str) -> None:
    """Takes a line off the list. Raises NotAllowed, NotThere if it is not on it."""
    require(actor, Deed.SET_DOOR, frozenset({Relation.ANY}))
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        gone = work.session.execute(delete(NotVendor).where(NotVendor.buyer_id == buyer.id, NotVendor.entry == entry))
        if not gone.rowcount:  # type: ignore[attr-defined]
            raise NotThere
        record_front_door(work, Deed.SET_DOOR, buyer_id=buyer.id, parts=[_PART])
