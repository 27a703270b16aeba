"""Which company an address is of, and which companies are one to a buyer; a vendor is made where none is known."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CTE, func, or_, select, union_all
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vendorhub.domain import binding
from vendorhub.domain.binding import Joined
from vendorhub.domain.codes import new_code
from vendorhub.domain.newcomers import COMPANY_AT_MOST, domains_of, own_domain, slug_of
from vendorhub.domain.people import Side
from vendorhub.store.joinings import JoinedAnswer, Joining
from vendorhub.store.people import Domain, Organisation


def company_of(session: Session, email: str) -> Organisation | None:
    """The organisation that is known by the domain of this address, or by one above it."""
    return companies_of(session, [email]).get(email)


def companies_of(session: Session, emails: Collection[str]) -> dict[str, Organisation]:
    """The same of each of these addresses of which one is known, in one statement."""
    wanted = {email: [domain for domain in domains_of(email) if own_domain(f"@{domain}")] for email in emails}
    known = {
        row.name: row.Organisation
        for row in session.execute(
            select(Domain.name, Organisation)
            .join(Organisation, Organisation.id == Domain.organisation_id)
            .where(Domain.name.in_({domain for domains in wanted.values() for domain in domains}))
        )
    }
    nearest = {email: next(filter(known.get, domains), "") for email, domains in wanted.items()}
    return {email: known[domain] for email, domain in nearest.items() if domain}


def company_for(session: Session, *, email: str, name: str, zone: str, now: datetime) -> Organisation:
    """The same; a new vendor of this name where there is none, known by the domain from now on if it is its own.

    Names are only claimed: where the domain is nobody's own, or the name is another's already, the domain stands
    beside it.
    """
    if found := company_of(session, email):
        return found
    made = Organisation(
        kind=Side.VENDOR,
        slug=free_slug(session, name),
        name=public_name(session, name, email),
        zone=zone,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
            if domain := own_domain(email):
                session.add(Domain(name=domain, organisation_id=made.id))
    except IntegrityError:  # somebody of the same company, or of the same name, came at the same moment
        return company_for(session, email=email, name=name, zone=zone, now=now)
    return made


def public_name(session: Session, name: str, email: str) -> str:
    """What a company is called that claims this name from this address; what buyers have noted claims nothing."""
    known = select(Organisation.id).where(
        func.lower(Organisation.name) == name.lower(), Organisation.noted_by.is_(None)
    )
    if own_domain(email) and not session.scalar(known.limit(1)):
        return name
    return beside(name, email)


def beside(name: str, email: str) -> str:
    """A name with the domain beside it, cut so that both fit."""
    domain = f" ({next(domains_of(email))})"[:COMPANY_AT_MOST]
    return f"{name[: COMPANY_AT_MOST - len(domain)]}{domain}"


def free_slug(session: Session, name: str) -> str:
    """The slug of this name, or one like it that nobody has."""
    slug = slug_of(name)
    taken = session.scalar(select(Organisation.id).where(Organisation.slug == slug))
    return f"{slug}-{new_code().lower()}" if taken else slug


def kin(session: Session, buyer_id: int, *companies: int) -> dict[int, datetime | None]:
    """The companies that are one with any of these to this buyer, themselves included, each with the instant since
    which (domain/binding.kin)."""
    joined = joinings(session, buyer_id)
    found: dict[int, datetime | None] = {}
    for company in companies:
        for other, since in binding.kin(company, joined).items():
            known = found.setdefault(other, since)
            found[other] = None if None in (known, since) else min(at for at in (known, since) if at)
    return found


def joinings(session: Session, buyer_id: int) -> list[Joined]:
    """What this buyer takes for one now."""
    said = session.scalars(select(Joining).where(Joining.buyer_id == buyer_id, Joining.parted_at.is_(None)))
    noted = session.execute(  # before it came in, it was noted by the domain that is its own now
        select(Organisation.id, Domain.organisation_id)
        .join(Domain, Domain.name == Organisation.noted_domain)
        .where(Organisation.noted_by == buyer_id)
    )
    return [
        *(Joined(row.one_id, row.other_id, None if row.whole else row.made_at) for row in said),
        *(Joined(row.id, row.organisation_id, None) for row in noted),
    ]


def one_story(buyer_id: int, slugs: Collection[str]) -> CTE:
    """The companies of these slugs (`root`), each with all that are one with it to this buyer, itself included
    (`member`); as rows to join, so that one statement tells of many."""
    said = Joining.buyer_id == buyer_id, Joining.parted_at.is_(None)
    noted = (
        select(Organisation.id.label("one"), Domain.organisation_id.label("other"))
        .join(Domain, Domain.name == Organisation.noted_domain)
        .where(Organisation.noted_by == buyer_id)
        .subquery()
    )
    joined = union_all(
        select(Joining.one_id.label("one"), Joining.other_id.label("other")).where(*said),
        select(Joining.other_id, Joining.one_id).where(*said),
        select(noted.c.one, noted.c.other),
        select(noted.c.other, noted.c.one),
    ).cte("joined")
    first = select(Organisation.id.label("root"), Organisation.id.label("member")).where(Organisation.slug.in_(slugs))
    kin = first.cte("kin", recursive=True)
    return kin.union(select(kin.c.root, joined.c.other).join(joined, joined.c.one == kin.c.member))


def picked(session: Session, buyer_id: int, companies: Collection[int]) -> set[int]:
    """The requests whose answers were picked to hold for the others too, when any of these companies was joined."""
    return set(
        session.scalars(
            select(JoinedAnswer.request_id)
            .join(Joining, Joining.id == JoinedAnswer.joining_id)
            .where(
                Joining.buyer_id == buyer_id,
                Joining.parted_at.is_(None),
                or_(Joining.one_id.in_(companies), Joining.other_id.in_(companies)),
            )
        )
    )
