"""Taking away what nobody but the buyer's side has seen: the other side never learns that it was there."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State, is_held
from vendorhub.domain.offers import OfferState
from vendorhub.domain.papers import Stage
from vendorhub.domain.people import Side
from vendorhub.store.amendments import amendment_of
from vendorhub.store.briefings import Briefing, Participation
from vendorhub.store.coming_in import turn_away
from vendorhub.store.history import HistoryLine
from vendorhub.store.joinings import Claim
from vendorhub.store.meeting_requests import Guest, MeetingRequest
from vendorhub.store.offers import Offer
from vendorhub.store.papers import Writing
from vendorhub.store.tokens import DecisionLink
from vendorhub.store.write import Work

NEVER_SHOWN = datetime(9999, 1, 1, tzinfo=UTC)  # not the last day there is: a zone would push it over the end


def forget_answer(work: Work, request: MeetingRequest) -> None:
    """Takes a held answer off the request, with the times that were put up in its shade (DESIGN.md, Held).

    What stood before it stands again: nothing, or a "yes, but" that the other side knows. The ledger keeps its line;
    state and letters are the caller's to settle.
    """
    request.silent, request.answered_as = False, ""
    work.session.execute(
        delete(Writing).where(
            Writing.buyer_id == request.buyer_id, Writing.request_id == request.id, Writing.stage == Stage.ASKED
        )
    )
    amendment = amendment_of(work.session, request)
    if amendment is not None and is_held(request.held_until, work.now) and request.before_answer == State.AMENDED:
        request.held_until = request.again_on = None
        request.answered_as = DecisionKind.ACCEPT
        request.note, request.decided_by, request.answered_at = amendment.note, amendment.decided_by, amendment.made_at
        _hide_lines(work, request)
        return
    if amendment is not None and amendment.agreed_at is None:
        request.answer_by = amendment.asked_until
        work.session.delete(amendment)
    if request.channel and is_held(request.held_until, work.now):
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
    _ask_nobody(work, request)
    _hide_lines(work, request)
    if (successor := successor_of(work.session, request)) is not None and successor.visible_at > work.now:
        _never_passed(work, successor)


def _ask_nobody(work: Work, request: MeetingRequest) -> None:
    """The vendors of a briefing have not been asked yet, for the yes that would have been told to them is gone."""
    work.session.execute(
        update(Participation)
        .where(
            Participation.buyer_id == request.buyer_id,
            Participation.request_id == request.id,
            Participation.asked_at > work.now,
        )
        .values(asked_at=None)
    )


def successor_of(session: Session, request: MeetingRequest) -> MeetingRequest | None:
    """The request that this one was passed on as."""
    return session.scalar(
        select(MeetingRequest).where(MeetingRequest.buyer_id == request.buyer_id, MeetingRequest.from_id == request.id)
    )


def hide_offers(work: Work, request: MeetingRequest) -> None:
    """Takes the times that wait with a held yes off the table; whoever has not seen them yet never will."""
    waiting = Offer.buyer_id == request.buyer_id, Offer.request_id == request.id, Offer.visible_at > work.now
    work.session.execute(
        update(Offer).where(*waiting, Offer.state == OfferState.OPEN).values(state=OfferState.RETRACTED)
    )
    work.session.execute(update(Offer).where(*waiting).values(visible_at=NEVER_SHOWN))
    _hide_lines(work, request, HistoryLine.deed.in_((Deed.OFFER, Deed.POLL)))


def _never_passed(work: Work, successor: MeetingRequest) -> None:
    """Takes away what was passed on before anybody saw it, with all that hangs on it."""
    work.session.flush()
    for table in (Guest, HistoryLine, DecisionLink, Claim, Participation, Briefing):
        work.session.execute(
            delete(table).where(table.buyer_id == successor.buyer_id, table.request_id == successor.id)
        )
    work.session.delete(successor)
    work.session.flush()


def _hide_lines(work: Work, request: MeetingRequest, *which: ColumnElement[bool]) -> None:
    unseen = (
        HistoryLine.buyer_id == request.buyer_id,
        HistoryLine.request_id == request.id,
        HistoryLine.visible_at > work.now,
        *which,
    )
    work.session.execute(delete(HistoryLine).where(*unseen, HistoryLine.audience == "vendor"))
    work.session.execute(update(HistoryLine).where(*unseen).values(audience="buyer"))
