"""What an hour causes that a decider has chosen: one letter with all that waits for them, if anything does."""

from datetime import datetime

from sqlalchemy import select

from vendorhub import clock
from vendorhub.domain import digests as rules
from vendorhub.domain.windows import next_working_noon
from vendorhub.outbox import piles
from vendorhub.queries.people import zone_of
from vendorhub.store import Organisation, Person, PileHours, db
from vendorhub.store.write import write


def send_due() -> int:
    """Writes, one by one, the letters of those whose hour has come since their pile was last looked at; how many."""
    rows = db.session.execute(
        select(PileHours, Person.zone, Organisation.zone.label("buyers"))
        .join(Person, Person.id == PileHours.person_id)
        .join(Organisation, Organisation.id == PileHours.buyer_id)
    ).all()
    now = clock.now()
    due = [row[0].person_id for row in rows if _is_due(row[0], zone_of(row.zone, row.buyers), row.buyers, now)]
    return sum(_send(person_id) for person_id in due)


def _send(person_id: int) -> int:
    with write(None) as work:
        row = work.session.get(PileHours, person_id)
        if row is None:
            return 0
        buyer = work.lock_buyer(row.buyer_id)
        work.session.refresh(row)
        person = work.session.get_one(Person, person_id)
        own = zone_of(person.zone, buyer.zone)
        if not _is_due(row, own, buyer.zone, work.now):
            return 0
        theirs = _is_their_hour(row, own, work.now)
        row.looked_at = work.now
        if theirs:
            return int(piles.tell(work, buyer, person))
        return int(piles.tell(work, buyer, person, worth=lambda one: _is_late(one, buyer.zone, work.now)))


def _is_due(row: PileHours, own: str, buyers: str, now: datetime) -> bool:
    """At an hour of theirs; where the buyer's clocks differ also at the buyer's noon, by which they have to have
    heard (CONTRACT.md, Mail)."""
    noon = own != buyers and rules.is_due((rules.NOON,), buyers, looked_at=row.looked_at, now=now)
    return noon or _is_their_hour(row, own, now)


def _is_their_hour(row: PileHours, own: str, now: datetime) -> bool:
    return rules.is_due(rules.from_text(row.hours), own, looked_at=row.looked_at, now=now)


def _is_late(one: piles.Waiting, zone: str, now: datetime) -> bool:
    return one.new and next_working_noon(one.request.visible_at, zone) <= now
