"""Keeping an ask that is not finished, also when the session has ended meanwhile, and throwing it away."""

import base64
import binascii

from sqlalchemy import delete, select

from vendorhub import clock
from vendorhub.domain.codes import plain
from vendorhub.domain.deeds import Deed
from vendorhub.domain.drafts import KEPT_FOR, DraftWords
from vendorhub.domain.people import Actor, Door, DoorName, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rights import Relation, require
from vendorhub.keys import Broken
from vendorhub.outbox.office import office
from vendorhub.queries import people
from vendorhub.store import Draft, IdempotencyKey, Organisation, Person, db
from vendorhub.store.write import write


def ticket(actor: Actor, buyer: str) -> str:
    """What a form carries that this person opened: whoever holds it may add to their draft for this buyer, no more.

    It reads nothing and signs nobody in, and stands on that person's own page alone; so what is typed there is not
    lost when the session is.
    """
    sealed = office().keys.seal(str(actor.person).encode(), _context(buyer))
    return base64.urlsafe_b64encode(sealed).decode()


def holder(given: str, buyer: str) -> int | None:
    """Whose form it was; None for no ticket of ours, or one for another buyer."""
    try:
        return int(office().keys.open(base64.urlsafe_b64decode(given.encode()), _context(buyer)))
    except (Broken, binascii.Error, ValueError):
        return None


def keep(person: int, buyer: str, words: DraftWords, *, once: str = "") -> bool:
    """Keeps what a person has typed for a buyer, in the place of what was kept before; False if that is nothing, or
    the form of this key has been sent already.

    Raises NotThere if no buyer has this slug or the person has no place here any more, NotAllowed if they can't
    ask, Unfit for more than anybody types.
    """
    actor = people.actor(person, Door(DoorName.PAGE))
    if actor is None:
        raise NotThere
    require(actor, Deed.ASK, frozenset({Relation.ANY}))
    body = words.body()
    if words.empty():
        return False
    with write(actor) as work:
        # one after the other, so that a person's two windows make one draft
        work.session.execute(select(Person.id).where(Person.id == person).with_for_update(key_share=True))
        asked = work.session.scalar(
            select(Organisation.id).where(Organisation.slug == plain(buyer), Organisation.kind == Side.BUYER)
        )
        if asked is None:
            raise NotThere
        sent = work.session.get(IdempotencyKey, (person, plain(once)))
        if sent is not None:
            return False
        row = work.session.scalar(select(Draft).where(Draft.person_id == person, Draft.buyer_id == asked))
        if row is None:
            row = Draft(person_id=person, buyer_id=asked)
            work.session.add(row)
        row.words, row.kept_at = body, work.now
        return True


def throw_away(actor: Actor, buyer: str) -> None:
    """Ends the actor's draft for a buyer; nothing happens where there is none."""
    with write(actor) as work:
        asked = select(Organisation.id).where(Organisation.slug == plain(buyer)).scalar_subquery()
        work.session.execute(delete(Draft).where(Draft.person_id == actor.person, Draft.buyer_id == asked))


def forget_old(*, at_most: int = 200) -> int:
    """Throws away what nobody has gone on writing for thirty days; answers how many there were."""
    old = select(Draft.id).where(Draft.kept_at <= clock.now() - KEPT_FOR).order_by(Draft.kept_at).limit(at_most)
    if not (found := db.session.scalars(old).all()):
        return 0
    with write(None) as work:
        work.session.execute(delete(Draft).where(Draft.id.in_(found), Draft.kept_at <= work.now - KEPT_FOR))
    return len(found)


def _context(buyer: str) -> bytes:
    return b"draft " + buyer.encode("utf-8", "surrogatepass")
