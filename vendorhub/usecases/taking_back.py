"""What taking a yes back is, whoever causes it: the company that had it hears so, and what is ahead is called off.

No use-case by itself: a yes that is called off and a company that is shut out both go through it, inside the
transaction of their own deed.
"""

from sqlalchemy import select

from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.meetings import MeetingState
from vendorhub.outbox.invitations import call_off
from vendorhub.store import Meeting, MeetingRequest
from vendorhub.store.confirming import call_it_off
from vendorhub.store.history import record
from vendorhub.store.offers import clear_table
from vendorhub.store.write import Work
from vendorhub.usecases.lining_up import not_taking_place


def take_back(
    work: Work, request: MeetingRequest, *, note: str = "", decision_id: int | None = None
) -> tuple[int, int]:
    """Ends a yes that counts: times on the table fall, meetings ahead are cancelled, those behind stay as they were.

    Answers how many meetings it had led to, and how many of them are called off now.
    """
    request.before_answer, request.state = State.ACCEPTED, State.REVOKED
    clear_table(work.session, request.buyer_id, request.id, now=work.now)
    record(work, Deed.REVOKE, request=request, decision_id=decision_id)
    meetings = work.session.scalars(
        select(Meeting)
        .where(Meeting.buyer_id == request.buyer_id, Meeting.request_id == request.id)
        .order_by(Meeting.start_at)
    ).all()
    ahead = [one for one in meetings if one.state == MeetingState.CONFIRMED and one.start_at > work.now]
    told = frozenset[str]()
    for meeting in ahead:
        meeting.note = note
        told |= call_off(work, request, meeting, call_it_off(work, meeting))
    not_taking_place(work, request, told=told)
    return len(meetings), len(ahead)
