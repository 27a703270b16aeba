"""What finding a note costs among a hundred thousand, on both databases."""

import random
from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter

from sqlalchemy import insert, select, text

from benchmarks.data import CIO
from benchmarks.hubs import KINDS, Hub, hub, serving
from benchmarks.load import signed_in
from benchmarks.pages import Page, measured
from benchmarks.report import Figure
from vendorhub import clock
from vendorhub.domain.codes import new_code
from vendorhub.domain.notes import kept_under
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.queries import notes
from vendorhub.queries import people as seen
from vendorhub.store import Note, Organisation, Person, db
from vendorhub.store.relationships import kept
from vendorhub.store.write import write
from vendorhub.usecases import sign_in

ASKS = 200  # besides, so that no table is empty
RELATIONSHIPS = 50
NOTES = 100_000
WORDS = 30  # in each
VOCABULARY = 5000
TIMES = 20
# What is looked for, and the milliseconds that it may take: all that are found are ranked, so many take longer.
LOOKED_FOR = {
    "a rare word": ("restore", 100),
    "a word that every tenth has": ("quarterly", None),
    "two beginnings that nearly all have": ("w1 w2", None),
}


def measure(*, requests: int) -> Iterator[Figure]:
    """A hundred thousand notes of one buyer, on both kinds of database."""
    for kind in KINDS:
        with hub(kind, requests=min(requests, ASKS)) as one:
            yield from _search(one)


def _search(one: Hub) -> Iterator[Figure]:
    with one.app.app_context():
        cio = _cio()
        _write(cio)
        for what, (query, at_most) in LOOKED_FOR.items():
            took = sorted(_once(cio, query) for _ in range(TIMES))
            where = db.engine.dialect.name
            yield Figure(f"search over {NOTES} notes, {what}: median", where, took[TIMES // 2], "ms", at_most=at_most)
        link = sign_in.new_link(CIO, good_for=timedelta(hours=1))
        db.session.rollback()
    page = Page(f"the page of a search over {NOTES} notes", "/notes?q=restore", 25, 6)
    with serving(one) as (port, web):
        yield from measured(one, page, port, web, signed_in(port, link))


def _cio() -> Actor:
    number = db.session.scalars(select(Person.id).where(Person.email == CIO)).one()
    cio = seen.actor(number, Door(DoorName.API))
    assert cio is not None
    return cio


def _once(cio: Actor, query: str) -> float:
    began = perf_counter()
    found, _ = notes.listing(cio, query=query)
    assert found
    db.session.rollback()
    return (perf_counter() - began) * 1000


def _write(cio: Actor) -> None:
    """The notes, spread over the relationships of the CIO's company."""
    dice = random.Random(7)
    with write(cio) as work:
        of = []
        for at in range(RELATIONSHIPS):
            company = Organisation(
                kind="vendor", slug=f"kept{at}", name=f"Kept {at:03}", zone=cio.zone, created_at=work.now
            )
            work.session.add(company)
            work.session.flush()
            made = kept(work.session, cio.organisation, company.id, today=clock.now().date(), now=work.now)
            of.append(made.id)
        for first in range(0, NOTES, 5000):
            rows = []
            for number in range(first, first + 5000):
                said = [f"w{int(dice.paretovariate(0.6)) % VOCABULARY}" for _ in range(WORDS)]
                said += ["restores"] * (number % 5000 == 0) + ["quarterly"] * (number % 10 == 0)
                words = " ".join(said)
                rows.append(
                    {
                        "buyer_id": cio.organisation,
                        "relationship_id": of[number % RELATIONSHIPS],
                        "code": new_code(10),
                        "owner_id": cio.organisation,
                        "text": words,
                        "words": kept_under(words, readers={cio.organisation}),
                        "by": cio.person,
                        "made_at": work.now,
                    }
                )
            work.session.execute(insert(Note), rows)
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE notes"))
        db.session.commit()
