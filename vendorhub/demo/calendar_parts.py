"""Answers what a calendar would do with a letter's calendar part: what it puts, changes or removes, and for whom."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from vendorhub.domain import wall_times

_LINE: Final = re.compile(r'([A-Z-]+)((?:;(?:[^":]|"[^"]*")*)?):(.*)')
_PARAMETER: Final = re.compile(r';([A-Z-]+)=("[^"]*"|[^;]*)')
_ESCAPED: Final = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True)
class Listed:
    """Somebody whom the entry names, and what it says that they have answered (RFC 5545, 3.2.12)."""

    name: str
    email: str
    partstat: str


@dataclass(frozen=True)
class Explained:
    """A calendar part read; `organiser` is where answers go, `start` and `end` are None if they can't be read."""

    method: str
    title: str
    start: datetime | None
    end: datetime | None
    zone: str
    place: str
    organiser: str
    listed: tuple[Listed, ...]
    sequence: int
    uid: str


def explained(method: str, calendar: str) -> Explained:
    """What the first event of a calendar object says."""
    found = list(_properties(calendar))
    one = {name: (parameters, value) for name, parameters, value in reversed(found)}
    (start, zone), (end, _) = _instant(*one.get("DTSTART", ({}, ""))), _instant(*one.get("DTEND", ({}, "")))
    sequence = one.get("SEQUENCE", ({}, ""))[1]
    organiser = one.get("ORGANIZER", ({}, ""))[1]
    return Explained(
        method=method,
        title=_text(one.get("SUMMARY", ({}, ""))[1]),
        start=start,
        end=end,
        zone=zone,
        place=_text(one.get("LOCATION", ({}, ""))[1]),
        organiser=_address(organiser),
        listed=tuple(
            Listed(parameters.get("CN", ""), _address(value), parameters.get("PARTSTAT", "NEEDS-ACTION"))
            for name, parameters, value in found
            if name == "ATTENDEE" and parameters.get("ROLE") != "CHAIR"
        ),
        sequence=int(sequence) if sequence.isdecimal() else 0,
        uid=_text(one.get("UID", ({}, ""))[1]),
    )


def _properties(calendar: str) -> Iterator[tuple[str, Mapping[str, str], str]]:
    """Name, parameters and value of each line, unfolded (RFC 5545 3.1); the zone's own rules are left out."""
    event = re.sub(r"\r?\n[ \t]", "", calendar).partition("BEGIN:VEVENT")[2]
    for line in re.split(r"BEGIN:VALARM|END:VEVENT", event)[0].splitlines():
        if found := _LINE.fullmatch(line):
            yield found[1], {name: value.strip('"') for name, value in _PARAMETER.findall(found[2])}, found[3]


def _instant(parameters: Mapping[str, str], value: str) -> tuple[datetime | None, str]:
    try:
        if value.endswith("Z"):
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC), "UTC"
        zone = parameters.get("TZID", "")
        return wall_times.instant(datetime.strptime(value, "%Y%m%dT%H%M%S"), zone, fold=0), zone
    except ValueError:
        return None, "UTC"


def _address(value: str) -> str:
    return re.sub("^mailto:", "", value, flags=re.IGNORECASE)


def _text(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
