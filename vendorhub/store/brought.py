"""The company that somebody of a buyer means who brings in what exists: by its slug, its name or a person's address."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from vendorhub.domain.codes import plain
from vendorhub.domain.people import Side
from vendorhub.store.companies import company_of
from vendorhub.store.noted import company_heard
from vendorhub.store.people import Organisation
from vendorhub.store.write import Work


def company_meant(work: Work, buyer: Organisation, *, called: str, email: str = "") -> Organisation | None:
    """A company that is here, or one that this buyer has noted; where neither is, it is noted now. None where nothing
    was said, or what was said is a buyer. The buyer's row is locked."""
    session = work.session
    if email and (known := company_of(session, email)):
        return known if known.kind != Side.BUYER else None
    if called and (found := _named(session, buyer.id, called)):
        return found
    if not called and not email:
        return None
    return company_heard(session, buyer, email=email, company=called, name="", now=work.now)


def _named(session: Session, buyer_id: int, called: str) -> Organisation | None:
    return session.scalars(
        select(Organisation)
        .where(
            Organisation.kind != Side.BUYER,
            or_(Organisation.noted_by.is_(None), Organisation.noted_by == buyer_id),
            or_(
                Organisation.slug == plain(called.lower()),
                Organisation.name == called,
                func.lower(Organisation.name) == called.lower(),
            ),
        )
        .order_by(Organisation.noted_by.is_not(None), Organisation.id)
        .limit(1)
    ).first()
