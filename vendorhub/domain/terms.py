"""What a consent covers: immutable terms, named by their hash; wider needs a new yes, narrower is free (law 2)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

VALID_FOR = timedelta(days=180)
# A standing yes: a meeting a quarter until it is called off. Ten years of quarters, and as many that were cancelled.
STANDS_FOR = timedelta(days=3653)
STANDS_TIMES = 80


@dataclass(frozen=True, order=True)
class Guest:
    """One of the asking side's people: known by address; the role lets a colleague of the same role step in."""

    email: str
    name: str
    role: str = ""


@dataclass(frozen=True)
class Terms:
    """Asking organisation, guests, topic, at most so many minutes, kind, valid until, how many times."""

    company: int
    guests: tuple[Guest, ...]
    topic: str
    minutes: int
    kind: str
    valid_until: datetime
    times: int = 1
    vendors: tuple[int, ...] = ()  # who may be in the room at a briefing, each with people of its own choice

    def each_quarter(self, now: datetime) -> "Terms":
        """The same for a meeting a quarter, until somebody calls it off."""
        return replace(self, kind="quarterly", valid_until=now + STANDS_FOR, times=STANDS_TIMES)

    def of_briefing(self, *, vendors: tuple[int, ...], theme: str | None, minutes: int | None) -> "Terms":
        """The same with these vendors in the room; with another theme and other minutes, where they are given."""
        return replace(self, vendors=vendors, topic=theme or self.topic, minutes=minutes or self.minutes)

    def body(self) -> str:
        """The terms as canonical JSON: the text that is stored and hashed."""
        named = {"vendors": sorted(self.vendors)} if self.vendors else {}
        return json.dumps(
            {
                **named,
                "company": self.company,
                "guests": [[guest.email, guest.name, guest.role] for guest in sorted(self.guests)],
                "topic": self.topic,
                "minutes": self.minutes,
                "kind": self.kind,
                "valid_until": self.valid_until.isoformat(),
                "times": self.times,
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )


def terms_hash(body: str, salt: str) -> str:
    """The name of these terms, 64 hex digits. Salted, so that the ledger tells nothing once the body is erased."""
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()


def from_body(body: str) -> Terms:
    """The terms that `body` says; the reverse of Terms.body()."""
    read = json.loads(body)
    return Terms(
        company=read["company"],
        guests=tuple(Guest(email, name, role) for email, name, role in read["guests"]),
        topic=read["topic"],
        minutes=read["minutes"],
        kind=read["kind"],
        valid_until=datetime.fromisoformat(read["valid_until"]),
        times=read["times"],
        vendors=tuple(read.get("vendors", ())),
    )


def widened(new: Terms, agreed: Terms) -> tuple[str, ...]:
    """In what the new terms go beyond the agreed ones: the names of the fields, none if they are no wider (law 2)."""
    found = []
    if new.company != agreed.company:
        found.append("company")
    if new_guests(new.guests, agreed.guests):
        found.append("attendees")
    if set(new.vendors) - set(agreed.vendors):
        found.append("vendors")
    if new.topic != agreed.topic:
        found.append("topic")
    if new.minutes > agreed.minutes:
        found.append("minutes")
    if new.kind != agreed.kind:
        found.append("kind")
    if new.valid_until > agreed.valid_until:
        found.append("valid_until")
    if new.times > agreed.times:
        found.append("times")
    return tuple(found)


def new_guests(new: Iterable[Guest], agreed: Iterable[Guest]) -> tuple[Guest, ...]:
    """The guests that the agreed terms don't name, by address."""
    known = {guest.email for guest in agreed}
    return tuple(guest for guest in new if guest.email not in known)
