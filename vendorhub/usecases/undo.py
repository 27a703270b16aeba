"""Taking an answer back while it is held: the other side never learns that there was one."""

from sqlalchemy import and_, exists, select, update

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import WrongState
from vendorhub.domain.rights import on_behalf_of
from vendorhub.outbox import about
from vendorhub.queries.scope import decider
from vendorhub.store import Block, Decision, DecisionLink, Lifting, MeetingRequest
from vendorhub.store.history import record
from vendorhub.store.holding import forget_answer
from vendorhub.store.ledger import append, latest_answer
from vendorhub.store.write import Work, write
from vendorhub.usecases.judged import judged


def undo(actor: Actor, code: str) -> None:
    """Takes a held answer back: it leaves no trace on the other side, and offers made with it go too."""
    with write(actor) as work:
        request, _ = judged(work, actor, code, Deed.UNDO)
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
            on_behalf_of=on_behalf_of(actor, decider(request), Deed.UNDO),
            undoes=answer.id,
        )
        record(work, Deed.UNDO, request=request, audience="buyer")
        about.stop_answer(work, request.buyer_id, answer.id)
        request.state = request.before_answer
        forget_answer(work, request)
        _let_in_again(work, request, answer, actor.person)
        _renew_links(work, request)
        work.result = code


def _let_in_again(work: Work, request: MeetingRequest, answer: Decision, by: int) -> None:
    """A never that is taken back shuts nobody out, of the two companies where it was to both; it may have been lifted
    on the way."""
    lifted = exists().where(Lifting.buyer_id == Block.buyer_id, Lifting.block_id == Block.id)
    of_the_same_press = and_(
        Block.buyer_id == answer.buyer_id,
        Block.by == answer.by,
        Block.made_at == answer.made_at,
        Block.company_id.in_([company for company in (request.company_id, request.vendor_id) if company]),
    )
    if answer.kind == DecisionKind.NEVER:
        for block in work.session.scalars(select(Block.id).where(of_the_same_press, ~lifted)).all():
            work.session.add(Lifting(buyer_id=answer.buyer_id, block_id=block, by=by, made_at=work.now))


def _renew_links(work: Work, request: MeetingRequest) -> None:
    """The letter's link answers again, for the ask waits again."""
    work.session.execute(
        update(DecisionLink)
        .where(DecisionLink.buyer_id == request.buyer_id, DecisionLink.request_id == request.id)
        .values(used_at=None)
    )
