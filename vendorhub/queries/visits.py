"""A meeting as somebody without an account sees it, by the link in their letter: as their company does, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select

from vendorhub import clock, keys
from vendorhub.domain import visits as rules
from vendorhub.domain.agendas import Say, in_english
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import AHEAD_ONLY, MeetingState, PartStat
from vendorhub.domain.people import Actor, Door, DoorName, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.queries import agenda_building, agendas, briefings, meetings, occasions, people
from vendorhub.queries.agendas import Line
from vendorhub.queries.meetings import MeetingView
from vendorhub.store import Action, Attendee, Meeting, MeetingRequest, Minutes, Organisation, Person, VisitLink, db
from vendorhub.store.briefings import comes

_DEEDS = (Deed.CANNOT_COME, Deed.COME, Deed.REPLACE)
_IN_THE_ROOM = frozenset({"named", "asked", "joined"})


@dataclass(frozen=True)
class Visit:
    """Who comes by a link, as whom they look, and to which meeting."""

    actor: Actor
    attendee: Attendee
    meeting: Meeting
    request: MeetingRequest
    home: Organisation


@dataclass(frozen=True)
class PromiseView:
    """What the visitor has promised, by when, and whether it is kept."""

    text: str
    due: date
    state: str


@dataclass(frozen=True)
class VisitView:
    """The page of a visitor. `asked_by` is who arranged the meeting; `vendors` are the companies in the room of a joint
    briefing; `promises` are None before its minutes are confirmed."""

    name: str
    company: str
    zone: str
    partstat: str
    topic: str
    kind: str
    start: datetime
    end: datetime
    meeting_zone: str
    buyer_zone: str
    place: str
    buyer_name: str
    asking: str
    outcome: str
    house_rules: str
    vendors: tuple[str, ...]
    agenda: tuple[Line, ...]
    promises: tuple[PromiseView, ...] | None
    may: frozenset[Deed]


def find(secret: str) -> Visit:
    """Whose link this is. Raises NotThere for an unknown one, and where it opens nothing any more: the meeting was
    called off or is long over, somebody else comes instead, or their company does not come."""
    row = db.session.execute(
        select(Attendee, Meeting, MeetingRequest, Person)
        .join(VisitLink, VisitLink.attendee_id == Attendee.id)
        .join(Meeting, and_(Meeting.buyer_id == Attendee.buyer_id, Meeting.id == Attendee.meeting_id))
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == Meeting.buyer_id, MeetingRequest.id == Meeting.request_id),
        )
        .join(Person, Person.id == Attendee.person_id)
        .where(
            VisitLink.hash == keys.hash_secret(secret),
            Meeting.state == MeetingState.CONFIRMED,
            comes(Meeting.request_id),
            Person.active,
        )
        .execution_options(populate_existing=True)
    ).first()
    if row is None or not rules.opens(end=row.Meeting.end_at, now=clock.now()):
        raise NotThere
    attendee, meeting, request, _ = row
    actor, home = as_visitor(attendee, meeting)
    return Visit(actor, attendee, meeting, request, home)


def as_visitor(attendee: Attendee, meeting: Meeting) -> tuple[Actor, Organisation]:
    """As whom somebody on the list looks who has no account, and of which company."""
    of = attendee.company_id or (meeting.buyer_id if attendee.side == Side.BUYER else meeting.company_id)
    home = db.session.get_one(Organisation, of)
    actor = Actor(
        person=attendee.person_id,
        organisation=home.id,
        side=Side(home.kind),
        name=attendee.name,
        roles=frozenset(),
        door=Door(DoorName.LINK),
        zone=home.zone,
    )
    return actor, home


def see(secret: str, *, say: Say = in_english) -> VisitView:
    """The page behind a link. Raises NotThere as `find` does."""
    visit = find(secret)
    request, meeting = visit.request, meetings.see(visit.actor, visit.meeting.uid)
    joint = request.kind == Kind.BRIEFING
    briefing = briefings.attended(visit.actor, request.code) if joint else None
    return VisitView(
        name=visit.attendee.name,
        company=visit.home.name,
        zone=people.me(visit.actor).zone,
        partstat=visit.attendee.partstat,
        topic=meeting.topic,
        kind=meeting.kind,
        start=meeting.start,
        end=meeting.end,
        meeting_zone=meeting.zone,
        buyer_zone=meeting.buyer_zone,
        place=meeting.place,
        buyer_name=meeting.buyer_name,
        asking=meeting.company,
        outcome=request.outcome,
        house_rules=briefing.house_rules if briefing else "",
        vendors=tuple(each.name for each in briefing.vendors if each.state in _IN_THE_ROOM) if briefing else (),
        agenda=agendas.of(visit.actor, briefing, say=say).lines if briefing else _of_both(visit.actor, meeting),
        promises=_promises(visit) if joint else None,
        may=_may(visit),
    )


def _may(visit: Visit) -> frozenset[Deed]:
    """Until it begins: to say that they can't come, or can after all, and to send somebody else."""
    if clock.now() >= visit.meeting.start_at:
        return frozenset()
    other = Deed.CANNOT_COME if visit.attendee.partstat == PartStat.DECLINED else Deed.COME
    return AHEAD_ONLY.intersection(_DEEDS) - {other}


def _of_both(actor: Actor, meeting: MeetingView) -> tuple[Line, ...]:
    """The agenda of a single meeting: as it was published, else as far as it is."""
    single = occasions.of_meeting(meeting)
    if single.agenda_version:
        return agendas.of(actor, single).lines
    bench = agenda_building.lay_out(actor, single)
    return agendas.lines_of(bench.entries, bench.circle)


def _promises(visit: Visit) -> tuple[PromiseView, ...] | None:
    request = visit.request
    if db.session.get(Minutes, (request.buyer_id, request.id)) is None:
        return None
    own: Sequence[Action] = db.session.scalars(
        select(Action)
        .where(
            Action.buyer_id == request.buyer_id,
            Action.request_id == request.id,
            Action.owner_email == visit.attendee.email,
        )
        .order_by(Action.due, Action.id)
    ).all()
    return tuple(PromiseView(each.text, each.due, each.state) for each in own)
