"""Answers by which link somebody without an account sees their meeting, and what is told of who comes to it."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from vendorhub.domain.letters import LetterKind
from vendorhub.domain.meeting_requests import Kind
from vendorhub.keys import hash_secret, new_secret
from vendorhub.outbox.about import tell, who_asked
from vendorhub.outbox.briefings import organisers, who_come_for
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient, organisation, who_answer
from vendorhub.store import Attendee, Meeting, MeetingRequest, Membership, Participation, Person, VisitLink
from vendorhub.store.confirming import attendees_of
from vendorhub.store.write import Work


def without_account(work: Work, attendees: Iterable[Attendee]) -> list[Attendee]:
    """Those of a list who have no place here, and so can't sign in."""
    listed = list(attendees)
    places = select(Membership.person_id).where(Membership.person_id.in_([each.person_id for each in listed]))
    at_home = set(work.session.scalars(places))
    return [each for each in listed if each.person_id not in at_home]


def own_links(work: Work, attendees: Iterable[Attendee]) -> dict[str, str]:
    """For each of these who has no account a new link of their own, by address; only its hash is stored."""
    return {each.email: _new_link(work, each) for each in without_account(work, attendees)}


def pages(work: Work, meeting: Meeting | None, readers: Sequence[Recipient], page: str) -> dict[str, str]:
    """Where these readers find what a letter is about, by address: who has an account on `page`, who is on the list of
    the meeting without one behind a link of their own, anybody else nowhere ("")."""
    addresses = [to.email for to in readers]
    known = select(Person.email).join(Membership, Membership.person_id == Person.id).where(Person.email.in_(addresses))
    listed = [each for each in attendees_of(work, meeting) if each.email in addresses] if meeting else []
    own = own_links(work, listed)
    return dict.fromkeys(addresses, "") | own | dict.fromkeys(work.session.scalars(known), page)


def replaced(work: Work, meeting: Meeting | None) -> set[str]:
    """The addresses of those who were taken off the list of a meeting."""
    if meeting is None:
        return set()
    gone = select(Attendee.email).where(Attendee.meeting_id == meeting.id, Attendee.gone_at.is_not(None))
    return set(work.session.scalars(gone))


def who_comes(
    work: Work, request: MeetingRequest, meeting: Meeting, attendee: Attendee, what: str, *, stand_in: str = ""
) -> None:
    """Tells those who arranged it, the buyer's side and whoever comes for the same company what an attendee said:
    `cannot_come`, `come` after all, or `instead`, where `stand_in` is the name of who comes for them."""
    told = {attendee.email, ""}
    for to in _concerned(work, request, attendee):
        if to.email in told:
            continue
        told.add(to.email)
        tell(
            work,
            LetterKind.WHO_COMES,
            request,
            to,
            meeting=meeting,
            what=what,
            name=attendee.name,
            home=organisation(work, home_of(request, attendee)).name,
            stand_in=stand_in,
            joint=request.kind == Kind.BRIEFING,
            link=office().links.meeting(meeting.uid),
        )


def home_of(request: MeetingRequest, attendee: Attendee) -> int:
    """For which organisation somebody comes."""
    return attendee.company_id or (request.buyer_id if attendee.side == "buyer" else request.company_id)


def _concerned(work: Work, request: MeetingRequest, attendee: Attendee) -> Iterator[Recipient]:
    yield from who_answer(work, request)
    if request.kind != Kind.BRIEFING:
        yield from who_asked(work, request)
        return
    yield from organisers(work, request)
    part = work.session.scalar(
        select(Participation).where(
            Participation.request_id == request.id, Participation.company_id == attendee.company_id
        )
    )
    if part is not None:
        yield from who_come_for(work, part)


def _new_link(work: Work, attendee: Attendee) -> str:
    secret = new_secret()
    work.session.add(
        VisitLink(
            hash=hash_secret(secret),
            buyer_id=attendee.buyer_id,
            meeting_id=attendee.meeting_id,
            attendee_id=attendee.id,
            created_at=work.now,
        )
    )
    return office().links.visit(secret)
