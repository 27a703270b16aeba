"""Answers which letters were delivered into the folder, and what is in one of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from email.utils import parseaddr
from itertools import islice
from pathlib import Path
from typing import Final

from vendorhub.domain.refusals import NotThere
from vendorhub.itip.parse import calendar_parts

SHOWN_AT_MOST: Final = 200

_NAME: Final = re.compile(r"[0-9a-f]{32}")
_TOLD: Final = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "STATUS", "ORGANIZER", "ATTENDEE", "UID", "SEQUENCE")


@dataclass(frozen=True)
class Head:
    """A letter in the list; `method` is its calendar part's, or empty."""

    name: str
    to: str
    sender: str
    subject: str
    date: datetime | None
    method: str


@dataclass(frozen=True)
class Mail:
    """A letter opened: its headers, both texts, and its calendar object's properties with the object itself."""

    head: Head
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    entry: tuple[tuple[str, str], ...]
    calendar: str


def delivered(folder: Path, *, to: str = "") -> Sequence[Head]:
    """The letters in the folder, the last delivered first; to one address only, if given. At most 200."""
    files = sorted(folder.glob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    chosen = (file for file in files if to in ("", _recipient(file)))
    return [_head(file.stem, file.read_bytes()) for file in islice(chosen, SHOWN_AT_MOST)]


def recipients(folder: Path) -> Sequence[str]:
    """Everybody who got a letter, by address."""
    return sorted({_recipient(file) for file in folder.glob("*.eml")})


def raw(folder: Path, name: str) -> bytes:
    """A letter's bytes as they were delivered. Raises NotThere."""
    file = folder / f"{name}.eml"
    if not _NAME.fullmatch(name) or not file.is_file():
        raise NotThere
    return file.read_bytes()


def opened(folder: Path, name: str) -> Mail:
    """A letter. Raises NotThere."""
    octets = raw(folder, name)
    message = _message(octets)
    calendar = _calendar(octets)
    return Mail(
        head=_head(name, octets),
        headers=tuple((field, str(value)) for field, value in message.items()),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        entry=tuple(_properties(calendar)),
        calendar=calendar,
    )


def _message(octets: bytes) -> EmailMessage:
    return message_from_bytes(octets, policy=default)


def _recipient(file: Path) -> str:
    with file.open("rb") as octets:
        return parseaddr(str(BytesHeaderParser(policy=default).parse(octets)["To"] or ""))[1]


def _head(name: str, octets: bytes) -> Head:
    message = _message(octets)
    date = message["Date"]
    parts = calendar_parts(octets)
    return Head(
        name=name,
        to=parseaddr(str(message["To"] or ""))[1],
        sender=str(message["From"] or ""),
        subject=str(message["Subject"] or ""),
        date=date.datetime if date else None,
        method=(parts[0].method or "") if parts else "",
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _calendar(octets: bytes) -> str:
    parts = calendar_parts(octets)
    return parts[0].raw.decode(errors="replace") if parts else ""


def _properties(calendar: str) -> list[tuple[str, str]]:
    """What the event says, name by name, unfolded (RFC 5545 3.1); the zone's own rules are left out."""
    event = re.sub(r"\r?\n[ \t]", "", calendar).partition("BEGIN:VEVENT")[2].partition("BEGIN:VALARM")[0]
    lines = [re.fullmatch(r'([A-Z-]+)((?:;(?:[^":]|"[^"]*")*)?):(.*)', line) for line in event.splitlines()]
    found = [(line[1], f"{line[3]} {line[2].lstrip(';')}".strip()) for line in lines if line]
    return [(name, value) for wanted in _TOLD for name, value in found if name == wanted]
