"""Whether somebody could do a thing about an item now, whatever is sent with it; deeds and doors ask the same."""

from dataclasses import dataclass

from sqlalchemy import func, select

from vendorhub import clock
from vendorhub.domain import briefings as frame
from vendorhub.domain import items as rules
from vendorhub.domain.agendas import Segment
from vendorhub.domain.briefings import BriefingState, Part
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.items import ItemState, Press
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, WrongState
from vendorhub.domain.rights import require
from vendorhub.queries import briefings, items
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.scope import decider
from vendorhub.store import Briefing, Item, MeetingRequest, db


@dataclass(frozen=True)
class Judged:
    """What a deed about an item is about; `item` is None for a further one."""

    briefing: Briefing
    request: MeetingRequest
    view: BriefingView
    company: int
    segment: Segment
    item: Item | None

    def row(self) -> Item:
        """The item's row, where there has to be one."""
        if self.item is None:
            raise LookupError("a deed on an item without one")
        return self.item


def item(actor: Actor, code: str, press: Press, *, item: str = "", may_be_new: bool = False) -> Judged:
    """Raises NotThere, NotAllowed (it is another company's), SomebodyWasFaster or WrongState, in that order.

    `may_be_new` says that a code nobody has used yet stands for a further item.
    """
    briefing, request, stands = briefings.find(actor, code)
    row = _own(actor, request, item) if item else None
    if item and row is None and not may_be_new:
        items.see(actor, code, item)
        raise NotAllowed("This item is another company’s; its own people change it.")
    if row is None and item and _is_taken(item):
        raise NotThere
    require(actor, Deed.WRITE_ITEM, stands, decider=decider(request))
    view = briefings.see(actor, code)
    _match(actor, code, view, row)
    segment = Segment.BUYER if actor.side is Side.BUYER else Segment.VENDOR
    _possible(press, view, row, segment)
    if row is None:
        rules.check_number(_how_many(actor, request))
    return Judged(briefing, request, view, actor.organisation, segment, row)


def _own(actor: Actor, request: MeetingRequest, code: str) -> Item | None:
    return db.session.scalar(
        select(Item)
        .where(
            Item.request_id == request.id,
            Item.code == meant(code),
            Item.company_id == actor.organisation,
            Item.state != ItemState.WITHDRAWN,
        )
        .execution_options(populate_existing=True)
    )


def _is_taken(code: str) -> bool:
    return not meant(code) or db.session.scalar(select(Item.id).where(Item.code == meant(code))) is not None


def _match(actor: Actor, code: str, view: BriefingView, row: Item | None) -> None:
    def version() -> str:
        return items.one_of(items.of(actor, view), row.code).version if row else items.of(actor, view).version

    if not actor.door.has_seen(version):
        raise SomebodyWasFaster("This has changed since you opened it; please look again, then decide.")


def _possible(press: Press, view: BriefingView, row: Item | None, segment: Segment) -> None:
    frame.require_going_on(view.state)
    if view.state is BriefingState.LIVE:
        raise WrongState("The briefing has begun; what comes up now belongs in its minutes.")
    if view.own is not None and view.own.state not in (Part.ASKED, Part.JOINED):
        raise WrongState("You are not among those who come, so there is nothing to bring.")
    if row is not None:
        rules.after(ItemState(row.state), press)
    if press is Press.SEND:
        rules.check_in_time(segment, deadline=view.deadline, now=clock.now())


def _how_many(actor: Actor, request: MeetingRequest) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Item)
            .where(
                Item.request_id == request.id,
                Item.company_id == actor.organisation,
                Item.state != ItemState.WITHDRAWN,
            )
        )
        or 0
    )
