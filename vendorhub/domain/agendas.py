"""What stands in an agenda, in which order and for how long, and what each side has of its minutes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from vendorhub.domain import texts
from vendorhub.domain.refusals import Unfit

T = TypeVar("T")
Say = Callable[[str, Mapping[str, object]], str]  # a sentence and its values, in the reader's language

ENTRIES_AT_MOST = 100
MINUTES_AT_MOST = 480
TITLE_AT_MOST = 120
REASON_AT_MOST = 300
NOT_YOURS = "Each side writes its own half; please leave the other side's points as they are."


class Single(str):
    """The UID of a single meeting, where the code of a briefing would else say whose agenda is meant."""

    __slots__ = ()


def in_english(msgid: str, values: Mapping[str, object]) -> str:
    """A sentence as it is written here."""
    return msgid % values


class Segment(StrEnum):
    """Whose part of the time an entry is."""

    VENDOR = "vendor"
    OVERLAP = "overlap"  # of two vendors: how their things work together, or where they compete
    BUYER = "buyer"
    ACTIONS = "actions"
    BREAK = "break"


class Half(StrEnum):
    """Of a single meeting's agenda each side has a half, which it writes itself (M8)."""

    VENDOR = "vendor"  # the asking side's
    BUYER = "buyer"


# Of these the buyer has its share; what is to be done and a break are everybody's.
SHARED_OUT = frozenset({Segment.VENDOR, Segment.OVERLAP, Segment.BUYER})


class Visibility(StrEnum):
    """Who may read an entry once the agenda is published."""

    BUYER = "buyer"  # the buyer, who organises it, and the companies that the entry is of
    ROOM = "room"  # everybody in the room


@dataclass(frozen=True)
class Presenter:
    """Somebody who presents. `email` is "" where the reader is of another company."""

    name: str
    email: str = ""
    role: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of an agenda.

    `companies` are the ids of the companies it is of: the vendor, the two of an overlap, the buyer and whomever it
    asks; none where it is everybody's. `ref` is the code of its item or overlap, or its own where it is neither;
    `topics` and `abstract` (Markdown, read as plain text here) are the item's.
    """

    segment: Segment
    title: str
    minutes: int
    companies: tuple[int, ...] = ()
    presenters: tuple[Presenter, ...] = ()
    ref: str = ""
    visibility: Visibility = Visibility.ROOM
    topics: tuple[str, ...] = ()
    abstract: str = ""
    reserved: bool = False  # seen by somebody who may know no more than that it is there
    withdrawn: bool = False  # its item was taken back after it had been placed


def entry(
    segment: str, title: str, minutes: int, *, companies: Iterable[int] = (), presenters: Iterable[Presenter] = ()
) -> Entry:
    """An entry as somebody typed it, cleaned. Raises Unfit naming `entries`."""
    try:
        which = Segment(segment)
    except ValueError:
        raise Unfit("entries", "Please say whose part of the time each entry is.") from None
    return Entry(
        which,
        texts.line(title, at_most=TITLE_AT_MOST, what="entries"),
        check_minutes(minutes),
        companies=tuple(dict.fromkeys(companies)),
        presenters=tuple(presenters),
    )


def is_own(segment: str, half: Half | None) -> bool:
    """Whether the side that has this half may word an entry of a segment, give it minutes or take it out: all but what
    is the other side's; everything of a briefing, whose agenda has no halves."""
    return half is None or segment == half or segment not in list(Half)


def check_own(segment: str, half: Half | None) -> None:
    """Raises Unfit for an entry that is the other side's, or that a single meeting has no use for."""
    if half is not None and segment == Segment.OVERLAP:
        raise Unfit("entries", "Only several vendors talk something over together.")
    if not is_own(segment, half):
        raise Unfit("entries", NOT_YOURS)


def check_minutes(minutes: int) -> int:
    """The minutes of one entry. Raises Unfit outside 1 to 480."""
    if not 1 <= minutes <= MINUTES_AT_MOST:
        raise Unfit("entries", "Please give each entry between 1 and %(most)s minutes.", most=MINUTES_AT_MOST)
    return minutes


def check_number(entries: Sequence[object]) -> None:
    """Raises Unfit for more entries than anybody could sit through."""
    if len(entries) > ENTRIES_AT_MOST:
        raise Unfit("entries", "Please keep to %(most)s entries.", most=ENTRIES_AT_MOST)


def starts(entries: Iterable[Entry]) -> list[int]:
    """The minute at which each entry starts, counted from the beginning."""
    found, at = [], 0
    for each in entries:
        found.append(at)
        at += each.minutes
    return found


def minutes_of(entries: Iterable[Entry], *segments: Segment) -> int:
    """How long these entries take together; only those of `segments`, where some are named."""
    return sum(each.minutes for each in entries if not segments or each.segment in segments)


def share_of_buyer(entries: Sequence[Entry]) -> int | None:
    """The buyer's share in per cent of what is shared out; None where nothing is."""
    shared = minutes_of(entries, *SHARED_OUT)
    return round(100 * minutes_of(entries, Segment.BUYER) / shared) if shared else None


def minutes_by_vendor(entries: Iterable[Entry], vendors: Iterable[int]) -> Mapping[int, int]:
    """How many minutes each of these vendors has for itself; what two talk over together counts for neither."""
    found = dict.fromkeys(vendors, 0)
    for each in entries:
        if each.segment is Segment.VENDOR:
            for company in set(each.companies) & found.keys():
                found[company] += each.minutes
    return found


def moved(entries: Sequence[T], start: int, end: int) -> list[T]:
    """The entries with that at `start` (from 0) moved to `end`; past either end means to that end."""
    rest = [*entries[:start], *entries[start + 1 :]]
    to = max(0, min(end, len(rest)))
    return [*rest[:to], entries[start], *rest[to:]]


def resized(entries: Sequence[Entry], at: int, minutes: int) -> list[Entry]:
    """The entries with other minutes for that at `at`. Raises Unfit for minutes that won't do."""
    check_minutes(minutes)
    return [replace(each, minutes=minutes) if number == at else each for number, each in enumerate(entries)]
