"""Files beside an item: brought, replaced by newer ones, taken back; looked into before anybody waits for us."""

import hashlib
from collections.abc import Iterator
from typing import IO

from sqlalchemy import func, insert, select

from vendorhub.domain import materials as rules
from vendorhub.domain.briefings import require_going_on
from vendorhub.domain.codes import meant, new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotAllowed, Unfit, WrongState
from vendorhub.domain.rights import require
from vendorhub.papers import materials as files
from vendorhub.queries import briefings
from vendorhub.queries import materials as seen
from vendorhub.queries.scope import decider
from vendorhub.store import Item, Material, MaterialChunk
from vendorhub.store.materials import beside, empty
from vendorhub.store.write import Work, write


def attach(actor: Actor, code: str, item: str, *, file: IO[bytes], name: str, replaces: str = "") -> str:
    """Puts a file beside an item of the actor's own company, and answers its code.

    `name` is what its sender calls it, `replaces` the code of the file that it takes the place of; one of the same name
    is replaced anyway. Raises NotThere, NotAllowed, WrongState, and Unfit (naming `file`) for what is not passed on.
    """
    judge(actor, code, item)
    kind, size = files.check(file, name)
    called, digest = rules.name_of(name, kind), _digest(file)
    with write(actor) as work:
        row = _own_item(work, actor, code, item)
        there = beside(work, buyer_id=row.buyer_id, item_id=row.id)
        before = _replaced(there, called, replaces)
        live = [each for each in there if each.replaced_by is None and each.withdrawn_at is None]
        rules.check_room(live=len(live) - (before is not None), versions=len(there))
        rules.check_together(size + _kept_of_company(work, row))
        material = Material(
            buyer_id=row.buyer_id,
            item_id=row.id,
            code=new_code(26),
            name=called,
            media_type=kind.media_type,
            size=size,
            digest=digest,
            by=actor.person,
            made_at=work.now,
        )
        work.session.add(material)
        work.session.flush()
        for position, piece in enumerate(_pieces(file)):
            work.session.execute(
                insert(MaterialChunk).values(
                    buyer_id=row.buyer_id, material_id=material.id, position=position, content=piece
                )
            )
        if before is not None:
            before.replaced_by = material.id
        work.result = material.code
        return material.code


def withdraw(actor: Actor, material: str) -> None:
    """Takes a file back: it is gone for everybody at once, its bytes and those of the files that it replaced deleted.

    Raises NotThere, NotAllowed, and WrongState for one that is gone already.
    """
    found = seen.see(actor, material)
    with write(actor) as work:
        row = _own_item(work, actor, found.briefing, found.item)
        view = seen.see(actor, material)
        work.match(lambda: view.version)
        if view.state != "here":
            raise WrongState("This file is not there any more.")
        there = beside(work, buyer_id=row.buyer_id, item_id=row.id)
        last = next(each for each in there if each.code == view.code)
        gone, more = {last.id}, True
        while more:
            earlier = {each.id for each in there if each.replaced_by in gone} - gone
            gone, more = gone | earlier, bool(earlier)
        empty(work, [each for each in there if each.id in gone])
        work.result = view.code


def judge(actor: Actor, code: str, item: str) -> Item:
    """Whether the actor could put a file beside this item now, and its row.

    Raises NotThere, NotAllowed, WrongState. There is no last day for files: slides come later than what they are about.
    """
    view, _, row = seen.item_in_sight(actor, code, item)
    _, request, stands = briefings.find(actor, code)
    require(actor, Deed.WRITE_ITEM, stands, decider=decider(request))
    if row.company_id != actor.organisation:
        raise NotAllowed("This is somebody else's item; files stand beside one's own.")
    require_going_on(view.state)
    if Deed.WRITE_ITEM not in view.may:
        raise WrongState("This briefing goes on without you, so nothing can be added any more.")
    return row


def judge_withdrawal(actor: Actor, material: str) -> None:
    """The same for taking a file back."""
    view = seen.see(actor, material)
    judge(actor, view.briefing, view.item)
    if view.state != "here":
        raise WrongState("This file is not there any more.")


def _own_item(work: Work, actor: Actor, code: str, item: str) -> Item:
    """The same inside the transaction, the buyer's row held from here on; answers the item."""
    _, request, _ = briefings.find(actor, code)
    work.lock_buyer(request.buyer_id)
    return judge(actor, code, item)


def _replaced(there: list[Material], called: str, replaces: str) -> Material | None:
    """The file that a new one takes the place of. Raises Unfit for one that is not there any more."""
    live = [each for each in there if each.replaced_by is None and each.withdrawn_at is None]
    if replaces:
        found = next((each for each in live if each.code == meant(replaces)), None)
        if found is None:
            raise Unfit("replaces", "The file that this one replaces is not there any more; please look again.")
        return found
    return next((each for each in live if each.name.casefold() == called.casefold()), None)


def _kept_of_company(work: Work, item: Item) -> int:
    """The octets that are kept for the item's company in its briefing."""
    kept = work.session.scalar(
        select(func.sum(Material.size))
        .join(Item, Item.id == Material.item_id)
        .where(
            Item.buyer_id == item.buyer_id,
            Item.request_id == item.request_id,
            Item.company_id == item.company_id,
            Material.withdrawn_at.is_(None),
        )
    )
    return int(kept or 0)


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(file):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(rules.CHUNK):
        yield piece
