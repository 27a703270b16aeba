"""What somebody has begun to write and not sent: theirs alone to see, not their colleagues'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from vendorhub.domain.codes import plain
from vendorhub.domain.drafts import DraftWords, from_body
from vendorhub.domain.people import Actor
from vendorhub.store import Draft, Organisation, db


@dataclass(frozen=True)
class DraftView:
    """A draft and the buyer that it is for."""

    buyer: str
    buyer_name: str
    kept_at: datetime
    words: DraftWords


def see(actor: Actor, buyer: str) -> DraftView | None:
    """The actor's draft for this buyer, if there is one."""
    return next(iter(_drafts(actor, buyer)), None)


def listing(actor: Actor) -> Sequence[DraftView]:
    """The actor's drafts, the last written first."""
    return _drafts(actor, None)


def _drafts(actor: Actor, buyer: str | None) -> Sequence[DraftView]:
    found = (
        select(Organisation.slug, Organisation.name, Draft.kept_at, Draft.words)
        .join(Organisation, Organisation.id == Draft.buyer_id)
        .where(Draft.person_id == actor.person)
        .order_by(Draft.kept_at.desc(), Draft.id.desc())
        .limit(20)
    )
    if buyer is not None:
        found = found.where(Organisation.slug == plain(buyer))
    return [
        DraftView(slug, name, kept_at, from_body(words)) for slug, name, kept_at, words in db.session.execute(found)
    ]
