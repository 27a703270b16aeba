"""How are days said that somebody keeps an eye on, in a calendar that their program asks for again and again?

No METHOD, no ORGANIZER and no ATTENDEE: nobody is invited to anything, and the day stays free (RFC 5545, RFC 7986).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import icalendar

from vendorhub.itip.compose import PRODID, Text
from vendorhub.itip.mailboxes import line, lines

ASK_AGAIN: Final = timedelta(hours=12)


@dataclass(frozen=True)
class Day:
    """A day as it stands in the feed; the same `uid` is the same thing, also on another day.

    Raises ValueError for a UID or a title of more than a line.
    """

    uid: str
    on: date
    summary: str
    description: str
    url: str

    def __post_init__(self) -> None:
        """Refuse what would say something else than meant."""
        line(self.uid, what="A UID")
        line(self.summary, what="A title")
        lines(self.description, what="A description")


def feed(name: str, days: Iterable[Day], *, today: date) -> bytes:
    """The feed of this name, as it is `today`: the same bytes all day, as long as nothing in it changes."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar["name"] = calendar["x-wr-calname"] = Text(line(name, what="A title"))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar["x-published-ttl"] = icalendar.vDuration(ASK_AGAIN)
    for day in days:
        event = icalendar.Event()
        event["uid"] = Text(day.uid)
        event.add("dtstamp", datetime.combine(today, time(), UTC))
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event["summary"] = Text(day.summary)
        event["description"] = Text(day.description)
        event["url"] = icalendar.vUri(day.url)
        event.add("transp", "TRANSPARENT")
        event["x-microsoft-cdo-busystatus"] = Text("FREE")
        calendar.add_component(event)
    told: bytes = calendar.to_ical()
    return told
