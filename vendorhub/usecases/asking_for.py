"""What asking in a vendor's name is: the ask is written down, and goes no further before the vendor confirms it.

No use-case by itself: a VAR's ask goes through it, inside the transaction of its own deed.
"""

from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vendorhub.domain import confirmations as rules
from vendorhub.domain.codes import plain
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import GUESTS_AT_MOST, State
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.outbox import confirmations
from vendorhub.outbox.confirmations import Confirmer
from vendorhub.store import ConfirmationLink, Guest, MeetingRequest, Membership, Organisation, Person
from vendorhub.store.companies import company_of
from vendorhub.store.history import record
from vendorhub.store.holding import NEVER_SHOWN
from vendorhub.store.write import Work
from vendorhub.usecases.placing import Words, may_ask_now, written_down

_DAY = timedelta(days=1)


def ask_for(work: Work, actor: Actor, asked: Organisation, words: Words, vendor: VendorNamed) -> MeetingRequest:
    """Writes down what a VAR asks a buyer, whose row is locked, in a vendor's name, and asks the vendor's people.

    Those of them who would come are written to, or else all of theirs. The buyer sees and hears nothing; no company is
    made of a name that a VAR gave. Raises NotAllowed where the VAR is shut out, Unfit for a company that can't be asked
    for or has nobody to confirm it, WrongState where all of them had their letters for today, or the VAR its asks.
    """
    may_ask_now(work.session, actor, asked.id, work.now)
    if actor.side is not Side.VAR:
        raise Unfit("vendor", "Only VARs ask for somebody else; please leave this out.")
    named = rules.check_named(vendor)
    known = _known(work.session, actor, named)
    request = written_down(work, actor, asked, words)
    request.state = State.UNVERIFIED
    request.answer_by, request.visible_at = work.now + rules.WAITS_FOR, NEVER_SHOWN
    if known is None:
        request.vendor_name, request.vendor_domain = named.name, named.domain
    else:
        request.vendor_id = known.id
    work.session.flush()
    who = _confirmers(work.session, request, known)
    if not who:
        raise Unfit(
            "attendees",
            "Nobody of %(vendor)s is known who could confirm this. Please name somebody with an address of theirs.",
            vendor=known.name if known else named.name,
        )
    record(work, Deed.ASK, request=request)
    confirmations.name_asked(work, request, _not_tired(work, who))
    return request


def _known(session: Session, actor: Actor, named: VendorNamed) -> Organisation | None:
    """The company that is meant: by its slug, its domain, or its name alone. None for a new one, with its domain."""
    if named.slug:
        found = session.scalar(
            select(Organisation).where(Organisation.slug == plain(named.slug), Organisation.noted_by.is_(None))
        )
        if found is None:
            raise Unfit("vendor", "There is no such company here; please give its name and its domain.")
    elif named.domain:
        found = company_of(session, f"somebody@{named.domain}")
    else:
        called = session.scalars(
            select(Organisation)
            .where(func.lower(Organisation.name) == named.name.lower(), Organisation.noted_by.is_(None))
            .limit(2)
        ).all()
        if len(called) != 1:
            raise Unfit("vendor_domain", "No company of this name is known here; please give its domain too.")
        found = called[0]
    if found is not None:
        rules.check_company(found.kind, own=found.id == actor.organisation)
    return found


def _confirmers(session: Session, request: MeetingRequest, vendor: Organisation | None) -> list[Confirmer]:
    """Those who would come and are of the vendor; of a vendor that is known, else all of its people."""
    guests = session.scalars(select(Guest).where(Guest.request_id == request.id).order_by(Guest.id)).all()
    if vendor is None:
        theirs = [guest for guest in guests if rules.is_of(guest.email, request.vendor_domain)]
        return [Confirmer(guest.email, guest.name) for guest in theirs if company_of(session, guest.email) is None]
    members = session.scalars(
        select(Person)
        .where(
            Person.id.in_(select(Membership.person_id).where(Membership.organisation_id == vendor.id)), Person.active
        )
        .order_by(Person.id)
        .limit(200)
    ).all()
    addresses = {person.email for person in members}
    coming = [
        Confirmer(guest.email, guest.name)
        for guest in guests
        if guest.email in addresses or _may_join(session, guest.email, vendor)
    ]
    return coming or [Confirmer(person.email, person.name) for person in members[:GUESTS_AT_MOST]]


def _may_join(session: Session, email: str, vendor: Organisation) -> bool:
    """Whether an address is of the vendor, and of nobody who has a place already or was switched off."""
    home = company_of(session, email)
    if home is None or home.id != vendor.id:
        return False
    known = session.scalar(select(Person).where(Person.email == email))
    placed = select(Membership.id).where(Membership.person_id == known.id).limit(1) if known else None
    return known is None or (known.active and placed is not None and session.scalar(placed) is None)


def _not_tired(work: Work, who: list[Confirmer]) -> list[Confirmer]:
    """Those who have not had their letters for today. Raises WrongState where nobody is left."""
    had = Counter(
        work.session.scalars(
            select(ConfirmationLink.email).where(
                ConfirmationLink.email.in_([one.email for one in who]), ConfirmationLink.created_at > work.now - _DAY
            )
        )
    )
    left = [one for one in who if had[one.email] < rules.LETTERS_A_DAY]
    if not left:
        raise WrongState("They have had their letters for today. Please come back tomorrow.")
    return left
