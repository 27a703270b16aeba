"""The agenda of a briefing or a single meeting as it was published, to each reader as they may see it (law 10)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, or_, select

from vendorhub.domain.agenda_rules import Problem
from vendorhub.domain.agenda_versions import Change, Party, as_seen_by, difference, unpacked
from vendorhub.domain.agendas import Entry, Say, Segment, Visibility, in_english, minutes_of, starts
from vendorhub.domain.briefings import Part
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.queries import occasions
from vendorhub.queries.agenda_circles import Circle, circle_of
from vendorhub.queries.occasions import Occasion, SingleView
from vendorhub.store import AgendaVersion, Item, db

# Put together once: that takes longer than the database needs to answer.
_VERSION = (AgendaVersion.number, AgendaVersion.body, AgendaVersion.overruled, AgendaVersion.made_at)
_VERSIONS = {
    single: select(*_VERSION).where(
        AgendaVersion.buyer_id == bindparam("buyer"),
        whose == bindparam("whose"),
        AgendaVersion.number.in_(bindparam("numbers", expanding=True)),
    )
    for single, whose in ((False, AgendaVersion.request_id), (True, AgendaVersion.meeting_id))
}


@dataclass(frozen=True)
class Line:
    """An entry as it is read: by which id, the minute it starts at, and whose it is: `vendor` the slug of the one whose
    part of the time it is, `vendors` those of all that it names, `whose` the names of all companies."""

    id: str
    entry: Entry
    starts_at_minute: int
    vendor: str | None
    vendors: tuple[str, ...]
    whose: tuple[str, ...]

    @property
    def ends_at_minute(self) -> int:
        """The minute at which the next one starts."""
        return self.starts_at_minute + self.entry.minutes


@dataclass(frozen=True)
class AgendaView:
    """The agenda of a briefing or a single meeting as the reader may see it.

    `number` is that of the version, 0 where none is published for them; `newest` the latest; `changes` what differs
    from the version before. `problems` and `overruled` are for those who arrange it.
    """

    briefing: Occasion
    number: int
    newest: int
    published: bool
    lines: tuple[Line, ...]
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    overruled: str = ""
    made_at: datetime | None = None
    revision: int = 0

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return minutes_of(line.entry for line in self.lines)

    @property
    def buyer_minutes(self) -> int:
        """How much of it is the buyer's own."""
        return minutes_of((line.entry for line in self.lines), Segment.BUYER)

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = (self.number, self.published, self.lines, self.changes, self.problems, self.overruled, self.revision)
        return hashlib.sha256(repr((self.briefing.code, self.briefing.start, told)).encode()).hexdigest()[:32]


def see(actor: Actor, code: str, number: int | None = None, *, say: Say = in_english) -> AgendaView:
    """The agenda as it was published last, or version `number` of it; empty where nothing is published for the reader.

    A vendor reads of what another has taken back or closed to the room since no more than that it is there. Raises
    NotThere if it isn't theirs to see, or has no such version for them.
    """
    return of(actor, occasions.see(actor, code), number, say=say)


def of(actor: Actor, briefing: Occasion, number: int | None = None, *, say: Say = in_english) -> AgendaView:
    """The same of a briefing that is at hand."""
    newest = may_read(actor, briefing)
    wanted = newest if number is None else number
    if number is not None and not 1 <= number <= newest:
        raise NotThere
    if not wanted:
        return AgendaView(briefing, 0, 0, False, ())
    circle = circle_of(briefing)
    rows = versions(circle, wanted - 1, wanted)
    party = party_of(actor, briefing)
    kept = {each: unpacked(row.body["entries"]) for each, row in rows.items()}
    closed = _closed_since(circle, party, kept)
    shown, before = (
        as_seen_by([_read_as(entry, closed) for entry in kept.get(each, ())], party, circle.room, say)
        for each in (wanted, wanted - 1)
    )
    return AgendaView(
        briefing,
        wanted,
        newest,
        True,
        lines_of(shown, circle),
        changes=difference(before, shown, party) if wanted > 1 else (),
        overruled=rows[wanted].overruled if party.arranges else "",
        made_at=rows[wanted].made_at,
    )


def may_read(actor: Actor, briefing: Occasion) -> int:
    """The newest version that is there for this reader, 0 for none: of a briefing's vendors for those who have joined,
    and for who is asked anew what they had."""
    if actor.side is not Side.VENDOR or isinstance(briefing, SingleView):
        return briefing.agenda_version
    if briefing.own is None or briefing.own.state not in (Part.ASKED, Part.JOINED):
        return 0
    return briefing.agenda_version if briefing.own.state == Part.JOINED else briefing.own.had_version


def party_of(actor: Actor, briefing: Occasion) -> Party:
    """Whose eyes the reader's are; at a single meeting both sides arrange it."""
    return Party(actor.organisation, arranges=actor.side is not Side.VENDOR or isinstance(briefing, SingleView))


def versions(circle: Circle, *numbers: int) -> dict[int, Row[*tuple[Any, ...]]]:
    """These versions of an agenda, as far as there are such, by number."""
    rows = db.session.execute(_VERSIONS[circle.single], {**circle.whose, "numbers": list(numbers)})
    return {row.number: row for row in rows}


def lines_of(entries: Sequence[Entry], circle: Circle) -> tuple[Line, ...]:
    """Entries as they are read, each with the minute at which it starts."""
    return tuple(
        Line(
            id=entry.ref or f"reserved-{at}",
            entry=entry,
            starts_at_minute=start,
            vendor=_vendor(entry, circle),
            vendors=tuple(circle.companies[each].slug for each in entry.companies if each != circle.buyer_id),
            whose=tuple(circle.companies[each].name for each in entry.companies),
        )
        for at, (entry, start) in enumerate(zip(entries, starts(entries), strict=True), start=1)
    )


def _closed_since(circle: Circle, party: Party, kept: Mapping[int, Sequence[Entry]]) -> frozenset[str]:
    """The items of others that were for the room and are so no more: taken back, or the buyer's only."""
    if party.arranges:
        return frozenset()
    refs = {entry.ref for entries in kept.values() for entry in entries if entry.visibility is Visibility.ROOM}
    return frozenset(
        db.session.scalars(
            select(Item.code).where(
                Item.buyer_id == circle.buyer_id,
                Item.request_id == circle.request_id,
                Item.code.in_(refs),
                or_(Item.state != "sent", Item.visibility != Visibility.ROOM),
            )
        )
    )


def _read_as(entry: Entry, closed: frozenset[str]) -> Entry:
    return replace(entry, visibility=Visibility.BUYER) if entry.ref in closed else entry


def _vendor(entry: Entry, circle: Circle) -> str | None:
    if entry.segment is not Segment.VENDOR or not entry.companies:
        return None
    return circle.companies[entry.companies[0]].slug
