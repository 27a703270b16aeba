"""What people of the demo world say once a meeting is over, each a use-case with its words."""

from dataclasses import dataclass

from vendorhub.demo.cast import Member
from vendorhub.demo.steps import Step, Thread
from vendorhub.domain.outcomes import Held, Next, Prepares, Promised, Said
from vendorhub.domain.people import Actor
from vendorhub.queries import cadence
from vendorhub.usecases import outcomes, records


@dataclass(frozen=True)
class HowItWas(Step):
    """What came of it. `promises` are (whose, what, in how many working days), `again` from and until which working
    day after this one they would meet, and who prepares it."""

    held: Held = Held.YES
    worth: int | None = None
    note: str = ""
    moved: bool | None = None
    decided: tuple[str, ...] = ()
    promises: tuple[tuple[Member, str, int], ...] = ()
    thanks: str = ""
    quotable: bool = False
    again: tuple[int, int] | None = None
    prepares: Prepares = Prepares.BOTH

    def do(self, who: Actor, thread: Thread) -> None:
        days, today = thread.days, thread.number
        said = Said(
            held=self.held,
            worth=self.worth,
            note=self.note,
            goal_moved=self.moved,
            decisions=self.decided,
            promises=[Promised(text, whose.email, days.day(today + due)) for whose, text, due in self.promises],
            thanks=self.thanks,
            quotable=self.quotable,
            next=Next(days.day(today + self.again[0]), days.day(today + self.again[1]), self.prepares)
            if self.again
            else None,
        )
        outcomes.say(who, thread.meeting, said)


@dataclass(frozen=True)
class FoundWrong(Step):
    """A company says what it finds wrong with what was said of the meeting."""

    text: str = ""

    def do(self, who: Actor, thread: Thread) -> None:
        records.answer(who, _with(who, thread), fact=f"meeting-{thread.meeting}", text=self.text)


@dataclass(frozen=True)
class Doubts(Step):
    """A company says why a goal of the buyer's will fail."""

    goal: str = ""
    text: str = ""

    def do(self, who: Actor, thread: Thread) -> None:
        records.doubt(who, _with(who, thread), goal=self.goal, text=self.text)


def _with(who: Actor, thread: Thread) -> str:
    """The code of the company's relationship with the buyer of this story."""
    return next(view.code for view in cadence.listing(who)[0] if view.company == thread.buyer.slug)
