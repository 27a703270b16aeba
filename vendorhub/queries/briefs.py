"""The one page before a meeting, to each side in its own terms: where it left off, promises, who comes, what for."""

from datetime import UTC

from sqlalchemy import and_, or_, select

from vendorhub.domain import briefs as rules
from vendorhub.domain.agendas import Say, in_english
from vendorhub.domain.briefings import Part
from vendorhub.domain.briefs import Brief, Comer, Matter, Point
from vendorhub.domain.codes import meant, plain
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor, DoorName, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rights import Relation, may
from vendorhub.queries import agenda_building, agendas, briefings, meetings, memory, notes, occasions
from vendorhub.queries.agendas import Line
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.meetings import MeetingView
from vendorhub.store import (
    Attendee,
    BriefSent,
    Goal,
    Meeting,
    MeetingRequest,
    Note,
    Organisation,
    Participation,
    Person,
    Relationship,
    db,
)


def see(actor: Actor, uid: str, *, say: Say = in_english) -> Brief:
    """The brief of a meeting. Raises NotThere if there is none, none for this actor, and where it is called off."""
    meeting = meetings.see(actor, uid)
    if meeting.state != MeetingState.CONFIRMED:
        raise NotThere
    agenda, published = _agenda(actor, meeting, say)
    theirs, ours = _people(actor, meeting)
    matter = Matter(
        start=meeting.start.astimezone(UTC).isoformat(),
        end=meeting.end.astimezone(UTC).isoformat(),
        place=meeting.place,
        agenda=tuple(line.entry.title for line in agenda) if published else (),
        people=tuple(each.name for each in (*theirs, *ours) if each.partstat != "DECLINED"),
    )
    before = _told(actor, uid)
    request = db.session.execute(
        select(MeetingRequest, Goal.name)
        .outerjoin(Goal, and_(Goal.buyer_id == MeetingRequest.buyer_id, Goal.id == MeetingRequest.goal_id))
        .where(MeetingRequest.code == meant(meeting.request))
    ).one()
    return Brief(
        uid=meeting.uid,
        topic=meeting.topic,
        joint=meeting.kind == Kind.BRIEFING,
        buyer=meeting.buyer_name,
        buyer_zone=meeting.buyer_zone,
        company=meeting.vendor or meeting.company,
        start=meeting.start,
        end=meeting.end,
        place=meeting.place,
        outcome=meeting.outcome,
        goal=request[1] or "",
        left_off=tuple(memory.left_off(actor, _relationships(actor, request[0]))),
        changes=rules.changes(before, matter) if before else (),
        people=theirs,
        own_people=ours,
        agenda=tuple(Point(each.starts_at_minute, each.entry.minutes, each.entry.title, each.whose) for each in agenda),
        matter=matter,
    )


def next_of(actor: Actor, code: str) -> str:
    """The UID of the next meeting of a relationship, by its code. Raises NotThere where there is none."""
    uid = notes.next_meeting(actor, notes.relationship(actor, code))
    if not uid:
        raise NotThere
    return uid


def _agenda(actor: Actor, meeting: MeetingView, say: Say) -> tuple[tuple[Line, ...], bool]:
    """As it was published, or, of a single meeting before that, as far as it is; and which of the two."""
    if meeting.kind == Kind.BRIEFING:
        return agendas.of(actor, _briefing(actor, meeting.request), say=say).lines, True
    single = occasions.of_meeting(meeting)
    if single.agenda_version:
        return agendas.of(actor, single).lines, True
    bench = agenda_building.lay_out(actor, single)
    return agendas.lines_of(bench.entries, bench.circle), False


def _briefing(actor: Actor, code: str) -> BriefingView:
    try:
        return briefings.see(actor, code)
    except NotThere:  # they are on the list and of no company that was asked
        return briefings.attended(actor, code)


def _people(actor: Actor, meeting: MeetingView) -> tuple[tuple[Comer, ...], tuple[Comer, ...]]:
    """Who comes of the others, with the line that is remembered of each, and who of the reader's own."""
    lines = _lines(actor, meeting)
    home = db.session.scalars(select(Organisation.name).where(Organisation.id == actor.organisation)).one()
    theirs: list[Comer] = []
    ours: list[Comer] = []
    for each in meeting.attendees:
        company = each.company or (meeting.buyer_name if each.side == Side.BUYER else meeting.vendor or meeting.company)
        own = company == home if each.company else (each.side == Side.BUYER) is (actor.side is Side.BUYER)
        who = Comer(each.name, company, each.partstat, "" if own else lines.get(each.email, ""))
        (ours if own else theirs).append(who)
    return tuple(theirs), tuple(ours)


def _lines(actor: Actor, meeting: MeetingView) -> dict[str, str]:
    """What the reader's side remembers of people, by address; a link opens none of it."""
    if actor.door.name == DoorName.LINK:
        return {}
    rows = db.session.execute(
        select(Person.email, Note.text)
        .join(Person, Person.id == Note.person_id)
        .join(Relationship, and_(Relationship.buyer_id == Note.buyer_id, Relationship.id == Note.relationship_id))
        .where(
            Note.owner_id == actor.organisation,
            Note.remembered,
            Person.email.in_([each.email for each in meeting.attendees]),
            notes.in_reach(actor),
        )
    )
    return {row.email: row.text for row in rows}


def _relationships(actor: Actor, request: MeetingRequest) -> list[Relationship]:
    """The relationships that the meeting is about, as far as the reader may know of them; a link opens none."""
    if actor.door.name == DoorName.LINK or not may(actor, Deed.SEE_RELATIONSHIP, frozenset({Relation.ANY})):
        return []
    of = select(Relationship).where(Relationship.buyer_id == request.buyer_id, notes.in_reach(actor))
    if not actor.asks:
        joined = select(Participation.company_id).where(
            Participation.buyer_id == request.buyer_id,
            Participation.request_id == request.id,
            Participation.state == Part.JOINED,
        )
        one = request.vendor_id or request.company_id
        of = of.where(or_(Relationship.company_id == one, Relationship.company_id.in_(joined)))
    return list(db.session.scalars(of.order_by(Relationship.id)))


def _told(actor: Actor, uid: str) -> Matter | None:
    """What the reader was told last."""
    body = db.session.scalar(
        select(BriefSent.told)
        .join(Attendee, and_(Attendee.buyer_id == BriefSent.buyer_id, Attendee.id == BriefSent.attendee_id))
        .join(Meeting, and_(Meeting.buyer_id == Attendee.buyer_id, Meeting.id == Attendee.meeting_id))
        .where(Meeting.uid == plain(uid), Attendee.person_id == actor.person)
    )
    return rules.kept(body) if body else None
