"""How is a meeting said in iCalendar, so that every client understands it (RFC 5545, RFC 5546)?

Line by line and by hand: a library that can say everything costs more than all the rest of a letter.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from vendorhub.itip.mailboxes import Mailbox, address, line, lines, mailto
from vendorhub.itip.timezones import vtimezone

PRODID = "-//VendorHub//VendorHub//EN"
SEQUENCE_LIMIT = 2**31 - 1
UID_LIMIT = 255
PARTSTATS = {"NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"}
URL = re.compile(r"https?://[!-~]+", re.IGNORECASE)
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})  # RFC 5545 3.3.11
QUOTED = re.compile("[,;: '\u2019]")
FOLDED_AT = 74  # octets of a line, with neither its line break nor the space that continues one: 75 at most
CONTINUES = 0b10  # the first two bits of an octet within a character (RFC 3629)


@dataclass(frozen=True)
class Attendee:
    """Somebody who is invited: the address the invitation goes to, and what they have answered."""

    email: str
    name: str
    partstat: str = "NEEDS-ACTION"
    rsvp: bool = True
    chair: bool = False

    def __post_init__(self) -> None:
        """Refuse what would not be one ATTENDEE line."""
        address(self.email)
        line(self.name, what="A name")
        if self.partstat not in PARTSTATS:
            raise ValueError(f"An answer is one of {', '.join(sorted(PARTSTATS))}.")

    @cached_property
    def said(self) -> bytes:
        """The ATTENDEE line (RFC 5545 3.8.4.1), folded; one round of letters says it many times."""
        role, rsvp = "CHAIR" if self.chair else "REQ-PARTICIPANT", ";RSVP=TRUE" if self.rsvp else ""
        params = f"{_common_name(self.name)};CUTYPE=INDIVIDUAL;PARTSTAT={self.partstat};ROLE={role}{rsvp}"
        return _folded(f"ATTENDEE{params}:{mailto(self.email)}")


@dataclass(frozen=True)
class Entry:
    """A meeting as one attendee may see it; all that its bytes depend on (RFC 5545 3.6.1).

    Instants are aware. `organiser` is our reply address for the one who is written to. Raises ValueError with
    a sentence for anything that iCalendar or a reader's calendar could not hold.
    """

    uid: str
    sequence: int
    dtstamp: datetime
    created: datetime
    last_modified: datetime
    start: datetime
    end: datetime
    zone: str
    summary: str
    description: str
    location: str
    url: str
    organiser: Mailbox
    attendees: tuple[Attendee, ...]

    def __post_init__(self) -> None:
        """Refuse what would say something else than meant."""
        if not 0 <= self.sequence <= SEQUENCE_LIMIT:
            raise ValueError(f"A SEQUENCE is between 0 and {SEQUENCE_LIMIT}.")
        instants = (self.dtstamp, self.created, self.last_modified, self.start, self.end)
        if any(instant.utcoffset() is None for instant in instants):
            raise ValueError("Every time of a meeting needs an offset from UTC.")
        if self.end <= self.start:
            raise ValueError("A meeting ends after it starts.")
        if not self.uid.isascii() or not 0 < len(line(self.uid, what="A UID")) <= UID_LIMIT:
            raise ValueError(f"A UID is 1 to {UID_LIMIT} ASCII characters.")
        line(self.summary, what="A title")
        line(self.location, what="A place")
        lines(self.description, what="A description")
        if self.url and not URL.fullmatch(self.url):
            raise ValueError("A link is an http or https address in ASCII.")
        emails = [self.organiser.address.lower(), *(one.email.lower() for one in self.attendees)]
        if len(set(emails)) < len(emails):
            raise ValueError("Everybody is invited once, and the organiser's address is nobody else's.")


def request(entry: Entry) -> bytes:
    """METHOD:REQUEST: an invitation, or its update when `sequence` has risen (RFC 5546 3.2.2).

    The organiser is an attendee too, as chair, or Outlook shows none. Raises ValueError for an unknown zone.
    """
    return _calendar("REQUEST", entry, (_chair(entry), *entry.attendees), status="CONFIRMED")


def cancel(entry: Entry) -> bytes:
    """METHOD:CANCEL of the whole meeting, to every attendee (RFC 5546 3.2.5); `sequence` must have risen.

    Raises ValueError for an unknown zone.
    """
    return _calendar("CANCEL", entry, _unasked((_chair(entry), *entry.attendees)), status="CANCELLED")


def cancel_for(entry: Entry, attendee_email: str) -> bytes:
    """METHOD:CANCEL for one who is no longer invited: that ATTENDEE alone, no STATUS (RFC 5546 3.2.5).

    Raises ValueError when the entry does not list that address, or for an unknown zone.
    """
    gone = [one for one in entry.attendees if one.email.lower() == attendee_email.lower()]
    if not gone:
        raise ValueError("A cancellation for one attendee needs that attendee in the meeting.")
    return _calendar("CANCEL", entry, _unasked(gone))


def published(entry: Entry) -> bytes:
    """METHOD:PUBLISH: the meeting to download, under the UID of its invitation (RFC 5546 3.2.1).

    A PUBLISH has no ATTENDEE, so nobody's address is in it but the organiser's. Raises ValueError for an
    unknown zone.
    """
    return _calendar("PUBLISH", entry, (), status="CONFIRMED")


def _chair(entry: Entry) -> Attendee:
    return Attendee(entry.organiser.address, entry.organiser.name, "ACCEPTED", rsvp=False, chair=True)


def _unasked(attendees: Iterable[Attendee]) -> list[Attendee]:
    return [replace(attendee, rsvp=False) for attendee in attendees]


def _calendar(method: str, entry: Entry, attendees: Iterable[Attendee], *, status: str = "") -> bytes:
    """The object of one event, after the definition of the zone that it is told in, if any."""
    zone, definition = _zone(entry)
    told = [
        f"SUMMARY:{_text(entry.summary)}",
        f"DTSTART{_wall(entry.start, zone)}",
        f"DTEND{_wall(entry.end, zone)}",
        f"DTSTAMP{_wall(entry.dtstamp)}",
        f"UID:{_text(entry.uid)}",
        f"SEQUENCE:{entry.sequence}",
    ]
    rest = [
        f"CREATED{_wall(entry.created)}",
        f"DESCRIPTION:{_text(entry.description)}" if entry.description else "",
        f"LAST-MODIFIED{_wall(entry.last_modified)}",
        f"LOCATION:{_text(entry.location)}" if entry.location else "",
        f"ORGANIZER{_common_name(entry.organiser.name)}:{mailto(entry.organiser.address)}",
        f"STATUS:{status}" if status else "",
        "TRANSP:OPAQUE" if status == "CONFIRMED" else "",
        f"URL:{entry.url}" if entry.url else "",
        # Outlook keeps its own copy of SEQUENCE, and Thunderbird reads that copy where SEQUENCE is 0.
        f"X-MICROSOFT-CDO-APPT-SEQUENCE:{entry.sequence}",
    ]
    event = (*map(_folded, told), *(one.said for one in attendees), *map(_folded, filter(None, rest)))
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\nMETHOD:{method}\r\n".encode()
    return b"".join((head, definition, b"BEGIN:VEVENT\r\n", *event, b"END:VEVENT\r\nEND:VCALENDAR\r\n"))


def _zone(entry: Entry) -> tuple[str, bytes]:
    """The name of the zone to tell the times in, with its definition; neither for UTC."""
    definition = _definition(entry.zone, entry.start.astimezone(UTC).year)
    clock = ZoneInfo(entry.zone)
    # A local time that happens twice means the first of the two (RFC 5545 3.3.5): the second is told in UTC.
    if not definition or entry.start.astimezone(clock).fold or entry.end.astimezone(clock).fold:
        return "", b""
    return entry.zone, definition


@lru_cache(maxsize=1024)
def _definition(zone: str, year: int) -> bytes:
    told = vtimezone(zone, datetime(year, 1, 1, tzinfo=UTC))
    return told.to_ical() if told else b""


def _wall(instant: datetime, zone: str = "") -> str:
    """What follows the name of a DATE-TIME property (RFC 5545 3.3.5): by the clocks of a zone, else in UTC."""
    if zone:
        return f";TZID={zone}:{instant.astimezone(ZoneInfo(zone)):%Y%m%dT%H%M%S}"
    return f":{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    return value.translate(ESCAPED)


def _common_name(name: str) -> str:
    """The CN parameter; in quotes also for what only older readers want quoted."""
    # RFC 6868 could say a double quote, but older readers show its escape; and some take a backslash for one.
    shown = name.replace('"', "'").replace("\\", "/").replace("^", "^^")
    if not shown:
        return ""
    return f';CN="{shown}"' if QUOTED.search(shown) else f";CN={shown}"


def _folded(line: str) -> bytes:
    """One content line on as many lines as it needs (RFC 5545 3.1), parting neither characters nor escapes."""
    rest, parts = line.encode(), []
    while len(rest) > FOLDED_AT:
        at = FOLDED_AT
        while rest[at] >> 6 == CONTINUES:
            at -= 1
        if rest[at - 1] in b"\\^":
            at -= 1
        parts.append(rest[:at])
        rest = rest[at:]
    return b"\r\n ".join((*parts, rest)) + b"\r\n"
