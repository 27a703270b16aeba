"""Which meetings of a quarter singly, which jointly, and in which weeks: one face, behind it one way to find it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from vendorhub.domain.planning import (
    APART,
    TOGETHER_AT_MOST,
    Frame,
    Limit,
    Month,
    Plan,
    Proposal,
    Span,
    Wish,
    together,
)

_A_DAY: Final = 30  # minutes with vendors: a week with more of them is crowded, and another is looked at first
_WEEK: Final = 7

Told = Callable[[int, int], None]  # how many of how many are placed


def plan(
    wishes: Iterable[Wish], frame: Frame, *, before: Plan | None = None, told: Told = lambda done, of: None
) -> Plan:
    """The meetings that take least of the buyer's time within the frame; what is overdue has its place first.

    One wish after the other is put where it adds the fewest minutes: to a talk about something that concerns it, too,
    or by itself into the week that is nearest to its date and has room. So each place can be explained, what comes
    later never moves what came before, and nothing that is merely due takes the place of something overdue. Where the
    plan of `before` had a week for the same wish it is that one, as long as there is room. The same wishes, in any
    order, make the same plan.
    """
    table = _Table(frame, before or Plan())
    asked = sorted(wishes, key=lambda wish: wish.order)
    left = []
    for number, wish in enumerate(asked):
        if limit := table.place(wish):
            left.append((wish, limit))
        told(number + 1, len(asked))
    return Plan(table.proposals(), tuple(left))


@dataclass
class _Talk:
    """A meeting on the table."""

    span: Span
    wishes: list[Wish]

    def with_(self, wish: Wish) -> int:
        """The minutes that it would take more with this one, too."""
        minutes = [each.minutes for each in self.wishes]
        return together([*minutes, wish.minutes]) - together(minutes)

    def takes(self, wish: Wish) -> bool:
        """Whether this one belongs to it: something concerns all of them, and it saves time."""
        return (
            len(self.wishes) < TOGETHER_AT_MOST
            and not any(each.alone for each in (*self.wishes, wish))
            and all(each.relationship != wish.relationship for each in self.wishes)
            and bool(frozenset.intersection(wish.subjects, *(each.subjects for each in self.wishes)))
            and (wish.overdue or abs(self.span.first - wish.due) <= APART)
            and self.with_(wish) < wish.minutes
        )


@dataclass
class _Table:
    """What is placed so far, and what room is left."""

    frame: Frame
    before: Plan
    talks: list[_Talk] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left = dict(self.frame.left)
        self.load = Counter[Span]()
        for day, minutes in self.frame.taken:
            self.load.update({span: minutes for span in self.frame.spans if span.first <= day <= span.last})
        self.was = {
            (wish.relationship, wish.due): each.span.last for each in self.before.proposals for wish in each.wishes
        }

    def place(self, wish: Wish) -> Limit | None:
        """Puts a wish where it costs least; what stands in the way, if there is no room."""
        talks = [talk for talk in self.talks if talk.takes(wish) and self._has_room(talk.span.month, talk.with_(wish))]
        if talks:
            talk = min(talks, key=lambda each: (each.with_(wish), *self._liking(wish, each.span)))
            self._take(talk.span, talk.with_(wish))
            talk.wishes.append(wish)
            return None
        met = {talk.span for talk in self.talks if any(each.relationship == wish.relationship for each in talk.wishes)}
        free = [span for span in self.frame.spans if span not in met]
        roomy = [span for span in free if self._has_room(span.month, wish.minutes)]
        if not roomy:
            return Limit.HOURS if free else Limit.DAYS
        span = min(roomy, key=lambda each: self._liking(wish, each))
        self._take(span, wish.minutes)
        self.talks.append(_Talk(span, [wish]))
        return None

    def proposals(self) -> tuple[Proposal, ...]:
        """All of it, in order of time."""
        made = [Proposal(tuple(talk.wishes), talk.span, self._had(talk.wishes[0], talk.span)) for talk in self.talks]
        return tuple(sorted(made, key=lambda each: (each.span, each.wishes[0].order)))

    def _liking(self, wish: Wish, span: Span) -> tuple[bool, int, int, int, Span]:
        """The less the better: the week it had, one that isn't crowded, near its date (or soon), with little in it."""
        wanted = self.frame.first if wish.overdue else wish.due
        crowded = (self.load[span] + wish.minutes - 1) // max(span.days * _A_DAY, wish.minutes)
        return not self._had(wish, span), crowded, -(-span.away(wanted) // _WEEK), self.load[span], span

    def _had(self, wish: Wish, span: Span) -> bool:
        return self.was.get((wish.relationship, wish.due)) == span.last

    def _has_room(self, month: Month, minutes: int) -> bool:
        return month not in self.left or self.left[month] >= minutes

    def _take(self, span: Span, minutes: int) -> None:
        self.load[span] += minutes
        if span.month in self.left:
            self.left[span.month] -= minutes
