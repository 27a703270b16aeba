"""Which meetings exist for whom, how each person stands to one, and whom of those who come they may know (law 10)."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from vendorhub.domain.briefings import Part, may_know
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.rights import Relation
from vendorhub.queries.scope import relations, scope
from vendorhub.store import Attendee, Meeting, MeetingRequest, Participation
from vendorhub.store.briefings import comes

_THEIRS = aliased(Meeting, name="their_meeting")


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """Which meetings exist for this actor (law 10)."""
    # The organisation is named of the meeting too, or no index would lead to it.
    if actor.side is Side.BUYER:
        attends = exists(
            select(Attendee.id).where(
                Attendee.buyer_id == Meeting.buyer_id,
                Attendee.meeting_id == Meeting.id,
                Attendee.person_id == actor.person,
                Attendee.gone_at.is_(None),
            )
        )
        return and_(Meeting.buyer_id == actor.organisation, or_(scope(actor), attends))
    if actor.side is Side.VAR:
        return and_(Meeting.company_id == actor.organisation, scope(actor))
    return or_(scope(actor), and_(MeetingRequest.kind == Kind.BRIEFING, or_(_joined(actor), _presents(actor))))


def attended(actor: Actor) -> Select[int]:
    """The numbers of the requests at whose meeting the actor was listed, whoever answered them."""
    return (
        select(Meeting.request_id)
        .join(Attendee, and_(Attendee.buyer_id == Meeting.buyer_id, Attendee.meeting_id == Meeting.id))
        .where(Attendee.person_id == actor.person, Attendee.gone_at.is_(None))
    )


def stands(actor: Actor, request: MeetingRequest, attending: Iterable[int]) -> frozenset[Relation]:
    """How the actor stands to a meeting in their sight; `attending` are the people on its list."""
    found = relations(actor, request, attending=frozenset(attending))
    return found | {Relation.PARTY} if is_party(actor, request) else found


def is_party(actor: Actor, request: MeetingRequest) -> bool:
    """Whether the actor comes to a briefing that others organise: one of its vendors, or somebody who presents."""
    return request.kind == Kind.BRIEFING and actor.organisation not in (request.buyer_id, request.company_id)


def known_to(actor: Actor, request: MeetingRequest, attendees: Iterable[Attendee]) -> list[Attendee]:
    """Those of the list whom the actor may know: rivals at a briefing don't know each other's people."""
    listed = list(attendees)
    if not is_party(actor, request):
        return listed
    own = next((each.company_id for each in listed if each.person_id == actor.person), actor.organisation)
    sides = {"buyer": request.buyer_id, "organiser": request.company_id}
    return [each for each in listed if may_know(each.company_id, own, **sides)]


def is_own(actor: Actor, request: MeetingRequest, attendee: Attendee) -> bool:
    """Whether somebody on the list comes for the actor: of a briefing for their company, else on their side."""
    if request.kind == Kind.BRIEFING:
        return attendee.company_id == actor.organisation
    return (attendee.side == Side.BUYER) is (actor.side is Side.BUYER)


def _joined(actor: Actor) -> ColumnElement[bool]:
    """A briefing to which their company comes."""
    return MeetingRequest.id.in_(
        select(Participation.request_id).where(
            Participation.company_id == actor.organisation, Participation.state == Part.JOINED
        )
    )


def _presents(actor: Actor) -> ColumnElement[bool]:
    """A briefing on whose list they are, for a company that comes."""
    return Meeting.id.in_(
        select(Attendee.meeting_id)
        .join(_THEIRS, _THEIRS.id == Attendee.meeting_id)
        .where(
            Attendee.person_id == actor.person,
            Attendee.company_id.is_not(None),
            comes(_THEIRS.request_id),
        )
    )
