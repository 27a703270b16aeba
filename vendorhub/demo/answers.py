"""What else can be said to an ask than yes and no, as steps of the demo world; and asks that came elsewhere."""

from dataclasses import dataclass, field

from vendorhub.demo.cast import Member
from vendorhub.demo.steps import Ask, Step, Thread
from vendorhub.domain.people import Actor
from vendorhub.usecases import (
    amending,
    confirmations,
    decisions,
    logged,
    papers,
    passing,
    questions,
    revoking,
    sortings,
)


@dataclass(frozen=True)
class EachQuarter(Step):
    """A standing yes: a meeting a quarter, until it is called off."""

    note: str = ""

    def do(self, who: Actor, thread: Thread) -> None:
        decisions.accept(who, thread.code, each_quarter=True, note=self.note)


@dataclass(frozen=True)
class YesBut(Step):
    """A yes to another topic, or with other people of theirs: `coming` are all who shall come."""

    topic: str | None = None
    coming: tuple[Member, ...] = ()
    note: str = ""

    def do(self, who: Actor, thread: Thread) -> None:
        coming = [member.named for member in self.coming] or None
        decisions.accept(who, thread.code, topic=self.topic, attendees=coming, note=self.note)


@dataclass(frozen=True)
class Agreed(Step):
    """The asking side agrees to what a yes wanted otherwise."""

    def do(self, who: Actor, thread: Thread) -> None:
        amending.agree(who, thread.code)


@dataclass(frozen=True)
class Question(Step):
    """Something is asked first; the window waits for the other side."""

    question: str

    def do(self, who: Actor, thread: Thread) -> None:
        questions.ask_back(who, thread.code, question=self.question)


@dataclass(frozen=True)
class AnsweredBack(Step):
    """The asking side answers."""

    answer: str

    def do(self, who: Actor, thread: Thread) -> None:
        questions.answer_back(who, thread.code, answer=self.answer)


@dataclass(frozen=True)
class PassedOn(Step):
    """A colleague shall answer for themselves."""

    to: Member

    def do(self, who: Actor, thread: Thread) -> None:
        passing.pass_on(who, thread.code, to=self.to.email)


@dataclass(frozen=True)
class InWriting(Step):
    """No meeting: what somebody would read instead, and the working days until then."""

    what: str
    days: int
    reader: Member

    def do(self, who: Actor, thread: Thread) -> None:
        due = thread.days.day(thread.number + self.days)
        decisions.refuse(who, thread.code, kind="in_writing", what=self.what, due=due, reader=self.reader.email)


@dataclass(frozen=True)
class HandedIn(Step):
    """The paper is here."""

    text: str

    def do(self, who: Actor, thread: Thread) -> None:
        papers.hand_in(who, thread.code, text=self.text)


@dataclass(frozen=True)
class CalledOffYes(Step):
    """A yes is taken back later, with all that is ahead."""

    note: str

    def do(self, who: Actor, thread: Thread) -> None:
        revoking.revoke(who, thread.code, note=self.note)


@dataclass(frozen=True)
class Confirmed(Step):
    """The vendor's people say that a VAR may ask in their name."""

    def do(self, who: Actor, thread: Thread) -> None:
        confirmations.confirm(who, thread.code)


@dataclass(frozen=True)
class Sorted(Step):
    """An assistant puts it on a pile, with a line and what they would answer."""

    pile: str
    line: str = ""
    suggested: str = ""

    def do(self, who: Actor, thread: Thread) -> None:
        sortings.sort(who, thread.code, pile=self.pile, line=self.line, suggested=self.suggested)


@dataclass(frozen=True)
class Elsewhere(Ask):
    """An ask that came by another way, noted by one of the buyer's people in one line."""

    outcome: str = ""
    learned: str = ""
    minutes: int = 30
    channel: str = field(kw_only=True)
    name: str = field(kw_only=True)
    company: str = field(kw_only=True)

    def do(self, who: Actor, thread: Thread) -> None:
        thread.code = logged.log(who, channel=self.channel, topic=self.topic, name=self.name, company=self.company)
