"""Who would meet about what, according to a calendar object that nobody agreed to? Its time is not even read (M1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from icalendar.parser import Contentline

LARGEST: Final = 1_000_000  # octets (ITIP 66)
LINES_AT_MOST: Final = 10_000
COMPONENTS_AT_MOST: Final = 1_000
INVITED_AT_MOST: Final = 500

_FOLD: Final = re.compile(r"\r?\n[ \t]|\r(?!\n)[ \t]?")
_READ: Final = ("SUMMARY", "DESCRIPTION", "ORGANIZER", "ATTENDEE")
_ESCAPED: Final = re.compile(r"\\([\\;,nN])")


class Unreadable(Exception):
    """A calendar object that is too large, or none."""


@dataclass(frozen=True)
class Invitation:
    """What a calendar object says beside its time; addresses as they are written, "" for what it does not say.

    `method` is in capitals. Of several entries it is the first: they are one card, whoever sent them.
    """

    method: str
    summary: str
    description: str
    organiser_name: str
    organiser: str
    invited: tuple[str, ...]


def read(raw: bytes, *, method: str = "") -> Invitation:
    """A calendar object as it came; `method` is the one its part of the mail names. Raises Unreadable."""
    if len(raw) > LARGEST or raw.count(b"\n") > LINES_AT_MOST or raw.upper().count(b"BEGIN:") > COMPONENTS_AT_MOST:
        raise Unreadable("too large")
    said: dict[str, str] = {}
    invited: list[str] = []
    name = ""
    for component, key, value, common_name in _properties(_text(raw)):
        if component == "VCALENDAR" and key == "METHOD":
            method = method or value
        elif component == "VEVENT" and key == "ATTENDEE":
            invited.append(_mailbox(value))
        elif component == "VEVENT" and key not in said:
            said[key] = value
            name = common_name if key == "ORGANIZER" else name
    if not said and not invited:
        raise Unreadable("there is nobody and nothing in it")
    return Invitation(
        method=method.strip().upper(),
        summary=_plain(said.get("SUMMARY", "")),
        description=_plain(said.get("DESCRIPTION", "")),
        organiser_name=name,
        organiser=_mailbox(said.get("ORGANIZER", "")),
        invited=tuple(filter(None, invited[:INVITED_AT_MOST])),
    )


def _properties(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Component, name, value and common name of each line that says something of what we read."""
    inside: list[str] = []
    for line in _FOLD.sub("", text).splitlines():
        begins, _, component = line.strip().upper().partition(":")
        if begins == "BEGIN":
            inside.append(component)
        elif begins == "END":
            if inside and component == inside[-1]:
                inside.pop()
        elif inside and re.split("[;:]", begins, maxsplit=1)[0] in (*_READ, "METHOD"):
            yield from _property(inside[-1], line)


def _property(component: str, line: str) -> Iterator[tuple[str, str, str, str]]:
    try:
        key, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
    except ValueError:  # one line that nobody can read; the others may say enough
        return
    yield component, key.upper(), value.strip(), str(parameters.get("CN", ""))


def _text(raw: bytes) -> str:
    plain = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")
    try:
        return plain.decode()
    except UnicodeDecodeError:
        return plain.decode("latin-1")


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def _mailbox(value: str) -> str:
    return unquote(re.sub(r"^\s*mailto:\s*", "", value, flags=re.IGNORECASE)).strip()
