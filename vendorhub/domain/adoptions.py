"""Meetings and series that exist elsewhere, as they are read from a calendar file to be adopted; none is written back.

What is past counts as held, what is ahead as planned. A series is known by its UID, so that the same file again brings
it up to date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from vendorhub.domain.refusals import Unfit

OCTETS_AT_MOST: Final = 2_000_000
EVENTS_AT_MOST: Final = 200  # in one file
DATES_AT_MOST: Final = 600  # of one series
PEOPLE_AT_MOST: Final = 50
TITLE_AT_MOST: Final = 200
UID_AT_MOST: Final = 255
BACK: Final = timedelta(days=3 * 366)
AHEAD: Final = timedelta(days=366)
ALL_DAY: Final = (9, 17)  # the hours of a day without times

Who = tuple[str, str]  # a name, and an address


@dataclass(frozen=True)
class Date:
    """One meeting of a series: from when until when (UTC)."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return int((self.end - self.start).total_seconds()) // 60


@dataclass(frozen=True)
class Series:
    """A meeting, or a series of them: `people` are those whom it names; `cancelled` where nothing of it is to be."""

    uid: str
    title: str
    people: tuple[Who, ...]
    dates: tuple[Date, ...]
    cancelled: bool = False
    zone_guessed: bool = False  # a time zone that nobody knows: its times were read by the buyer's own clocks


def window(today: date) -> tuple[date, date]:
    """The days between which dates are read: some years back, for rhythm; one ahead."""
    return today - BACK, today + AHEAD


def check_octets(raw: bytes, *, begins: int, events: int) -> None:
    """Raises Unfit, naming `file`, for what is no calendar, or more of one than is read: `begins` and `events` are how
    many calendars and events begin in it."""
    if not raw.strip():
        raise Unfit("file", "This file is empty.")
    if len(raw) > OCTETS_AT_MOST:
        raise Unfit("file", "This file is larger than %(most)s megabytes.", most=OCTETS_AT_MOST // 1_000_000)
    if not begins:
        raise Unfit("file", "This is no calendar file; its name usually ends in .ics.")
    if events > EVENTS_AT_MOST:
        raise Unfit(
            "file",
            "There are %(events)s entries in this file, and at most %(most)s are read at once. Please export only the "
            "meetings with vendors.",
            events=events,
            most=EVENTS_AT_MOST,
        )


def check_found(found: Sequence[Series]) -> Sequence[Series]:
    """The series that have a date or were called off. Raises Unfit where nothing is left."""
    kept = [each for each in found if each.dates or each.cancelled]
    if not kept:
        raise nothing_left()
    return kept


def nothing_left() -> Unfit:
    """What is said of a file that has nothing to adopt."""
    return Unfit("file", "There is no meeting to adopt in this file, from three years ago to a year from now.")


def unreadable() -> Unfit:
    """What is said of a file that could not be read in time, or not at all."""
    return Unfit("file", "This calendar can't be read; please export the meeting again, by itself.")


def too_often() -> Unfit:
    """What is said of a rule that repeats by the hour or faster."""
    return Unfit("file", "Something in this file repeats more often than daily; that is no meeting to adopt.")


def too_many() -> Unfit:
    """What is said of a series without measure."""
    return Unfit(
        "file", "A series in this file has more than %(most)s dates; that is none to adopt.", most=DATES_AT_MOST
    )
