"""Answers which half hours were ticked in a week, and which part of the weeks somebody asks to see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import wtforms
from flask import request

from vendorhub.domain import wall_times, weeks
from vendorhub.domain.offers import SlotGiven
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.weeks import Beginning
from vendorhub.usecases import working_hours
from vendorhub.web.words import say

_CLOCK: Final = tuple(str(hour) for hour in range(25))
_CARRIED_AT_MOST: Final = 40  # from page to page; a dozen can be put up


@dataclass(frozen=True)
class Pick:
    """A ticked half hour: what the form carries, the instant, and the time as the use-cases take it."""

    value: str
    start: datetime
    given: SlotGiven


@dataclass(frozen=True)
class Look:
    """What is asked to be seen: a day's week, the whole of it or working hours, one day on a phone, boxes to tick."""

    week: date | None
    whole: bool
    day: int | None
    others: bool


class PicksField(wtforms.Field):  # type: ignore[misc]
    """The ticked half hours as they were sent; `picks()` are those that can be read, in order of time."""

    def process_formdata(self, values: list[str]) -> None:
        """Takes every box of this name."""
        self.data = values[:_CARRIED_AT_MOST]

    def picks(self) -> list[Pick]:
        """Each instant once."""
        return _readable(self.data or ())

    def read(self) -> list[SlotGiven]:
        """The times as the use-cases take them. Raises Unfit if there is one that can't be read."""
        for value in self.data or ():
            read_pick(value)
        return [pick.given for pick in self.picks()]


def look() -> Look:
    """What the form or the address asks to see; what can't be read is not asked."""
    said = request.values
    day = said.get("day", "")
    return Look(
        week=_date(said.get("week") or said.get("week_shown") or ""),
        whole=(said.get("hours") or said.get("hours_shown")) == "all",
        day=int(day) if day in tuple("0123456") else None,
        others=bool(said.get("others")),
    )


def asks_to_look() -> bool:
    """Whether a form was sent to see another part of the weeks, rather than to be done."""
    return any(name in request.form for name in ("week", "hours", "look", "keep_hours", "best"))


def keep_hours(actor: Actor) -> str:
    """Keeps the working hours where the form was sent for it. Answers why not, or "" for nothing to say."""
    if "keep_hours" not in request.form:
        return ""
    begins, ends = (request.form.get(name, "") for name in ("hours_begin", "hours_end"))
    try:
        if not (begins in _CLOCK and ends in _CLOCK):
            raise Unfit("hours_begin", "Please choose your working hours from the list.")
        working_hours.keep(actor, begins=int(begins), ends=int(ends))
    except Unfit as refusal:
        return say(refusal)
    return ""


def picked(start: datetime, zone: str) -> Pick:
    """An instant as somebody at that clock would tick it."""
    return pick_of(weeks.at(start, zone), zone)


def pick_of(beginning: Beginning, zone: str) -> Pick:
    """A half hour as its box carries it."""
    wall = beginning.wall.isoformat(timespec="minutes")
    fold = "" if beginning.fold is None else str(beginning.fold)
    return Pick(f"{wall},{zone},{fold}", beginning.start, (wall, zone, beginning.fold))


def read_pick(value: str) -> Pick:
    """What a ticked half hour means. Raises Unfit for what names no instant, or two (law 11)."""
    wall, _comma, rest = value.partition(",")
    zone, _comma, fold = rest.partition(",")
    which = int(fold) if fold in ("0", "1") else None
    return Pick(value, wall_times.instant(wall_times.parse_wall(wall), zone, fold=which), (wall, zone, which))


def _readable(values: Iterable[str]) -> list[Pick]:
    found: dict[datetime, Pick] = {}
    for value in values:
        try:
            pick = read_pick(value)
        except Unfit:
            continue
        found.setdefault(pick.start, pick)
    return [found[start] for start in sorted(found)]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
