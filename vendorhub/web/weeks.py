"""Answers what a week looks like to who seeks a time: its half hours, and what is taken, offered and ticked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from vendorhub.domain import wall_times, weeks
from vendorhub.domain.weeks import Beginning, Row, Span
from vendorhub.queries.offers import SlotView
from vendorhub.queries.weeks import TakenView
from vendorhub.web.picks import Look, Pick, pick_of, read_pick
from vendorhub.wording import clock_time, day

_DAY = timedelta(days=1)
_MERGED = ("taken", "past", "far", "missing")  # one cell for as long as the same is in the way


@dataclass(frozen=True)
class Cell:
    """One half hour of one day. `kind` names its look; `said` is the whole time for who can't see where it stands.

    `rows` is over how many rows it is drawn; 0 where one above is drawn over it. `day` counts the columns from 0.
    """

    kind: str
    day: int = 0
    said: str = ""
    text: str = ""
    beside: str = ""
    name: str = ""
    value: str = ""
    slot: str = ""
    offer: str = ""
    off: bool = False
    ticked: bool = False
    rows: int = 1


@dataclass(frozen=True)
class Line:
    """One row: what the clock shows here, and there where that is the same all week; `full` hours are drawn louder."""

    text: str
    full: bool
    beside: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """A week to look at; `one` lets but one be ticked.

    `elsewhere` are ticked times that are not on it, `changes` whose clocks change and on which day.
    """

    week: date
    days: tuple[date, ...]
    lines: tuple[Line, ...]
    here: str
    there: str
    shown_day: int
    earlier: date | None
    later: date | None
    whole: bool
    elsewhere: tuple[Pick, ...]
    changes: tuple[tuple[str, date], ...]
    hours: weeks.Hours
    one: bool = False


@dataclass(frozen=True)
class Reader:
    """Who looks: their zone, the other side's, how long the meeting is to be, and what time it is."""

    here: str
    there: str
    minutes: int
    now: datetime
    hours: weeks.Hours = weeks.WORKING_HOURS

    def week(self, asked: Look, things: Iterable[datetime]) -> date:
        """The Monday to show: as asked, else of the first thing ahead, else of the next working day."""
        first = min((start for start in things if start > self.now), default=None)
        ahead = wall_times.in_zone(first, self.here).date() if first else weeks.first_week(self.now, self.here)
        return weeks.within_reach(asked.week or ahead, self.now, self.here)

    def reach(self, week: date, things: Iterable[datetime]) -> Span:
        """Between which instants to ask what is taken: this week, and wherever something lies on the table."""
        begin, end = self.midnight(week), self.midnight(week + 7 * _DAY)
        ahead = [start for start in things if start > self.now]
        return min([begin, *ahead]), max([end, *(start + _DAY for start in ahead)])

    def midnight(self, on: date) -> datetime:
        """When a day begins: not at 0:00 where the clocks skip it."""
        return weeks.beginnings(on, self.here, weeks.WHOLE_DAY)[0].start

    def said(self, start: datetime, fold: int | None = None) -> str:
        """A whole span on this side's clocks."""
        first, last = (wall_times.in_zone(at, self.here) for at in (start, start + timedelta(minutes=self.minutes)))
        said = _("%(day)s, %(start)s–%(end)s", day=day(first.date()), start=clock_time(first), end=clock_time(last))
        if fold == 0:
            said = _("%(time)s, before the clocks go back", time=said)
        if fold == 1:
            said = _("%(time)s, after the clocks went back", time=said)
        return str(said)

    def beside(self, beginning: Beginning) -> str:
        """What the clocks show there at the same moment."""
        there = wall_times.in_zone(beginning.start, self.there)
        said = clock_time(there)
        if there.date() > beginning.wall.date():
            said = str(_("%(time)s next day", time=said))
        if there.date() < beginning.wall.date():
            said = str(_("%(time)s the day before", time=said))
        return said


def clash(slot: SlotView, taken: Iterable[TakenView]) -> str:
    """What one's own side has at that time; "" where nothing is known to be in the way."""
    return "; ".join(_named(each) for each in taken if weeks.overlap((slot.start, slot.end), (each.start, each.end)))


def draw(
    reader: Reader,
    week: date,
    asked: Look,
    *,
    taken: Sequence[TakenView],
    theirs: Sequence[tuple[str, SlotView]] = (),
    picks: Sequence[Pick] = (),
    tick: bool = True,
    now_at: datetime | None = None,
) -> Grid:
    """The week's grid. `theirs` are times to agree to, each with its offer; `tick` puts boxes on what is free.

    `now_at` is where the meeting is that is being moved.
    """
    ticked = {pick.start: pick.value for pick in picks}
    things = [
        *((each.start, each.end) for each in taken),
        *((slot.start, slot.end) for _offer, slot in theirs),
        *((start, start + timedelta(minutes=reader.minutes)) for start in ticked),
    ]
    days = weeks.days(week, reader.here, things, whole=asked.whole)
    between = weeks.WHOLE_DAY if asked.whole else weeks.hours(days, reader.here, things, reader.hours)
    rows = weeks.rows(days, reader.here, between)
    columns = [
        [
            replace(cell, day=number)
            for cell in _spanned(
                [_cell(reader, row.cells[number], taken, theirs, ticked, tick=tick, now_at=now_at) for row in rows]
            )
        ]
        for number in range(len(days))
    ]
    shown = {cell.start for row in rows for cell in row.cells if cell}
    before, after = (weeks.within_reach(week + 7 * step * _DAY, reader.now, reader.here) for step in (-1, 1))
    return Grid(
        week=week,
        days=days,
        lines=tuple(_line(row, tuple(column[at] for column in columns)) for at, row in enumerate(rows)),
        here=_short(reader.midnight(week), reader.here),
        there=_short(reader.midnight(week), reader.there) if _differ(reader, week) else "",
        shown_day=asked.day if asked.day is not None and asked.day < len(days) else _first(columns),
        earlier=before if before < week else None,
        later=after if after > week else None,
        whole=asked.whole,
        hours=reader.hours,
        elsewhere=tuple(pick for pick in picks if pick.start not in shown),
        changes=tuple(_changes(reader, week)),
    )


def best(grid: Grid, zone: str) -> list[Pick]:
    """The best times of this week for both sides: free, and within the working hours here and there."""
    cells = [cell for line in grid.lines for cell in line.cells if cell.kind == "free" and not cell.off]
    free = [weeks.at(read_pick(cell.value).start, zone) for cell in cells]
    return [pick_of(beginning, zone) for beginning in weeks.best(free)]


def _cell(
    reader: Reader,
    at: Beginning | None,
    taken: Sequence[TakenView],
    theirs: Sequence[tuple[str, SlotView]],
    ticked: Mapping[datetime, str],
    *,
    tick: bool,
    now_at: datetime | None,
) -> Cell:
    if at is None:
        return Cell("missing")
    bare = Cell(
        kind="free",
        text=clock_time(at.wall),
        beside=reader.beside(at) if reader.there != reader.here else "",
        off=not (
            _within(at.wall, reader.hours) and _within(wall_times.in_zone(at.start, reader.there), weeks.WORKING_HOURS)
        ),
    )
    half_hour = (at.start, at.start + weeks.HALF_HOUR)
    for offer, slot in theirs:
        if half_hour[0] <= slot.start < half_hour[1] and slot.start > reader.now:
            spans = round((slot.end - slot.start) / weeks.HALF_HOUR)
            begins, said = weeks.at(slot.start, reader.here), clash(slot, taken)
            text = _("%(start)s–%(end)s", start=clock_time(begins.wall), end=clock_time(_wall(slot.end, reader)))
            whole = reader.said(slot.start, begins.fold)
            return replace(
                bare, kind="theirs", said=whole, text=text, name=said, slot=slot.code, offer=offer, rows=max(1, spans)
            )
    if now_at and half_hour[0] <= now_at < half_hour[1]:
        return replace(bare, kind="here", name=str(_("it is here now")))
    why = weeks.hindrance(
        at.start, minutes=reader.minutes, now=reader.now, taken=[(each.start, each.end) for each in taken]
    )
    if why == "taken":
        in_the_way = (each for each in taken if weeks.overlap(half_hour, (each.start, each.end)))
        return replace(bare, kind="taken", name="; ".join(map(_named, in_the_way)))
    if why or not tick:
        return replace(bare, kind=why or "open")
    value = ticked.get(at.start, pick_of(at, reader.here).value)
    return replace(bare, value=value, said=reader.said(at.start, at.fold), ticked=at.start in ticked)


def _spanned(column: Sequence[Cell]) -> list[Cell]:
    """The same cells, with one drawn over the next where both belong to the same thing."""
    drawn: list[Cell] = []
    top = -1  # of the cell that is drawn over the next ones
    left = 0  # how many more it may take
    for at, cell in enumerate(column):
        above = drawn[top] if top >= 0 else None
        same = above is not None and cell.kind == above.kind in _MERGED and cell.name == above.name
        inside = left > 0 and cell.kind in ("open", "short")
        if above is not None and (same or inside):
            drawn[top] = replace(above, rows=above.rows + 1)
            drawn.append(replace(cell, rows=0))
            left -= 1
            continue
        left = cell.rows - 1 if cell.kind == "theirs" else 0
        drawn.append(replace(cell, rows=1))
        top = at
    return drawn


def _first(columns: Sequence[Sequence[Cell]]) -> int:
    """The day to begin with where one is shown at a time: the meeting's own, the first offered, else the first free."""
    for kind in ("here", "theirs", "free"):
        for number, column in enumerate(columns):
            if any(cell.kind == kind for cell in column):
                return number
    return 0


def _line(row: Row, cells: tuple[Cell, ...]) -> Line:
    text = clock_time(datetime.combine(date.min, row.at))
    text = str(_("%(time)s again", time=text)) if row.second else text
    beside = {cell.beside for cell in cells if cell.kind != "missing"}
    return Line(text, row.at.minute == 0, beside.pop() if len(beside) == 1 else "", cells)


def _named(taken: TakenView) -> str:
    what = taken.what or str(_("busy"))
    return str(_("%(who)s: %(what)s", who=", ".join(taken.who), what=what)) if taken.who else what


def _within(clock: datetime, hours: weeks.Hours) -> bool:
    return hours[0] <= clock.hour < hours[1]


def _wall(at: datetime, reader: Reader) -> datetime:
    return wall_times.in_zone(at, reader.here)


def _short(at: datetime, zone: str) -> str:
    return wall_times.zone_name(at, zone).partition(",")[0]


def _differ(reader: Reader, week: date) -> bool:
    """Whether the clocks of the two sides ever show different times in this week."""
    edges = [reader.midnight(week + number * _DAY) for number in (0, 7)]
    return any(_offset(edge, reader.here) != _offset(edge, reader.there) for edge in edges)


def _changes(reader: Reader, week: date) -> Iterable[tuple[str, date]]:
    for zone in dict.fromkeys((reader.here, reader.there)):
        for on in (week + number * _DAY for number in range(7)):
            noons = (wall_times.instant(datetime.combine(each, time(12)), zone) for each in (on - _DAY, on))
            if len({_offset(noon, zone) for noon in noons}) > 1:
                yield _short(reader.midnight(on), zone), on


def _offset(at: datetime, zone: str) -> timedelta:
    return wall_times.in_zone(at, zone).utcoffset() or timedelta()
