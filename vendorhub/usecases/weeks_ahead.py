"""What a Monday causes: one letter to whoever looks after relationships, about those that ask for something."""

from datetime import date, timedelta

from sqlalchemy import and_, or_, select, union

from vendorhub import clock
from vendorhub.domain import digests
from vendorhub.domain import weeks_ahead as rules
from vendorhub.domain.people import Door, DoorName, Role
from vendorhub.domain.rhythms import State, Why
from vendorhub.domain.weeks_ahead import Line, Week
from vendorhub.outbox import weeks_ahead as letters
from vendorhub.queries import owners, people
from vendorhub.queries.owners import Own
from vendorhub.store import (
    Membership,
    Organisation,
    Person,
    PileHours,
    Relationship,
    RelationshipDetails,
    WeeklyLetter,
    db,
)
from vendorhub.store.write import write

_FURTHEST_AHEAD = timedelta(hours=14)  # of UTC, by the clocks on the first islands to see a day


def write_due() -> int:
    """Writes, one by one, to those whose hour of this week has come, if there is anything to write; how many were
    looked at. Whoever is new to it is written to from the next Monday on."""
    now = clock.now()
    monday = rules.monday_of((now + _FURTHEST_AHEAD).date())
    owns = select(RelationshipDetails.buyer_id, RelationshipDetails.owner_id.label("person_id")).where(
        RelationshipDetails.owner_id.is_not(None)
    )
    decides = select(Membership.organisation_id, Membership.person_id).where(
        Membership.role == Role.DECIDER,
        Membership.organisation_id.in_(select(Relationship.buyer_id)),
    )
    who, told = union(owns, decides).subquery(), WeeklyLetter
    rows = db.session.execute(
        select(who.c.buyer_id, who.c.person_id, told.week, Person.zone, Organisation.zone, PileHours.hours)
        .join(Person, Person.id == who.c.person_id)
        .join(Organisation, Organisation.id == who.c.buyer_id)
        .outerjoin(told, and_(told.buyer_id == who.c.buyer_id, told.person_id == who.c.person_id))
        .outerjoin(PileHours, PileHours.person_id == who.c.person_id)
        .where(Person.active, or_(told.week.is_(None), told.week < monday))
    ).all()
    due = [
        (buyer, person, hour, zone)
        for buyer, person, last, own, theirs, hours in rows
        if rules.to_write(last, hour=(hour := _hour(hours)), zone=(zone := people.zone_of(own, theirs)), now=now)
    ]
    return sum(_write(*each) for each in due)


def _hour(hours: str | None) -> int:
    return min(digests.from_text(hours), default=rules.HOUR) if hours else rules.HOUR


def _write(buyer_id: int, person_id: int, hour: int, zone: str) -> int:
    with write(None) as work:
        buyer = work.lock_buyer(buyer_id)
        row = work.session.get(WeeklyLetter, (buyer_id, person_id), populate_existing=True)
        monday = rules.to_write(row.week if row else None, hour=hour, zone=zone, now=work.now)
        if monday is None:
            return 0
        if row is None:
            work.session.add(WeeklyLetter(buyer_id=buyer_id, person_id=person_id, week=monday))
            return 0
        row.week = monday
        actor = people.actor(person_id, Door(DoorName.CLOCK))
        if actor is None or actor.organisation != buyer_id:
            return 0
        week = _week(owners.of_person(actor), monday)
        if not week:
            return 0
        letters.tell(work, buyer, work.session.get_one(Person, person_id), week)
        return 1


def _week(own: list[Own], monday: date) -> Week:
    """What this week asks, each company once, where it is most urgent."""
    after = monday + timedelta(days=7)
    asked = {State.OVERDUE: [], State.DUE: []}  # type: dict[State, list[Line]]
    meets, ends, worth = [], [], []
    for each in own:
        this, meeting = each.told.this, each.told.meets
        if meeting and monday <= meeting < after:
            meets.append(Line(each.code, each.name, Why("You meet on %(day)s.", {"day": meeting})))
        if this and this.state in asked:
            if this.quarter.after <= after:
                ends.append(
                    Line(each.code, each.name, Why("Your quarter ends on %(day)s.", {"day": this.quarter.last}))
                )
            else:
                asked[State(this.state)].append(Line(each.code, each.name, this.why))
        if each.asks_whether_it_is_worth_it:
            worth.append(Line(each.code, each.name))
    return Week(asked[State.OVERDUE], asked[State.DUE], meets, ends, worth)
