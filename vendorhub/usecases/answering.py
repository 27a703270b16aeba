"""What every answer shares: who may give it, its line in the ledger, its hold, and who hears of it when.

No use-case by itself: each answer is a deed of its own, in its own transaction, and goes through here.
"""

from datetime import datetime

from flask import current_app
from sqlalchemy import select

from vendorhub.domain import decisions as holds
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.papers import ANSWERS_TO_PAPERS
from vendorhub.domain.people import Actor, DoorName
from vendorhub.domain.refusals import SomebodyWasFaster, Unfit, WrongState
from vendorhub.domain.rights import answers_for, on_behalf_of
from vendorhub.domain.terms import Terms
from vendorhub.domain.texts import text as a_text
from vendorhub.outbox import notices, to_and_fro
from vendorhub.store import Amendment, Decision, MeetingRequest, Person
from vendorhub.store.blocks import asker_shut_out
from vendorhub.store.coming_in import let_in
from vendorhub.store.history import record
from vendorhub.store.ledger import append, latest_answer
from vendorhub.store.write import Work
from vendorhub.usecases.judged import judged
from vendorhub.usecases.writing import open_again, set_aside

NOTE_AT_MOST = 1000
# Whoever asked elsewhere hears of these,
_HEARD = frozenset(DecisionKind) - {DecisionKind.REMEMBER, DecisionKind.FRONT_DOOR, DecisionKind.REDIRECT}
# and has a next step of their own after these.
_GO_ON = frozenset({Deed.ACCEPT, Deed.AMEND})


def taken_up(work: Work, actor: Actor, code: str, deed: Deed, *, answer: str = "") -> tuple[MeetingRequest, State]:
    """The request, locked and judged: 404, 403, 409 in that order, and the state that the answer leads to.

    `answer` is the way of declining, for an assistant may have been given one and not another. Uses up the letter's
    link, if that is the door. Whoever asked elsewhere is let in with an answer after which they have to go on; raises
    Unfit where they can't be.
    """
    request, _ = judged(work, actor, code, deed, answer=answer)
    state = rules.true_state(State(request.state), answer_by=request.answer_by, now=work.now)
    if state is State.DECLINED and deed in ANSWERS_TO_PAPERS:
        state = open_again(work, actor, request) or state
    try:
        to = rules.after(state, deed, held=rules.is_held(request.held_until, work.now))
    except WrongState as refusal:
        raise _somebody_was_faster(work, request, state) or refusal from None
    work.use_link(buyer_id=request.buyer_id, request_id=request.id, person_id=actor.person)
    request.noted_as = None
    if deed in _GO_ON or answer == DecisionKind.IN_WRITING:
        let_in(work, request, since=_effective_at(work, actor))
    return request, to


def not_shut_out(work: Work, request: MeetingRequest) -> None:
    """Raises WrongState where the company has been asked not to ask again: no yes can count then (law 5)."""
    if work.session.scalar(select(asker_shut_out(request, now=work.now))):
        raise WrongState("This company is not to ask again; somebody has to lift that before a yes can count.")


def given(
    work: Work,
    actor: Actor,
    request: MeetingRequest,
    deed: Deed,
    to: State,
    *,
    kind: DecisionKind,
    note: str,
    terms: Terms | None = None,
) -> Decision:
    """Writes the answer into the ledger and, held, onto the request. Raises Unfit for a note that won't do."""
    request.note = a_text(note, at_most=NOTE_AT_MOST, what="note")
    request.decided_by = answers_for(actor, request.asked_of, deed, kind)
    set_aside(work, request)
    answer = append(
        work,
        buyer_id=request.buyer_id,
        request_id=request.id,
        kind=kind,
        effective_at=_effective_at(work, actor),
        on_behalf_of=on_behalf_of(actor, request.asked_of, deed, kind),
        terms=terms,
    )
    request.before_answer, request.state = request.state, to
    request.answered_at, request.answered_as = work.now, kind
    request.held_until = answer.effective_at
    if request.channel and kind in _HEARD and not request.silent:
        if request.asked_by is None:
            raise Unfit("email", "There is no address to tell them at. Please add one, or just remember it.")
        request.told_at = request.told_at or answer.effective_at
    return answer


def told(work: Work, actor: Actor, request: MeetingRequest, answer: Decision, deed: Deed) -> None:
    """Writes the history line and the letter to whoever asked; both wait for the end of the hold.

    Of a never that nobody is told of there is no letter, and what they may read of it is a plain no.
    """
    if request.silent:
        record(work, deed, request=request, audience="buyer", decision_id=answer.id, words=answer.kind)
        read_as_no(work, request, visible_at=answer.effective_at)
        return
    record(
        work,
        deed,
        request=request,
        visible_at=answer.effective_at,
        decision_id=answer.id,
        words=answer.kind,
    )
    notices.answered(work, request, answer)


def read_as_no(work: Work, request: MeetingRequest, *, visible_at: datetime) -> None:
    """Writes the line that the asking side reads where it is not told: a no like any other."""
    record(work, Deed.DECLINE, request=request, audience="vendor", visible_at=visible_at, words=DecisionKind.NO)


def told_of_terms(work: Work, request: MeetingRequest, answer: Decision, wanted: Amendment) -> None:
    """The same for a yes to other terms than were asked: the letter says what is other, and how to agree."""
    record(
        work,
        Deed.AMEND,
        request=request,
        visible_at=answer.effective_at,
        decision_id=answer.id,
        words=answer.kind,
    )
    to_and_fro.amended(work, request, answer, wanted)


def _somebody_was_faster(work: Work, request: MeetingRequest, state: State) -> SomebodyWasFaster | None:
    """Who of the same side has answered, in words; None where it was the clock, a block, or the asking side."""
    answer = latest_answer(work.session, request)
    if answer is None or state in (State.LAPSED, State.WITHDRAWN):
        return None
    name = work.session.get_one(Person, answer.by).name
    return SomebodyWasFaster("%(name)s has already answered this; please have a look at what they said.", name=name)


def _effective_at(work: Work, actor: Actor) -> datetime:
    first_by_link = actor.door.name is DoorName.LINK and not work.session.scalar(
        select(Decision.id).where(Decision.by == actor.person, Decision.door == DoorName.LINK).limit(1)
    )
    return holds.effective_at(work.now, hold_seconds=current_app.config["HOLD_SECONDS"], first_by_link=first_by_link)
