"""Due days in somebody's own calendar: the address of the feed, made and taken back, and what is read there.

A due day is the buyer's own wish and no meeting: nobody is asked or invited by it (law 1).
"""

import hashlib

from sqlalchemy import delete, select

from vendorhub import keys
from vendorhub.domain.people import Actor, Door, DoorName, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.outbox import feeds as words
from vendorhub.outbox.office import office
from vendorhub.queries import cadence, owners, people
from vendorhub.store import Feed, db
from vendorhub.store.write import Work, write


def make(actor: Actor) -> str:
    """Makes the actor's feed and answers its address, which nobody can read again; the address before opens nothing
    any more. Raises NotThere for those to whom nothing is due."""
    _require_own(actor)
    with write(actor) as work:
        work.lock_buyer(actor.organisation)  # two presses at once: the later address stands
        secret = keys.new_secret()
        _forget(work, actor)
        work.session.add(
            Feed(
                buyer_id=actor.organisation,
                person_id=actor.person,
                hash=keys.hash_secret(secret),
                made_at=work.now,
            )
        )
        return office().links.feed(secret)


def revoke(actor: Actor) -> None:
    """Lets the address of the actor's feed open nothing any more."""
    _require_own(actor)
    with write(actor) as work:
        _forget(work, actor)


def exists(actor: Actor) -> bool:
    """Whether the actor has a feed. Raises NotThere for those to whom nothing is due."""
    _require_own(actor)
    return db.session.get(Feed, (actor.organisation, actor.person)) is not None


def read(secret: str) -> tuple[bytes, str]:
    """The feed behind this secret as a calendar, and its tag. Raises NotThere for an unknown secret, and where its
    person has left."""
    found = db.session.scalar(select(Feed).where(Feed.hash == keys.hash_secret(secret)))
    actor = people.actor(found.person_id, Door(DoorName.LINK)) if found else None
    if found is None or actor is None or actor.organisation != found.buyer_id:
        raise NotThere
    dues = [(own.code, own.name, cell) for own in owners.of_person(actor) for cell in own.asked]
    raw = words.due_days(dues, language=people.me(actor).language, today=cadence.today(actor))
    return raw, hashlib.sha256(raw).hexdigest()[:32]


def _forget(work: Work, actor: Actor) -> None:
    work.session.execute(delete(Feed).where(Feed.buyer_id == actor.organisation, Feed.person_id == actor.person))


def _require_own(actor: Actor) -> None:
    if actor.side is not Side.BUYER:
        raise NotThere
