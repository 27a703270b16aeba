"""Answers which meetings somebody's calendar file holds, however they repeat; whatever it says, within seconds."""

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from vendorhub.domain import adoptions as rules
from vendorhub.domain.adoptions import Date, Series
from vendorhub.domain.heard import clean_email, clean_line

_UNROLL: Final = Path(__file__).with_name("unrolling.py")
_SECONDS: Final = 6
_FOLDED: Final = re.compile(rb"\r?\n[ \t]")
_BEGINS: Final = re.compile(rb"^(?:\xef\xbb\xbf)?BEGIN:VCALENDAR[ \t\r]*$", re.MULTILINE | re.IGNORECASE)
_EVENTS: Final = re.compile(rb"^BEGIN:VEVENT[ \t\r]*$", re.MULTILINE | re.IGNORECASE)
_TOO_OFTEN: Final = re.compile(
    rb"^(?:RRULE|EXRULE)[^\n]*(?:FREQ=(?:SECOND|MINUTE|HOUR)LY|BY(?:SECOND|MINUTE|HOUR)=)", re.MULTILINE | re.IGNORECASE
)
_NO_STEP: Final = re.compile(rb"^(?:RRULE|EXRULE)[^\n]*INTERVAL=0*(?:\D|$)", re.MULTILINE | re.IGNORECASE)


def read(raw: bytes, *, zone: str, today: date) -> list[Series]:
    """The meetings and series in a calendar file, those that have dates first in the order of the file; times without
    a zone, and days without times, are read by the clocks of `zone`. Raises Unfit, naming `file`."""
    rules.check_octets(raw, begins=len(_BEGINS.findall(raw)), events=len(_EVENTS.findall(raw)))
    lines = _FOLDED.sub(b"", raw)
    if _TOO_OFTEN.search(lines):
        raise rules.too_often()
    first, last = rules.window(today)
    found = None if _NO_STEP.search(lines) else _unrolled(raw, first, last)
    if found is None:
        raise rules.unreadable()
    if found.get("too_many"):
        raise rules.too_many()
    return list(rules.check_found([_series(each, zone) for each in found["series"]]))


def _unrolled(raw: bytes, first: date, last: date) -> dict[str, Any] | None:
    """What the program says of it; None where it could not, in so many seconds, tell."""
    try:
        done = subprocess.run(  # the program is our own file, run by our own Python
            [sys.executable, "-P", "-s", str(_UNROLL), first.isoformat(), last.isoformat(), str(rules.DATES_AT_MOST)],
            input=raw,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return None
    return found


def _series(told: dict[str, Any], zone: str) -> Series:
    people = ((clean_line(name, at_most=120), clean_email(address)) for address, name in told["people"].items())
    return Series(
        uid=clean_line(told["uid"], at_most=rules.UID_AT_MOST),
        title=clean_line(told["title"], at_most=rules.TITLE_AT_MOST),
        people=tuple((name, email) for name, email in people if name or email)[: rules.PEOPLE_AT_MOST],
        dates=tuple(sorted({_date(start, end, zone) for start, end in told["dates"]}, key=lambda each: each.start)),
        cancelled=told["cancelled"],
        zone_guessed=bool(told["zones"]),
    )


def _date(start: str, end: str, zone: str) -> Date:
    if "T" not in start:
        day, (begins, ends) = date.fromisoformat(start), rules.ALL_DAY
        return Date(
            _instant(datetime.combine(day, time(begins)), zone), _instant(datetime.combine(day, time(ends)), zone)
        )
    begins_at = _instant(datetime.fromisoformat(start), zone)
    ends_at = _instant(datetime.fromisoformat(end), zone) if "T" in end else begins_at
    return Date(begins_at, max(begins_at, ends_at))


def _instant(at: datetime, zone: str) -> datetime:
    """A time without a zone is by the clocks of `zone`; in a gap it is the one that was meant before it."""
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
