"""Never means never: shutting a company out, what that ends, and letting it in again (law 5)."""

from datetime import datetime

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, or_, select

from vendorhub import clock
from vendorhub.domain.codes import meant, new_code, plain
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import CLOSED_BY_TIME, State, is_held
from vendorhub.domain.people import Actor, Role, Side
from vendorhub.domain.refusals import NotThere, Unfit, WrongState
from vendorhub.domain.rights import Relation, require
from vendorhub.outbox import about, notices
from vendorhub.outbox.invitations import call_off
from vendorhub.store import (
    Attendee,
    Block,
    Decision,
    Lifting,
    Meeting,
    MeetingRequest,
    Organisation,
    Participation,
    db,
)
from vendorhub.store.attendance import free
from vendorhub.store.blocks import attends, concerns, lifted, takes_part
from vendorhub.store.history import record, record_block
from vendorhub.store.holding import forget_answer
from vendorhub.store.ledger import append, latest_answer
from vendorhub.store.write import Work, write
from vendorhub.usecases.answering import read_as_no
from vendorhub.usecases.lining_up import turn_away
from vendorhub.usecases.taking_back import take_back


def block(actor: Actor, *, company: str) -> str:
    """Shuts a company out of this buyer, at once, and answers the block's code. What is ahead is called off.

    `company` is its slug. Raises Unfit if nobody is called that, WrongState if it is shut out already.
    """
    require(actor, Deed.BLOCK, frozenset({Relation.ASKED}) if Role.DECIDER in actor.roles else frozenset())
    with write(actor) as work:
        work.lock_buyer(actor.organisation)
        found = work.session.scalar(
            select(Organisation).where(
                Organisation.slug == plain(company),
                Organisation.kind != Side.BUYER,
                or_(Organisation.noted_by.is_(None), Organisation.noted_by == actor.organisation),
            )
        )
        if found is None:
            raise Unfit("company", "There is no such company here.")
        if work.session.scalar(select(_live(actor.organisation, found.id))):
            raise WrongState("This company is shut out already.")
        decision = append(
            work, buyer_id=actor.organisation, request_id=None, kind=DecisionKind.NEVER, effective_at=work.now
        )
        made = Block(
            buyer_id=actor.organisation,
            code=new_code(10),
            decision_id=decision.id,
            company_id=found.id,
            by=actor.person,
            made_at=work.now,
            effective_at=work.now,
        )
        work.session.add(made)
        work.session.flush()
        record_block(work, Deed.BLOCK, buyer_id=made.buyer_id, company=found)
        _carry_out(work, made)
        work.result = made.code
        return made.code


def lift(actor: Actor, code: str) -> None:
    """Lets a company ask again. What the block ended stays ended."""
    require(actor, Deed.LIFT, frozenset({Relation.ANY}))
    with write(actor) as work:
        work.lock_buyer(actor.organisation)
        found = work.session.scalar(
            select(Block).where(Block.code == meant(code), Block.buyer_id == actor.organisation)
        )
        if found is None:
            raise NotThere
        if work.session.scalar(select(exists().where(Lifting.block_id == found.id))):
            raise WrongState("This company may already ask again.")
        work.session.add(Lifting(buyer_id=found.buyer_id, block_id=found.id, by=actor.person, made_at=work.now))
        company = work.session.get_one(Organisation, found.company_id)
        record_block(work, Deed.LIFT, buyer_id=found.buyer_id, company=company)
        work.result = code


def take_effect_due(*, at_most: int = 50) -> int:
    """Ends what a "don't ask again" ends, once its hold is over; answers how many took effect."""
    now = clock.now()
    affected = exists().where(MeetingRequest.buyer_id == Block.buyer_id, concerns(MeetingRequest), _open(now))
    part = and_(Participation.buyer_id == MeetingRequest.buyer_id, Participation.request_id == MeetingRequest.id)
    taking_part = exists().where(
        part, Participation.buyer_id == Block.buyer_id, takes_part(Participation, MeetingRequest)
    )
    coming = exists().where(Attendee.meeting_id == Meeting.id, attends(Attendee, Meeting, now=now))
    due = db.session.scalars(
        select(Block.id)
        .where(Block.effective_at <= now, ~lifted(), or_(affected, taking_part, coming))
        .order_by(Block.id)
        .limit(at_most)
    ).all()
    for block_id in due:
        with write(None) as work:
            made = work.session.get_one(Block, block_id)
            work.lock_buyer(made.buyer_id)
            if not work.session.scalar(select(exists().where(Lifting.block_id == block_id))):
                _carry_out(work, made)
    return len(due)


def _live(buyer_id: int, company_id: int) -> Exists:
    return exists().where(
        Block.buyer_id == buyer_id,
        Block.company_id == company_id,
        Block.person_id.is_(None),
        ~lifted(),
    )


def _open(now: datetime) -> ColumnElement[bool]:
    """What a block ends: a yes, an ask that still waits, or one that somebody is about to pass on; where silence has
    answered, swept or not, that stands."""
    ask = MeetingRequest
    silence = and_(ask.state.in_(CLOSED_BY_TIME), ask.answer_by <= now)
    passing = and_(ask.state == State.REDIRECTED, ask.held_until > now)
    return and_(or_(ask.state.in_((State.ACCEPTED, *CLOSED_BY_TIME)), passing), ~silence, ask.visible_at <= now)


def _carry_out(work: Work, made: Block) -> None:
    """Closes the company's open asks and takes back the yeses it has, with the meetings ahead."""
    requests = work.session.scalars(
        select(MeetingRequest)
        .join(Block, Block.id == made.id)
        .where(MeetingRequest.buyer_id == made.buyer_id, concerns(MeetingRequest), _open(work.now))
        .order_by(MeetingRequest.id)
    ).all()
    silent = bool(work.session.scalar(_untold(made)))
    for request in requests:
        if request.state == State.ACCEPTED and not is_held(request.held_until, work.now):
            had, off = take_back(work, request)
            if not (off if request.standing else had):  # a cancellation says as much
                notices.shut_out(work, request)
        else:
            _close(work, request, silent=silent)
    turn_away(work, made)
    _call_off_with(work, made)


def _call_off_with(work: Work, made: Block) -> None:
    """Takes whoever is shut out off the meetings ahead to which others brought them; those take place without them."""
    work.session.flush()
    rows = work.session.execute(
        select(Attendee, Meeting, MeetingRequest)
        .join(Meeting, Meeting.id == Attendee.meeting_id)
        .join(MeetingRequest, MeetingRequest.id == Meeting.request_id)
        .where(Block.id == made.id, attends(Attendee, Meeting, now=work.now))
        .order_by(Attendee.id)
    ).all()
    for attendee, meeting, request in rows:
        attendee.gone_at = work.now
        free(work.session, meeting.id, attendee.person_id)
        call_off(work, request, meeting, [attendee], leaving=True)


def _untold(made: Block) -> Select[bool]:
    """Whether the answer that shut them out is one that nobody is told of; of two companies at once it is one."""
    ask = MeetingRequest
    about_it = and_(Decision.buyer_id == ask.buyer_id, Decision.request_id == ask.id)
    of_the_same_press = and_(
        Decision.buyer_id == made.buyer_id,
        Decision.kind == DecisionKind.NEVER,
        Decision.by == made.by,
        Decision.made_at == made.made_at,
        or_(ask.company_id == made.company_id, ask.vendor_id == made.company_id),
    )
    return select(ask.silent).join(Decision, about_it).where(of_the_same_press).limit(1)


def _close(work: Work, request: MeetingRequest, *, silent: bool) -> None:
    """An open ask ends with a no; so does one whose yes nobody has heard of yet."""
    if is_held(request.held_until, work.now) and (answer := latest_answer(work.session, request)) is not None:
        about.stop_answer(work, request.buyer_id, answer.id)
        forget_answer(work, request)
    request.before_answer, request.state = State.PENDING, State.BLOCKED
    request.answered_at = work.now
    request.silent = silent
    record(work, Deed.BLOCK, request=request, audience="buyer" if silent else "both")
    if silent:
        read_as_no(work, request, visible_at=work.now)
    else:
        notices.shut_out(work, request)
