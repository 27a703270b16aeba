"""What time alone causes where everybody is invited to a briefing and no agenda is there: the buyer is asked, once."""

from datetime import datetime, timedelta

from sqlalchemy import Row, Select, select

from vendorhub import clock
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.wall_times import in_zone
from vendorhub.domain.windows import last_day_before
from vendorhub.outbox import meeting_all as letters
from vendorhub.store import Briefing, Meeting, MeetingRequest, Organisation, db
from vendorhub.store.write import write

_A_SECOND = timedelta(seconds=1)


def ask_due() -> int:
    """Asks the buyer's side of each meeting ahead whose agenda was to be published by now: keep, move or call off."""
    now = clock.now()
    due = [row for row in db.session.execute(_unpublished()).all() if _last_moment(row) <= now < row.start_at]
    return sum(_ask(row.id) for row in due)


def _ask(meeting_id: int) -> int:
    with write(None) as work:
        meeting = work.session.get_one(Meeting, meeting_id)
        work.lock_buyer(meeting.buyer_id)
        row = work.session.execute(_unpublished().where(Meeting.id == meeting_id)).first()
        if row is None or not _last_moment(row) <= work.now < row.start_at:
            return 0
        meeting = work.session.get_one(Meeting, meeting_id, populate_existing=True)
        request = work.session.get_one(MeetingRequest, meeting.request_id)
        work.session.get_one(Briefing, (meeting.buyer_id, meeting.request_id)).asked_at = work.now
        day = in_zone(_last_moment(row) - _A_SECOND, row.zone).date()
        letters.agenda_missing(work, request, meeting, published_by=day)
        return 1


def _unpublished() -> Select[int, datetime, int, str]:
    return (
        select(Meeting.id, Meeting.start_at, Briefing.publish_days_before, Organisation.zone)
        .join(Briefing, (Briefing.buyer_id == Meeting.buyer_id) & (Briefing.request_id == Meeting.request_id))
        .join(Organisation, Organisation.id == Meeting.buyer_id)
        .where(Meeting.state == MeetingState.CONFIRMED, Briefing.agenda_version == 0, Briefing.asked_at.is_(None))
    )


def _last_moment(row: Row[int, datetime, int, str]) -> datetime:
    return last_day_before(row.start_at, working_days=row.publish_days_before, zone=row.zone)
