"""The meeting that these tests invite to, and a reader of iCalendar that shares nothing with the library."""

import re
from datetime import UTC, datetime
from typing import NamedTuple

from vendorhub.itip.compose import Attendee, Entry
from vendorhub.itip.mailboxes import Mailbox

WRITTEN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ORGANISER = Mailbox("Vera Vendor via VendorHub", "meet-k3q7x2m5@hub.example")
CLARA = Attendee("clara.muster@muster.example", "Clara Muster", "ACCEPTED", rsvp=False)
VERA = Attendee("vera@northwind.example", "Vera Vendor")
PAT = Attendee("o'neil+it%1@northwind.example", 'Pat "Tape" O\'Neil, CTO: backup; EMEA')


def meeting(
    *,
    uid: str = "0b6f4a2e-6d0f-4a53-9c53-0f6f1a8e7c11",
    sequence: int = 0,
    dtstamp: datetime = WRITTEN,
    created: datetime = WRITTEN,
    last_modified: datetime = WRITTEN,
    start: datetime = datetime(2027, 1, 13, 13, 0, tzinfo=UTC),
    end: datetime = datetime(2027, 1, 13, 13, 30, tzinfo=UTC),
    zone: str = "Europe/Berlin",
    summary: str = "Northwind: backup after the merger",
    description: str = "Theirs: what changed; ours: what it costs, per site.\nNotes: \\\\files\\New",
    location: str = "https://meet.northwind.example/backup",
    url: str = "https://hub.example/meetings/0b6f4a2e-6d0f-4a53-9c53-0f6f1a8e7c11",
    organiser: Mailbox = ORGANISER,
    attendees: tuple[Attendee, ...] = (CLARA, VERA, PAT),
) -> Entry:
    return Entry(
        uid=uid,
        sequence=sequence,
        dtstamp=dtstamp,
        created=created,
        last_modified=last_modified,
        start=start,
        end=end,
        zone=zone,
        summary=summary,
        description=description,
        location=location,
        url=url,
        organiser=organiser,
        attendees=attendees,
    )


class Line(NamedTuple):
    """One content line: its name, its parameters (unquoted, RFC 6868 undone) and its raw value."""

    name: str
    params: dict[str, str]
    value: str


LINE = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
PARAM = re.compile(r';([A-Z0-9-]+)=(?:"([^"]*)"|([^";:,]*))')


def content_lines(wire: bytes) -> list[Line]:
    """The lines of RFC 5545 3.1, strictly: CRLF, at most 75 octets each, nothing that is no content line."""
    assert wire.endswith(b"\r\n")
    physical = wire[:-2].split(b"\r\n")
    assert all(0 < len(one) <= 75 and b"\r" not in one and b"\n" not in one for one in physical)
    assert all(one.decode() for one in physical)
    return [_line(one) for one in b"\n".join(physical).replace(b"\n ", b"").decode().split("\n")]


def _line(unfolded: str) -> Line:
    matched = LINE.fullmatch(unfolded)
    assert matched is not None, unfolded
    name, params, value = matched.groups()
    told = {key: _param(quoted or bare) for key, quoted, bare in PARAM.findall(params)}
    return Line(name, told, value)


def _param(value: str) -> str:
    """A parameter's value as it was meant (RFC 6868)."""
    return re.sub(r"\^([\^n'])", lambda hatted: {"^": "^", "n": "\n", "'": '"'}[hatted[1]], value)


def text(value: str) -> str:
    """A TEXT as it was meant (RFC 5545 3.3.11)."""
    return re.sub(r"\\([\\;,nN])", lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], value)
