"""Where two companies left off, told from what was written down: nothing is there that nobody wrote (M7)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

DECISIONS_AT_MOST: Final = 4
PROMISES_AT_MOST: Final = 3


@dataclass(frozen=True)
class Sentence:
    """A sentence before it is translated, and what stands in it; days are days."""

    msgid: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Talk:
    """The last time they met: on which day, about what, who came of the other side, what was decided, and what somebody
    of the reader's own side noted of it. `how` is meeting, briefing or logged (held elsewhere)."""

    day: date
    how: str
    topic: str
    who: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Promised:
    """A promise that is still open: what, who of whom promised it, by when; `theirs` is the other side's."""

    text: str
    owner: str
    due: date
    theirs: bool


@dataclass(frozen=True)
class LeftOff:
    """Where one company and the other left off; `other` is the other one, by slug and name."""

    slug: str
    other: str
    talk: Talk | None = None
    promises: tuple[Promised, ...] = ()

    @property
    def theirs_first(self) -> tuple[Promised, ...]:
        """The open promises: the other side's, then one's own, each the earliest due first."""
        return tuple(sorted(self.promises, key=lambda each: (not each.theirs, each.due, each.text)))


_MET: Final = {
    "meeting": "You last met on %(day)s, about “%(topic)s”.",
    "briefing": "You last met on %(day)s, at a joint briefing about “%(topic)s”.",
    "logged": "You last met on %(day)s, elsewhere.",
}


def paragraph(left: LeftOff, *, today: date) -> tuple[Sentence, ...]:
    """One paragraph: when they met, who came, what was decided and noted, and which promises are late or next."""
    if left.talk is None:
        return (Sentence("You have not met yet."), *_promises(left, today))
    return (*_talk(left.talk, left.other), *_promises(left, today))


def _talk(talk: Talk, other: str) -> Iterator[Sentence]:
    yield Sentence(_MET[talk.how], {"day": talk.day, "topic": talk.topic})
    if talk.who:
        yield Sentence("%(people)s came for %(company)s.", {"people": _and(talk.who), "company": other})
    told = talk.decisions[:DECISIONS_AT_MOST]
    if told:
        yield Sentence("It was decided: %(decisions)s.", {"decisions": _quoted(told)})
    if len(talk.decisions) > len(told):
        yield Sentence("The minutes have %(number)s decisions more.", {"number": len(talk.decisions) - len(told)})
    if talk.note:
        yield Sentence("Noted: “%(note)s”.", {"note": _unended(talk.note)})


def _promises(left: LeftOff, today: date) -> Iterator[Sentence]:
    for theirs, late, open_ in (
        (True, "Late of theirs: %(promises)s.", "They still owe: %(promises)s."),
        (False, "Late of yours: %(promises)s.", "You still owe: %(promises)s."),
    ):
        mine = [each for each in left.theirs_first if each.theirs is theirs]
        for msgid, some in (
            (late, [each for each in mine if each.due < today]),
            (open_, [each for each in mine if each.due >= today]),
        ):
            if some:
                yield Sentence(msgid, {"promises": _quoted([each.text for each in some[:PROMISES_AT_MOST]])})


def _quoted(texts: Sequence[str]) -> str:
    return "; ".join(f"“{_unended(' '.join(each.split()))}”" for each in texts)


def _unended(text: str) -> str:
    """Without the full stop that the sentence around it brings."""
    return text.strip().removesuffix(".")


def _and(names: Sequence[str]) -> str:
    return ", ".join(names)
