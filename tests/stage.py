"""A stage for tests of the house without its doors: the app as far as use-cases see it, a clock to turn, the scenes."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event
from typing import Any, TypeVar

import pytest
from flask import Flask
from sqlalchemy import insert, select, text

from tests import whole
from tests.outbox.conftest import small_app
from tests.people import Cast, address
from vendorhub import clock
from vendorhub.config import Settings
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.offers import SlotGiven
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.outbox.office import office
from vendorhub.queries import history
from vendorhub.queries import meeting_requests as seen_requests
from vendorhub.queries import meetings as seen_meetings
from vendorhub.queries import offers as seen_offers
from vendorhub.store import Letter, Offer, Slot, db
from vendorhub.store.base import Base
from vendorhub.transports import Memory
from vendorhub.usecases import decisions, meeting_requests, offers, people
from vendorhub.worker import deliver

MONDAY = datetime(2027, 1, 4, 11, tzinfo=UTC)  # noon in Berlin
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
HOLD = 60 * SECOND
LINK = Door(DoorName.LINK)

VERA, VIC = ("Vera", address("Vera"), "Sales"), ("Vic", address("Vic"), "Engineer")
TOPIC = "Backup costs"

SLOTS: tuple[SlotGiven, ...] = (
    ("2027-01-13T14:00:00", "Europe/Berlin", None),
    ("2027-01-14T10:00:00", "Europe/Berlin", None),
    ("2027-01-15T16:30:00", "Europe/Berlin", None),
)
FIRST, SECOND_SLOT, THIRD = (
    datetime(2027, 1, 13, 13, tzinfo=UTC),
    datetime(2027, 1, 14, 9, tzinfo=UTC),
    datetime(2027, 1, 15, 15, 30, tzinfo=UTC),
)
OTHER_SLOTS: tuple[SlotGiven, ...] = (
    ("2027-01-20T09:00:00", "Europe/London", None),
    ("2027-01-21T09:00:00", "Europe/London", None),
)

Refused = TypeVar("Refused", bound=Exception)


class Stage:
    """The cast on a stage whose clock stands until it is told to `go`. Needs an app context."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._clock = ExitStack()
        self.go(MONDAY)

    def __getitem__(self, name: str) -> Actor:
        """This person, as the door would make them now."""
        return self.cast[name]

    def go(self, to: datetime | timedelta) -> None:
        """To an instant, or so much further."""
        instant = to if isinstance(to, datetime) else clock.now() + to
        self._clock.close()
        self._clock.enter_context(clock.at(instant))

    def close(self) -> None:
        """Gives the clock back."""
        self._clock.close()

    # the scenes

    def asked(self, by: str = "Vera", **changes: Any) -> str:
        """The code of an ask for half an hour with Vera and Vic, of Kim."""
        given: dict[str, Any] = {
            "buyer": "norden",
            "topic": TOPIC,
            "outcome": "Whether tape pays again.",
            "learned": "You keep seven years of mail.",
            "minutes": 30,
            "attendees": [VERA, VIC],
            "goal": "Backups that restore",
            "to": address("Kim"),
        }
        return meeting_requests.ask(self[by], **{**given, **changes})

    def accepted(self, by: str = "Kim", **changes: Any) -> str:
        """An ask with an effective yes."""
        code = self.asked(**changes)
        decisions.accept(self[by], code)
        self.go(HOLD)
        return code

    def offered(self, by: str = "Kim", slots: Sequence[SlotGiven] = SLOTS) -> tuple[str, str]:
        """An ask with a yes, and times on the table for Vera."""
        code = self.accepted()
        return code, offers.offer(self[by], code, slots=slots)

    def met(self, by: str = "Vera") -> str:
        """The UID of a meeting agreed at the first slot."""
        _, offer = self.offered()
        return offers.choose(self[by], offer, slot=self.slot(offer))

    def further_vendor(self) -> str:
        """The slug of one more vendor, where Thea works."""
        people.add_organisation(kind="vendor", name="Thirdwave", slug="thirdwave", domains=["thirdwave.example"])
        people.add_person(email="thea@thirdwave.example", name="Thea", role="member", organisation="thirdwave")
        return "thirdwave"

    # what there is to see

    def slot(self, offer: str, number: int = 0) -> str:
        """The code of one of an offer's slots, in time order."""
        db.session.rollback()
        return db.session.scalars(
            select(Slot.code).join(Offer, Slot.offer_id == Offer.id).where(Offer.code == offer).order_by(Slot.start_at)
        ).all()[number]

    def letters(self, **where: object) -> list[Letter]:
        """The outbox, in order."""
        db.session.rollback()
        return list(db.session.scalars(select(Letter).filter_by(**where).order_by(Letter.id)))

    def told(self, **where: object) -> list[tuple[str, str]]:
        """Which letters there are, and to whom: (kind, recipient)."""
        return [(letter.kind, letter.recipient) for letter in self.letters(**where)]

    def seen(self, name: str, code: str) -> str:
        """Everything that a person can see of an ask, by every query, versions included, as one text."""
        actor = self[name]
        db.session.rollback()
        request = seen_requests.see(actor, code)
        found = [
            request,
            request.version,
            seen_requests.listing(actor),
            [seen_requests.listing(actor, state=state)[0] for state in State],
            seen_requests.waiting(actor),
            seen_requests.waiting_count(actor),
            [(view, view.version) for view in seen_offers.of_request(actor, code)],
            [(view, view.version) for view in seen_meetings.listing(actor)[0]],
            history.lines(actor),
            history.lines(actor, about=code),
        ]
        return "\n".join(_told(each) for each in found)

    def delivered(self) -> list[tuple[str, bytes]]:
        """What a worker sends now: (recipient, bytes)."""
        transport = Memory()
        deliver(transport, "test", 60, Event())
        return transport.letters


def _told(found: object) -> str:
    # sets have no order of their own
    return re.sub(r"frozenset\(\{(.*?)\}\)", lambda deeds: str(sorted(deeds[1].split(", "))), repr(found))


def opened(letter: Letter) -> EmailMessage:
    """What a letter says."""
    message = message_from_bytes(
        office().keys.open(letter.sealed or b"", letter.message_id.encode()), policy=policy.default
    )
    assert isinstance(message, EmailMessage)
    return message


def words(letter: Letter) -> str:
    """What a letter says in plain text."""
    body = opened(letter).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def calendar(message: EmailMessage | bytes) -> list[str]:
    """The unfolded lines of the calendar object that a letter carries; none if it carries none."""
    if isinstance(message, bytes):
        message = message_from_bytes(message, policy=policy.default)  # type: ignore[assignment]
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            return part.get_payload(decode=True).decode().replace("\r\n ", "").splitlines()
    return []


def digest() -> str:
    """Everything that is in the store, as one hash."""
    db.session.rollback()
    told = whole.digest(db.session.connection())
    db.session.rollback()
    return told


def refused(kind: type[Refused], deed: Callable[..., object], /, *args: object, **kwargs: object) -> Refused:
    """The refusal of a deed, which must leave the store as it was."""
    before = digest()
    with pytest.raises(kind) as refusal:
        deed(*args, **kwargs)
    assert digest() == before
    return refusal.value


def copies(of: type[Base], many: int, **changes: str) -> None:
    """So many more rows like the last of its table but for `changes`, in which {n} is the copy's number."""
    last = db.session.execute(select(of.__table__).order_by(text("id DESC")).limit(1)).mappings().one()
    like = {name: value for name, value in last.items() if name != "id"}
    rows = [like | {name: how.format(n=n) for name, how in changes.items()} for n in range(many)]
    db.session.execute(insert(of.__table__), rows)
    db.session.commit()


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The app without its doors; its context is pushed."""
    app = small_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def stage(cast: Cast) -> Iterator[Stage]:
    """The stage, on a Monday at noon."""
    stage = Stage(cast)
    yield stage
    stage.close()
