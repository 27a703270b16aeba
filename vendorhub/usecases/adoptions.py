"""Taking up a meeting or a series that exists elsewhere: read, looked at, and adopted by a press of the buyer's own.

Nothing is written to any calendar, and nobody is written to; an invitation can't refer to any of it (law 1).
"""

from collections.abc import Sequence

from sqlalchemy import select

from vendorhub.domain import adoptions as rules
from vendorhub.domain.adoptions import Series
from vendorhub.domain.codes import meant, new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.heard import NAME_AT_MOST, clean_line
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Unfit, WrongState
from vendorhub.domain.rights import Relation, require
from vendorhub.domain.wall_times import in_zone
from vendorhub.itip import series as files
from vendorhub.queries import adoptions as seen
from vendorhub.queries import cadence
from vendorhub.queries.circles import in_sight
from vendorhub.store import AdoptedSeries, Organisation, Relationship
from vendorhub.store.adoptions import set_dates, take_out
from vendorhub.store.brought import company_meant
from vendorhub.store.history import record_relationship
from vendorhub.store.relationships import CODE_LENGTH, kept
from vendorhub.store.write import Work, write


def bring(actor: Actor, raw: bytes) -> list[str]:
    """Reads a calendar file and keeps what is in it until the actor says with which company it is; what was adopted
    before is brought up to date at once. Answers the codes. Raises Unfit, naming `file`."""
    found = _read(actor, raw)
    with write(actor) as work:
        work.lock_buyer(actor.organisation)
        rows = _keep(work, actor, found)
        work.result = " ".join(row.code for row in rows)
        return [row.code for row in rows]


def adopt(actor: Actor, code: str, *, company: str) -> None:
    """Says with which company a series is that waits: it counts from now on. Raises Unfit for no such company."""
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        series = _find(work, actor, code)
        require(actor, Deed.ADOPT, frozenset({Relation.ANY}))
        if series.relationship_id is not None:
            raise WrongState("This is adopted already.")
        _adopt(work, actor, buyer, [series], company)
        work.result = code


def adopt_all(actor: Actor, raw: bytes, *, company: str = "") -> list[str]:
    """Reads a calendar file and adopts all that is in it, in one go: with this company, or each with whom it seems to
    be. Answers the codes. Raises Unfit, naming `file` or `company`."""
    found = _read(actor, raw)
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        rows = _keep(work, actor, found)
        for row in rows:
            if row.relationship_id is None:
                _adopt(work, actor, buyer, [row], company)
        work.result = " ".join(row.code for row in rows)
        return [row.code for row in rows]


def discard(actor: Actor, code: str) -> None:
    """Takes a series out again: it is as if it had not been brought."""
    with write(actor) as work:
        work.lock_buyer(actor.organisation)
        series = _find(work, actor, code)
        require(actor, Deed.TAKE_OUT, frozenset({Relation.ANY}))
        if series.relationship_id is not None:
            relationship = work.session.get_one(Relationship, series.relationship_id)
            _record(work, Deed.TAKE_OUT, relationship)
        take_out(work.session, series)
        work.result = code


def _read(actor: Actor, raw: bytes) -> Sequence[Series]:
    if actor.side is not Side.BUYER:
        raise NotThere
    require(actor, Deed.ADOPT, frozenset({Relation.ANY}))
    return files.read(raw, zone=actor.zone, today=cadence.today(actor))


def _keep(work: Work, actor: Actor, found: Sequence[Series]) -> list[AdoptedSeries]:
    """The rows of what was read; what nobody knows and is called off makes none."""
    known = {
        row.uid: row
        for row in work.session.scalars(
            select(AdoptedSeries).where(
                AdoptedSeries.buyer_id == actor.organisation, AdoptedSeries.uid.in_([each.uid for each in found])
            )
        )
    }
    open_to_me = set(
        work.session.scalars(select(Relationship.id).where(in_sight(actor)))  # of a circle, it is the circle's to renew
    )
    kept_rows = []
    for each in found:
        row = known.get(each.uid)
        if row is None and not each.dates:
            continue
        if row is None:
            row = AdoptedSeries(buyer_id=actor.organisation, code=new_code(CODE_LENGTH), uid=each.uid, by=actor.person)
            row.made_at = work.now
            work.session.add(row)
        elif row.relationship_id is not None and row.relationship_id not in open_to_me:
            continue
        elif row.relationship_id is None:
            row.by = actor.person
        row.title, row.people = each.title, list(each.people)
        work.session.flush()
        set_dates(work.session, row, each.dates, now=work.now)
        kept_rows.append(row)
    if not kept_rows:
        raise rules.nothing_left()
    work.session.flush()
    return kept_rows


def _adopt(work: Work, actor: Actor, buyer: Organisation, rows: Sequence[AdoptedSeries], typed: str) -> None:
    for row in rows:
        _theirs, likely, email = seen.guess(actor, [(name, address) for name, address in row.people])
        called = clean_line(typed, at_most=NAME_AT_MOST)
        # The address tells the company where nobody did, and where it is called as the address says.
        by_address = email if not called or called == likely else ""
        company = company_meant(work, buyer, called=called or likely, email=by_address)
        if company is None:
            raise Unfit("company", "Please say with which company this is; nothing in it tells.")
        today = in_zone(work.now, buyer.zone).date()
        relationship = kept(work.session, buyer.id, company.id, today=today, now=work.now)
        if not work.session.scalar(select(Relationship.id).where(Relationship.id == relationship.id, in_sight(actor))):
            raise Unfit("company", "There is no company of that name here; please look at how it is written.")
        row.relationship_id = relationship.id
        _record(work, Deed.ADOPT, relationship)
        work.session.flush()


def _find(work: Work, actor: Actor, code: str) -> AdoptedSeries:
    row = work.session.scalar(
        select(AdoptedSeries)
        .outerjoin(Relationship, Relationship.id == AdoptedSeries.relationship_id)
        .where(AdoptedSeries.code == meant(code), seen.exists_for(actor))
    )
    if row is None:
        raise NotThere
    return row


def _record(work: Work, deed: Deed, of: Relationship) -> None:
    record_relationship(work, deed, buyer_id=of.buyer_id, company=work.session.get_one(Organisation, of.company_id))
