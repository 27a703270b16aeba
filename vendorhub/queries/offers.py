"""Times on the table, as each side may see them: the other side sees times only, and held offers not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, true

from vendorhub import clock
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.offers import DONE_BY_OTHER, TRANSITIONS, OfferSide, OfferState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, WrongState
from vendorhub.domain.rights import may
from vendorhub.queries.scope import decider, find, relations, scope
from vendorhub.store import MeetingRequest, Offer, Slot, db


@dataclass(frozen=True)
class SlotView:
    """One time: its code, its instants, and the zone it was put up in."""

    code: str
    start: datetime
    end: datetime
    zone: str


@dataclass(frozen=True)
class OfferView:
    """Times put up by one side. The note is for the other side to read; who typed it is not."""

    code: str
    side: str
    state: str
    note: str
    slots: tuple[SlotView, ...]
    may: frozenset[Deed]

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = repr([value if name != "may" else sorted(value) for name, value in vars(self).items()])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def of_request(actor: Actor, code: str) -> list[OfferView]:
    """The offers about a request, oldest first. Raises NotThere if the request isn't the actor's to see."""
    rows = db.session.execute(
        select(Offer, MeetingRequest, Slot)
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == Offer.buyer_id, MeetingRequest.id == Offer.request_id),
        )
        .join(Slot, Slot.offer_id == Offer.id)
        .where(MeetingRequest.code == meant(code), Offer.poll.is_(False), scope(actor), _visible(actor))
        .order_by(Offer.id, Slot.start_at, Slot.id)
    ).all()
    if not rows:
        find(actor, code)
    slots: dict[int, list[Slot]] = {}
    for row in rows:
        slots.setdefault(row.Offer.id, []).append(row.Slot)
    offers = {row.Offer.id: row.Offer for row in rows}
    now = clock.now()
    return [_view(actor, rows[0].MeetingRequest, offer, slots[offer.id], now) for offer in offers.values()]


def on_the_table(actor: Actor) -> dict[str, OfferSide]:
    """Whose times lie open, by the code of the request: one's own wait to be chosen, the other's to choose from."""
    rows = db.session.execute(
        select(MeetingRequest.code, Offer.side)
        # No JOIN: which end to begin at depends on the side, and is the database's to find out.
        .where(
            and_(Offer.buyer_id == MeetingRequest.buyer_id, Offer.request_id == MeetingRequest.id),
            Slot.offer_id == Offer.id,
            scope(actor),
            MeetingRequest.state == State.ACCEPTED,
            Offer.state == OfferState.OPEN,
            Offer.poll.is_(False),
            _visible(actor),
            Slot.start_at > clock.now(),
        )
        .distinct()
        .limit(200)
    )
    return {row.code: OfferSide(row.side) for row in rows}


def see(actor: Actor, code: str) -> OfferView:
    """One offer. Raises NotThere if it isn't the actor's to see."""
    offer, request = find_offer(actor, code)
    return _shown(actor, request, [offer])[0]


def find_offer(actor: Actor, code: str) -> tuple[Offer, MeetingRequest]:
    """The rows of an offer and its request, for a deed. Raises NotThere outside the actor's scope."""
    row = db.session.execute(
        select(Offer, MeetingRequest)
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == Offer.buyer_id, MeetingRequest.id == Offer.request_id),
        )
        .where(Offer.code == meant(code), scope(actor), _visible(actor))
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotThere
    return row[0], row[1]


def side_of(actor: Actor) -> OfferSide:
    """On which side of an offer an actor stands; VARs stand with the vendors."""
    return OfferSide.BUYER if actor.side is Side.BUYER else OfferSide.VENDOR


def true_state(offer: Offer, slots: Sequence[Slot], now: datetime) -> OfferState:
    """The state as time has made it: an open offer whose times have all passed is no longer open."""
    if offer.state == OfferState.OPEN and all(slot.start_at <= now for slot in slots):
        return OfferState.LAPSED
    return OfferState(offer.state)


def require_side(actor: Actor, offer: Offer, deed: Deed) -> None:
    """Raises WrongState for choosing among one's own side's times, or taking back the other's."""
    own = side_of(actor) == offer.side
    if own is (deed in DONE_BY_OTHER):
        raise WrongState(
            "These are your own side's times; the other side chooses." if own else "These are not yours to take back."
        )


def require_yes(actor: Actor, request: MeetingRequest, now: datetime) -> None:
    """Raises WrongState unless the actor knows of a yes to this ask: only then is there something to arrange.

    Of a briefing it raises that, too: its times are up for all.
    """
    hidden = actor.side is not Side.BUYER and request.held_until is not None and now < request.held_until
    if request.state != State.ACCEPTED or hidden:
        raise WrongState("There is no yes to this ask, so there is nothing to arrange yet.")
    if request.kind == Kind.BRIEFING:
        raise WrongState("The times of a joint briefing are up for all; please put them up there.")


def _visible(actor: Actor) -> ColumnElement[bool]:
    if actor.side is Side.BUYER:
        return true()
    return or_(Offer.side == OfferSide.VENDOR, Offer.visible_at <= clock.now())


def _shown(actor: Actor, request: MeetingRequest, offers: Sequence[Offer]) -> list[OfferView]:
    now = clock.now()
    slots: dict[int, list[Slot]] = {offer.id: [] for offer in offers}
    for slot in db.session.scalars(
        select(Slot)
        .where(Slot.buyer_id == request.buyer_id, Slot.offer_id.in_(list(slots)))
        .order_by(Slot.start_at, Slot.id)
    ):
        slots[slot.offer_id or 0].append(slot)
    return [_view(actor, request, offer, slots[offer.id], now) for offer in offers]


def _view(actor: Actor, request: MeetingRequest, offer: Offer, slots: Sequence[Slot], now: datetime) -> OfferView:
    state = true_state(offer, slots, now)
    return OfferView(
        code=offer.code,
        side=offer.side,
        state=state,
        note=offer.note,
        slots=tuple(SlotView(slot.code, slot.start_at, slot.end_at, slot.zone) for slot in slots),
        may=deeds(actor, request, offer, state),
    )


def deeds(actor: Actor, request: MeetingRequest, offer: Offer, state: OfferState) -> frozenset[Deed]:
    """What this actor can do with the offer now: the other side chooses or answers, the own side takes it back."""
    if request.state != State.ACCEPTED:
        return frozenset()
    own = side_of(actor) == offer.side
    stands = relations(actor, request)
    return frozenset(
        deed
        for deed in TRANSITIONS[state]
        if (deed in DONE_BY_OTHER) is not own
        and deed is not Deed.LAPSE
        and may(actor, deed, stands, decider=decider(request))
    )
