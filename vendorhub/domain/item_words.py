"""What is kept of an item while it is written: everything as it was typed, nothing judged."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vendorhub.domain.items import TITLE_AT_MOST, Given
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.texts import TextRefused, line

LONGEST = 64_000  # characters of its text: far beyond what an item may say, and far below what hurts
_FIELDS = ("title", "abstract", "minutes", "further", "visibility", "asks")


@dataclass(frozen=True)
class ItemWords:
    """The fields as they stand: `topics` are those ticked, `further` the line with others between commas, and
    `presenters` are (name, address, role), some of it empty."""

    title: str = ""
    abstract: str = ""
    minutes: str = ""
    topics: Sequence[str] = ()
    further: str = ""
    visibility: str = ""
    asks: str = ""
    presenters: Sequence[tuple[str, str, str]] = ()

    def empty(self) -> bool:
        """Whether nothing is written yet; who presents and how long is no item."""
        return not any(typed.strip() for typed in (self.title, self.abstract, self.further))

    def body(self) -> str:
        """The words as text to keep, in ASCII whatever was typed. Raises Unfit for more than anybody types."""
        told: dict[str, Any] = {name: getattr(self, name) for name in _FIELDS}
        told |= {"topics": list(self.topics), "presenters": [list(person) for person in self.presenters]}
        text = json.dumps(told)
        if len(text) > LONGEST:
            raise Unfit("", "This is too long to be kept; please shorten it.")
        return text

    def called(self) -> str:
        """What a list calls it while it has no title that would do; "" for nothing at all."""
        for typed in (self.title, *self.abstract.splitlines()):
            try:
                return line(typed[:TITLE_AT_MOST], at_most=TITLE_AT_MOST, what="title")
            except TextRefused:
                continue
        return ""

    def all_topics(self) -> tuple[str, ...]:
        """Those that are ticked, and the others."""
        return (*self.topics, *(each.strip() for each in self.further.split(",") if each.strip()))

    def length(self) -> int:
        """The minutes as a number; 0 for what is none."""
        typed = self.minutes.strip()
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 0

    def given(self) -> Given:
        """The same as a use-case takes it."""
        return Given(
            title=self.title,
            abstract=self.abstract,
            minutes=self.length(),
            topics=self.all_topics(),
            presenters=tuple(self.presenters),
            visibility=self.visibility,
            asks=self.asks,
        )


def from_body(body: str) -> ItemWords:
    """The words that `body` keeps; the reverse of ItemWords.body()."""
    read: dict[str, Any] = json.loads(body)
    people = tuple((str(name), str(email), str(role)) for name, email, role in read["presenters"])
    kept = {name: str(read.get(name, "")) for name in _FIELDS}
    return ItemWords(**kept, topics=tuple(map(str, read["topics"])), presenters=people)
