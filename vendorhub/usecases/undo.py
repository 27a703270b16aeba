"""Taking an answer back while it is held: the other side never learns that there was one."""

from datetime import UTC, datetime

from sqlalchemy import select, update

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import WrongState
from vendorhub.domain.rights import on_behalf_of, require
from vendorhub.outbox import notices
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.scope import decider, find
from vendorhub.store import Block, Decision, DecisionLink, Guest, HistoryLine, Lifting, MeetingRequest, Offer
from vendorhub.store.history import record
from vendorhub.store.ledger import append, latest_answer
from vendorhub.store.write import Work, write

_NEVER_SHOWN = datetime.max.replace(tzinfo=UTC)


def undo(actor: Actor, code: str) -> None:
    """Takes a held answer back: it leaves no trace on the other side, and offers made with it go too."""
    with write(actor) as work:
        request, _ = find(actor, code)
        work.lock_buyer(request.buyer_id)
        request, stands = find(actor, code)
        require(actor, Deed.UNDO, stands, decider=decider(request))
        work.match(lambda: seen.see(actor, code).version)
        held = rules.is_held(request.held_until, work.now)
        rules.after(State(request.state), Deed.UNDO, held=held)
        answer = latest_answer(work.session, request)
        if answer is None:
            raise WrongState("There is no answer to take back.")
        append(
            work,
            buyer_id=request.buyer_id,
            request_id=request.id,
            kind=DecisionKind.UNDO,
            effective_at=work.now,
            on_behalf_of=on_behalf_of(actor, request.asked_of),
            undoes=answer.id,
        )
        _forget(work, request, answer, actor.person)
        record(work, Deed.UNDO, request=request, audience="buyer")
        work.result = code


def _forget(work: Work, request: MeetingRequest, answer: Decision, by: int) -> None:
    notices.stop_answer(work, request.buyer_id, answer.id)
    request.state = request.before_answer
    request.held_until = request.answered_at = request.again_on = None
    request.consent_id = request.minutes_agreed = None
    request.note = request.place_how = request.place_detail = ""
    if request.asked_of is None:
        request.decided_by = None
    block = work.session.scalar(select(Block.id).where(Block.decision_id == answer.id))
    if block is not None:
        work.session.add(Lifting(buyer_id=request.buyer_id, block_id=block, by=by, made_at=work.now))
    for guest in work.session.scalars(
        select(Guest).where(Guest.buyer_id == request.buyer_id, Guest.request_id == request.id)
    ):
        if guest.side == Side.BUYER:
            work.session.delete(guest)
        guest.left_out = False
    work.session.execute(
        update(HistoryLine)
        .where(
            HistoryLine.buyer_id == request.buyer_id,
            HistoryLine.request_id == request.id,
            HistoryLine.visible_at > work.now,
        )
        .values(audience="buyer")
    )
    work.session.execute(
        update(Offer)
        .where(Offer.buyer_id == request.buyer_id, Offer.request_id == request.id, Offer.state == "open")
        .values(state="retracted", visible_at=_NEVER_SHOWN)
    )
    work.session.execute(
        update(DecisionLink)
        .where(DecisionLink.buyer_id == request.buyer_id, DecisionLink.request_id == request.id)
        .values(used_at=None)
    )
