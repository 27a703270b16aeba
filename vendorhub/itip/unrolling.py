"""Answers which meetings are in the calendar on stdin, as JSON on stdout. A program of its own: it may be stopped at
any moment, for a rule of repetition is somebody else's and may have no end.

Its arguments are the first day, the last day, and how many dates of one series may be told.
"""

import json
import resource
import sys
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any, Final

_MEMORY: Final = 1 << 29
_SECONDS: Final = 3


def told(raw: bytes, first: date, last: date, most: int) -> dict[str, Any]:
    """`series`, by UID: title, people, whether it is called off, and its dates from the first to the last day; or
    `too_many` where one has more than `most`."""
    import icalendar
    import recurring_ical_events

    calendar = icalendar.Calendar.from_ical(raw)
    cancelled_all = str(calendar.get("METHOD", "")).upper() == "CANCEL"
    found: dict[str, dict[str, Any]] = {}
    for event in calendar.walk("VEVENT"):
        made = found.setdefault(_uid(event), {"title": "", "people": {}, "dates": [], "cancelled": True, "zones": []})
        if "RECURRENCE-ID" not in event or not made["title"]:
            made["title"] = str(event.get("SUMMARY", ""))
        made["people"] |= _people(event)
        made["cancelled"] &= cancelled_all or _is_off(event)
        made["zones"] += _unknown_zones(event)
    dates: dict[str, list[tuple[str, str]]] = defaultdict(list)
    if not cancelled_all:
        for event in recurring_ical_events.of(calendar).between(first, last + timedelta(days=1)):
            if not _is_off(event) and "DTSTART" in event:
                dates[_uid(event)].append(_date(event))
                if len(dates[_uid(event)]) > most:
                    return {"too_many": True}
    return {"series": [{"uid": uid, **made, "dates": sorted(dates[uid])} for uid, made in found.items()]}


def _uid(event: Any) -> str:
    return str(event.get("UID", "")).strip() or f"{event.get('SUMMARY', '')} {event['DTSTART'].to_ical().decode()}"


def _is_off(event: Any) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _people(event: Any) -> dict[str, str]:
    """Who is named, by address."""
    listed = event.get("ATTENDEE", [])
    named = [
        *(listed if isinstance(listed, list) else [listed]),
        *([event["ORGANIZER"]] if "ORGANIZER" in event else []),
    ]
    found = {}
    for each in named:
        address = str(each).removeprefix("mailto:").removeprefix("MAILTO:").removeprefix("Mailto:")
        if str(getattr(each, "params", {}).get("CUTYPE", "")).upper() not in ("ROOM", "RESOURCE"):
            found[address] = str(getattr(each, "params", {}).get("CN", ""))
    return found


def _unknown_zones(event: Any) -> list[str]:
    """Zones that are named and not known: the library reads such times without any."""
    start = event.get("DTSTART")
    zone = start.params.get("TZID") if start is not None else None
    return [str(zone)] if zone and isinstance(start.dt, datetime) and start.dt.tzinfo is None else []


def _date(event: Any) -> tuple[str, str]:
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else start
    return start.isoformat(), end.isoformat()


if __name__ == "__main__":
    begin, end, at_most = date.fromisoformat(sys.argv[1]), date.fromisoformat(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    sys.stdout.write(json.dumps(told(sys.stdin.buffer.read(), begin, end, at_most)))
