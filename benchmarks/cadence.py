"""What the rhythm of relationships costs: the quarter board."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from benchmarks.data import CIO
from benchmarks.hubs import KINDS, Hub, hub, serving
from benchmarks.load import signed_in
from benchmarks.pages import Page, measured
from benchmarks.report import Figure
from vendorhub import clock
from vendorhub.domain.codes import new_code
from vendorhub.domain.people import Door, DoorName
from vendorhub.queries import people as seen
from vendorhub.store import LoggedMeeting, Organisation, Person, db
from vendorhub.store.relationships import kept
from vendorhub.store.write import write
from vendorhub.usecases import sign_in

ASKS = 200  # besides, so that no table is empty
RELATIONSHIPS = 200
MEETINGS = 5  # each, a quarter apart
STATEMENTS = 6


def measure(*, requests: int) -> Iterator[Figure]:
    """Two hundred relationships by nine quarters, on both kinds of database."""
    for kind in KINDS:
        with hub(kind, requests=min(requests, ASKS)) as one:
            yield from _board(one)


def _board(one: Hub) -> Iterator[Figure]:
    with one.app.app_context():
        _keep()
        link = sign_in.new_link(CIO, good_for=timedelta(hours=1))
        db.session.rollback()
    page = Page(f"the quarter board, {RELATIONSHIPS} relationships", "/relationships", 25, STATEMENTS)
    with serving(one) as (port, web):
        yield from measured(one, page, port, web, signed_in(port, link))


def _keep() -> None:
    """Relationships of the CIO's company, each with what was held with it."""
    today = clock.now().date()
    number = db.session.scalars(select(Person.id).where(Person.email == CIO)).one()
    cio = seen.actor(number, Door(DoorName.API))
    assert cio is not None
    with write(cio) as work:
        for at in range(RELATIONSHIPS):
            company = Organisation(
                kind="vendor", slug=f"kept{at}", name=f"Kept {at:03}", zone=cio.zone, created_at=work.now
            )
            work.session.add(company)
            work.session.flush()
            since = today - timedelta(days=500)
            made = kept(work.session, cio.organisation, company.id, today=since, now=work.now)
            work.session.add_all(
                LoggedMeeting(
                    buyer_id=made.buyer_id,
                    relationship_id=made.id,
                    code=new_code(10),
                    day=today - timedelta(days=91 * back + at % 80),
                    minutes=60,
                    by=cio.person,
                    made_at=work.now,
                )
                for back in range(MEETINGS)
            )
