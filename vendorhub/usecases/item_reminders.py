"""What time causes about the items of briefings: one reminder, three days before their day, to those who still owe."""

from datetime import timedelta

from sqlalchemy import select

from vendorhub import clock
from vendorhub.domain import briefings as frame
from vendorhub.domain import items as rules
from vendorhub.domain.briefings import BriefingState, Part
from vendorhub.domain.items import ItemState
from vendorhub.domain.meeting_requests import State, is_held
from vendorhub.domain.meetings import MeetingState
from vendorhub.outbox import items as letters
from vendorhub.store import Briefing, Item, Meeting, MeetingRequest, db
from vendorhub.store.briefings import briefing_of, parts_of
from vendorhub.store.write import Work, write

_FURTHEST_AHEAD = timedelta(hours=14)  # of UTC, by the clocks on the first islands to see a day


def remind_due(*, at_most: int = 200) -> int:
    """Reminds, one briefing after the other, the vendors of which nothing is in; answers how many briefings it was."""
    today = (clock.now() + _FURTHEST_AHEAD).date()
    due = db.session.execute(
        select(Briefing.buyer_id, Briefing.request_id)
        .join(
            MeetingRequest,
            (MeetingRequest.buyer_id == Briefing.buyer_id) & (MeetingRequest.id == Briefing.request_id),
        )
        .where(
            Briefing.reminded_at.is_(None),
            Briefing.items_due <= today + timedelta(days=rules.DAYS_BEFORE),
            Briefing.items_due >= today - timedelta(days=2),
            MeetingRequest.state == State.ACCEPTED,
        )
        .order_by(Briefing.items_due, Briefing.request_id)
        .limit(at_most)
    ).all()
    return sum(_remind(buyer_id, request_id) for buyer_id, request_id in due)


def _remind(buyer_id: int, request_id: int) -> int:
    with write(None) as work:
        buyer = work.lock_buyer(buyer_id)
        request = work.session.get_one(MeetingRequest, request_id, populate_existing=True)
        briefing = briefing_of(work.session, request)
        since = rules.remind_at(briefing.items_due, buyer.zone)
        over = work.now >= frame.deadline(briefing.items_due, buyer.zone)
        if briefing.reminded_at is not None or work.now < since or over or not _is_ahead(work, request):
            return 0
        there = set(
            work.session.scalars(
                select(Item.company_id).where(Item.request_id == request.id, Item.state == ItemState.SENT).distinct()
            )
        )
        briefing.reminded_at = work.now
        for part in parts_of(work.session, request):
            owes = part.state in (Part.ASKED, Part.JOINED) and part.company_id not in there
            if owes and part.asked_at is not None and part.asked_at < since:
                letters.reminder(work, briefing, request, part)
        return 1


def _is_ahead(work: Work, request: MeetingRequest) -> bool:
    """Whether the yes counts and the meeting, if there is one, has not begun and is not called off."""
    meeting = work.session.scalar(
        select(Meeting).where(Meeting.request_id == request.id).order_by(Meeting.id.desc()).limit(1)
    )
    state = frame.state_of(
        State(request.state),
        start=meeting.start_at if meeting else None,
        end=meeting.end_at if meeting else None,
        cancelled=meeting is not None and meeting.state == MeetingState.CANCELLED,
        published=False,
        now=work.now,
    )
    going = (BriefingState.CONSENTED, BriefingState.CONFIRMED)
    return state in going and not is_held(request.held_until, work.now)
