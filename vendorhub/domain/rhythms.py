"""Which state each quarter of a relationship is in, why, and when the next meeting is due (M8).

Nothing here is stored: the answer follows from the rules, the meetings, the pauses, the quarters skipped on purpose and
the day. A due date belongs to the quarter in which it lies, and a meeting to the quarter in which it is; a quarter is
judged by what lies in it and by nothing else, so that a planned meeting that moves changes the cells it touches alone.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import chain, pairwise
from typing import Final

from vendorhub.domain.cadence import Pause, Rule, Unit, rules_in_order
from vendorhub.domain.outcomes import Fell
from vendorhub.domain.quarters import FiscalCalendar, Quarter
from vendorhub.domain.windows import is_working_day

_DAY: Final = timedelta(days=1)
_FOR_EVER: Final = date(2999, 12, 31)
_LONGEST: Final = 10  # quarters: more than the longest rhythm has


class State(StrEnum):
    """What a quarter of a relationship is, the one that needs most attention first."""

    MISSED = "missed"
    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"
    WAIVED = "waived"
    PAUSED = "paused"
    PLANNED = "planned"
    MET = "met"


_WORST_FIRST: Final = {state: number for number, state in enumerate(State)}


class How(StrEnum):
    """How a meeting came to be known here."""

    MEETING = "meeting"
    BRIEFING = "briefing"  # counts for each vendor in it
    LOGGED = "logged"
    ADOPTED = "adopted"


@dataclass(frozen=True, order=True)
class Encounter:
    """A day, by the buyer's calendar, on which the two meet: `held` once it is over and did take place."""

    day: date
    held: bool
    how: How = How.MEETING


@dataclass(frozen=True)
class Rhythm:
    """All that the state of a relationship's quarters follows from but the day: see the fields' own classes.
    `waivers` are the quarters let go, each by its name and with the reason. Two that are equal have the same cells."""

    rules: tuple[Rule, ...] = ()
    encounters: tuple[Encounter, ...] = ()
    pauses: tuple[Pause, ...] = ()
    waivers: tuple[tuple[str, str], ...] = ()
    fell: tuple[Fell, ...] = ()

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Worked out once, for what follows from a rhythm is kept under it and asked for again and again."""
        return hash((self.rules, self.encounters, self.pauses, self.waivers, self.fell))


@dataclass(frozen=True)
class Why:
    """A sentence: `msgid` and `values` before and beside translation."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.msgid % self.values


@dataclass(frozen=True)
class Cell:
    """A quarter of a relationship: its state, why, and the due date (or the day of the meeting) that it is about."""

    quarter: Quarter
    state: State
    why: Why
    day: date | None = None


@dataclass(frozen=True)
class Due:
    """A day by which the rule asks for a meeting; `pause` is what it fell into, if it did."""

    day: date
    rule: Rule
    pause: Pause | None = None


def cells(
    rhythm: Rhythm,
    quarters: tuple[Quarter, ...],
    *,
    calendar: FiscalCalendar,
    today: date,
    holidays: frozenset[date] = frozenset(),
) -> tuple[Cell, ...]:
    """The cells of these consecutive quarters; none for one of which nothing is asked and in which nothing happened."""
    first, after = quarters[0].first, quarters[-1].after
    begins = [quarter.first for quarter in quarters]
    asked: list[list[Due]] = [[] for _ in quarters]
    had: list[list[Encounter]] = [[] for _ in quarters]
    for due in dues(rhythm, first, after, calendar=calendar, holidays=holidays):
        asked[bisect_right(begins, due.day) - 1].append(due)
    for encounter in sorted(rhythm.encounters):
        if first <= encounter.day < after:
            had[bisect_right(begins, encounter.day) - 1].append(encounter)
    let_go = dict(rhythm.waivers)
    return tuple(
        _cell(quarter, wanted, happened, let_go.get(str(quarter)), today, rhythm.fell)
        for quarter, wanted, happened in zip(quarters, asked, had, strict=True)
        if wanted or happened
    )


def next_due(
    rhythm: Rhythm, *, calendar: FiscalCalendar, today: date, holidays: frozenset[date] = frozenset()
) -> date | None:
    """The first due date of this quarter or a later one that no meeting answers and nobody has let go; None if nothing
    is asked. One of this quarter may lie behind."""
    this = calendar.quarter_of(today)
    answered = Counter(calendar.quarter_of(each.day) for each in rhythm.encounters if each.day >= this.first)
    far, let_go = calendar.on(this, _LONGEST).after, dict(rhythm.waivers)
    for due in dues(rhythm, this.first, far, calendar=calendar, holidays=holidays):
        quarter = calendar.quarter_of(due.day)
        if due.pause is not None or str(quarter) in let_go:
            continue
        if answered[quarter] <= 0:
            return due.day
        answered[quarter] -= 1
    return None


def open_dues(
    rhythm: Rhythm,
    quarter: Quarter,
    *,
    calendar: FiscalCalendar,
    today: date,
    holidays: frozenset[date] = frozenset(),
) -> list[tuple[State, Due]]:
    """The due dates of a quarter that no meeting answers and nobody has let go, each with what it makes of it."""
    if str(quarter) in dict(rhythm.waivers):
        return []
    asked = [
        due
        for due in dues(rhythm, quarter.first, quarter.after, calendar=calendar, holidays=holidays)
        if due.pause is None
    ]
    met = sum(each.day in quarter for each in rhythm.encounters)
    return [(_state(due, quarter, None, today), due) for due in asked[met:]]


def dues(
    rhythm: Rhythm, first: date, after: date, *, calendar: FiscalCalendar, holidays: frozenset[date] = frozenset()
) -> Iterator[Due]:
    """The due dates from `first` to before `after`, in order, each on a working day of its quarter. The clock restarts
    at each meeting held, and at the end of a pause into which a date fell."""
    held = sorted({each.day for each in rhythm.encounters if each.held})
    for (since, rule), (until, _) in pairwise([*rules_in_order(rhythm.rules, calendar), (_FOR_EVER, None)]):
        begins, ends = max(since, first), min(until, after)
        if rule is not None and rule.every.unit is not Unit.NONE and begins < ends:
            for due in _chains(rule, begins, ends, held, rhythm.pauses, calendar):
                if due.day >= begins:
                    working = is_working_day(due.day, holidays)
                    yield due if working else replace(due, day=_working_day(due.day, calendar, holidays))


def _chains(
    rule: Rule, begins: date, ends: date, held: Sequence[date], pauses: Sequence[Pause], calendar: FiscalCalendar
) -> Iterator[Due]:
    """A rule's due dates before `ends`, and a few from before `begins`: from each meeting held to the next."""
    known = bisect_right(held, begins)
    anchors = [*held[max(known - 1, 0) :], _FOR_EVER]
    if known == 0:
        # They have never met: the first is due in the quarter in which the rule was made.
        first = min(rule.every.after(rule.since, 1, calendar), calendar.quarter_of(rule.since).last)
        yield from _chain(first, 0, rule, min(anchors[0] + _DAY, ends), pauses, calendar)
    for anchor, restart in pairwise(anchors):
        yield from _chain(anchor, 1, rule, min(restart + _DAY, ends), pauses, calendar)


def _chain(
    anchor: date, times: int, rule: Rule, ends: date, pauses: Sequence[Pause], calendar: FiscalCalendar
) -> Iterator[Due]:
    """One due date after the other from the anchor to before `ends`; what falls into a pause waits until it is over."""
    while (day := rule.every.after(anchor, times, calendar)) < ends:
        pause = next((each for each in pauses if day in each), None)
        yield Due(day, rule, pause)
        times += 1
        if pause and rule.every.after(anchor, times, calendar) > pause.last:
            anchor, times = pause.last + _DAY, 0


def _working_day(day: date, calendar: FiscalCalendar, holidays: frozenset[date]) -> date:
    """The next working day, or the one before where the quarter ends first."""
    quarter = calendar.quarter_of(day)
    later = (day + number * _DAY for number in range((quarter.after - day).days))
    sooner = (day - number * _DAY for number in range((day - quarter.first).days + 1))
    return next((each for each in chain(later, sooner) if is_working_day(each, holidays)), day)


def _cell(
    quarter: Quarter,
    wanted: Sequence[Due],
    happened: Sequence[Encounter],
    waiver: str | None,
    today: date,
    fell: Sequence[Fell],
) -> Cell:
    """A quarter judged by what lies in it: the worst of its due dates that no meeting answers, or else its meetings."""
    # What a pause took away is told only where nothing else is asked.
    asked = [due for due in wanted if due.pause is None] or list(wanted)
    unanswered = asked[len(happened) :]
    judged = [(_state(due, quarter, waiver, today), due) for due in unanswered]
    if not judged:
        return _with_meetings(quarter, happened)
    state, due = min(judged, key=lambda each: _WORST_FIRST[each[0]])
    last = max((each for each in fell if quarter.first <= each.day < quarter.after), default=None)
    if last and not happened and state not in (State.WAIVED, State.PAUSED):
        return Cell(
            quarter, state, Why(last.said(over=state is State.MISSED), {"fell": last.day, "day": due.day}), due.day
        )
    return Cell(quarter, state, _why(state, due, waiver, len(asked), len(happened), today), due.day)


def _with_meetings(quarter: Quarter, happened: Sequence[Encounter]) -> Cell:
    planned = [each for each in happened if not each.held]
    if planned:
        return Cell(quarter, State.PLANNED, Why("You meet on %(day)s.", {"day": planned[0].day}), planned[0].day)
    last = happened[-1]
    said = "You met in a joint briefing on %(day)s." if last.how is How.BRIEFING else "You met on %(day)s."
    if len(happened) > 1:
        said = "You met %(times)s times, last on %(day)s."
    return Cell(quarter, State.MET, Why(said, {"day": last.day, "times": len(happened)}), last.day)


def _state(due: Due, quarter: Quarter, waiver: str | None, today: date) -> State:
    """What a due date that no meeting answers makes of its quarter."""
    if waiver is not None:
        return State.WAIVED
    if due.pause is not None:
        return State.PAUSED
    if quarter.after <= today:
        return State.MISSED
    if today > due.day + timedelta(days=due.rule.hard):
        return State.OVERDUE
    return State.DUE if today >= due.day - timedelta(days=due.rule.soft) else State.UPCOMING


def _why(state: State, due: Due, waiver: str | None, asked: int, met: int, today: date) -> Why:
    values = {"day": due.day, "asked": asked, "met": met}
    if state is State.WAIVED:
        return Why("You let this quarter go: %(reason)s", {"reason": waiver})
    if state is State.PAUSED and due.pause is not None:
        return Why("Paused until %(until)s: %(reason)s", {"until": due.pause.last, "reason": due.pause.reason})
    if state is State.MISSED:
        if met:
            return Why("Of %(asked)s meetings that were due, %(met)s took place.", values)
        return Why("A meeting was due on %(day)s, and you did not meet.", values)
    if met:
        return Why("Of %(asked)s meetings asked for, %(met)s are held or planned; the next date is %(day)s.", values)
    if state is State.UPCOMING:
        return Why("The next meeting is due on %(day)s.", values)
    if state is State.OVERDUE:
        since = (today - due.day).days
        return Why("A meeting was due on %(day)s, %(since)s days ago, and none is planned.", {**values, "since": since})
    if due.day < today:
        return Why("A meeting was due on %(day)s, and none is planned.", values)
    return Why("A meeting is due on %(day)s, and none is planned.", values)
