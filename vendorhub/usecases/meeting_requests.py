"""Asking, taking an ask back, and the silence that closes it."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from vendorhub import clock
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.codes import plain
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.people import Actor, DoorName, Side
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.rights import Relation, require
from vendorhub.outbox import about, confirmations, notices
from vendorhub.queries import meeting_requests as seen
from vendorhub.store import Draft, MeetingRequest, Organisation, db
from vendorhub.store.history import record
from vendorhub.store.holding import forget_answer
from vendorhub.store.ledger import latest_answer
from vendorhub.store.offers import clear_table
from vendorhub.store.write import write
from vendorhub.usecases.asking_for import ask_for
from vendorhub.usecases.judged import judged
from vendorhub.usecases.lining_up import not_taking_place
from vendorhub.usecases.placing import Words, place


def ask(
    actor: Actor,
    *,
    buyer: str,
    topic: str,
    outcome: str,
    learned: str,
    minutes: int,
    attendees: Sequence[tuple[str, str, str]],
    goal: str | None = None,
    kind: str = Kind.TOPIC,
    to: str | None = None,
    vendor: VendorNamed | None = None,
    introduced_by: str | None = None,
) -> str:
    """Asks a buyer for a meeting, and answers the code of the request. There is no time in it (M1).

    `attendees` are (name, email, role); `goal` is one of the buyer's goals by name; `to` the address of the person
    asked, `introduced_by` of whoever there introduced the asker; `vendor` the company in whose name a VAR asks, for
    whose word the ask waits then. An ask that meets a standing answer is put on its thread and told so (law 6). Raises
    NotAllowed where the company is shut out, Unfit for what needs another look.
    """
    require(actor, Deed.ASK, frozenset({Relation.ANY}))
    with write(actor) as work:
        found = work.session.scalar(
            select(Organisation.id).where(Organisation.slug == plain(buyer), Organisation.kind == Side.BUYER)
        )
        if found is None:
            raise Unfit("buyer", "There is no such company here.")
        if kind not in rules.ASKED_FOR:
            raise Unfit("kind", "Please choose one of the kinds of meeting.")
        words = Words(topic, outcome, learned, minutes, attendees, goal, kind, to, introduced_by)
        asked = work.lock_buyer(found)
        made = place(work, actor, asked, words) if vendor is None else ask_for(work, actor, asked, words, vendor)
        work.result = made.code
        if actor.door.name is DoorName.PAGE:  # sent, what was kept while it was written is a draft no more
            work.session.execute(delete(Draft).where(Draft.person_id == actor.person, Draft.buyer_id == found))
        return work.result


def withdraw(actor: Actor, code: str) -> None:
    """Takes an ask back, before a time is agreed; against a held answer the asker's word wins."""
    with write(actor) as work:
        request, _ = judged(work, actor, code, Deed.WITHDRAW)
        view = seen.see(actor, code)
        held = rules.is_held(request.held_until, work.now)
        state = rules.true_state(State(request.state), answer_by=request.answer_by, now=work.now)
        to = rules.after(State(view.state) if held else state, Deed.WITHDRAW, held=held)
        if view.meeting:
            raise WrongState("A time is agreed; please call the meeting off instead.")
        if held and (answer := latest_answer(work.session, request)) is not None:
            about.stop_answer(work, request.buyer_id, answer.id)
            forget_answer(work, request)
        clear_table(work.session, request.buyer_id, request.id, now=work.now)
        request.state = to
        by_the_vendor = actor.organisation == request.vendor_id
        record(work, Deed.WITHDRAW, request=request, words="name" if by_the_vendor else "")
        if state is not State.UNVERIFIED:  # else they have never heard of it
            notices.withdrawn(work, request)
        not_taking_place(work, request)
        confirmations.ended(work, request, by_the_vendor=by_the_vendor, before=state is State.UNVERIFIED)
        work.result = code


def lapse_due(*, at_most: int = 200) -> int:
    """Closes, one by one, what waited until its window was over: for an answer, for that of a question, for a word on
    other terms. Answers how many. Silence is a no, said once (law 7).
    """
    due = db.session.scalars(
        select(MeetingRequest.id)
        .where(MeetingRequest.state.in_(rules.CLOSED_BY_TIME), MeetingRequest.answer_by <= clock.now())
        .order_by(MeetingRequest.answer_by)
        .limit(at_most)
    ).all()
    return sum(_lapse(request_id) for request_id in due)


def _lapse(request_id: int) -> int:
    with write(None) as work:
        buyer_id = work.session.scalar(select(MeetingRequest.buyer_id).where(MeetingRequest.id == request_id))
        if buyer_id is None:
            return 0
        work.lock_buyer(buyer_id)
        request = work.session.get_one(MeetingRequest, request_id, populate_existing=True)
        waited = State(request.state)
        if waited not in rules.CLOSED_BY_TIME or work.now < request.answer_by:
            return 0
        request.state = rules.after(waited, Deed.LAPSE)
        record(work, Deed.LAPSE, request=request, words=waited)
        if waited is State.UNVERIFIED:
            confirmations.not_given(work, request)
        else:
            notices.lapsed(work, request, waited)
        return 1
