"""A question first: the buyer's side asks before it answers, and its window waits for the other side (M3)."""

from sqlalchemy import update

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor
from vendorhub.domain.windows import window_ends, working_days_left
from vendorhub.outbox import to_and_fro
from vendorhub.queries import meeting_requests as seen
from vendorhub.store import DecisionLink, MeetingRequest, Organisation
from vendorhub.store.amendments import amendment_of
from vendorhub.store.coming_in import let_in
from vendorhub.store.history import record
from vendorhub.store.holding import successor_of
from vendorhub.store.write import Work, write
from vendorhub.usecases.answering import taken_up
from vendorhub.usecases.judged import judged


def ask_back(actor: Actor, code: str, *, question: str) -> None:
    """Asks the asking side something before the answer; it goes out at once, for only answers are held.

    The window waits for what they say, but no longer than it is itself; then the ask is closed. Who asked elsewhere
    is let in, to answer. Raises Unfit for a question that won't do, or where there is no address to send it to.
    """
    with write(actor) as work:
        request, to = taken_up(work, actor, code, Deed.ASK_BACK)
        let_in(work, request, since=work.now)
        if request.untold:
            request.told_at = work.now
        request.question = rules.check_question(question, what="question")
        request.question_answer = ""
        buyer = work.session.get_one(Organisation, request.buyer_id)
        request.window_left = working_days_left(work.now, request.answer_by, zone=buyer.zone)
        request.answer_by = window_ends(work.now, working_days=buyer.response_days, zone=buyer.zone)
        request.state = to
        record(work, Deed.ASK_BACK, request=request, words=request.question)
        to_and_fro.question_asked(work, request)
        work.result = code


def answer_back(actor: Actor, code: str, *, answer: str) -> None:
    """Answers the buyer's question; its window goes on with the working days that were left, one at least.

    Where an answer is given meanwhile and still held, they can't know of it: it stands, and an undo finds this there.
    """
    with write(actor) as work:
        request, buyer = judged(work, actor, code, Deed.ANSWER_BACK)
        to = rules.after(State(seen.see(actor, code).state), Deed.ANSWER_BACK)
        request.question_answer = rules.check_question(answer, what="answer")
        left, request.window_left = request.window_left or 0, None
        ends = window_ends(work.now, working_days=max(1, left), zone=buyer.zone)
        record(work, Deed.ANSWER_BACK, request=request, words=request.question_answer)
        if rules.is_held(request.held_until, work.now):
            request.before_answer = to
            _beneath(work, request).question_answer = request.question_answer
            if (amendment := amendment_of(work.session, request)) is not None:
                amendment.asked_until = ends
            else:
                request.answer_by = ends
        else:
            request.state, request.answer_by = to, ends
            _renew_links(work, request)
            to_and_fro.question_answered(work, request)
        work.result = code


def _beneath(work: Work, request: MeetingRequest) -> MeetingRequest:
    """The request that a held answer has passed on, for the same words to stand there; else the request itself."""
    return successor_of(work.session, request) or request


def _renew_links(work: Work, request: MeetingRequest) -> None:
    """The letters' links answer again: who asked by one hasn't answered yet."""
    work.session.execute(
        update(DecisionLink)
        .where(DecisionLink.buyer_id == request.buyer_id, DecisionLink.request_id == request.id)
        .values(used_at=None)
    )
