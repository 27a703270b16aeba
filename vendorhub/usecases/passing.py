"""Passing an ask to a colleague, who answers for themselves: a new request in the same words, seen once it counts."""

from sqlalchemy import select

from vendorhub.domain import texts
from vendorhub.domain.codes import new_code
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.passing import check_hops, check_receiver
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.rights import answers_for
from vendorhub.domain.windows import window_ends
from vendorhub.outbox import to_and_fro
from vendorhub.queries.passing import who_had_it
from vendorhub.queries.people import who_may_answer
from vendorhub.store import Claim, Decision, Guest, MeetingRequest, Organisation, Person
from vendorhub.store.briefings import carry_over
from vendorhub.store.history import record
from vendorhub.store.write import Work, write
from vendorhub.usecases.answering import given, taken_up

# What was asked, by whom and how it came: the same for whoever answers it.
_ASKED = (
    *("kind", "company_id", "vendor_id", "confirmed_by", "asked_by", "sender_name", "channel", "told_at"),
    *("words", "unreadable", "logged_by", "introduced_by", "parked"),
    *("goal_id", "topic", "outcome", "learned", "minutes", "question", "question_answer"),
)


def pass_on(actor: Actor, code: str, *, to: str) -> None:
    """Passes an ask to another person of the buyer's, by their address; held like any answer.

    A window of their own begins when it counts. Raises WrongState for an ask that went through too many hands,
    Unfit at `to` for nobody, oneself, and somebody who had it before.
    """
    with write(actor) as work:
        request, state = taken_up(work, actor, code, Deed.REDIRECT)
        had_it = who_had_it(work.session, request)
        check_hops(len(had_it.hops))
        address = texts.email(to, what="to")
        found = next(
            (each.id for each in who_may_answer(work.session, request.buyer_id) if each.email == address), None
        )
        mine = answers_for(actor, request.asked_of, Deed.REDIRECT)
        receiver = check_receiver(found, by=actor.person, had_it=had_it.people | {mine})
        answer = given(work, actor, request, Deed.REDIRECT, state, kind=DecisionKind.REDIRECT, note="")
        passed = _anew(work, request, receiver, answer)
        name = work.session.get_one(Person, receiver).name
        for row, decision in ((request, answer.id), (passed, None)):
            effective = answer.effective_at
            record(work, Deed.REDIRECT, request=row, visible_at=effective, decision_id=decision, words=name)
        to_and_fro.passed_on(work, request, passed, answer)
        work.result = code


def _anew(work: Work, request: MeetingRequest, receiver: int, answer: Decision) -> MeetingRequest:
    buyer = work.session.get_one(Organisation, request.buyer_id)
    passed = MeetingRequest(
        **{name: getattr(request, name) for name in _ASKED},
        buyer_id=request.buyer_id,
        code=new_code(),
        asked_of=receiver,
        from_id=request.id,
        state=State.PENDING,
        before_answer=State.PENDING,
        answer_by=window_ends(answer.effective_at, working_days=buyer.response_days, zone=buyer.zone),
        created_at=answer.effective_at,
        visible_at=answer.effective_at,
    )
    work.session.add(passed)
    work.session.flush()
    guests = work.session.scalars(
        select(Guest)
        .where(Guest.buyer_id == request.buyer_id, Guest.request_id == request.id, Guest.side == Side.VENDOR)
        .order_by(Guest.id)
    ).all()
    for guest in guests:
        work.session.add(
            Guest(
                buyer_id=passed.buyer_id,
                request_id=passed.id,
                side=guest.side,
                email=guest.email,
                name=guest.name,
                role=guest.role,
            )
        )
    if request.parked and (claim := work.session.get(Claim, request.id)):
        said = {name: getattr(claim, name) for name in ("company_id", "says", "domain", "email", "name")}
        work.session.add(Claim(request_id=passed.id, buyer_id=passed.buyer_id, **said))
    if request.kind == Kind.BRIEFING:
        carry_over(work.session, request, passed)
    work.session.flush()
    return passed
