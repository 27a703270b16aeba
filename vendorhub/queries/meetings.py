"""Agreed meetings as those who attend, asked or decided may see them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain import meetings as rules
from vendorhub.domain.codes import plain
from vendorhub.domain.deeds import MEETING_DEEDS, Deed
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor
from vendorhub.domain.places import How, Place, location
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.domain.rights import Relation, may
from vendorhub.queries import briefings
from vendorhub.queries import meeting_sight as sight
from vendorhub.queries.scope import decider
from vendorhub.store import Attendee, Meeting, MeetingRequest, Organisation, Proposal, Slot, confirming, db
from vendorhub.store.briefings import comes

_COMPANY, _BUYER, _VENDOR = (aliased(Organisation, name=name) for name in ("company", "buyer", "vendor"))
_OF_ITS_REQUEST = and_(MeetingRequest.buyer_id == Meeting.buyer_id, MeetingRequest.id == Meeting.request_id)
_VIEWS = (
    select(
        Meeting,
        MeetingRequest,
        _BUYER.slug.label("buyer"),
        _BUYER.name.label("buyer_name"),
        _BUYER.zone.label("buyer_zone"),
        _COMPANY.slug.label("company_slug"),
        _COMPANY.name.label("company"),
        _COMPANY.zone.label("company_zone"),
        _VENDOR.name.label("vendor"),
        _VENDOR.slug.label("vendor_slug"),
    )
    .join(MeetingRequest, _OF_ITS_REQUEST)
    .join(_BUYER, _BUYER.id == Meeting.buyer_id)
    .join(_COMPANY, _COMPANY.id == Meeting.company_id)
    .outerjoin(_VENDOR, _VENDOR.id == MeetingRequest.vendor_id)
)


@dataclass(frozen=True)
class AttendeeView:
    """Somebody on the list, with their answer in RFC 5545's words; `company` is for whom they come to a briefing."""

    email: str
    name: str
    side: str
    partstat: str
    company: str = ""


@dataclass(frozen=True)
class ProposalView:
    """A wish to move the meeting, and whose it is."""

    code: str
    by: str
    start: datetime
    end: datetime
    zone: str
    state: str
    note: str


@dataclass(frozen=True)
class MeetingView:
    """A meeting as the actor sees it."""

    uid: str
    request: str
    state: str
    kind: str
    topic: str
    outcome: str
    start: datetime
    end: datetime
    zone: str
    place: str
    place_how: str
    place_detail: str
    sequence: int
    buyer: str
    buyer_name: str
    buyer_zone: str
    company: str
    company_slug: str
    company_zone: str
    vendor: str | None
    vendor_slug: str | None
    attendees: tuple[AttendeeView, ...]
    proposals: tuple[ProposalView, ...]
    agenda_revision: int
    agenda_version: int
    created_at: datetime
    changed_at: datetime
    may: frozenset[Deed]

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = repr([value if name != "may" else sorted(value) for name, value in vars(self).items()])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def see(actor: Actor, uid: str) -> MeetingView:
    """One meeting. Raises NotThere if there is none, or none for this actor."""
    row = db.session.execute(_views(actor).where(Meeting.uid == plain(uid))).first()
    if row is None:
        raise NotThere
    return _shown(actor, [row])[0]


def own_people(actor: Actor, uid: str) -> list[tuple[str, str]]:
    """Address and name of each on the list of a meeting who comes for the actor and in whose place another may; not of
    whoever said yes to it. Raises NotThere."""
    meeting, request, _ = find_meeting(actor, uid)
    listed = db.session.scalars(
        select(Attendee).where(Attendee.meeting_id == meeting.id, comes(meeting.request_id)).order_by(Attendee.id)
    )
    return [(each.email, each.name) for each in listed if sight.is_own(actor, request, each) and not each.decided]


def uninvited(actor: Actor, meeting: MeetingView) -> list[str]:
    """The names of those who present and are not invited, for who may invite them; nobody while it is sealed what the
    vendors bring."""
    if Deed.INVITE not in meeting.may or not briefings.see(actor, meeting.request).items_open:
        return []
    return [name for _, name, _ in confirming.uninvited(db.session(), find_meeting(actor, meeting.uid)[0])]


def listing(
    actor: Actor,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 50,
    cursor: str | None = None,
    latest_first: bool = False,
) -> tuple[list[MeetingView], str | None]:
    """The actor's meetings that begin from `since` to before `until`, in time order, and the next page's cursor."""
    query = _views(actor)
    if since is not None:
        query = query.where(Meeting.start_at >= since)
    if until is not None:
        query = query.where(Meeting.start_at < until)
    if cursor:
        last = db.session.execute(_views(actor).where(Meeting.uid == plain(cursor))).first()
        if last is None:
            raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
        start, number = last[0].start_at, last[0].id
        same = Meeting.start_at == start
        query = query.where(
            or_(Meeting.start_at < start, and_(same, Meeting.id < number))
            if latest_first
            else or_(Meeting.start_at > start, and_(same, Meeting.id > number))
        )
    order = (Meeting.start_at.desc(), Meeting.id.desc()) if latest_first else (Meeting.start_at, Meeting.id)
    rows = db.session.execute(query.order_by(*order).limit(limit + 1)).all()
    shown = _shown(actor, rows[:limit])
    return shown, shown[-1].uid if len(rows) > limit else None


def find_meeting(actor: Actor, uid: str) -> tuple[Meeting, MeetingRequest, frozenset[Relation]]:
    """The rows of a meeting and its request, for a deed, and how the actor stands to them. Raises NotThere."""
    row = db.session.execute(
        select(Meeting, MeetingRequest)
        .join(MeetingRequest, _OF_ITS_REQUEST)
        .where(Meeting.uid == plain(uid), sight.in_sight(actor))
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotThere
    meeting, request = row
    return meeting, request, sight.stands(actor, request, _attending(meeting))


def deeds(
    actor: Actor, meeting: Meeting, request: MeetingRequest, stands: frozenset[Relation], now: datetime
) -> frozenset[Deed]:
    """What this actor can do with the meeting now."""
    ahead = now < meeting.start_at
    return frozenset(
        deed
        for deed in MEETING_DEEDS
        if deed in rules.TRANSITIONS[MeetingState(meeting.state)]
        and deed is not (Deed.SET_AGENDA if request.kind == Kind.BRIEFING else Deed.INVITE)
        and deed not in (rules.AFTERWARDS_ONLY if ahead else rules.AHEAD_ONLY)
        and may(actor, deed, stands, decider=decider(request))
    )


def _attending(meeting: Meeting) -> frozenset[int]:
    on_the_list = select(Attendee.person_id).where(Attendee.meeting_id == meeting.id, comes(meeting.request_id))
    return frozenset(db.session.scalars(on_the_list))


def _views(actor: Actor) -> Select[*tuple[Any, ...]]:
    return _VIEWS.where(sight.in_sight(actor))


def _shown(actor: Actor, rows: Sequence[Row[Any]]) -> list[MeetingView]:
    ids = [row[0].id for row in rows]
    attendees: dict[int, list[Attendee]] = {}
    companies: dict[int | None, str] = {}
    for attendee, company in db.session.execute(
        select(Attendee, Organisation.name)
        .join(Meeting, Meeting.id == Attendee.meeting_id)
        .outerjoin(Organisation, Organisation.id == Attendee.company_id)
        .where(Attendee.meeting_id.in_(ids), comes(Meeting.request_id))
        .order_by(Attendee.side, Attendee.id)
    ):
        attendees.setdefault(attendee.meeting_id, []).append(attendee)
        companies[attendee.company_id] = company or ""
    proposals: dict[int, list[ProposalView]] = {}
    for proposal, slot in db.session.execute(
        select(Proposal, Slot)
        .join(Slot, and_(Slot.buyer_id == Proposal.buyer_id, Slot.id == Proposal.slot_id))
        .where(Proposal.meeting_id.in_(ids))
        .order_by(Proposal.id)
    ):
        proposals.setdefault(proposal.meeting_id, []).append(
            ProposalView(proposal.code, slot.side, slot.start_at, slot.end_at, slot.zone, proposal.state, proposal.note)
        )
    return [
        _view(actor, row, attendees.get(number, ()), companies, proposals.get(number, ()))
        for number, row in zip(ids, rows, strict=True)
    ]


def _view(
    actor: Actor,
    row: Row[Any],
    attendees: Sequence[Attendee],
    companies: Mapping[int | None, str],
    proposals: Sequence[ProposalView],
) -> MeetingView:
    meeting: Meeting = row.Meeting
    request: MeetingRequest = row.MeetingRequest
    stands = sight.stands(actor, request, (attendee.person_id for attendee in attendees))
    return MeetingView(
        uid=meeting.uid,
        request=request.code,
        state=meeting.state,
        kind=meeting.kind,
        topic=meeting.topic,
        outcome=request.outcome,
        start=meeting.start_at,
        end=meeting.end_at,
        zone=meeting.zone,
        place=place_text(meeting, buyer_name=row.buyer_name, company_name=row.company),
        place_how=meeting.place_how,
        place_detail=meeting.place_detail,
        sequence=meeting.sequence,
        buyer=row.buyer,
        buyer_name=row.buyer_name,
        buyer_zone=row.buyer_zone,
        company=row.company,
        company_slug=row.company_slug,
        company_zone=row.company_zone,
        vendor=row.vendor,
        vendor_slug=row.vendor_slug,
        attendees=tuple(
            AttendeeView(each.email, each.name, each.side, each.partstat, companies[each.company_id])
            for each in sight.known_to(actor, request, attendees)
        ),
        proposals=() if sight.is_party(actor, request) else tuple(proposals),  # theirs who organise it, with its words
        agenda_revision=meeting.agenda_revision,
        agenda_version=meeting.agenda_version,
        created_at=meeting.created_at,
        changed_at=meeting.changed_at,
        may=deeds(actor, meeting, request, stands, clock.now()),
    )


def place_text(meeting: Meeting, *, buyer_name: str, company_name: str) -> str:
    """Where the meeting is, as a person reads it: "" while nobody has said."""
    if not meeting.place_how:
        return ""
    return location(
        Place(How(meeting.place_how), meeting.place_detail), buyer_name=buyer_name, company_name=company_name
    )
