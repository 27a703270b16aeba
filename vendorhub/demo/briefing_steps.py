"""What people of the demo world do about a joint briefing, one step after the other: each is a use-case."""

from dataclasses import dataclass, field
from io import BytesIO

from vendorhub.demo.cast import Company, Member
from vendorhub.demo.item_files import BESIDE
from vendorhub.demo.steps import Ask, Slots, Step, Thread
from vendorhub.domain.agenda_templates import Template
from vendorhub.domain.items import Given
from vendorhub.domain.people import Actor
from vendorhub.queries import agendas as seen_agendas
from vendorhub.queries import overlaps as seen_overlaps
from vendorhub.queries import polls as seen_polls
from vendorhub.usecases import (
    afterwards,
    agenda_building,
    agenda_publication,
    briefings,
    items,
    materials,
    minutes,
    overlaps,
    participations,
    polls,
    revoking,
)
from vendorhub.usecases.overlaps import Talk


@dataclass(frozen=True)
class Brought(Ask):
    """Somebody would bring these vendors together; items are due so many working days after the proposal."""

    vendors: tuple[Company, ...] = ()
    due: int = 10
    share: int = 50

    def do(self, who: Actor, thread: Thread) -> None:
        """Proposes it."""
        thread.code = briefings.propose(
            who,
            buyer=self.buyer.slug,
            theme=self.topic,
            outcome=self.outcome,
            minutes=self.minutes,
            vendors=[company.slug for company in self.vendors],
            items_due=thread.days.day(thread.number + self.due),
            goal=self.goal,
            buyer_share=self.share,
            to=self.to.email if self.to else None,
        )


@dataclass(frozen=True)
class Joins(Step):
    """A vendor comes."""

    def do(self, who: Actor, thread: Thread) -> None:
        participations.take_part(who, thread.code)


@dataclass(frozen=True)
class StaysOut(Step):
    """A vendor does not come."""

    note: str = ""

    def do(self, who: Actor, thread: Thread) -> None:
        participations.stay_out(who, thread.code, note=self.note)


@dataclass(frozen=True)
class Sends(Step):
    """Somebody sends an item: of a vendor, or of the buyer's own team."""

    title: str = ""
    minutes: int = 15
    text: str = ""
    topics: tuple[str, ...] = ()
    with_: tuple[Member, ...] = ()
    visibility: str = "room"
    asks: Company | None = None

    def do(self, who: Actor, thread: Thread) -> None:
        item = items.send(
            who,
            thread.code,
            Given(
                title=self.title,
                minutes=self.minutes,
                abstract=self.text,
                topics=self.topics,
                presenters=[member.named for member in self.with_],
                visibility=self.visibility,
                asks=self.asks.slug if self.asks else "",
            ),
        )
        for name, words in BESIDE.get(self.title, ()):
            materials.attach(who, thread.code, item, file=BytesIO(words.encode()), name=name)


@dataclass(frozen=True)
class PutsUp(Step):
    """Times for all to look at."""

    slots: Slots = ()

    def do(self, who: Actor, thread: Thread) -> None:
        thread.offer = polls.put_up(who, thread.code, slots=[thread.slot(ahead, at) for ahead, at in self.slots])


@dataclass(frozen=True)
class Says(Step):
    """Which of the times suit, in their order: yes, if_need_be or no."""

    suits: tuple[str, ...] = ()

    def do(self, who: Actor, thread: Thread) -> None:
        slots = [slot.code for slot in seen_polls.see(who, thread.offer).slots]
        polls.say_when(who, thread.code, answers=dict(zip(slots, self.suits, strict=True)))


@dataclass(frozen=True)
class Settles(Step):
    """The buyer chooses one of them, the earliest being 0."""

    which: int = 0

    def do(self, who: Actor, thread: Thread) -> None:
        slots = seen_polls.see(who, thread.offer).slots
        thread.meeting = polls.set_time(who, thread.offer, slot=slots[self.which].code)


@dataclass(frozen=True)
class Marks(Step):
    """What two of the vendors are to each other; with minutes it becomes a talk on the agenda."""

    two: tuple[Company, Company] = field(kw_only=True)
    kind: str = "synergy"
    why: str = ""
    minutes: int = 0

    def do(self, who: Actor, thread: Thread) -> None:
        names = {company.slug for company in self.two}
        pair = next(
            each for each in seen_overlaps.see(who, thread.code).pairs if {slug for slug, _ in each.vendors} == names
        )
        talk = Talk(title=f"{self.two[0].name} and {self.two[1].name}", minutes=self.minutes) if self.minutes else None
        overlaps.mark(who, thread.code, pair.code, kind=self.kind, sentence=self.why, talk=talk)


@dataclass(frozen=True)
class Begins(Step):
    """The agenda starts half and half, with the items that are in."""

    def do(self, who: Actor, thread: Thread) -> None:
        agenda_building.start_from(who, thread.code, Template.JOINT)


@dataclass(frozen=True)
class Publishes(Step):
    """Everybody gets the agenda, as far as it is theirs to see."""

    although: str = ""

    def do(self, who: Actor, thread: Thread) -> None:
        agenda_publication.publish(who, thread.code, overrule=self.although)


@dataclass(frozen=True)
class CallsOff(Step):
    """The buyer calls it off."""

    note: str = ""

    def do(self, who: Actor, thread: Thread) -> None:
        revoking.revoke(who, thread.code, note=self.note)


@dataclass(frozen=True)
class Notes(Step):
    """Somebody writes down what is said, or with `decided` what is decided; `entry` counts the agenda's from 1, 0 is
    of the whole."""

    text: str = ""
    entry: int = 0
    decided: bool = False

    def do(self, who: Actor, thread: Thread) -> None:
        kind = "decision" if self.decided else "note"
        minutes.note(who, thread.code, text=self.text, kind=kind, entry=_entry(who, thread, self.entry))


@dataclass(frozen=True)
class Promises(Step):
    """Somebody who was there does something, so many working days later at the latest."""

    owner: Member = field(kw_only=True)
    text: str = ""
    due: int = 10
    entry: int = 0

    def do(self, who: Actor, thread: Thread) -> None:
        minutes.promise(
            who,
            thread.code,
            text=self.text,
            owner=self.owner.email,
            due=thread.days.day(thread.number + self.due),
            entry=_entry(who, thread, self.entry),
        )


@dataclass(frozen=True)
class Confirms(Step):
    """The buyer confirms the minutes."""

    def do(self, who: Actor, thread: Thread) -> None:
        afterwards.confirm(who, thread.code)


@dataclass(frozen=True)
class Thanks(Step):
    """The buyer says whether a vendor was worth the time, and thanks it."""

    company: Company = field(kw_only=True)
    worth: int = 4
    text: str = ""
    quotable: bool = False

    def do(self, who: Actor, thread: Thread) -> None:
        afterwards.weigh(who, thread.code, self.company.slug, worth=self.worth)
        afterwards.thank(who, thread.code, self.company.slug, text=self.text, quotable=self.quotable)


def _entry(who: Actor, thread: Thread, number: int) -> str:
    return seen_agendas.see(who, thread.code).lines[number - 1].id if number else ""
