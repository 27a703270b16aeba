"""Answers how the stories of the demo world come about: deed by deed in the order of time, with the clock set back."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Final

from vendorhub import clock
from vendorhub.demo.cast import HAVELMARK, Member
from vendorhub.demo.days import Days
from vendorhub.demo.steps import Ask, Knock, Step, Thread
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.wall_times import in_zone
from vendorhub.domain.windows import window_ends
from vendorhub.outbox.queue import Outcome, claim, settle
from vendorhub.queries import people as seen
from vendorhub.usecases import sweep, weeks_ahead

RECENT: Final = -2  # letters of this working day and later are kept to be read; older ones were read and thrown away

_PAGE: Final = Door(DoorName.PAGE)
_EVENING: Final = "19:30"
_LATELY: Final = -20  # until this working day the post goes every third evening only: a year of it takes seconds
_LEASE: Final = 60.0  # seconds
# Which of its days were Mondays, and what they asked, differs from day to day; the world is the same on each.
_CHORES: Final = tuple(chore for chore in sweep.CHORES if chore is not weeks_ahead.write_due)

Post = Callable[[bytes, str, str], None]  # a letter, its sender, its reader
Tell = Callable[[str], None]
Event = tuple[datetime, Callable[[], None]]


def play(
    stories: Sequence[Ask],
    knocks: Sequence[Knock],
    days: Days,
    *,
    response_days: dict[str, int],
    post: Post,
    tell: Tell,
) -> None:
    """Lets everything happen; `post` gets the letters of the last days, `tell` a line a quarter.

    In the evening after something was done, and whenever a window ends, what is due is swept and the letters go.
    """
    kept_from = days.instant(RECENT, "0:00")
    round_off = partial(_round, kept_from, post)
    events = [*_events(stories, days, response_days, round_off), *_at_the_door(knocks)]
    for quarter, within in groupby(sorted(events, key=lambda event: event[0]), key=lambda event: _quarter(event[0])):
        tell(quarter)
        for instant, happens in within:
            with clock.at(instant):
                happens()
    round_off()


def actor(member: Member) -> Actor:
    """The person, at the door of the pages. Raises NotThere before they have moved in."""
    found = seen.actor(seen.known(member.email) or 0, _PAGE)
    if found is None:
        raise NotThere
    return found


def _events(
    stories: Sequence[Ask], days: Days, response_days: dict[str, int], round_off: Callable[[], None]
) -> Iterator[Event]:
    known: dict[str, Actor] = {}
    evenings = set()
    for story in stories:
        thread = Thread(story.buyer, days)
        number = -story.ago
        asked_at = days.instant(number, story.at)
        yield asked_at, partial(_do, known, story, thread, number)
        evenings.add(_evening(number))
        for step in story.then:
            number += step.after
            yield days.instant(number, step.at), partial(_do, known, step, thread, number)
            evenings.add(_evening(number))
        ends = window_ends(asked_at, working_days=response_days[story.buyer.slug], zone=story.buyer.zone)
        if not story.then and ends <= clock.now():
            yield ends, round_off
    for number in evenings:
        yield days.instant(number, _EVENING), round_off


def _at_the_door(knocks: Sequence[Knock]) -> Iterator[Event]:
    return ((clock.now() - knock.before, knock.do) for knock in knocks)


def _evening(number: int) -> int:
    """The day on whose evening the letters of this day go."""
    return number if number > _LATELY else number // -3 * -3


def _do(known: dict[str, Actor], deed: Ask | Step, thread: Thread, number: int) -> None:
    if deed.by.email not in known:
        known[deed.by.email] = actor(deed.by)
    thread.number = number
    deed.do(known[deed.by.email], thread)


def _round(kept_from: datetime, post: Post) -> None:
    """What the worker does in each of its rounds; letters from before `kept_from` are sent and gone."""
    sweep.sweep(_CHORES)
    while letters := claim(worker="demo", lease_seconds=_LEASE):
        if clock.now() >= kept_from:
            for letter in letters:
                post(letter.message, letter.sender, letter.recipient)
        settle(Outcome(letter) for letter in letters)


def _quarter(instant: datetime) -> str:
    day = in_zone(instant, HAVELMARK.zone)
    first = (day.month - 1) // 3 * 3 + 1
    return f"{_MONTHS[first - 1]} to {_MONTHS[first + 1]} {day.year}"


_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
