"""Which companies the rows of a table mean that somebody brings in; those that nobody knows are noted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from vendorhub.domain.codes import new_code
from vendorhub.domain.imports import Row
from vendorhub.domain.newcomers import own_domain
from vendorhub.domain.people import Side
from vendorhub.store.people import Domain, Organisation
from vendorhub.store.relationships import CODE_LENGTH


@dataclass
class Known:
    """The companies that a buyer may mean, by domain, by slug and by name, as it sees them; `kind` by number."""

    by_domain: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, int] = field(default_factory=dict)
    kind: dict[int, str] = field(default_factory=dict)

    def meant(self, row: Row) -> int | None:
        """The number of the company that a row means; None where nobody knows it yet."""
        if (domain := row.domain or own_domain(row.email)) and domain in self.by_domain:
            return self.by_domain[domain]
        return self.by_name.get(row.company.casefold())


def known(session: Session, buyer_id: int) -> Known:
    """Whom a buyer may mean. In two statements."""
    found = Known()
    rows = session.execute(
        select(Organisation.id, Organisation.kind, Organisation.slug, Organisation.name, Organisation.noted_domain)
        .where(or_(Organisation.noted_by.is_(None), Organisation.noted_by == buyer_id))
        .order_by(Organisation.noted_by.is_(None), Organisation.id.desc())  # a real one is written last, and stays
    )
    for number, kind, slug, name, domain in rows:
        found.kind[number] = kind
        if kind != Side.BUYER:
            found.by_name |= {slug: number, name.casefold(): number}
        if domain:
            found.by_domain[domain] = number
    found.by_domain |= dict(session.execute(select(Domain.name, Domain.organisation_id)).all())
    return found


def companies(session: Session, buyer: Organisation, rows: Sequence[Row], now: datetime) -> tuple[dict[int, int], int]:
    """The number of the company of each row, by its line, and how many of them nobody knew: those are noted."""
    there = known(session, buyer.id)
    new: dict[str, dict[str, Any]] = {}
    of_new: dict[int, str] = {}
    whose: dict[int, int] = {}
    named: dict[str, str] = {}
    for row in rows:
        if (found := there.meant(row)) is not None:
            whose[row.line] = found
            continue
        domain = row.domain or own_domain(row.email)
        slug = named.get(domain) or named.get(row.company.casefold()) or f"noted-{new_code(CODE_LENGTH).lower()}"
        named |= {row.company.casefold(): slug} | ({domain: slug} if domain else {})
        of_new[row.line] = slug
        made = new.setdefault(slug, {"slug": slug, "name": row.company, "noted_domain": domain})
        made["noted_domain"] = made["noted_domain"] or domain
    if new:
        same = {"kind": Side.VENDOR.value, "zone": buyer.zone, "noted_by": buyer.id, "created_at": now}
        made_rows = session.execute(
            insert(Organisation).returning(Organisation.slug, Organisation.id),
            [{**each, **same} for each in new.values()],
        )
        numbers = dict(made_rows.all())
        whose |= {line: numbers[slug] for line, slug in of_new.items()}
    return whose, len(new)
