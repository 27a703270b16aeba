"""The companies that one buyer has noted down because they asked it elsewhere: its own rows, until they come in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, exists, or_, select
from sqlalchemy.orm import Session

from vendorhub.domain.codes import new_code
from vendorhub.domain.newcomers import COMPANY_AT_MOST, domains_of, own_domain
from vendorhub.domain.people import Side
from vendorhub.store.companies import beside, company_of, free_slug, public_name
from vendorhub.store.meeting_requests import MeetingRequest
from vendorhub.store.people import Domain, Membership, Organisation


def company_heard(
    session: Session,
    buyer: Organisation,
    *,
    email: str,
    company: str,
    name: str,
    now: datetime,
    by_hand: bool = False,
) -> Organisation:
    """The company of somebody who asked elsewhere: the one that their address is of, else one the buyer knows by this
    domain or, where there is no address, by this name, else a new noted one. Whatever is not told may be "".

    The buyer's row is locked. An address of anybody's never names a company, so the domain stands beside the name. What
    a person corrects `by_hand` renames a noted company.
    """
    domain = own_domain(email)
    if (found := company_of(session, email)) and found.kind != Side.BUYER:
        return found
    called = (company or domain or name or email)[:COMPANY_AT_MOST]
    if email and not domain and called != email and not called.endswith(beside("", email)):
        called = beside(called, email)
    if domain and (found := _noted_by_domain(session, buyer.id, email)):
        found.name = company if by_hand and company else found.name
        return found
    if found := _known_by_name(session, buyer.id, called, only_noted=bool(email)):
        if not domain or found.noted_domain == domain:
            return found
        if not found.noted_domain:  # heard of by name alone until now
            found.noted_domain = domain
            return found
    made = Organisation(
        kind=Side.VENDOR,
        slug=_slug(),
        name=called,
        zone=buyer.zone,
        noted_by=buyer.id,
        noted_domain=domain,
        created_at=now,
    )
    session.add(made)
    session.flush()
    return made


def known_companies(session: Session, buyer_id: int, *, only_noted: bool = False) -> Sequence[tuple[int, str]]:
    """Number and name of the companies that a buyer has to do with: who has asked it, and whom it has noted."""
    asked = exists().where(MeetingRequest.buyer_id == buyer_id, MeetingRequest.company_id == Organisation.id)
    real = and_(Organisation.noted_by.is_(None), Organisation.kind != Side.BUYER, asked)
    noted = Organisation.noted_by == buyer_id
    rows = session.execute(
        select(Organisation.id, Organisation.name)
        .where(noted if only_noted else or_(noted, real))
        .order_by(Organisation.name, Organisation.id)
    )
    return [(row.id, row.name) for row in rows]


def make_known(session: Session, company: Organisation, email: str) -> None:
    """A noted company becomes one like others, known by the domain of this address if that is its own."""
    company.name = public_name(session, company.name, email) if own_domain(email) else company.name
    company.slug = free_slug(session, company.name)
    company.noted_by = None
    session.flush()
    if domain := own_domain(email):
        session.add(Domain(name=domain, organisation_id=company.id))
        session.flush()


def note_again(session: Session, company: Organisation, buyer_id: int) -> None:
    """The reverse, for a company that came in by an answer that is taken back: nothing of it is left for others, unless
    somebody else has come in or been asked in the meantime."""
    if company.noted_domain is None or company.noted_by is not None:
        return
    theirs = exists().where(Membership.organisation_id == company.id)
    others = exists().where(MeetingRequest.company_id == company.id, MeetingRequest.buyer_id != buyer_id)
    if session.scalar(select(or_(theirs, others))):
        return
    session.execute(delete(Domain).where(Domain.organisation_id == company.id))
    company.slug, company.noted_by = _slug(), buyer_id
    session.flush()


def _noted_by_domain(session: Session, buyer_id: int, email: str) -> Organisation | None:
    wanted = [domain for domain in domains_of(email) if own_domain(f"@{domain}")]
    known = {
        row.noted_domain: row
        for row in session.scalars(
            select(Organisation).where(Organisation.noted_by == buyer_id, Organisation.noted_domain.in_(wanted))
        )
    }
    return next((known[domain] for domain in wanted if domain in known), None)


def _known_by_name(session: Session, buyer_id: int, name: str, *, only_noted: bool) -> Organisation | None:
    # compared here: databases don't agree on which small letter belongs to which large one
    sought = name.casefold()
    found = next(
        (
            number
            for number, called in known_companies(session, buyer_id, only_noted=only_noted)
            if called.casefold() == sought
        ),
        None,
    )
    return session.get_one(Organisation, found) if found is not None else None


def _slug() -> str:
    return f"noted-{new_code(10).lower()}"
