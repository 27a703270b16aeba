"""Which talk two companies had last: who was in touch then is who is written to without a meeting."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from vendorhub.domain.briefings import Part
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import MeetingState
from vendorhub.store.briefings import Participation
from vendorhub.store.meeting_requests import MeetingRequest
from vendorhub.store.meetings import Meeting


@dataclass(frozen=True)
class Talk:
    """A meeting or briefing that has begun, its request, and the company's part where it was a briefing."""

    meeting: Meeting
    request: MeetingRequest
    part: Participation | None


def last_talk(session: Session, buyer_id: int, company_id: int, *, now: datetime) -> Talk | None:
    """The last one that a buyer had with a company, as the vendor, as who asked for it, or as one that joined."""
    row = session.execute(
        select(Meeting, MeetingRequest, Participation)
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == Meeting.buyer_id, MeetingRequest.id == Meeting.request_id),
        )
        .outerjoin(
            Participation,
            and_(
                Participation.buyer_id == Meeting.buyer_id,
                Participation.request_id == Meeting.request_id,
                Participation.company_id == company_id,
                Participation.state == Part.JOINED,
            ),
        )
        .where(
            Meeting.buyer_id == buyer_id,
            Meeting.state == MeetingState.CONFIRMED,
            Meeting.start_at <= now,
            _with(company_id),
        )
        .order_by(Meeting.start_at.desc(), Meeting.id.desc())
        .limit(1)
    ).first()
    return Talk(row.Meeting, row.MeetingRequest, row.Participation) if row else None


def _with(company_id: int) -> ColumnElement[bool]:
    asked = or_(MeetingRequest.company_id == company_id, MeetingRequest.vendor_id == company_id)
    return or_(Participation.id.is_not(None), and_(MeetingRequest.kind != Kind.BRIEFING, asked))
