"""What planning a quarter costs the worker: sixty vendors by thirteen weeks."""

import time
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from benchmarks.data import CIO
from benchmarks.hubs import KINDS, Hub, hub
from benchmarks.report import Figure
from vendorhub import clock
from vendorhub.domain.codes import new_code
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.queries import people as seen
from vendorhub.queries import planning as plans
from vendorhub.store import LoggedMeeting, Organisation, Person, RelationshipDetails, db
from vendorhub.store.relationships import kept
from vendorhub.store.write import write
from vendorhub.usecases import planning

ASKS = 200  # besides, so that no table is empty
VENDORS = 60
TOPICS = 12  # two of them each
HOURS = 18  # a month: fewer than it takes to see everybody alone
SECONDS = 5


def measure(*, requests: int) -> Iterator[Figure]:
    """A plan of the next quarter, and then the same once more, on both kinds of database."""
    for kind in KINDS:
        with hub(kind, requests=min(requests, ASKS)) as one, one.app.app_context():
            yield from _planned(one)


def _planned(one: Hub) -> Iterator[Figure]:
    number = db.session.scalars(select(Person.id).where(Person.email == CIO)).one()
    cio = seen.actor(number, Door(DoorName.API))
    assert cio is not None
    _keep(cio)
    quarter = str(cio.fiscal.on(plans.this(cio), 1))
    planning.set_hours(cio, hours=HOURS)
    for what in ("a plan", "the same planned anew"):
        planning.ask(cio, quarter=quarter)
        begun = time.perf_counter()
        assert planning.make_due() == 1
        took = time.perf_counter() - begun
        yield Figure(f"{what}, {VENDORS} vendors", one.kind, took, "s", at_most=SECONDS)
    view = plans.see(cio, quarter)
    sizes = [len(each.companies) for each in view.proposals]
    yield Figure("placed", one.kind, sum(sizes), "vendors")
    yield Figure("of them in joint talks", one.kind, sum(size for size in sizes if size > 1), "vendors")
    yield Figure("takes", one.kind, sum(each.proposal.minutes for each in view.proposals) / 60, "h")
    yield Figure("one by one it would take", one.kind, sum(each.proposal.alone for each in view.proposals) / 60, "h")


def _keep(cio: Actor) -> None:
    """Vendors that were met in the last three months, one after the other, with two topics each."""
    today = clock.now().date()
    with write(cio) as work:
        for at in range(VENDORS):
            company = Organisation(
                kind="vendor", slug=f"plan{at}", name=f"Plan {at:02}", zone=cio.zone, created_at=work.now
            )
            work.session.add(company)
            work.session.flush()
            made = kept(work.session, cio.organisation, company.id, today=today - timedelta(days=200), now=work.now)
            topics = sorted({f"Topic {at % TOPICS}", f"Topic {at * 7 // 5 % TOPICS}"})
            work.session.add(RelationshipDetails(buyer_id=made.buyer_id, relationship_id=made.id, topics=topics))
            work.session.add(
                LoggedMeeting(
                    buyer_id=made.buyer_id,
                    relationship_id=made.id,
                    code=new_code(10),
                    day=today - timedelta(days=at * 3 // 2),
                    minutes=60,
                    by=cio.person,
                    made_at=work.now,
                )
            )
