"""Whether a company, or one person of it, is shut out of a buyer at an instant (law 5)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Exists, SQLColumnExpression, and_, exists, or_
from sqlalchemy.orm import aliased

from vendorhub.domain.briefings import NAMED, PROPOSED
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.meetings import MeetingState
from vendorhub.store.briefings import Participation, comes
from vendorhub.store.decisions import Block, Lifting
from vendorhub.store.meeting_requests import MeetingRequest
from vendorhub.store.meetings import Attendee, Meeting
from vendorhub.store.people import Person

Id = int | SQLColumnExpression[int] | SQLColumnExpression[int | None] | None

_BLOCKED, _ASKING = aliased(Person, name="blocked_person"), aliased(Person, name="asking_person")


def shut_out(buyer_id: Id, company_id: Id, person_id: Id, *, now: datetime | ColumnElement[datetime]) -> Exists:
    """A block that is effective by `now` and not lifted; as a condition, for queries. A held one isn't yet (Held)."""
    return exists().where(
        Block.buyer_id == buyer_id, meets((company_id,), (person_id,)), Block.effective_at <= now, ~lifted()
    )


def asker_shut_out(
    ask: MeetingRequest | type[MeetingRequest], *, now: datetime | ColumnElement[datetime]
) -> ColumnElement[bool]:
    """The same of whoever asks: a company or its person; where a VAR asks in a vendor's name, either of the two."""
    return exists().where(Block.buyer_id == ask.buyer_id, concerns(ask), Block.effective_at <= now, ~lifted())


def concerns(ask: MeetingRequest | type[MeetingRequest]) -> ColumnElement[bool]:
    """That a block is about this ask: of its company or its person, of the vendor in whose name it is, or of whoever
    gave that name."""
    return meets((ask.company_id, ask.vendor_id), (ask.asked_by, ask.confirmed_by))


def takes_part(part: type[Participation], ask: type[MeetingRequest]) -> ColumnElement[bool]:
    """That a block is of a vendor which is named in a briefing that was not over then, or of who joined it for the
    vendor. Who was there was there."""
    over = exists().where(
        Meeting.buyer_id == ask.buyer_id,
        Meeting.request_id == ask.id,
        Meeting.state == MeetingState.CONFIRMED,
        Meeting.end_at <= Block.effective_at,
    )
    return and_(
        meets((part.company_id,), (part.joined_by,)),
        part.state.in_(NAMED),
        ask.state.in_((State.ACCEPTED, *PROPOSED)),
        ~over.correlate_except(Meeting),
    )


def attends(attendee: type[Attendee], meeting: type[Meeting], *, now: datetime) -> ColumnElement[bool]:
    """That a block is of somebody who comes to a meeting of this buyer's that is ahead."""
    return and_(
        meets((), (attendee.person_id,)),
        meeting.buyer_id == Block.buyer_id,
        meeting.state == MeetingState.CONFIRMED,
        meeting.start_at > now,
        comes(meeting.request_id),
    )


def meets(companies: Sequence[Id], people: Sequence[Id]) -> ColumnElement[bool]:
    """That a block is of one of these companies as a whole, or of one of these people, by whichever address of their
    mailbox they come."""
    same_mailbox = (
        exists()
        .where(_BLOCKED.id == Block.person_id, _ASKING.id.in_(people), _ASKING.identity == _BLOCKED.identity)
        .correlate_except(_BLOCKED, _ASKING)
    )
    return or_(and_(Block.person_id.is_(None), Block.company_id.in_(companies)), same_mailbox)


def lifted() -> Exists:
    """That a block has been taken away again."""
    return exists().where(Lifting.buyer_id == Block.buyer_id, Lifting.block_id == Block.id).correlate_except(Lifting)
