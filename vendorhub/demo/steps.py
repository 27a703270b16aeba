"""What people of the demo world do about an ask, one step after the other: each is a use-case with its words."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import timedelta

from vendorhub.demo.cast import HAVELMARK, Company, Member
from vendorhub.demo.days import Days
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.drafts import DraftWords
from vendorhub.domain.offers import SlotGiven
from vendorhub.domain.people import Actor
from vendorhub.queries import offers as seen
from vendorhub.usecases import agenda_building, blocks, decisions, drafts, meeting_requests, meetings, newcomers, offers
from vendorhub.usecases.placing import Words

Slots = tuple[tuple[int, str], ...]  # working days from the step, and the buyer's clocks


@dataclass
class Thread:
    """What has come of an ask so far; `number` is the day of the step in hand."""

    buyer: Company
    days: Days
    number: int = 0
    code: str = ""
    offer: str = ""
    meeting: str = ""
    wish: str = ""

    def slot(self, ahead: int, at: str) -> SlotGiven:
        """A time so many working days from the step in hand."""
        return self.days.wall(self.number + ahead, at).isoformat(), self.buyer.zone, None


@dataclass(frozen=True)
class Step(ABC):
    """Somebody does something, so many working days after the step before, at a time by the buyer's clocks."""

    by: Member
    after: int
    at: str

    @abstractmethod
    def do(self, who: Actor, thread: Thread) -> None:
        """Does it, and keeps in the thread what later steps need."""


@dataclass(frozen=True)
class Yes(Step):
    """Said by who was asked or for them; `coming`, where given, are all who shall come."""

    note: str = ""
    place: tuple[str, str] | None = None
    minutes: int | None = None
    coming: tuple[Member, ...] = ()

    def do(self, who: Actor, thread: Thread) -> None:
        coming = [member.named for member in self.coming] or None
        decisions.accept(who, thread.code, note=self.note, minutes=self.minutes, attendees=coming, place=self.place)


@dataclass(frozen=True)
class Refusal(Step):
    """No, or never; or not now, with the working days after which they may ask again."""

    kind: str = "no"
    note: str = ""
    again: int | None = None

    def do(self, who: Actor, thread: Thread) -> None:
        day = thread.days.day(thread.number + self.again) if self.again else None
        decisions.refuse(who, thread.code, kind=self.kind, again_on=day, note=self.note)


@dataclass(frozen=True)
class TakenBack(Step):
    """The asker has thought better of it."""

    def do(self, who: Actor, thread: Thread) -> None:
        meeting_requests.withdraw(who, thread.code)


@dataclass(frozen=True)
class ShutOut(Step):
    """The buyer shuts the company out; what was agreed with it falls."""

    def do(self, who: Actor, thread: Thread) -> None:
        blocks.block(who, company=self.company.slug)

    company: Company = field(kw_only=True)


@dataclass(frozen=True)
class Times(Step):
    """Times for the other side, in answer to those that lie there, if any."""

    slots: Slots = ()
    note: str = ""

    def do(self, who: Actor, thread: Thread) -> None:
        put = [thread.slot(ahead, at) for ahead, at in self.slots]
        if thread.offer:
            thread.offer = offers.counter(who, thread.offer, slots=put, note=self.note)
        else:
            thread.offer = offers.offer(who, thread.code, slots=put, note=self.note)


@dataclass(frozen=True)
class Chosen(Step):
    """One of the other side's times, the earliest being 0: it makes the meeting."""

    which: int = 0

    def do(self, who: Actor, thread: Thread) -> None:
        slots = seen.see(who, thread.offer).slots
        thread.meeting = offers.choose(who, thread.offer, slot=slots[self.which].code)


@dataclass(frozen=True)
class Agenda(Step):
    """One side's half: what, and for how many minutes."""

    items: tuple[tuple[str, int], ...] = ()

    def do(self, who: Actor, thread: Thread) -> None:
        agenda_building.set_half(who, thread.meeting, items=self.items)


@dataclass(frozen=True)
class Place(Step):
    """How the meeting is held, told later than the yes."""

    how: str = ""
    detail: str = ""

    def do(self, who: Actor, thread: Thread) -> None:
        meetings.set_place(who, thread.meeting, place=(self.how, self.detail))


@dataclass(frozen=True)
class Move(Step):
    """The buyer's side moves the meeting, so many working days from the step."""

    to: tuple[int, str] = (1, "10:00")
    note: str = ""

    def do(self, who: Actor, thread: Thread) -> None:
        meetings.move(who, thread.meeting, slot=thread.slot(*self.to), note=self.note)


@dataclass(frozen=True)
class Wish(Move):
    """The asking side would rather meet at another time."""

    def do(self, who: Actor, thread: Thread) -> None:
        thread.wish = meetings.propose(who, thread.meeting, slot=thread.slot(*self.to), note=self.note)


@dataclass(frozen=True)
class WishGranted(Step):
    """The buyer's side agrees to it."""

    def do(self, who: Actor, thread: Thread) -> None:
        meetings.accept_move(who, thread.meeting, thread.wish)


@dataclass(frozen=True)
class WishRefused(Step):
    """The buyer's side keeps the agreed time."""

    def do(self, who: Actor, thread: Thread) -> None:
        meetings.refuse_move(who, thread.meeting, thread.wish)


@dataclass(frozen=True)
class CalledOff(Step):
    """Either side calls the meeting off, with a line to the other."""

    note: str = ""

    def do(self, who: Actor, thread: Thread) -> None:
        meetings.cancel(who, thread.meeting, note=self.note)


@dataclass(frozen=True)
class Ask:
    """An ask, so many working days `ago`, and what came of it; without steps it waits, until silence closes it."""

    by: Member
    ago: int
    at: str
    topic: str
    outcome: str
    learned: str
    minutes: int
    to: Member | None = None
    goal: str | None = None
    kind: str = "topic"
    coming: tuple[Member, ...] = ()
    buyer: Company = HAVELMARK
    then: tuple[Step, ...] = ()
    vendor: Company | None = None  # in whose name a VAR asks

    def do(self, who: Actor, thread: Thread) -> None:
        """Asks."""
        thread.code = meeting_requests.ask(
            who,
            buyer=self.buyer.slug,
            topic=self.topic,
            outcome=self.outcome,
            learned=self.learned,
            minutes=self.minutes,
            attendees=[member.named for member in self.coming or (self.by,)],
            goal=self.goal,
            kind=self.kind,
            to=self.to.email if self.to else None,
            vendor=VendorNamed(slug=self.vendor.slug) if self.vendor else None,
        )


@dataclass(frozen=True)
class Begun(Ask):
    """An ask that is not finished: what is typed so far is kept for its asker."""

    def do(self, who: Actor, thread: Thread) -> None:
        typed = DraftWords(
            topic=self.topic,
            goal=self.goal or "",
            outcome=self.outcome,
            learned=self.learned,
            minutes=str(self.minutes),
            kind=self.kind,
            attendees=[self.by.named],
        )
        drafts.keep(who.person, self.buyer.slug, typed)


@dataclass(frozen=True)
class Knock:
    """An ask at the front door by somebody without a place here, shortly before now: its letter can still be opened."""

    before: timedelta
    name: str
    email: str
    company: str
    topic: str
    outcome: str
    learned: str
    minutes: int
    buyer: Company = HAVELMARK

    def do(self) -> None:
        """Asks; the buyer hears nothing of it yet."""
        words = Words(
            topic=self.topic,
            outcome=self.outcome,
            learned=self.learned,
            minutes=self.minutes,
            attendees=[(self.name, self.email, "")],
        )
        newcomers.ask(buyer=self.buyer.slug, name=self.name, email=self.email, company=self.company, words=words)
