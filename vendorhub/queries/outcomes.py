"""What came of meetings, to each side as it may know it, and of which the actor has yet to say so."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.meetings import MeetingState, after
from vendorhub.domain.outcomes import ASKED_FOR, CORRECTED_FOR, Held, Next, Prepares, check_correctable
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, SomebodyWasFaster
from vendorhub.domain.rights import may, require
from vendorhub.queries import meeting_sight as sight
from vendorhub.queries import meetings
from vendorhub.queries.scope import decider
from vendorhub.store import (
    Attendee,
    Goal,
    Meeting,
    MeetingRequest,
    NextMeeting,
    Organisation,
    Outcome,
    Person,
    Thanks,
    db,
)
from vendorhub.store.outcomes import of_meeting

UNSAID_AT_MOST = 5
_COMPANY, _VENDOR = aliased(Organisation, name="company"), aliased(Organisation, name="vendor")
_OF_ITS_REQUEST = and_(MeetingRequest.buyer_id == Meeting.buyer_id, MeetingRequest.id == Meeting.request_id)


@dataclass(frozen=True)
class OutcomeView:
    """What was said of a meeting. `worth`, `note` and `goal_moved` are the buyer's own: None and "" for the others.

    `next` is from when until when the buyer would meet again, and `standing` that it can offer times for it at once;
    `by` is None to the other side.
    """

    held: Held
    decisions: tuple[str, ...]
    thanks: str
    quotable: bool
    next: Next | None
    at: datetime
    by: str | None = None
    worth: int | None = None
    note: str = ""
    goal: str = ""
    goal_moved: bool | None = None
    correctable: bool = False
    revision: int = 1
    standing: bool = False

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Unsaid:
    """A meeting of the last days of which nobody has said yet how it was."""

    uid: str
    company: str
    topic: str
    start: datetime


def see(actor: Actor, uid: str) -> OutcomeView | None:
    """What came of a meeting; None while nobody has said so. Raises NotThere for no meeting of the actor's."""
    meeting, request, stands = meetings.find_meeting(actor, uid)
    row = db.session.execute(
        select(Outcome, NextMeeting, Thanks, Person.name, Goal.name.label("goal"))
        .select_from(Meeting)
        .join(Outcome, and_(*of_meeting()))
        .join(Person, Person.id == Outcome.by)
        .outerjoin(
            NextMeeting,
            and_(NextMeeting.buyer_id == Outcome.buyer_id, NextMeeting.meeting_id == Outcome.meeting_id),
        )
        .outerjoin(
            Thanks,
            and_(
                Thanks.buyer_id == Meeting.buyer_id,
                Thanks.request_id == Meeting.request_id,
                Thanks.use_no == Meeting.use_no,
            ),
        )
        .outerjoin(Goal, Goal.id == request.goal_id)
        .where(Meeting.id == meeting.id)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return None
    said, wish, thanks = row.Outcome, row.NextMeeting, row.Thanks
    view = OutcomeView(
        held=Held(said.held),
        decisions=tuple(said.decisions),
        thanks=thanks.text if thanks else "",
        quotable=bool(thanks and thanks.quotable),
        next=Next(wish.first, wish.last, Prepares(wish.prepares)) if wish else None,
        at=said.made_at,
    )
    if actor.side is not Side.BUYER:
        return view
    own = may(actor, Deed.SAY_OUTCOME, stands, decider=decider(request))
    return replace(
        view,
        by=row.name,
        worth=said.worth,
        note=said.note,
        goal=row.goal or "",
        goal_moved=said.goal_moved,
        correctable=own and clock.now() < said.made_at + CORRECTED_FOR,
        revision=said.revision,
        standing=request.standing and request.state == State.ACCEPTED and own,
    )


def goal_of(actor: Actor, uid: str) -> str:
    """The goal that a meeting was to serve; "" for none."""
    _, request, _ = meetings.find_meeting(actor, uid)
    goal = db.session.get(Goal, request.goal_id) if request.goal_id else None
    return goal.name if goal else ""


def told(actor: Actor, uid: str) -> OutcomeView:
    """The same. Raises NotThere while nobody has said anything."""
    if (view := see(actor, uid)) is None:
        raise NotThere
    return view


def saying(actor: Actor, uid: str) -> tuple[Meeting, MeetingRequest]:
    """The meeting of which the actor can say what came of it, nobody having said so before.

    Raises NotThere, NotAllowed, SomebodyWasFaster, WrongState before it has begun and for one that was called off.
    """
    meeting, request, stands = meetings.find_meeting(actor, uid)
    require(actor, Deed.SAY_OUTCOME, stands, decider=decider(request))
    _match(actor, meetings.see(actor, uid).version)
    after(MeetingState(meeting.state), Deed.SAY_OUTCOME, start=meeting.start_at, now=clock.now())
    if see(actor, uid) is not None:
        raise SomebodyWasFaster("Somebody of your side has said so already; please look at it, then put it right.")
    return meeting, request


def correcting(actor: Actor, uid: str) -> tuple[Meeting, MeetingRequest]:
    """The meeting of which the actor can put right what was said. Raises as `saying` does, NotThere where nothing
    was, WrongState once it is too old."""
    meeting, request, stands = meetings.find_meeting(actor, uid)
    view = told(actor, uid)
    require(actor, Deed.SAY_OUTCOME, stands, decider=decider(request))
    _match(actor, view.version)
    check_correctable(view.at, now=clock.now())
    return meeting, request


def unsaid(actor: Actor) -> list[Unsaid]:
    """The meetings of the last days of which the actor could say how they were, the latest first."""
    now, ask = clock.now(), MeetingRequest
    came = exists().where(
        Attendee.buyer_id == Meeting.buyer_id,
        Attendee.meeting_id == Meeting.id,
        Attendee.person_id == actor.person,
        Attendee.gone_at.is_(None),
    )
    rows = db.session.execute(
        select(Meeting, ask, func.coalesce(_VENDOR.name, _COMPANY.name).label("company"))
        .join(ask, _OF_ITS_REQUEST)
        .join(_COMPANY, _COMPANY.id == Meeting.company_id)
        .outerjoin(_VENDOR, _VENDOR.id == ask.vendor_id)
        .where(
            Meeting.buyer_id == actor.organisation,
            Meeting.state == MeetingState.CONFIRMED,
            Meeting.end_at <= now,
            Meeting.end_at > now - ASKED_FOR,
            ~exists().where(*of_meeting()),
            or_(came, ask.decided_by.in_([actor.person, *actor.serves])),
            sight.in_sight(actor),
        )
        .order_by(Meeting.end_at.desc(), Meeting.id.desc())
        .limit(UNSAID_AT_MOST)
    )
    return [
        Unsaid(row.Meeting.uid, row.company, row.Meeting.topic, row.Meeting.start_at)
        for row in rows
        if may(
            actor,
            Deed.SAY_OUTCOME,
            sight.stands(actor, row.MeetingRequest, (actor.person,)),
            decider=decider(row.MeetingRequest),
        )
    ]


def _match(actor: Actor, version: str) -> None:
    if not actor.door.has_seen(lambda: version):
        raise SomebodyWasFaster("This has changed since you opened it; please look again, then decide.")
