"""Who is acting: which side they stand on, in which roles, on whose behalf, and by which door they came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from vendorhub.domain.quarters import FiscalCalendar


class Side(StrEnum):
    """The sides of the table; a person without an organisation is an operator."""

    BUYER = "buyer"
    VENDOR = "vendor"
    VAR = "var"
    OPERATOR = "operator"


class Role(StrEnum):
    """What a person is within their organisation."""

    DECIDER = "decider"
    ASSISTANT = "assistant"
    COLLEAGUE = "colleague"
    ADMIN = "admin"
    MEMBER = "member"
    OPERATOR = "operator"


ROLES_OF: Mapping[Side, frozenset[Role]] = {
    Side.BUYER: frozenset({Role.DECIDER, Role.ASSISTANT, Role.COLLEAGUE, Role.ADMIN}),
    Side.VENDOR: frozenset({Role.MEMBER, Role.ADMIN}),
    Side.VAR: frozenset({Role.MEMBER, Role.ADMIN}),
    Side.OPERATOR: frozenset({Role.OPERATOR}),
}


class DoorName(StrEnum):
    """The ways in; written into every decision and history line."""

    PAGE = "page"
    API = "api"
    LINK = "link"
    COMMAND = "command"
    MAIL = "mail"
    CLOCK = "clock"


@dataclass(frozen=True)
class Door:
    """By which door a deed comes, and what that door asks of the transaction.

    `key` and `fingerprint` are an Idempotency-Key and the digest of what was sent with it; `if_match` the versions
    the sender has seen, with blanks between them, or "*"; `link` the hash of the mailed secret that the deed
    consumes. All empty where not given.
    """

    name: DoorName
    key: str = ""
    fingerprint: str = ""
    if_match: str = ""
    link: str = ""

    def has_seen(self, version: Callable[[], str]) -> bool:
        """Whether the sender knows this version, or did not say which they know (RFC 9110, 13.1.1)."""
        return self.if_match in ("", "*") or version() in self.if_match.split()


@dataclass(frozen=True)
class Actor:
    """A person at a door, as ids and roles only: never a database row.

    `serves` holds the deciders an assistant speaks for, with the deeds that each gave; `above` and `below` are
    the person's line within the buyer (who they report to, who reports to them, all the way); `zone`,
    `fiscal` and `holidays` are their organisation's, by whose calendar its quarters and due days go.
    """

    person: int
    organisation: int
    side: Side
    name: str
    roles: frozenset[Role]
    door: Door
    serves: Mapping[int, frozenset[str]] = field(default_factory=dict)
    above: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()
    zone: str = "UTC"
    fiscal: FiscalCalendar = field(default_factory=FiscalCalendar)
    holidays: frozenset[date] = frozenset()

    @property
    def asks(self) -> bool:
        """Whether this side asks (vendors and VARs) rather than answers."""
        return self.side in (Side.VENDOR, Side.VAR)

    def by(self, door: Door) -> "Actor":
        """The same person at another door."""
        return replace(self, door=door)


def line_above(person: int, reports_to: Mapping[int, int | None]) -> frozenset[int]:
    """Everybody this person reports to, all the way up; a circle ends where it closes (law 6)."""
    seen: list[int] = []
    boss = reports_to.get(person)
    while boss is not None and boss != person and boss not in seen:
        seen.append(boss)
        boss = reports_to.get(boss)
    return frozenset(seen)


def line_below(person: int, reports_to: Mapping[int, int | None]) -> frozenset[int]:
    """Everybody who reports to this person, directly or through others (law 6)."""
    return frozenset(other for other in reports_to if other != person and person in line_above(other, reports_to))


def line(person: int, reports_to: Mapping[int, int | None]) -> frozenset[int]:
    """The line that an answer of this person binds: themselves, those above, those below (law 6, M4)."""
    return line_above(person, reports_to) | line_below(person, reports_to) | {person}
