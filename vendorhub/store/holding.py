"""Taking away what nobody but the buyer's side has seen: the other side never learns that it was there."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, select, update

from vendorhub.domain.deeds import Deed
from vendorhub.domain.offers import OfferState
from vendorhub.domain.people import Side
from vendorhub.store.coming_in import turn_away
from vendorhub.store.history import HistoryLine
from vendorhub.store.meeting_requests import Guest, MeetingRequest
from vendorhub.store.offers import Offer
from vendorhub.store.write import Work

NEVER_SHOWN = datetime(9999, 1, 1, tzinfo=UTC)  # not the last day there is: a zone would push it over the end


def forget_answer(work: Work, request: MeetingRequest) -> None:
    """Takes a held answer off the request, with the times that were put up in its shade (DESIGN.md, Held).

    The ledger keeps its line; state and letters are the caller's to settle.
    """
    if request.channel:
        turn_away(work, request)
    request.held_until = request.answered_at = request.again_on = None
    request.consent_id = request.minutes_agreed = request.decided_by = None
    request.standing = False
    request.note = request.place_how = request.place_detail = ""
    for guest in work.session.scalars(
        select(Guest).where(Guest.buyer_id == request.buyer_id, Guest.request_id == request.id)
    ):
        if guest.side == Side.BUYER:
            work.session.delete(guest)
        guest.left_out = False
    hide_offers(work, request)
    _hide_lines(work, request)


def hide_offers(work: Work, request: MeetingRequest) -> None:
    """Takes the times that wait with a held yes off the table; whoever has not seen them yet never will."""
    waiting = Offer.buyer_id == request.buyer_id, Offer.request_id == request.id, Offer.visible_at > work.now
    work.session.execute(
        update(Offer).where(*waiting, Offer.state == OfferState.OPEN).values(state=OfferState.RETRACTED)
    )
    work.session.execute(update(Offer).where(*waiting).values(visible_at=NEVER_SHOWN))
    _hide_lines(work, request, HistoryLine.deed == Deed.OFFER)


def _hide_lines(work: Work, request: MeetingRequest, *which: ColumnElement[bool]) -> None:
    work.session.execute(
        update(HistoryLine)
        .where(
            HistoryLine.buyer_id == request.buyer_id,
            HistoryLine.request_id == request.id,
            HistoryLine.visible_at > work.now,
            *which,
        )
        .values(audience="buyer")
    )
