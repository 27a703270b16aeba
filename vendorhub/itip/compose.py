"""How is a meeting said in iCalendar, so that every client understands it (RFC 5545, RFC 5546)?"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

import icalendar

from vendorhub.itip.mailboxes import Mailbox, address, line, lines, mailto
from vendorhub.itip.timezones import vtimezone

PRODID = "-//VendorHub//VendorHub//EN"
SEQUENCE_LIMIT = 2**31 - 1
UID_LIMIT = 255
PARTSTATS = {"NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"}
URL = re.compile(r"https?://[!-~]+", re.IGNORECASE)


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


class Text(icalendar.vText):
    """A TEXT that reads back as it was written: the library takes a written `\\N` for a line break."""

    def to_ical(self) -> bytes:
        """The value escaped by RFC 5545 3.3.11."""
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def request(entry: Entry) -> bytes:
    """METHOD:REQUEST: an invitation, or its update when `sequence` has risen (RFC 5546 3.2.2).

    The organiser is an attendee too, as chair, or Outlook shows none. Raises ValueError for an unknown zone.
    """
    event, definition = _event(entry)
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    for attendee in (_chair(entry), *entry.attendees):
        event.add("attendee", _attendee(attendee, asks=True))
    return _calendar("REQUEST", event, definition)


def cancel(entry: Entry) -> bytes:
    """METHOD:CANCEL of the whole meeting, to every attendee (RFC 5546 3.2.5); `sequence` must have risen.

    Raises ValueError for an unknown zone.
    """
    event, definition = _event(entry)
    event.add("status", "CANCELLED")
    for attendee in (_chair(entry), *entry.attendees):
        event.add("attendee", _attendee(attendee, asks=False))
    return _calendar("CANCEL", event, definition)


def cancel_for(entry: Entry, attendee_email: str) -> bytes:
    """METHOD:CANCEL for one who is no longer invited: that ATTENDEE alone, no STATUS (RFC 5546 3.2.5).

    Raises ValueError when the entry does not list that address, or for an unknown zone.
    """
    event, definition = _event(entry)
    gone = [one for one in entry.attendees if one.email.lower() == attendee_email.lower()]
    if not gone:
        raise ValueError("A cancellation for one attendee needs that attendee in the meeting.")
    event.add("attendee", _attendee(gone[0], asks=False))
    return _calendar("CANCEL", event, definition)


def published(entry: Entry) -> bytes:
    """METHOD:PUBLISH: the meeting to download, under the UID of its invitation (RFC 5546 3.2.1).

    A PUBLISH has no ATTENDEE, so nobody's address is in it but the organiser's. Raises ValueError for an
    unknown zone.
    """
    event, definition = _event(entry)
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    return _calendar("PUBLISH", event, definition)


def _event(entry: Entry) -> tuple[icalendar.Event, bytes]:
    """What every method says alike, and the definition of the zone that it is said in (empty for UTC)."""
    clock, definition = _clock(entry)
    event = icalendar.Event()
    event["uid"] = Text(entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.dtstamp.astimezone(UTC))
    event.add("created", entry.created.astimezone(UTC))
    event.add("last-modified", entry.last_modified.astimezone(UTC))
    event.add("dtstart", entry.start.astimezone(clock))
    event.add("dtend", entry.end.astimezone(clock))
    event["summary"] = Text(entry.summary)
    for name, value in (("description", entry.description), ("location", entry.location)):
        if value:
            event[name] = Text(value)
    if entry.url:
        event["url"] = icalendar.vUri(entry.url)
    event["organizer"] = _cal_address(entry.organiser.address, entry.organiser.name)
    # Outlook keeps its own copy of SEQUENCE, and Thunderbird reads that copy where SEQUENCE is 0.
    event["x-microsoft-cdo-appt-sequence"] = icalendar.vInt(entry.sequence)
    return event, definition


def _clock(entry: Entry) -> tuple[tzinfo, bytes]:
    definition = _definition(entry.zone, entry.start.astimezone(UTC).year)
    clock = ZoneInfo(entry.zone)
    # A local time that happens twice means the first of the two (RFC 5545 3.3.5): the second is told in UTC.
    if not definition or entry.start.astimezone(clock).fold or entry.end.astimezone(clock).fold:
        return UTC, b""
    return clock, definition


@lru_cache(maxsize=1024)
def _definition(zone: str, year: int) -> bytes:
    told = vtimezone(zone, datetime(year, 1, 1, tzinfo=UTC))
    return told.to_ical() if told else b""


def _chair(entry: Entry) -> Attendee:
    return Attendee(entry.organiser.address, entry.organiser.name, "ACCEPTED", rsvp=False, chair=True)


def _attendee(attendee: Attendee, *, asks: bool) -> icalendar.vCalAddress:
    told = _cal_address(attendee.email, attendee.name)
    told.params["CUTYPE"] = "INDIVIDUAL"
    told.params["ROLE"] = "CHAIR" if attendee.chair else "REQ-PARTICIPANT"
    told.params["PARTSTAT"] = attendee.partstat
    if asks and attendee.rsvp:
        told.params["RSVP"] = "TRUE"
    return told


def _cal_address(email: str, name: str) -> icalendar.vCalAddress:
    told = icalendar.vCalAddress(mailto(email))
    if name:
        # RFC 6868 could say a double quote, but older readers show its escape; and some take a backslash for one.
        told.params["CN"] = name.replace('"', "'").replace("\\", "/")
    return told


def _calendar(method: str, event: icalendar.Event, definition: bytes) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    # Nothing before the first BEGIN:VEVENT comes from outside, so it is the event's own.
    told: bytes = calendar.to_ical()
    return told.replace(b"BEGIN:VEVENT\r\n", definition + b"BEGIN:VEVENT\r\n", 1)
