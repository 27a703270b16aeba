"""How somebody who asked elsewhere becomes one who can come in here, by an answer that needs a next step of theirs."""

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from vendorhub.domain.people import Role, Side
from vendorhub.domain.refusals import Unfit
from vendorhub.store.companies import company_for, company_of
from vendorhub.store.meeting_requests import MeetingRequest
from vendorhub.store.noted import make_known, note_again
from vendorhub.store.people import Membership, Organisation, Person
from vendorhub.store.write import Work


def let_in(work: Work, request: MeetingRequest, *, since: datetime) -> None:
    """Gives the sender of a logged ask their place, from `since` on, and the ask to the company that they are of: by
    their address alone, for a company's name is only claimed. Nothing for whoever asked here.

    Raises Unfit where there is no address, or it is of somebody who is asked rather than asks.
    """
    if not request.channel:
        return
    if request.asked_by is None:
        raise Unfit("email", "Please add the address to which the answer shall go.")
    person = work.session.get_one(Person, request.asked_by)
    place = work.session.scalar(select(Membership).where(Membership.person_id == person.id).order_by(Membership.id))
    home = work.session.get(Organisation, place.organisation_id) if place else _home(work, request, person)
    if place is None and home is not None:
        work.session.add(Membership(person_id=person.id, organisation_id=home.id, role=Role.MEMBER, since=since))
    elif place is not None and place.since is not None and place.since > work.now:  # another answer is still held
        place.since = since
    if home is None or home.kind == Side.BUYER:
        raise Unfit("email", "This address is of a company that is asked here, so it can’t ask as a vendor.")
    request.noted_as, request.company_id = request.company_id, home.id
    work.session.flush()


def turn_away(work: Work, request: MeetingRequest) -> None:
    """The reverse, for a held answer to a logged ask that is taken back: their place is gone before it counted, the
    company is noted again, and nobody of theirs knows of the ask."""
    if request.told_at == request.held_until:
        request.told_at = None
    if request.noted_as is None:
        return
    if not _has_another_answer(work.session, request):
        work.session.execute(
            delete(Membership).where(Membership.person_id == request.asked_by, Membership.since == request.held_until)
        )
    came_in_as = work.session.get_one(Organisation, request.company_id)
    request.company_id, request.noted_as = request.noted_as, None
    work.session.flush()
    note_again(work.session, came_in_as, request.buyer_id)


def _home(work: Work, request: MeetingRequest, person: Person) -> Organisation:
    """The company that the address is of; a noted one becomes known by it, and no other is joined on a claim."""
    if home := company_of(work.session, person.email):
        return home
    noted = work.session.get_one(Organisation, request.company_id)
    if noted.noted_by is not None:
        make_known(work.session, noted, person.email)
        return noted
    return company_for(work.session, email=person.email, name=noted.name, zone=noted.zone, now=work.now)


def _has_another_answer(session: Session, request: MeetingRequest) -> bool:
    return bool(
        session.scalar(
            select(
                exists().where(
                    MeetingRequest.asked_by == request.asked_by,
                    MeetingRequest.id != request.id,
                    MeetingRequest.told_at.is_not(None),
                )
            )
        )
    )
