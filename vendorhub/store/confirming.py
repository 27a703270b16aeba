"""Writing down what was agreed: the slot, the meeting that it makes, its attendees and their time; and its end."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Select, and_, select, update
from sqlalchemy.orm import Session

from vendorhub.domain import offers as rules
from vendorhub.domain.briefings import Part
from vendorhub.domain.codes import new_code
from vendorhub.domain.decisions import Consent
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import MeetingState, next_sequence, partstat_at_start
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import Clash
from vendorhub.domain.wall_times import in_zone
from vendorhub.store.attendance import busy, free, take
from vendorhub.store.briefings import Participation, away, comes
from vendorhub.store.items import Item, Presenter
from vendorhub.store.meeting_requests import Guest, MeetingRequest
from vendorhub.store.meetings import Attendee, Meeting, Proposal
from vendorhub.store.offers import AgreedSlot, Slot
from vendorhub.store.people import Membership, Organisation, Person, person_for
from vendorhub.store.relationships import kept
from vendorhub.store.write import Work


def put_slot(
    work: Work, request: MeetingRequest, slot: rules.Slot, *, side: str, by: int, offer_id: int | None = None
) -> Slot:
    """Writes one slot down, with or without an offer around it."""
    row = Slot(
        buyer_id=request.buyer_id,
        code=new_code(10),
        request_id=request.id,
        offer_id=offer_id,
        side=side,
        by=by,
        start_at=slot.start,
        end_at=slot.end,
        wall=slot.wall.isoformat(),
        zone=slot.zone,
    )
    work.session.add(row)
    return row


def agree(work: Work, consent: Consent, slot: Slot, *, agreed_by: int) -> AgreedSlot:
    """Records that the buyer's side agreed to this slot: `agreed_by` put it up or chose it."""
    row = AgreedSlot(
        buyer_id=consent.buyer,
        slot_id=slot.id,
        consent_id=consent.decision,
        terms_hash=consent.terms_hash,
        times=consent.terms.times,
        agreed_by=agreed_by,
        made_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row


def confirm(
    work: Work, request: MeetingRequest, consent: Consent, slot: Slot, agreed: AgreedSlot, *, actor: Actor
) -> tuple[Meeting, list[Attendee]]:
    """The meeting that an agreed slot makes, with everybody on its list. Raises Clash if somebody is taken."""
    people = _people(work, request, consent)
    refuse_clash(work, actor, [each.person for each in people], start=slot, but=None)
    meeting = Meeting(
        buyer_id=request.buyer_id,
        uid=str(uuid4()),
        request_id=request.id,
        company_id=request.company_id,
        consent_id=consent.decision,
        terms_hash=consent.terms_hash,
        times=consent.terms.times,
        use_no=consent.facts.used + 1,
        agreed_slot_id=agreed.id,
        kind=consent.terms.kind,
        topic=consent.terms.topic,
        state=MeetingState.CONFIRMED,
        start_at=slot.start_at,
        end_at=slot.end_at,
        zone=slot.zone,
        place_how=request.place_how,
        place_detail=request.place_detail,
        created_at=work.now,
        changed_at=work.now,
    )
    work.session.add(meeting)
    work.session.flush()
    attendees = [
        Attendee(
            buyer_id=request.buyer_id,
            meeting_id=meeting.id,
            person_id=each.person.id,
            side=each.side,
            company_id=each.company,
            email=each.person.email,
            name=each.person.name,
            partstat=partstat_at_start(decided=each.person.id == consent.decided_by),
            decided=each.person.id == consent.decided_by,
        )
        for each in people
    ]
    work.session.add_all(attendees)
    take(
        work.session,
        meeting.id,
        [each.person.id for each in people],
        start=slot.start_at,
        end=slot.end_at,
    )
    work.session.flush()
    _keep_up(work, request)
    return meeting, attendees


def _keep_up(work: Work, request: MeetingRequest) -> None:
    """Whoever meets has a relationship from then on: who asked, or the vendor for whom; each vendor of a briefing."""
    companies: Collection[int] = {request.vendor_id or request.company_id}
    if request.kind == Kind.BRIEFING:
        companies = work.session.scalars(
            select(Participation.company_id).where(
                Participation.buyer_id == request.buyer_id,
                Participation.request_id == request.id,
                Participation.state == Part.JOINED,
            )
        ).all()
    today = in_zone(work.now, work.session.get_one(Organisation, request.buyer_id).zone).date()
    for company in companies:
        kept(work.session, request.buyer_id, company, today=today, now=work.now)


def call_it_off(work: Work, meeting: Meeting) -> list[Attendee]:
    """Ends a confirmed meeting: its time is given back, wishes to move it fall. Answers who was on its list."""
    meeting.state = MeetingState.CANCELLED
    meeting.sequence = next_sequence(meeting.sequence)
    meeting.changed_at = work.now
    free(work.session, meeting.id)
    work.session.execute(
        update(Proposal)
        .where(Proposal.buyer_id == meeting.buyer_id, Proposal.meeting_id == meeting.id, Proposal.state == "open")
        .values(state="retracted")
    )
    return attendees_of(work, meeting)


def attendees_of(work: Work, meeting: Meeting) -> list[Attendee]:
    """Who is on the list of a meeting, in the order in which they came on it; not those who come no more."""
    return list(
        work.session.scalars(
            select(Attendee)
            .where(
                Attendee.buyer_id == meeting.buyer_id,
                Attendee.meeting_id == meeting.id,
                comes(meeting.request_id),
            )
            .order_by(Attendee.id)
        )
    )


def refuse_clash(work: Work, actor: Actor, people: list[Person], *, start: Slot, but: int | None) -> None:
    """Raises Clash if one of these people is taken then; named only to their own organisation (law 8)."""
    taken = busy(work.session, [person.id for person in people], start=start.start_at, end=start.end_at, but=but)
    if not taken:
        return
    own = set(
        work.session.scalars(
            select(Membership.person_id).where(
                Membership.organisation_id == actor.organisation, Membership.person_id.in_(taken)
            )
        )
    ) | ({actor.person} & taken)
    names = [person.name for person in people if person.id in own]
    if names:
        raise Clash("%(names)s already has a meeting then; please choose another time.", names=", ".join(names))
    raise Clash("Somebody who has to be there is taken then; please choose another time.")


def who_attend(work: Work, request: MeetingRequest, consent: Consent) -> list[Person]:
    """Whose time a meeting takes that is agreed now."""
    return [each.person for each in _people(work, request, consent)]


@dataclass(frozen=True)
class _Coming:
    """Somebody on the list, their side and, in a briefing, the company they come for."""

    person: Person
    side: str
    company: int | None


def _people(work: Work, request: MeetingRequest, consent: Consent) -> list[_Coming]:
    """Who attends: the decider who said yes, the buyer's own whom the answer added, and the guests of the terms; at a
    briefing also who joined for each vendor, and its presenters."""
    home = request.buyer_id if request.kind == Kind.BRIEFING else None
    asking = request.company_id if request.kind == Kind.BRIEFING else None
    found = {consent.decided_by: _Coming(work.session.get_one(Person, consent.decided_by), Side.BUYER, home)}
    own = work.session.scalars(
        select(Guest)
        .where(Guest.buyer_id == request.buyer_id, Guest.request_id == request.id, Guest.side == Side.BUYER)
        .order_by(Guest.id)
    ).all()
    named = [
        *((Side.BUYER, home, guest.email, guest.name) for guest in own),
        *((Side.VENDOR, asking, guest.email, guest.name) for guest in consent.terms.guests),
    ]
    for side, company, email, name in named:
        person = person_for(work.session, email=email, name=name, now=work.now)
        found.setdefault(person.id, _Coming(person, side, company))
    for joiner, company in work.session.execute(_joiners(request)):
        found.setdefault(joiner.id, _Coming(joiner, Side.VENDOR, company))
    for email, name, company in work.session.execute(_presenters(request.buyer_id, request.id)):
        person = person_for(work.session, email=email, name=name, now=work.now)
        side = Side.BUYER if company == request.buyer_id else Side.VENDOR
        found.setdefault(person.id, _Coming(person, side, company))
    return list(found.values())


def _joiners(request: MeetingRequest) -> Select[Person, int]:
    return (
        select(Person, Participation.company_id)
        .join(Participation, Participation.joined_by == Person.id)
        .where(
            Participation.buyer_id == request.buyer_id,
            Participation.request_id == request.id,
            Participation.state == Part.JOINED,
        )
        .order_by(Participation.position)
    )


def uninvited(session: Session, meeting: Meeting) -> list[tuple[str, str, int]]:
    """Who presents at the briefing that a meeting is and was never on its list: address, name and company."""
    listed = select(Attendee.email).where(Attendee.meeting_id == meeting.id)
    query = _presenters(meeting.buyer_id, meeting.request_id).where(Presenter.email.not_in(listed))
    return list({email: (email, name, company) for email, name, company in session.execute(query)}.values())


def _presenters(buyer_id: int, request_id: int) -> Select[str, str, int]:
    """Of what was sent by those who come; a vendor that stayed away or left brings nobody."""
    return (
        select(Presenter.email, Presenter.name, Item.company_id)
        .join(Item, and_(Item.buyer_id == Presenter.buyer_id, Item.id == Presenter.item_id))
        .where(Item.buyer_id == buyer_id, Item.request_id == request_id, Item.state == "sent")
        .where(~away(Item.request_id, Item.company_id))
        .order_by(Item.id, Presenter.position)
    )
