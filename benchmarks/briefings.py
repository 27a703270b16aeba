"""What a joint briefing costs: its agenda read, built and printed, and where its vendors meet."""

import random
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from benchmarks.data import CIO
from benchmarks.hubs import KINDS, Hub, hub, serving
from benchmarks.load import signed_in
from benchmarks.pages import Page, measured
from benchmarks.report import Figure
from vendorhub import clock
from vendorhub.domain.items import Given
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.queries import agenda_building as bench
from vendorhub.queries import people as seen
from vendorhub.queries import polls as seen_polls
from vendorhub.store import Person, db
from vendorhub.usecases import agenda_building, briefings, items, participations, polls, sign_in
from vendorhub.usecases.agenda_publication import publish

ASKS = 200  # besides, so that no table is empty
VENDORS, ITEMS = 12, 40
MOST_VENDORS, ITEMS_EACH = 20, 10
FEW_VENDORS, FEW_ITEMS = 4, 12
MINUTES = 240
STATEMENTS = 8
# What vendors speak of: each of some of it, so that some meet.
WORDS = tuple(
    word
    for line in (
        "backup restore vault snapshot array storage network segment firewall branch identity access printing floor",
        "badge cloud saving archive metric log trace incident service contract licence capacity migration downtime",
        "ransomware copy claims broker database recovery drill retention copper fibre tunnel gateway certificate token",
    )
    for word in line.split()
)


def measure(*, requests: int) -> Iterator[Figure]:
    """One briefing of twelve vendors and forty items, one of twenty and two hundred, on both kinds of database."""
    for kind in KINDS:
        with hub(kind, requests=min(requests, ASKS)) as one:
            yield from _pages(one)


def _pages(one: Hub) -> Iterator[Figure]:
    with one.app.app_context():
        dice = random.Random(ITEMS)
        usual = _brought(dice, VENDORS, [ITEMS // VENDORS + (at < ITEMS % VENDORS) for at in range(VENDORS)])
        large = _brought(dice, MOST_VENDORS, [ITEMS_EACH] * MOST_VENDORS)
        small = _brought(dice, FEW_VENDORS, [FEW_ITEMS // FEW_VENDORS] * FEW_VENDORS)
        _agreed(usual, days=40)
        _agreed(small, days=41)
        link = sign_in.new_link(CIO, good_for=timedelta(hours=1))
        db.session.rollback()
    here, most = f"{VENDORS} vendors, {ITEMS} items", f"{MOST_VENDORS} vendors, {MOST_VENDORS * ITEMS_EACH} items"
    few = f"{FEW_VENDORS} vendors, {FEW_ITEMS} items"
    entry = f"/briefings/{small}/agenda.ics"
    pages = [
        Page("a page that is not there", "/nothing", status=404),  # what every page costs
        Page(f"the agenda, {here}", f"/briefings/{usual}/agenda/versions/1", 6, STATEMENTS),
        Page(f"its builder, {here}", f"/briefings/{usual}/agenda", 12, STATEMENTS),
        Page("the same as PDF", f"/briefings/{usual}/agenda.pdf", 300, None),
        Page(f"for a calendar, {few}", entry, 8, None),
        Page("the same, for who has it", entry, 1, None, status=304),
        Page(f"where they meet, {here}", f"/briefings/{usual}/overlaps", 200, STATEMENTS),
        Page(f"where they meet, {most}", f"/briefings/{large}/overlaps", 200, STATEMENTS),
    ]
    with serving(one) as (port, web):
        browser = signed_in(port, link)
        for page in pages:
            yield from measured(one, page, port, web, browser)


def _brought(dice: random.Random, vendors: int, number: list[int]) -> str:
    """The code of a briefing to which so many vendors have come, each with its number of items."""
    slugs = [f"vendor{at}" for at in range(1, vendors + 1)]
    code = briefings.propose(
        _actor(CIO),
        buyer="buyer1",
        theme="From the alarm to the first claim",
        outcome="You would know which of these fit together.",
        minutes=MINUTES,
        vendors=slugs,
        items_due=(clock.now() + timedelta(days=30)).date(),
    )
    for slug, many in zip(slugs, number, strict=True):
        vendor = _actor(f"a{slug.removeprefix('vendor')}@{slug}.example")
        participations.take_part(vendor, code)
        theirs = dice.sample(WORDS, 16)
        for _ in range(many):
            items.send(vendor, code, _item(dice, theirs, vendor))
    return code


def _item(dice: random.Random, theirs: list[str], by: Actor) -> Given:
    return Given(
        title=" ".join(dice.sample(theirs, 5)).capitalize(),
        abstract=" ".join(dice.choice(theirs if dice.random() < 0.7 else WORDS) for _ in range(90)),
        minutes=3,
        topics=dice.sample(theirs, 2),
        presenters=[(by.name, f"{by.name.lower()}@presents.example", "Engineer")],
        visibility="room",
    )


def _agreed(code: str, *, days: int) -> None:
    """A time in so many days, everybody invited, and the agenda published with all that was sent."""
    cio = _actor(CIO)
    day = (clock.now() + timedelta(days=days)).date().isoformat()
    poll = polls.put_up(cio, code, slots=[(f"{day}T10:00:00", "Europe/Berlin", None)])
    polls.set_time(cio, poll, slot=seen_polls.see(cio, poll).slots[0].code)
    placed = [agenda_building.Given(ref=line.id) for line in bench.see(cio, code).waiting]
    news = agenda_building.Given(segment="buyer", title="What is new with us", minutes=MINUTES - 3 * len(placed))
    agenda_building.put(cio, code, entries=[*placed, news])
    publish(cio, code, overrule="Some have more to say.")


def _actor(email: str) -> Actor:
    number = db.session.scalars(select(Person.id).where(Person.email == email)).one()
    found = seen.actor(number, Door(DoorName.API))
    assert found is not None
    return found
