"""What an answer in writing adds to answering: the paper that is asked for, and the ask opened again when it is here.

No use-case by itself: `answering.py` and the deeds on papers go through here, inside their own transaction.
"""

from datetime import date

from sqlalchemy import select

from vendorhub.domain import papers, texts
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.papers import Stage
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.rights import on_behalf_of
from vendorhub.domain.wall_times import in_zone
from vendorhub.domain.windows import window_ends
from vendorhub.queries.scope import decider
from vendorhub.store import MeetingRequest, Membership, Organisation, Person, Writing
from vendorhub.store.amendments import amendment_of
from vendorhub.store.history import record
from vendorhub.store.ledger import append, latest_answer
from vendorhub.store.write import Work


def writing_of(work: Work, request: MeetingRequest) -> Writing | None:
    """What the buyer would read instead of a meeting, if it was said."""
    return work.session.get(Writing, (request.buyer_id, request.id), populate_existing=True)


def stage_of(work: Work, request: MeetingRequest, writing: Writing) -> Stage:
    """How far the paper has come, by the buyer's calendar."""
    zone = work.session.get_one(Organisation, request.buyer_id).zone
    return papers.true_stage(Stage(writing.stage), due=writing.due, today=in_zone(work.now, zone).date())


def ask_for_paper(work: Work, request: MeetingRequest, *, what: str, due: date | None, reader: str) -> None:
    """Notes what would be read, by when and by whom: `reader` is an address, "" for whoever has answered.

    Raises Unfit, naming the field, for what won't do.
    """
    buyer = work.session.get_one(Organisation, request.buyer_id)
    by_when = papers.check_due(due, today=in_zone(work.now, buyer.zone).date())
    said = texts.text(what, at_most=papers.WHAT_AT_MOST, what="what")
    reader_id = _reader(work, request, reader) if reader.strip() else (request.decided_by or 0)
    writing = writing_of(work, request) or Writing(buyer_id=request.buyer_id, request_id=request.id)
    writing.what, writing.due, writing.reader_id = said, by_when, reader_id
    writing.stage, writing.paper_id = Stage.ASKED, None
    work.session.add(writing)
    work.session.flush()


def open_again(work: Work, actor: Actor, request: MeetingRequest) -> State | None:
    """Opens an ask again whose paper is here, so that it can be answered otherwise: meet, no, don't ask again.

    None where there is no paper to answer. The window is a whole one again.
    """
    writing = writing_of(work, request)
    if writing is None or request.state != State.DECLINED or stage_of(work, request, writing) is not Stage.HERE:
        return None
    answered = latest_answer(work.session, request)
    append(
        work,
        buyer_id=request.buyer_id,
        request_id=request.id,
        kind=DecisionKind.REOPEN,
        effective_at=work.now,
        on_behalf_of=on_behalf_of(actor, decider(request), Deed.REOPEN),
        undoes=answered.id if answered else None,
    )
    writing.stage = papers.after(Stage(writing.stage), Deed.REOPEN)
    buyer = work.session.get_one(Organisation, request.buyer_id)
    request.state = request.before_answer = State.PENDING
    request.answer_by = window_ends(work.now, working_days=buyer.response_days, zone=buyer.zone)
    request.held_until = request.answered_at = request.again_on = None
    if (wanted := amendment_of(work.session, request)) is not None:  # a yes, but, from before the paper is over
        work.session.delete(wanted)
    request.consent_id = None
    record(work, Deed.REOPEN, request=request, audience="buyer")
    return State.PENDING


def set_aside(work: Work, request: MeetingRequest) -> None:
    """Another answer takes the place of one in writing."""
    writing = writing_of(work, request)
    if writing is not None and writing.stage != Stage.REOPENED:
        writing.stage = Stage.REOPENED


def _reader(work: Work, request: MeetingRequest, typed: str) -> int:
    address = texts.email(typed, what="reader")
    found = work.session.scalar(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == request.buyer_id, Person.email == address, Person.active)
        .limit(1)
    )
    if found is None:
        raise Unfit("reader", "Nobody of your company has this address; leave it empty to read it yourself.")
    return found
