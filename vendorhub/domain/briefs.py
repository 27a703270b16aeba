"""The one page that each reader has before a meeting: when it is sent, and what matters enough to send it again."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from vendorhub.domain.memory import LeftOff, Sentence
from vendorhub.domain.wall_times import in_zone
from vendorhub.domain.windows import is_working_day, reached

HOUR: Final = time(7, 30)  # where the reader has chosen none
FURTHEST: Final = timedelta(days=5)  # before it begins: a Friday's letter for a Monday, wherever it is read


@dataclass(frozen=True)
class Matter:
    """What of a meeting matters to one of its readers: its times in ISO 8601, its place, the titles of the published
    agenda and the names of those who come, as they may see them."""

    start: str
    end: str
    place: str
    agenda: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What changes with any of it."""
        return hashlib.sha256(repr(asdict(self)).encode()).hexdigest()


@dataclass(frozen=True)
class Comer:
    """Somebody who comes: for which company, whether they have said so (RFC 5545's words), and what the reader's own
    side remembers of them; "" for nothing."""

    name: str
    company: str
    partstat: str
    line: str


@dataclass(frozen=True)
class Point:
    """An entry of the agenda: the minute at which it starts, and whose it is."""

    starts_at: int
    minutes: int
    title: str
    whose: tuple[str, ...]


@dataclass(frozen=True)
class Brief:
    """A brief as its reader may see it. `company` is the other side of a meeting that is no joint briefing; `left_off`
    is one for each company that the reader meets; `changes` say what is another than when the reader was told last."""

    uid: str
    topic: str
    joint: bool
    buyer: str
    buyer_zone: str
    company: str
    start: datetime
    end: datetime
    place: str
    outcome: str
    goal: str
    left_off: tuple[LeftOff, ...]
    changes: tuple[Sentence, ...]
    people: tuple[Comer, ...]
    own_people: tuple[Comer, ...]
    agenda: tuple[Point, ...]
    matter: Matter


def kept(body: dict[str, Any]) -> Matter:
    """What was kept of a brief, read back."""
    start, end, place = (str(body[name]) for name in ("start", "end", "place"))
    return Matter(start, end, place, tuple(body["agenda"]), tuple(body["people"]))


def sent_at(start: datetime, zone: str, at: time = HOUR) -> datetime:
    """The instant (UTC) at which a brief goes out: at the reader's hour, by the clocks of their `zone`, on the last
    working day before the day on which the meeting begins there."""
    day = in_zone(start, zone).date() - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return reached(datetime.combine(day, at), zone)


def changes(before: Matter, now: Matter) -> tuple[Sentence, ...]:
    """What is another than it was, each in a sentence; the times are the page's to tell."""
    found = []
    if (before.start, before.end) != (now.start, now.end):
        found.append(Sentence("The time is another: it was %(was)s.", {"was": datetime.fromisoformat(before.start)}))
    if before.place != now.place:
        found.append(
            Sentence("The place is another: it was %(was)s.", {"was": before.place})
            if before.place
            else Sentence("The place is known now.")
        )
    for was, are, came, gone in (
        (before.agenda, now.agenda, "New on the agenda: %(names)s.", "No longer on the agenda: %(names)s."),
        (before.people, now.people, "Comes as well: %(names)s.", "Does not come any more: %(names)s."),
    ):
        for msgid, names in ((came, _but(are, was)), (gone, _but(was, are))):
            if names:
                found.append(Sentence(msgid, {"names": ", ".join(names)}))
    if not found and before != now:
        found.append(Sentence("The agenda runs in another order."))
    return tuple(found)


def _but(some: Sequence[str], others: Sequence[str]) -> list[str]:
    return [each for each in some if each not in others]
