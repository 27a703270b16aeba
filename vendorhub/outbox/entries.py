"""Answers how a meeting is told to one attendee: what the letter says of it, and the entry for their calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import or_, select

from vendorhub.domain.agenda_versions import Party
from vendorhub.domain.briefings import Part, may_know
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import PartStat
from vendorhub.domain.places import How, Place, location
from vendorhub.domain.wall_times import zone_name
from vendorhub.itip import compose
from vendorhub.itip.mailboxes import Mailbox
from vendorhub.outbox.about import asking
from vendorhub.outbox.agenda_sheets import Published, published_agenda
from vendorhub.outbox.letters import CalendarPart
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import InAName, Recipient, organisation
from vendorhub.outbox.words import description
from vendorhub.store import (
    Attendee,
    Meeting,
    MeetingRequest,
    Membership,
    Organisation,
    Participation,
    Person,
    Slot,
)
from vendorhub.store.briefings import parts_of
from vendorhub.store.write import Work


@dataclass(frozen=True)
class MeetingFacts:
    """What there is to say about a meeting in one round of letters; `decider` is the name of who said yes.

    `vendors` are the names of those in the room at a joint briefing; `homes` the organisations of people of several,
    by person. `leaving` says that the round is for those alone who do not come any more; `published` is the agenda, of
    which each is told what they may read. `visits` are the links of those who have no account, by address, where
    everybody else has `link`.
    """

    request: MeetingRequest
    meeting: Meeting
    attendees: tuple[Attendee, ...]
    buyer: Organisation
    company: Organisation | InAName
    people: Mapping[int, Person]
    place: str
    asker: str
    decider: str
    link: str
    homes: Mapping[int, Organisation] = field(default_factory=dict)
    vendors: tuple[str, ...] = ()
    leaving: bool = False
    published: Published | None = None
    visits: Mapping[str, str] = field(default_factory=dict)

    def home(self, attendee: Attendee) -> Organisation | InAName:
        """The organisation on whose side an attendee is."""
        return self.buyer if attendee.side == "buyer" else self.homes.get(attendee.person_id, self.company)

    def other_side(self, attendee: Attendee) -> str:
        """Who invites, as this attendee would say: the one who asked or, to the asking side, who said yes; whoever
        organises a briefing invites its vendors."""
        asking = attendee.company_id in (None, self.request.company_id)
        return self.decider if attendee.side != "buyer" and asking else self.asker

    def known_to(self, attendee: Attendee) -> tuple[Attendee, ...]:
        """Those of the list whom this attendee may know: at a briefing no rival's people (law 10)."""
        buyer, organiser = self.request.buyer_id, self.request.company_id
        return tuple(
            each
            for each in self.attendees
            if may_know(each.company_id, attendee.company_id, buyer=buyer, organiser=organiser)
        )

    def told_to(self, attendee: Attendee) -> dict[str, Any]:
        """What the words to this attendee are made of; the language is the one forced at the moment."""
        known, clocks = self.known_to(attendee), zone_name(self.meeting.start_at, self.meeting.zone)
        told = self.published if not self.leaving else None
        running = told.told_to(self._party(attendee), self.meeting) if told else ()
        return {**vars(self), "attendees": known, "running": running, "clocks": clocks}

    def _party(self, attendee: Attendee) -> Party:
        buyer, organiser = self.request.buyer_id, self.request.company_id
        company = buyer if attendee.side == "buyer" else attendee.company_id or organiser
        return Party(company, arranges=company in (buyer, organiser))

    @property
    def changed_at(self) -> datetime:
        """When what is told of it changed last."""
        made_at = self.published.made_at if self.published else None
        return max(self.meeting.changed_at, made_at) if made_at else self.meeting.changed_at

    @property
    def sequence(self) -> int:
        """SEQUENCE of the round: to whom it is the last, it is one higher than the meeting's own (ITIP 32)."""
        return self.meeting.sequence + self.leaving


def meeting_facts(
    work: Work,
    request: MeetingRequest,
    meeting: Meeting,
    attendees: Sequence[Attendee],
    *,
    decider: int | None,
    leaving: bool = False,
) -> MeetingFacts:
    """What there is to say about a meeting now."""
    _everybody = _companies(work, request)  # held, so that each is looked up once
    buyer, company = organisation(work, request.buyer_id), organisation(work, request.company_id)
    named = {request.asked_by, decider, *(attendee.person_id for attendee in attendees)}
    people = {row.id: row for row in work.session.scalars(select(Person).where(Person.id.in_(named - {None})))}
    return MeetingFacts(
        request=request,
        meeting=meeting,
        attendees=tuple(attendees),
        buyer=buyer,
        company=asking(work, request),
        people=people,
        place=_where(meeting, buyer, company),
        asker=people[request.asked_by].name if request.asked_by else request.sender_name,
        decider=people[decider].name if decider else buyer.name,
        link=office().links.meeting(meeting.uid),
        homes=_homes(work, request, people, attendees),
        vendors=_in_the_room(work, request),
        leaving=leaving,
        published=published_agenda(work, request, meeting),
    )


def meeting_context(
    facts: MeetingFacts, attendee: Attendee, to: Recipient, *, moved_from: Slot | None = None
) -> dict[str, Any]:
    """What the letter to this attendee is worded from; `moved_from` is the time they were told before."""
    with force_locale(to.language):
        told = facts.told_to(attendee)
    return {
        **told,
        "zones": (to.zone, facts.meeting.zone, facts.buyer.zone, facts.company.zone),
        "moved_from": moved_from,
        "answers": attendee.partstat == PartStat.NEEDS_ACTION,
        "link": facts.visits.get(attendee.email, facts.link),
        "visits": attendee.email in facts.visits,
    }


def calendar_part(
    facts: MeetingFacts, attendee: Attendee, to: Recipient, *, method: str, stamp: datetime, thread: str | None
) -> CalendarPart:
    """The calendar object of that letter: METHOD REQUEST or CANCEL; `stamp` is its DTSTAMP.

    Raises ValueError for what iCalendar could not hold.
    """
    told = entry(facts, attendee, stamp=stamp, language=to.language)
    return CalendarPart(
        raw=compose.request(told) if method == "REQUEST" else compose.cancel(told),
        method=method,
        uid=facts.meeting.uid,
        sequence=facts.sequence,
        stamp=stamp,
        organiser=told.organiser,
        thread=thread,
    )


def entry(facts: MeetingFacts, attendee: Attendee, *, stamp: datetime, language: str) -> compose.Entry:
    """The meeting as this attendee's calendar shows it, with a reply address of their own as organiser (ITIP 22).

    `stamp` is its DTSTAMP. Raises ValueError for what iCalendar could not hold.
    """
    meeting = facts.meeting
    # A calendar is often read by others, so nobody's own link stands in it.
    link = "" if attendee.email in facts.visits else facts.link
    with force_locale(language):
        summary = _summary(facts)
        told = description({**facts.told_to(attendee), "link": link})
        name = _("%(person)s via VendorHub", person=facts.other_side(attendee))
    reply_to = office().reply_address(buyer_id=meeting.buyer_id, person_id=attendee.person_id)
    return compose.Entry(
        uid=meeting.uid,
        sequence=facts.sequence,
        dtstamp=stamp,
        created=meeting.created_at,
        last_modified=facts.changed_at,
        start=meeting.start_at,
        end=meeting.end_at,
        zone=meeting.zone,
        summary=summary,
        description=told,
        location=facts.place,
        url=link,
        organiser=Mailbox(name, reply_to),
        attendees=tuple(map(_listed, facts.known_to(attendee))),
    )


def _summary(facts: MeetingFacts) -> str:
    if facts.vendors:
        return str(_("Joint briefing at %(buyer)s: %(topic)s", buyer=facts.buyer.name, topic=facts.meeting.topic))
    return str(
        _(
            "%(company)s and %(buyer)s: %(topic)s",
            company=facts.company.name,
            buyer=facts.buyer.name,
            topic=facts.meeting.topic,
        )
    )


def _companies(work: Work, request: MeetingRequest) -> Sequence[Organisation]:
    """All companies of a briefing at once."""
    if request.kind != Kind.BRIEFING:
        return ()
    vendors = select(Participation.company_id).where(
        Participation.buyer_id == request.buyer_id, Participation.request_id == request.id
    )
    one_of = or_(Organisation.id.in_((request.buyer_id, request.company_id)), Organisation.id.in_(vendors))
    return work.session.scalars(select(Organisation).where(one_of)).all()


def _in_the_room(work: Work, request: MeetingRequest) -> tuple[str, ...]:
    """The names of the vendors that come to a briefing: each has agreed to the others'."""
    if request.kind != Kind.BRIEFING:
        return ()
    parts = [part for part in parts_of(work.session, request) if part.state == Part.JOINED]
    return tuple(organisation(work, part.company_id).name for part in parts)


def _homes(
    work: Work, request: MeetingRequest, people: Mapping[int, Person], attendees: Sequence[Attendee]
) -> dict[int, Organisation]:
    """Of which company somebody is, at a briefing and where a VAR asks in a vendor's name."""
    if request.kind == Kind.BRIEFING:
        return {each.person_id: organisation(work, each.company_id) for each in attendees if each.company_id}
    if request.vendor_id is None:
        return {}
    two = {each: organisation(work, each) for each in (request.company_id, request.vendor_id)}
    places = work.session.execute(
        select(Membership.person_id, Membership.organisation_id).where(
            Membership.person_id.in_(list(people)), Membership.organisation_id.in_(list(two))
        )
    )
    return {person: two[home] for person, home in places if home is not None}


def _listed(attendee: Attendee) -> compose.Attendee:
    # Who has answered is not asked again (ITIP 88); the decider did so by saying yes.
    asks = attendee.partstat == PartStat.NEEDS_ACTION
    return compose.Attendee(attendee.email, attendee.name, attendee.partstat, rsvp=asks)


def _where(meeting: Meeting, buyer: Organisation, company: Organisation) -> str:
    if not meeting.place_how:
        return ""
    place = Place(How(meeting.place_how), meeting.place_detail)
    return location(place, buyer_name=buyer.name, company_name=company.name)
