"""Opening again what was answered, or what silence has answered: with a reason that the first decider reads."""

from sqlalchemy import select, update

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.rights import on_behalf_of
from vendorhub.domain.texts import text as a_text
from vendorhub.domain.windows import window_ends
from vendorhub.outbox import notices
from vendorhub.queries.scope import decider
from vendorhub.store import DecisionLink, MeetingRequest
from vendorhub.store.blocks import asker_shut_out
from vendorhub.store.history import record
from vendorhub.store.holding import forget_answer
from vendorhub.store.ledger import append, latest_answer
from vendorhub.store.piles import unsort
from vendorhub.store.write import Work, write
from vendorhub.usecases.judged import judged
from vendorhub.usecases.writing import set_aside

REASON_AT_MOST = 500


def reopen(actor: Actor, code: str, *, reason: str) -> None:
    """Lets an ask wait again, with a window of its own, although it was answered (itself, or by an answer before it).

    Whoever gave that answer reads the reason; the asking side sees that its ask waits. Raises WrongState while the
    answer is held (then it can be taken back) and where the company is not to ask again, Unfit without a reason.
    """
    with write(actor) as work:
        request, buyer = judged(work, actor, code, Deed.REOPEN)
        state = rules.true_state(State(request.state), answer_by=request.answer_by, now=work.now)
        to = rules.after(state, Deed.REOPEN, held=rules.is_held(request.held_until, work.now))
        if work.session.scalar(select(asker_shut_out(request, now=work.now))):
            raise WrongState("This company is not to ask again; somebody has to lift that before it can wait here.")
        if not (said := a_text(reason, at_most=REASON_AT_MOST, what="reason")):
            raise Unfit("reason", "Please say why; whoever answered before will read it.")
        own = latest_answer(work.session, request)
        whose = on_behalf_of(actor, decider(request), Deed.REOPEN)
        append(
            work,
            buyer_id=buyer.id,
            request_id=request.id,
            kind=DecisionKind.REOPEN,
            effective_at=work.now,
            on_behalf_of=whose if whose in actor.serves else None,  # who answered before reopens for themselves
            undoes=own.id if own else None,
        )
        first = request.decided_by
        forget_answer(work, request)
        set_aside(work, request)
        unsort(work.session, buyer_id=buyer.id, request_id=request.id)
        request.state, request.before_answer = to, State.PENDING
        request.answer_by = window_ends(work.now, working_days=buyer.response_days, zone=buyer.zone)
        record(work, Deed.REOPEN, request=request, audience="buyer", words=said)
        record(work, Deed.REOPEN, request=request, audience="vendor")
        _close_links(work, request)
        if first is not None and first != actor.person:
            notices.reopened(work, request, first, said, bound=own is None)
        notices.ask_received(work, request)
        work.result = code


def _close_links(work: Work, request: MeetingRequest) -> None:
    """The links of the first letters are closed: new ones come with new letters."""
    work.session.execute(
        update(DecisionLink)
        .where(
            DecisionLink.buyer_id == request.buyer_id,
            DecisionLink.request_id == request.id,
            DecisionLink.used_at.is_(None),
        )
        .values(used_at=work.now)
    )
