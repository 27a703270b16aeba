"""Who plays: two buyers, two vendors and a VAR, made anew for every story so that none disturbs the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from vendorhub import clock
from vendorhub.domain.assistants import Alone
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.queries import people as seen
from vendorhub.store import Organisation, db
from vendorhub.usecases import assistants, people

ZONES = {
    "norden": "Europe/Berlin",
    "harbour": "America/New_York",
    "fastprint": "Europe/London",
    "cloudio": "Asia/Kolkata",
    "bridge": "Europe/Berlin",
}
KINDS = {"norden": "buyer", "harbour": "buyer", "fastprint": "vendor", "cloudio": "vendor", "bridge": "var"}


@dataclass(frozen=True)
class Somebody:
    """A person of the story, as the model knows them."""

    name: str
    home: str
    role: str
    boss: str | None = None

    @property
    def asks(self) -> bool:
        """Whether they stand on the side that asks."""
        return KINDS[self.home] != "buyer"


CAST = {
    each.name: each
    for each in (
        Somebody("Bo", "norden", "decider"),
        Somebody("Kim", "norden", "decider", "Bo"),
        Somebody("Alex", "norden", "assistant", "Kim"),
        Somebody("Pia", "norden", "decider"),
        Somebody("Cleo", "norden", "colleague", "Kim"),
        Somebody("Charlie", "harbour", "decider"),
        Somebody("Vera", "fastprint", "member"),
        Somebody("Vic", "fastprint", "member"),
        Somebody("Carl", "cloudio", "member"),
        Somebody("Rita", "bridge", "member"),
    )
}


# Who asks elsewhere, and of which company: Noa of Zeta is nobody here until an answer lets her in.
SENDERS = {
    "Vera": ("fastprint", "Vera"),
    "Carl": ("cloudio", "Carl"),
    "Rita": ("bridge", "Rita"),
    "Noa": ("zeta", "Noa"),
    "somebody": ("zeta", None),
}


@dataclass(frozen=True)
class Stage:
    """One story's organisations and people in the database; `mark` keeps their names apart from other stories'."""

    mark: str
    homes: Mapping[str, int]
    people: Mapping[str, int]
    _actors: dict[str, Actor] = field(default_factory=dict)

    def slug(self, home: str) -> str:
        """What an organisation of this story is called in addresses."""
        return f"{home}-{self.mark}"

    def address(self, name: str) -> str:
        """Where somebody of this story gets mail."""
        home = CAST[name].home if name in CAST else SENDERS[name][0]
        return f"{name.lower()}@{self.slug(home)}.example"

    def name_at(self, address: str) -> str | None:
        """Whose address this is; None if it is of another story."""
        return next((name for name in (*CAST, "Noa") if self.address(name) == address), None)

    def actor(self, name: str) -> Actor:
        """Somebody at the API's door. Needs an app context."""
        if name not in self._actors:
            found = seen.actor(self.people[name], Door(DoorName.API))
            assert found is not None
            self._actors[name] = found
        return self._actors[name]


def assemble(mark: str, now: datetime) -> Stage:
    """Makes the story's organisations and people through the use-cases. Needs an app context."""
    stage = Stage(mark, {}, {})
    with clock.at(now):
        for home, kind in KINDS.items():
            slug = stage.slug(home)
            people.add_organisation(
                kind=kind, name=home.title(), slug=slug, domains=[f"{slug}.example"], zone=ZONES[home]
            )
        ids = {
            each.name: people.add_person(
                email=stage.address(each.name),
                name=each.name,
                role=each.role,
                organisation=stage.slug(each.home),
                reports_to=stage.address(each.boss) if each.boss else None,
            )
            for each in CAST.values()
        }
        kim = seen.actor(ids["Kim"], Door(DoorName.API))
        assert kim is not None
        assistants.give(kim, stage.address("Alex"), list(Alone))
    slugs = {stage.slug(home): home for home in KINDS}
    rows = db.session.execute(select(Organisation.slug, Organisation.id).where(Organisation.slug.in_(slugs)))
    homes = {slugs[row.slug]: row.id for row in rows}
    db.session.rollback()
    return Stage(mark, homes, ids)
