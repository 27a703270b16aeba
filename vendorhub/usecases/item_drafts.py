"""Keeping an item of a briefing while it is written, also when the session has ended meanwhile."""

import base64
import binascii
from datetime import datetime

from vendorhub.domain import items as rules
from vendorhub.domain.agendas import Visibility
from vendorhub.domain.codes import meant, new_code
from vendorhub.domain.item_words import ItemWords
from vendorhub.domain.items import ItemState, Press
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.domain.refusals import NotThere, WrongState
from vendorhub.keys import Broken
from vendorhub.outbox.office import office
from vendorhub.queries import briefings as seen_briefings
from vendorhub.queries import item_judgements as judgements
from vendorhub.queries import people
from vendorhub.store import Item
from vendorhub.store.write import write
from vendorhub.usecases.items import CODE_LENGTH


def further() -> str:
    """The code under which a form keeps and sends an item that is not there yet."""
    return new_code(CODE_LENGTH)


def ticket(actor: Actor, code: str, item: str) -> str:
    """What a form carries that this person opened: whoever holds it may keep this item for them, no more.

    It reads nothing and signs nobody in, and stands on that person's own page alone; so what is typed there is not
    lost when the session is.
    """
    sealed = office().keys.seal(str(actor.person).encode(), _context(code, item))
    return base64.urlsafe_b64encode(sealed).decode()


def holder(given: str, code: str, item: str) -> int | None:
    """Whose form it was; None for no ticket of ours, or one for another item."""
    try:
        return int(office().keys.open(base64.urlsafe_b64decode(given.encode()), _context(code, item)))
    except (Broken, binascii.Error, ValueError):
        return None


def keep(person: int, code: str, item: str, words: ItemWords, *, opened: datetime) -> bool:
    """Keeps what a person has typed of an item, unsent; False if that is nothing.

    A draft is seen by this person's own company; of an item that is sent it is only what might be sent next. Raises
    NotThere, NotAllowed, WrongState where a colleague has written at it since `opened` or the form has been sent,
    Unfit for more than anybody types.
    """
    actor = people.actor(person, Door(DoorName.PAGE))
    if actor is None:
        raise NotThere
    body = words.body()
    with write(actor) as work:
        _, request, _ = seen_briefings.find(actor, code)
        work.lock_buyer(request.buyer_id)
        judged = judgements.item(actor, code, Press.KEEP, item=item, may_be_new=True)
        row = judged.item
        if row is None and words.empty():
            return False
        if row is None:
            row = Item(
                buyer_id=request.buyer_id,
                request_id=request.id,
                code=meant(item),
                company_id=actor.organisation,
                segment=judged.segment,
                minutes=0,
                visibility=Visibility.BUYER,
                state=ItemState.DRAFT,
                created_at=work.now,
            )
            work.session.add(row)
        elif row.changed_at > opened and (row.by != actor.person or row.sent_at == row.changed_at):
            raise WrongState(
                "This item was written at elsewhere meanwhile, so this is not kept; it stays on this page."
            )
        if row.state == ItemState.DRAFT:
            row.title, row.minutes = words.called(), words.length()
        row.state = rules.after(ItemState(row.state), Press.KEEP)
        row.typed, row.by, row.changed_at = body, actor.person, work.now
        return True


def drop(actor: Actor, code: str, item: str) -> None:
    """Throws away what is kept of an item that is sent, and leaves it as it was sent. Nothing happens to a draft."""
    with write(actor) as work:
        _, request, _ = seen_briefings.find(actor, code)
        work.lock_buyer(request.buyer_id)
        row = judgements.item(actor, code, Press.KEEP, item=item).row()
        if row.state == ItemState.SENT:
            row.typed = None
        work.result = row.code


def _context(code: str, item: str) -> bytes:
    return f"item {meant(code)} {meant(item)}".encode()
