"""What a quarter still asks for, who could be seen together, and what a plan says of it (M8, M9)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Final

from vendorhub.domain.quarters import Quarter
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.rhythms import Why
from vendorhub.domain.windows import is_working_day

HOURS_AT_MOST = 300  # a month
AHEAD = 4  # quarters after the present one that can be planned
TOGETHER_AT_MOST = 4  # more would leave nobody time to speak
EACH_MORE = 20  # minutes: what they share is told once, the rest by each of them
SHORTEST_TOGETHER = 30  # minutes
APART: Final = timedelta(weeks=4)  # so far from its date a meeting may move to be held with others
_HOUR = 60
_DAY: Final = timedelta(days=1)

Month = tuple[int, int]  # a year and its month


class PlanState(StrEnum):
    """Where a plan stands that somebody asked for."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Limit(StrEnum):
    """What leaves no room for a meeting."""

    HOURS = "hours"  # of the month
    DAYS = "days"  # no week of the quarter is left for it


@dataclass(frozen=True)
class Wish:
    """A meeting that a relationship, by its code, asks for by the day `due`. `subjects` are its topics and goals;
    one that is `alone` is about one company and never held with others."""

    relationship: str
    due: date
    minutes: int
    overdue: bool = False
    alone: bool = False
    subjects: frozenset[str] = frozenset()

    @property
    def order(self) -> tuple[bool, date, str]:
        """What is overdue comes first, then what is due first."""
        return not self.overdue, self.due, self.relationship


@dataclass(frozen=True, order=True)
class Span:
    """The working days of one week that lie in one month, from the first to the last."""

    first: date
    last: date
    days: int

    @property
    def month(self) -> Month:
        """The month whose hours a meeting in it takes."""
        return self.first.year, self.first.month

    def away(self, day: date) -> int:
        """How many days it lies from a day; 0 where it has it."""
        return max((self.first - day).days, (day - self.last).days, 0)


@dataclass(frozen=True)
class Frame:
    """Within what is planned: the days from `first` to before `after`, without `holidays`; at most so many `hours` a
    month for vendors (None: as many as it takes), some of them `taken` by meetings, each with its day and minutes.
    """

    first: date
    after: date
    hours: int | None = None
    holidays: frozenset[date] = frozenset()
    taken: tuple[tuple[date, int], ...] = ()

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The weeks in which there is a working day, in order."""
        every = (self.first + number * _DAY for number in range((self.after - self.first).days))
        working = [day for day in every if is_working_day(day, self.holidays)]
        found = []
        for _, days in groupby(working, key=lambda day: (day.isocalendar()[:2], day.month)):
            week = list(days)
            found.append(Span(week[0], week[-1], len(week)))
        return tuple(found)

    @cached_property
    def left(self) -> Mapping[Month, int]:
        """The minutes that each month still has; empty where no limit is set."""
        if self.hours is None:
            return {}
        taken = Counter[Month]()
        for day, minutes in self.taken:
            taken[day.year, day.month] += minutes
        months = dict.fromkeys(span.month for span in self.spans)
        return {month: max(self.hours * _HOUR - taken[month], 0) for month in months}


@dataclass(frozen=True)
class Proposal:
    """A meeting with one company, or a joint briefing of several, on one of the days of `span`; `kept` is one that has
    the week that it had in the plan before."""

    wishes: tuple[Wish, ...]
    span: Span
    kept: bool = False

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return together([wish.minutes for wish in self.wishes])

    @property
    def alone(self) -> int:
        """The minutes that it would take to see them one by one."""
        return sum(wish.minutes for wish in self.wishes)

    @property
    def subjects(self) -> frozenset[str]:
        """What concerns all of them."""
        return frozenset.intersection(*(wish.subjects for wish in self.wishes))


@dataclass(frozen=True)
class Plan:
    """The meetings proposed, in order of time, and the wishes for which there is no room, each with what stands in
    its way."""

    proposals: tuple[Proposal, ...] = ()
    left: tuple[tuple[Wish, Limit], ...] = ()

    @property
    def minutes(self) -> int:
        """What all of it takes of the buyer's time."""
        return sum(each.minutes for each in self.proposals)

    @property
    def alone(self) -> int:
        """What it would take to see the same companies one by one."""
        return sum(each.alone for each in self.proposals)


def together(minutes: Sequence[int]) -> int:
    """The minutes of one talk in place of those of several: the longest, and a little more for each of the others."""
    longest, *others = sorted(minutes, reverse=True)
    if not others:
        return longest
    return max(longest + sum(min(each, EACH_MORE) for each in others), SHORTEST_TOGETHER)


def check_hours(hours: int | None) -> int | None:
    """The hours a month that vendors may take; None for no limit. Raises Unfit for what is no month's work."""
    if hours is not None and not 1 <= hours <= HOURS_AT_MOST:
        raise Unfit("hours", "Please choose 1 to %(most)s hours a month, or leave it open.", most=HOURS_AT_MOST)
    return hours


def check_quarter(quarter: Quarter, *, today: date, last: Quarter) -> Quarter:
    """A quarter that can be planned: the present one, or one of the next few. Raises Unfit for another."""
    if quarter.after <= today:
        raise Unfit("quarter", "That quarter is over, and what is past stays as it was.")
    if quarter > last:
        raise Unfit("quarter", "That is far ahead: please plan at most %(most)s quarters ahead.", most=AHEAD)
    return quarter


def beside_each_other(wishes: Iterable[Wish]) -> list[tuple[tuple[str, ...], tuple[Wish, ...]]]:
    """Those who share a topic or a goal, each group once with all that it shares, the largest first."""
    sharing: dict[str, list[Wish]] = {}
    for wish in sorted(wishes, key=lambda each: each.order):
        for subject in wish.subjects:
            if not wish.alone:
                sharing.setdefault(subject, []).append(wish)
    groups: dict[tuple[Wish, ...], list[str]] = {}
    for subject, those in sorted(sharing.items()):
        once = {wish.relationship: wish for wish in reversed(those)}
        if len(once) > 1:
            groups.setdefault(tuple(sorted(once.values(), key=lambda each: each.order)), []).append(subject)
    return sorted(((tuple(said), those) for those, said in groups.items()), key=lambda each: (-len(each[1]), each[0]))


def reasons(proposal: Proposal, frame: Frame) -> list[Why]:
    """Why it is proposed like this, in sentences."""
    joint = len(proposal.wishes) > 1
    said = _why_together(proposal) if joint else [_why_then(proposal.wishes[0], proposal.span)]
    first = proposal.wishes[0]
    nearest = min((span.away(first.due) for span in frame.spans), default=0)
    if not joint and not first.overdue and proposal.span.away(first.due) > nearest:
        kept, fuller = (
            "It keeps the week that it had before.",
            "The weeks that are nearer to its date have more in them.",
        )
        said.append(Why(kept if proposal.kept else fuller))
    return said


def _why_then(wish: Wish, span: Span) -> Why:
    if wish.overdue:
        return Why("It was due on %(day)s, so it comes as soon as there is room.", {"day": wish.due})
    if not span.away(wish.due):
        return Why("It is due in that week, on %(day)s.", {"day": wish.due})
    return Why("It is due on %(day)s.", {"day": wish.due})


def _why_together(proposal: Proposal) -> list[Why]:
    values = {
        "subjects": ", ".join(sorted(proposal.subjects)),
        "minutes": proposal.minutes,
        "alone": proposal.alone,
        "late": sum(wish.overdue for wish in proposal.wishes),
    }
    shared = Why(
        "All of them have to do with %(subjects)s: %(minutes)s minutes together instead of %(alone)s one by one.",
        values,
    )
    return [shared, Why("Overdue among them: %(late)s.", values)] if values["late"] else [shared]


def saving(plan: Plan) -> Why:
    """What the plan takes and what it saves, as a sentence."""
    joint = [each for each in plan.proposals if len(each.wishes) > 1]
    if not joint:
        return Why("It takes %(hours)s h. Nobody shares a topic or a goal, so everybody is seen alone.", _hours(plan))
    values = {**_hours(plan), "seen": sum(len(each.wishes) for each in joint), "joint": len(joint)}
    return Why(
        "It takes %(hours)s h instead of %(alone)s h: %(saved)s h less, because %(seen)s of them come to %(joint)s "
        "joint talks.",
        values,
    )


def clashes(plan: Plan, frame: Frame) -> list[Why]:
    """Which limits clash where there is no room for everybody, in sentences."""
    said = []
    limits = Counter(limit for _, limit in plan.left)
    if number := limits[Limit.HOURS]:
        values = {
            "number": number,
            "needs": _in_hours(plan.minutes + sum(wish.minutes for wish, _ in plan.left)),
            "hours": frame.hours,
            "left": _in_hours(sum(frame.left.values())),
        }
        said.append(
            Why(
                "There are too few hours for %(number)s of them: everybody takes up to %(needs)s h, and with "
                "%(hours)s h a month there are %(left)s h left. More hours, fewer meetings, or a longer rhythm would "
                "help.",
                values,
            )
        )
    if number := limits[Limit.DAYS]:
        said.append(
            Why(
                "There are too few days for %(number)s of them: no other week of this quarter with a working day in it "
                "is ahead.",
                {"number": number},
            )
        )
    return said


def _hours(plan: Plan) -> dict[str, object]:
    return {
        "hours": _in_hours(plan.minutes),
        "alone": _in_hours(plan.alone),
        "saved": _in_hours(plan.alone - plan.minutes),
    }


def _in_hours(minutes: int) -> str:
    return f"{minutes / _HOUR:.1f}".removesuffix(".0")
