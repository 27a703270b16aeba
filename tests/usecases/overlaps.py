"""Scenes of overlaps: Fastprint, Cloudio and Thirdwave, and what each of them has sent to a briefing."""

from sqlalchemy import select

from tests.people import API
from tests.stage import Stage
from tests.usecases.briefings import consented
from vendorhub.domain.items import Given
from vendorhub.domain.people import Actor
from vendorhub.queries import agenda_building, people
from vendorhub.queries import overlaps as seen
from vendorhub.queries.overlaps import PairView
from vendorhub.store import Person, db
from vendorhub.usecases import agenda_building as building
from vendorhub.usecases import items, participations
from vendorhub.usecases.agenda_publication import publish

RESTORE = Given(
    title="Restore in four hours, shown on your own data",
    abstract="We restore one of your claims databases from immutable backups and measure how long it takes.",
    minutes=20,
    topics=["Backup", "Ransomware"],
    presenters=[("Vera", "vera@fastprint.example", "Engineer"), ("Dev", "dev@elsewhere.example", "Delivery")],
    visibility="room",
)
SNAPSHOTS = Given(
    title="Snapshots that ransomware cannot touch",
    abstract="Our arrays keep immutable snapshots; how a restore from them differs from one out of the backups.",
    minutes=15,
    topics=["ransomware", "Storage"],
    visibility="room",
)
FLOORS = Given(title="Print less", abstract="Half of the printers have gone with two floors.", minutes=10)
PLANS = Given(
    title="Where our snapshots go next year",
    abstract="Restore from immutable backups of your claims databases in four hours, on your own data.",
    minutes=5,
    topics=["Backup"],
    visibility="buyer",
)


def items_of(number: int) -> Given:
    """One more item, of its own words."""
    return Given(title=f"Number {number}", abstract=f"About the {number}th of our things.", minutes=1)


def thea() -> Actor:
    """Whoever works at Thirdwave."""
    number = db.session.scalars(select(Person.id).where(Person.email == "thea@thirdwave.example")).one()
    found = people.actor(number, API)
    assert found is not None
    return found


def three(stage: Stage) -> str:
    """The code of a briefing that all three have joined."""
    code = consented(stage, vendors=["fastprint", "cloudio", stage.further_vendor()])
    for actor in (stage["Vera"], stage["Carl"], thea()):
        participations.take_part(actor, code)
    return code


def all_in(stage: Stage) -> str:
    """The same, and each has sent an item; nobody presents Cloudio's and Thirdwave's."""
    code = three(stage)
    items.send(stage["Vera"], code, RESTORE)
    items.send(thea(), code, FLOORS)
    items.send(stage["Carl"], code, SNAPSHOTS)
    return code


def pairs(actor: Actor, code: str) -> dict[str, PairView]:
    """What there is of pairs, the highest score first, by the first letters of their vendors: "fc" is Fastprint's."""
    db.session.rollback()
    found = seen.see(actor, code).pairs
    return {"".join(slug[0] for slug, _ in pair.vendors): pair for pair in found}


def published(stage: Stage, code: str) -> None:
    """The agenda is published, with all that was sent."""
    db.session.rollback()
    rita = stage["Rita"]
    for waiting in agenda_building.see(rita, code).waiting:
        building.add(rita, code, given=building.Given(ref=waiting.id))
    publish(rita, code, overrule="The buyer speaks at another time.")
