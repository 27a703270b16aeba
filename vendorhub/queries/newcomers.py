"""What waits behind the link in a letter to somebody who asked without being signed in; for its reader alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from vendorhub import clock, keys
from vendorhub.domain.drafts import DraftWords, from_body
from vendorhub.domain.refusals import NotThere
from vendorhub.queries.people import BuyerView, buyer_view
from vendorhub.store import Membership, Organisation, Person, UnverifiedAsk, db
from vendorhub.store.companies import company_of


@dataclass(frozen=True)
class Waiting:
    """An ask that is not handed over yet, and as whom it would go out; `words` is None once it has been."""

    buyer: BuyerView
    email: str
    name: str
    company: str
    words: DraftWords | None
    until: datetime


def see(secret: str) -> Waiting:
    """What the link opens. Raises NotThere if it is unknown or its three days are over."""
    found = db.session.execute(
        select(UnverifiedAsk, Organisation)
        .join(Organisation, Organisation.id == UnverifiedAsk.buyer_id)
        .where(UnverifiedAsk.link_hash == keys.hash_secret(secret), UnverifiedAsk.expires_at > clock.now())
    ).first()
    if found is None:
        raise NotThere
    row, buyer = found
    if row.used_at is not None:
        return Waiting(buyer_view(buyer), row.email, "", "", None, row.expires_at)
    known = db.session.execute(
        select(Person.name, Organisation.name)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Person.email == row.email)
        .order_by(Membership.organisation_id.is_(None), Membership.id)
    ).first()
    home = company_of(db.session(), row.email)
    name, company = known or (row.name, home.name if home else row.company)
    return Waiting(buyer_view(buyer), row.email, name, company or "", from_body(row.words), row.expires_at)
