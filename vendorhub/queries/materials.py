"""The files beside items, as each party may read them: judged anew at each read (law 10)."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, select

from vendorhub.domain.agendas import Visibility
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.items import ItemState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.queries import items
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.items import ItemsView, ItemView
from vendorhub.store import Item, Material, MaterialChunk, MeetingRequest, Person, db

_FILES: Select[*tuple[Any, ...]] = (
    select(Material, Item, MeetingRequest.code.label("briefing"), Person.name.label("by"))
    .join(Item, and_(Item.buyer_id == Material.buyer_id, Item.id == Material.item_id))
    .join(MeetingRequest, and_(MeetingRequest.buyer_id == Item.buyer_id, MeetingRequest.id == Item.request_id))
    .join(Person, Person.id == Material.by)
    .order_by(Material.id)
)


@dataclass(frozen=True)
class MaterialView:
    """A file as the actor may see it. `size` is in octets; `by`, who brought it, is told within its company alone.

    `state` is "here", "replaced" by a newer one, or "withdrawn"; all but the first are its company's to see.
    """

    code: str
    briefing: str
    item: str
    name: str
    media_type: str
    size: int
    made_at: datetime
    state: str
    own: bool
    by: str
    digest: str

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Beside:
    """An item with its files, for their page: those that can be read, and of one's own those from before."""

    briefing: BriefingView
    code: str
    title: str
    own: bool
    here: tuple[MaterialView, ...]
    before: tuple[MaterialView, ...]
    may_change: bool


def beside(actor: Actor, code: str, item: str) -> Beside:
    """The files of one item. Raises NotThere if briefing or item is not the actor's to see."""
    view, seen, row = item_in_sight(actor, code, item)
    found = _of(actor, view.code, _FILES.where(Item.id == row.id), {seen.code})
    return Beside(
        briefing=view,
        code=seen.code,
        title=seen.title,
        own=seen.own,
        here=tuple(each for each in found if each.state == "here"),
        before=tuple(each for each in found if each.state != "here"),
        may_change=seen.own and Deed.WRITE_ITEM in view.may,
    )


def of_items(actor: Actor, listed: ItemsView) -> dict[str, tuple[MaterialView, ...]]:
    """The files that can be read of items that are at hand, by the code of their item: one statement for all."""
    found: dict[str, tuple[MaterialView, ...]] = {}
    for each in _of(actor, listed.briefing.code, _FILES, {item.code for item in listed.items}):
        if each.state == "here":
            found[each.item] = (*found.get(each.item, ()), each)
    return found


def see(actor: Actor, material: str) -> MaterialView:
    """One file, its bytes aside. Raises NotThere if there is none, or none for this actor."""
    row = db.session.execute(_FILES.where(Material.code == meant(material))).first()
    if row is None:
        raise NotThere
    item_in_sight(actor, row.briefing, row.Item.code)
    if not _may_see(actor, row, {row.Item.code}):
        raise NotThere
    return _view(actor, row)


def opened(actor: Actor, material: str) -> tuple[MaterialView, Iterator[bytes]]:
    """The same with its bytes, piece by piece; raises NotThere for one whose bytes are gone, too."""
    view = see(actor, material)
    if view.state == "withdrawn":
        raise NotThere
    return view, _pieces(view.code)


def item_in_sight(actor: Actor, code: str, item: str) -> tuple[BriefingView, ItemView, Item]:
    """An item that the actor may read the words of: its briefing, what they see of it, its row. Raises NotThere."""
    listed = items.listing(actor, code)
    seen = items.one_of(listed, item)
    row = db.session.scalars(
        select(Item).where(Item.code == seen.code).execution_options(populate_existing=True)
    ).one_or_none()
    if row is None or not _shown(actor, row, {seen.code}):
        raise NotThere
    return listed.briefing, seen, row


def _of(actor: Actor, code: str, query: Select[*tuple[Any, ...]], shown: Collection[str]) -> list[MaterialView]:
    rows: Sequence[Row[Any]] = db.session.execute(query.where(MeetingRequest.code == code)).all()
    return [_view(actor, row) for row in rows if _may_see(actor, row, shown)]


def _may_see(actor: Actor, row: Row[Any], shown: Collection[str]) -> bool:
    own = row.Item.company_id == actor.organisation
    return _shown(actor, row.Item, shown) and (own or _state(row.Material) == "here")


def _shown(actor: Actor, item: Item, shown: Collection[str]) -> bool:
    """Whether the item is there for the actor (`shown` are the codes of those that are) and is so still.

    What was published for all is no longer theirs to read once it is taken back, or the buyer's alone.
    """
    if item.code not in shown or item.state == ItemState.WITHDRAWN:
        return False
    if item.company_id == actor.organisation:
        return True
    return item.state == ItemState.SENT and (actor.side is not Side.VENDOR or item.visibility == Visibility.ROOM)


def _state(material: Material) -> str:
    if material.withdrawn_at is not None:
        return "withdrawn"
    return "here" if material.replaced_by is None else "replaced"


def _view(actor: Actor, row: Row[Any]) -> MaterialView:
    material: Material = row.Material
    own = row.Item.company_id == actor.organisation
    return MaterialView(
        code=material.code,
        briefing=row.briefing,
        item=row.Item.code,
        name=material.name,
        media_type=material.media_type,
        size=material.size,
        made_at=material.made_at,
        state=_state(material),
        own=own,
        by=row.by if own else "",
        digest=material.digest,
    )


def _pieces(code: str) -> Iterator[bytes]:
    """The bytes, each piece read on its own: nobody waits for a slow reader. Raises NotThere once they are gone."""
    query = (
        select(MaterialChunk.content)
        .join(Material, and_(Material.buyer_id == MaterialChunk.buyer_id, Material.id == MaterialChunk.material_id))
        .where(Material.code == code)
    )
    size = db.session.scalar(select(Material.size).where(Material.code == code)) or 0
    position, told = 0, 0
    while told < size:
        piece = db.session.scalar(query.where(MaterialChunk.position == position))
        db.session.rollback()
        if piece is None:
            raise NotThere
        yield piece
        position, told = position + 1, told + len(piece)
