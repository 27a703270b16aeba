"""What people of the demo world hold of a relationship, and what they write down to remember it."""

from dataclasses import dataclass

from vendorhub.demo.cast import Member
from vendorhub.demo.steps import Step, Thread
from vendorhub.domain.people import Actor
from vendorhub.queries import cadence, meetings
from vendorhub.usecases import details, notes, relationships


@dataclass(frozen=True)
class Holds(Step):
    """Whose it is, what it serves, the contract: its end and the last day to give notice, in so many working days."""

    goals: tuple[str, ...]
    topics: tuple[str, ...]
    ends: int | None = None
    notice: int | None = None
    spend: int | None = None

    def do(self, who: Actor, thread: Thread) -> None:
        days, today = thread.days, thread.number
        details.set_details(
            who,
            _theirs(who, thread),
            owner=self.by.email,
            goals=self.goals,
            topics=self.topics,
            contract_end=days.day(today + self.ends) if self.ends else None,
            notice_by=days.day(today + self.notice) if self.notice else None,
            spend=self.spend,
            currency="EUR" if self.spend else "",
        )


@dataclass(frozen=True)
class Writes(Step):
    """A note, for themselves or for both; of a person it is the line by which that person is remembered."""

    text: str
    of: Member | None = None
    shared: bool = False

    def do(self, who: Actor, thread: Thread) -> None:
        person = self.of.email if self.of else ""
        notes.note(who, _theirs(who, thread), text=self.text, shared=self.shared, person=person, remember=bool(person))


@dataclass(frozen=True)
class LetsRest(Step):
    """Asks for nothing for a while: from and until which working day after this one."""

    days: tuple[int, int]
    reason: str

    def do(self, who: Actor, thread: Thread) -> None:
        first, last = (thread.days.day(thread.number + day) for day in self.days)
        relationships.pause(who, _theirs(who, thread), first=first, last=last, reason=self.reason)


def _theirs(who: Actor, thread: Thread) -> str:
    """The code of the buyer's relationship to the company of this story's meeting."""
    company = meetings.see(who, thread.meeting).company_slug
    return next(view.code for view in cadence.listing(who)[0] if view.company == company)
