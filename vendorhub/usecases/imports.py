"""Bringing in a table of vendors, people, relationships and past meetings: tried, then its good rows taken."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vendorhub.domain import imports as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.imports import Bad, Counts, Row
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import cadence
from vendorhub.queries.circles import open_to
from vendorhub.queries.people import people_of
from vendorhub.store import Organisation, WaitingImport, db
from vendorhub.store import imports as table
from vendorhub.store.goals import listed
from vendorhub.store.history import record_import
from vendorhub.store.imported_companies import known
from vendorhub.store.write import write


@dataclass(frozen=True)
class Tried:
    """What would become of a table: how many rows would be taken, and which would not."""

    good: int
    bad: tuple[Bad, ...]


def try_(actor: Actor, raw: bytes) -> Tried:
    """Looks a table through; nothing is changed. Raises Unfit, naming `file`, for what is no such table."""
    _judge(actor)
    good, bad = _sorted(db.session(), actor, raw)
    return Tried(len(good), bad)


def keep(actor: Actor, raw: bytes) -> Tried:
    """The same, and keeps the table for the press that takes its good rows."""
    tried = try_(actor, raw)
    with write(actor) as work:
        work.lock_buyer(actor.organisation)
        key = (actor.organisation, actor.person)
        if before := work.session.get(WaitingImport, key):
            work.session.delete(before)
            work.session.flush()
        work.session.add(WaitingImport(buyer_id=key[0], person_id=key[1], raw=raw, made_at=work.now))
    return tried


def waiting(actor: Actor) -> Tried | None:
    """What would become of the table that the actor has tried; None where there is none."""
    _judge(actor)
    row = db.session.get(WaitingImport, (actor.organisation, actor.person))
    return try_(actor, row.raw) if row else None


def take_waiting(actor: Actor) -> tuple[Tried, Counts]:
    """Takes the good rows of the table that was tried. Raises NotThere where there is none."""
    _judge(actor)
    row = db.session.get(WaitingImport, (actor.organisation, actor.person))
    if row is None:
        raise NotThere
    return take(actor, row.raw)


def take(actor: Actor, raw: bytes) -> tuple[Tried, Counts]:
    """Takes the good rows of a table; the same again changes nothing. Nobody is written to."""
    _judge(actor)
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        good, bad = _sorted(work.session, actor, raw)
        people = {person.email: person.id for person in people_of(work.session, buyer.id)}
        goals = {goal.name: goal.id for goal in listed(work.session, buyer.id)}
        told = {"people": people, "goals": goals}
        counts = table.take(
            work.session, buyer, good, by=actor.person, today=cadence.today(actor), now=work.now, **told
        )
        if before := work.session.get(WaitingImport, (actor.organisation, actor.person)):
            work.session.delete(before)
        if good:
            record_import(work, buyer_id=buyer.id, rows=len(good))
    return Tried(len(good), bad), counts


def _judge(actor: Actor) -> None:
    if actor.side is not Side.BUYER:
        raise NotThere
    require(actor, Deed.BRING_IN, frozenset({Relation.ANY}))


def _sorted(session: Session, actor: Actor, raw: bytes) -> tuple[list[Row], tuple[Bad, ...]]:
    """The rows that can be taken, and those that can't, in the order of the file."""
    rows, bad = rules.read(raw, today=cadence.today(actor))
    people = {person.email: 0 for person in people_of(session, actor.organisation)}
    goals = {goal.name: 0 for goal in listed(session, actor.organisation)}
    there = known(session, actor.organisation)
    open_ = set(
        session.scalars(select(Organisation.id).where(open_to(actor.person, actor.organisation, Organisation.id)))
    )
    good = []
    for row in rows:
        company = there.meant(row)
        why = _unfit(row, people, goals)
        if company is not None and (there.kind[company] == Side.BUYER or company not in open_):
            why = Unfit("company", "There is no company of that name here; please look at how it is written.")
        good.append(row) if why is None else bad.append(Bad(row.line, why.field, why))
    return good, tuple(sorted(bad, key=lambda each: each.line))


def _unfit(row: Row, people: Mapping[str, int], goals: Mapping[str, int]) -> Unfit | None:
    if row.owner and row.owner not in people:
        return Unfit("owner", "%(email)s is nobody of your company.", email=row.owner)
    unknown = next((goal for goal in row.goals if goal not in goals), None)
    if unknown is not None:
        return Unfit("goals", "There is no goal called %(name)s on your list.", name=unknown)
    return None
