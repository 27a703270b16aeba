"""I04: two places like this one face each other, each with the other's mailboxes among its guests; it stops."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import select

from tests.outbox.conftest import small_app
from tests.people import PAGE, address, assembled
from tests.stage import HOLD, MONDAY, SLOTS, TOPIC, Stage
from vendorhub import clock, inbound
from vendorhub.config import Settings
from vendorhub.outbox.office import EXTENSION
from vendorhub.queries import people as seen
from vendorhub.store import Person, db
from vendorhub.usecases import decisions, meeting_requests, offers, people
from vendorhub.usecases.sweep import sweep

Done = TypeVar("Done")

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

MX = "mx.example"
# A person's own invitation, sent straight from the other hub's domain.
UNASKED = (Path(__file__).parent.parent / "itip" / "mails" / "straight-invitation.eml").read_text()


@dataclass
class Hub:
    """One of the two: its app, its domain, its time."""

    app: Flask
    domain: str
    now: datetime = MONDAY

    def act(self, play: Callable[[Stage], Done]) -> Done:
        """A scene on this hub's own stage."""
        with self.app.app_context():
            stage = Stage(assembled())
            try:
                stage.go(self.now)
                return play(stage)
            finally:
                self.now = clock.now()
                stage.close()
                db.session.remove()

    def hear(self, raw: bytes, *, by: str, to: str) -> str:
        """Takes in a mail that surely comes from a domain."""
        head = f"Authentication-Results: {MX}; dmarc=pass header.from={by}\r\n".encode()
        return self.act(lambda _: inbound.receive(head + raw, to=to, domain=self.domain, authserv_id=MX))

    def post(self, other: "Hub") -> list[str]:
        """Sends what is due; what the other makes of each letter that comes to it."""

        def send(stage: Stage) -> list[tuple[str, bytes]]:
            stage.go(HOLD)
            sweep()
            return stage.delivered()

        mine = [(to, raw) for to, raw in self.act(send) if to.endswith(f"@{other.domain}")]
        return sorted(other.hear(raw, by=self.domain, to=to) for to, raw in mine)


@pytest.fixture
def hubs(settings: Settings, peopled_sqlite: Path, tmp_path: Path) -> Iterator[tuple[Hub, Hub]]:
    """Two of them, each with a known vendor whose only address is a mailbox of the other."""
    made = []
    for domain, other in (("one.example", "two.example"), ("two.example", "one.example")):
        file = shutil.copyfile(peopled_sqlite, tmp_path / f"{domain}.sqlite")
        app = small_app(replace(settings, database_url=f"sqlite:///{file}"))
        desk = app.extensions[EXTENSION]
        app.extensions[EXTENSION] = replace(desk, sender=f"vendorhub@{domain}", domain=domain)
        hub = Hub(app, domain)
        with app.app_context():
            people.add_organisation(kind="vendor", name="The other", slug="other", domains=[other])
            people.add_person(email=f"norden@{other}", name="Other", role="member", organisation="other")
        made.append(hub)
    yield made[0], made[1]
    for hub in made:
        with hub.app.app_context():
            db.session.remove()
            db.engine.dispose()


def test_they_stop(hubs: tuple[Hub, Hub]) -> None:
    for here, there in (hubs, hubs[::-1]):
        here.act(lambda stage: met(stage, f"norden@{there.domain}"))  # noqa: B023
        mail = UNASKED.replace("norden@hub.example", f"norden@{here.domain}").replace(
            "vera@fastprint.example", f"norden@{there.domain}"
        )
        assert here.hear(mail.encode(), by=there.domain, to=f"norden@{here.domain}") == "unasked"
    # The yes, the times, the invitation, and how to ask: once each; of them only the invitation makes a card.
    for here, there in (hubs, hubs[::-1]):
        assert here.post(there) == ["stranger", "stranger", "stranger", "unasked"]
    for _ in range(3):
        assert [here.post(there) for here, there in (hubs, hubs[::-1])] == [[], []]


def met(stage: Stage, email: str) -> None:
    """Kim agrees to meet the vendor who has this address."""
    person = db.session.scalars(select(Person.id).filter_by(email=email)).one()
    asker = seen.actor(person, PAGE)
    assert asker is not None
    code = meeting_requests.ask(
        asker,
        buyer="norden",
        topic=TOPIC,
        outcome="Whether we write to each other for ever.",
        learned="You read what comes in.",
        minutes=30,
        attendees=[("Other", email, "")],
        to=address("Kim"),
    )
    decisions.accept(stage["Kim"], code)
    stage.go(HOLD)
    offer = offers.offer(stage["Kim"], code, slots=SLOTS)
    offers.choose(asker, offer, slot=stage.slot(offer))
