"""Who is on the list of a meeting once everybody is invited: somebody can't come, or sends a colleague instead.

People without an account say so by the link in their letter, everybody else signed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from vendorhub.domain import meetings as rules
from vendorhub.domain import visits as visitors
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import MeetingState, PartStat
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotAllowed, Unfit, WrongState
from vendorhub.domain.rights import require
from vendorhub.outbox import visits as letters
from vendorhub.outbox.invitations import call_off, invite
from vendorhub.queries import meetings as seen
from vendorhub.queries import visits
from vendorhub.queries.meeting_sight import is_own
from vendorhub.queries.scope import decider
from vendorhub.store import AgreedSlot, Attendee, Domain, Meeting, MeetingRequest, Organisation, Slot
from vendorhub.store.attendance import free, shift, take
from vendorhub.store.blocks import shut_out
from vendorhub.store.confirming import attendees_of, refuse_clash, uninvited
from vendorhub.store.consents import consent_of
from vendorhub.store.history import record, record_part
from vendorhub.store.people import Person, person_for
from vendorhub.store.write import Work, write


@dataclass(frozen=True)
class StandIn:
    """Who comes, by name and address, instead of whoever has the address `instead_of`."""

    instead_of: str
    name: str
    email: str


def reply(secret: str, *, comes: bool) -> None:
    """Whoever a letter's link was made for says that they can't come, or can after all. Said twice it is said once.

    Raises NotThere for a link that opens nothing, WrongState once it has begun, Clash where they are taken by now.
    """
    with write(None) as work:
        visit = _visit(work, secret)
        meeting, attendee, deed = visit.meeting, visit.attendee, Deed.COME if comes else Deed.CANNOT_COME
        _judge(work, visit.actor, meeting, visit.request, deed)
        to = PartStat.ACCEPTED if comes else PartStat.DECLINED
        if attendee.partstat == to:
            return
        if comes:
            _is_free(work, visit.actor, meeting, work.session.get_one(Person, attendee.person_id))
            shift(work.session, meeting.id, [attendee.person_id], start=meeting.start_at, end=meeting.end_at)
        else:
            free(work.session, meeting.id, attendee.person_id)
        attendee.partstat = to
        _note(work, deed, visit.request, visit.home)
        letters.who_comes(work, visit.request, meeting, attendee, deed)


def send_instead(secret: str, *, name: str, email: str) -> None:
    """Whoever a letter's link was made for sends a colleague instead. Raises as `reply` and `replace` do."""
    with write(None) as work:
        visit = _visit(work, secret)
        _judge(work, visit.actor, visit.meeting, visit.request, Deed.REPLACE)
        _replace(work, visit.actor, visit.meeting, visit.request, visit.attendee, name=name, email=email)


def replace(actor: Actor, uid: str, others: Sequence[StandIn]) -> None:
    """People of the actor's own company come instead of others of it.

    Narrower than a new yes: one person for another of the same company (law 2). Raises Unfit for anybody else,
    NotAllowed for the decider who said yes, Clash where the other is taken.
    """
    with write(actor) as work:
        meeting, _, _ = seen.find_meeting(actor, uid)
        work.lock_buyer(meeting.buyer_id)
        meeting, request, _ = seen.find_meeting(actor, uid)
        _judge(work, actor, meeting, request, Deed.REPLACE)
        work.match(lambda: seen.see(actor, uid).version)
        for other in others:
            own = (each for each in attendees_of(work, meeting) if is_own(actor, request, each))
            found = next((each for each in own if each.email == other.instead_of.strip().casefold()), None)
            if found is None:
                raise Unfit("replace", "Nobody of yours with this address is on the list.")
            _replace(work, actor, meeting, request, found, name=other.name, email=other.email)
        work.result = uid


def invite_presenters(actor: Actor, uid: str) -> None:
    """Invites whoever presents at a briefing and was named after the invitations had left: the yes is to the vendors,
    and whom each of them sends is its own to say (law 2). The entry of everybody else stays.

    Raises WrongState where nobody is missing, or while it is sealed what the vendors bring; Clash where somebody is
    taken.
    """
    with write(actor) as work:
        meeting, _, _ = seen.find_meeting(actor, uid)
        work.lock_buyer(meeting.buyer_id)
        meeting, request, _ = seen.find_meeting(actor, uid)
        _judge(work, actor, meeting, request, Deed.INVITE)
        work.match(lambda: seen.see(actor, uid).version)
        new = _put_on(work, actor, meeting, request) if seen.uninvited(actor, seen.see(actor, uid)) else []
        if not new:
            raise WrongState("Everybody who presents is invited, as far as it can be read who does.")
        for home in {each.company_id: None for each in new}:
            _note(work, Deed.INVITE, request, work.session.get_one(Organisation, home))
        _invite(work, meeting, request, new)
        work.result = uid


def _put_on(work: Work, actor: Actor, meeting: Meeting, request: MeetingRequest) -> list[Attendee]:
    """Puts those on the list who present and are not on it, and takes their time; nobody who is shut out."""
    new = []
    for email, name, company in uninvited(work.session, meeting):
        person = person_for(work.session, email=email, name=name, now=work.now)
        shut = work.session.scalar(select(shut_out(meeting.buyer_id, company, person.id, now=work.now)))
        if person.active and not shut:
            _is_free(work, actor, meeting, person)
            side = Side.BUYER if company == request.buyer_id else Side.VENDOR
            new.append(_listed(work, meeting, person, side=side, company=company, email=email, name=name))
    return new


def _visit(work: Work, secret: str) -> visits.Visit:
    """Who comes by a link, with the buyer's row locked and everything afresh; the deed is theirs."""
    work.lock_buyer(visits.find(secret).meeting.buyer_id)
    visit = visits.find(secret)
    work.actor = visit.actor
    return visit


def _judge(work: Work, actor: Actor, meeting: Meeting, request: MeetingRequest, deed: Deed) -> None:
    require(actor, deed, seen.find_meeting(actor, meeting.uid)[2], decider=decider(request))
    rules.after(MeetingState(meeting.state), deed, start=meeting.start_at, now=work.now)


def _replace(
    work: Work, actor: Actor, meeting: Meeting, request: MeetingRequest, old: Attendee, *, name: str, email: str
) -> None:
    """Takes one off the list and puts the other on it: a cancellation to the one, an invitation to the other, a word to
    those whom it concerns. The entry of everybody else stays as it is."""
    if old.decided:
        raise NotAllowed("Whoever said yes to the meeting comes to it; please call it off, or move it.")
    home = work.session.get_one(Organisation, letters.home_of(request, old))
    called, address = visitors.check_stand_in(
        name,
        email,
        instead_of=old.email,
        company=home.name,
        domains=work.session.scalars(select(Domain.name).where(Domain.organisation_id == home.id)).all(),
        listed=work.session.scalars(select(Attendee.email).where(Attendee.meeting_id == meeting.id)).all(),
    )
    person = person_for(work.session, email=address, name=called, now=work.now)
    if not person.active or work.session.scalar(select(shut_out(meeting.buyer_id, home.id, person.id, now=work.now))):
        raise Unfit("email", "%(name)s: not with this buyer.", name=called)
    _is_free(work, actor, meeting, person)
    old.gone_at = work.now
    free(work.session, meeting.id, old.person_id)
    new = _listed(work, meeting, person, side=old.side, company=old.company_id, email=address, name=called)
    _note(work, Deed.REPLACE, request, home)
    call_off(work, request, meeting, [old], leaving=True)
    _invite(work, meeting, request, [new])
    letters.who_comes(work, request, meeting, old, "instead", stand_in=called)


def _listed(
    work: Work, meeting: Meeting, person: Person, *, side: str, company: int | None, email: str, name: str
) -> Attendee:
    """Puts somebody on the list of a meeting, and takes their time for it."""
    new = Attendee(
        buyer_id=meeting.buyer_id,
        meeting_id=meeting.id,
        person_id=person.id,
        side=side,
        company_id=company,
        email=email,
        name=name,
        partstat=rules.partstat_at_start(decided=False),
    )
    work.session.add(new)
    work.session.flush()
    take(work.session, meeting.id, [person.id], start=meeting.start_at, end=meeting.end_at)
    return new


def _invite(work: Work, meeting: Meeting, request: MeetingRequest, whom: Sequence[Attendee]) -> None:
    """Invites those who are new on the list; the entry of everybody else stays as it is."""
    agreed = work.session.get_one(AgreedSlot, meeting.agreed_slot_id)
    listed = attendees_of(work, meeting)
    invite(work, consent_of(work.session, request), request, meeting, agreed, listed, first=True, whom=whom)


def _is_free(work: Work, actor: Actor, meeting: Meeting, person: Person) -> None:
    slot = work.session.get_one(Slot, work.session.get_one(AgreedSlot, meeting.agreed_slot_id).slot_id)
    refuse_clash(work, actor, [person], start=slot, but=meeting.id)


def _note(work: Work, deed: Deed, request: MeetingRequest, home: Organisation) -> None:
    """A line of the history: of a vendor's people at a briefing for that vendor and the hosts alone."""
    if request.kind == Kind.BRIEFING and home.id not in (request.buyer_id, request.company_id):
        record_part(work, deed, request=request, company_id=home.id)
    else:
        record(work, deed, request=request, words=home.name)
