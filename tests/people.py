"""The cast of every test: two buyers, two vendors, a VAR, and Charlie, who has no business in any of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from vendorhub import keys
from vendorhub.domain.assistants import Alone
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.queries import people as seen
from vendorhub.store import Person, db
from vendorhub.usecases import assistants, people

API = Door(DoorName.API)
PAGE = Door(DoorName.PAGE)

ORGANISATIONS = (
    ("buyer", "Norden Mutual", "norden", "norden.example", "Europe/Berlin", 4),
    ("buyer", "Harbour Freight", "harbour", "harbour.example", "America/New_York", 1),
    ("vendor", "Fastprint", "fastprint", "fastprint.example", "Europe/London", 1),
    ("vendor", "Cloudio", "cloudio", "cloudio.example", "Asia/Kolkata", 1),
    ("var", "Bridgeworks", "bridge", "bridge.example", "Europe/Berlin", 1),
)
# name, organisation, role, reports to
PEOPLE = (
    ("Bo", "norden", "decider", None),  # the boss
    ("Kim", "norden", "decider", "Bo"),  # the CIO
    ("Mo", "norden", "decider", "Kim"),  # a manager
    ("Alex", "norden", "assistant", "Kim"),
    ("Pia", "norden", "decider", None),  # another area of the same company
    ("Cleo", "norden", "colleague", "Kim"),
    ("Ada", "norden", "admin", None),
    ("Charlie", "harbour", "decider", None),  # the outsider on the buyers' side
    ("Vera", "fastprint", "member", None),
    ("Vic", "fastprint", "member", None),
    ("Carl", "cloudio", "member", None),  # the outsider on the vendors' side
    ("Rita", "bridge", "member", None),
    ("Oz", None, "operator", None),
)
GOALS = ("Backups that restore", "Fewer suppliers")


def address(name: str) -> str:
    """Where a person of the cast gets mail."""
    home = next(person[1] for person in PEOPLE if person[0] == name)
    domain = next((row[3] for row in ORGANISATIONS if row[2] == home), "vendorhub.example")
    return f"{name.lower()}@{domain}"


@dataclass(frozen=True)
class Cast:
    """The people, by name, as ids; ask for an actor when somebody is to act."""

    ids: Mapping[str, int]

    def __getitem__(self, name: str) -> Actor:
        return self.at(name, API)

    def at(self, name: str, door: Door) -> Actor:
        """This person at this door. Needs an app context."""
        found = seen.actor(self.ids[name], door)
        assert found is not None, f"{name} has no place"
        return found

    def with_key(self, name: str, key: str, sent: str = "") -> Actor:
        """This person with an Idempotency-Key."""
        return self.at(name, replace(API, key=key, fingerprint=keys.hash_secret(sent)))


def assemble() -> Cast:
    """Makes organisations and people through the use-cases. Needs an app context."""
    for kind, name, slug, domain, zone, fiscal_year_start in ORGANISATIONS:
        people.add_organisation(
            kind=kind, name=name, slug=slug, domains=[domain], zone=zone, fiscal_year_start=fiscal_year_start
        )
    people.describe(
        "norden",
        brief="We insure homes and small firms in the north.",
        open_to="Backup, print, network.",
        not_open_to="Crypto.",
        goals=GOALS,
        response_days=5,
    )
    ids = {
        name: people.add_person(
            email=address(name),
            name=name,
            role=role,
            organisation=home,
            reports_to=address(boss) if boss else None,
        )
        for name, home, role, boss in PEOPLE
    }
    cast = Cast(ids)
    assistants.give(
        cast["Kim"], address("Alex"), list(Alone)
    )  # what is kept from an assistant is tried where it is told
    return cast


def assembled() -> Cast:
    """The same people where they have been made before. Needs an app context."""
    ids = {row.email: row.id for row in db.session.execute(select(Person.email, Person.id))}
    return Cast({name: ids[address(name)] for name, *_ in PEOPLE})
