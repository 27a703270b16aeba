"""What is kept of an ask that is not finished: everything as it was typed, nothing judged."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from vendorhub.domain.refusals import Unfit

KEPT_FOR = timedelta(days=30)
LONGEST = 64_000  # characters of its text: far beyond what an ask may say, and far below what hurts
FIELDS = ("topic", "goal", "outcome", "learned", "minutes", "kind", "to", "vendor", "vendor_domain", "introduced_by")


@dataclass(frozen=True)
class DraftWords:
    """The fields of the ask as they were typed; `attendees` are (name, address, role), some of it empty."""

    topic: str = ""
    goal: str = ""
    outcome: str = ""
    learned: str = ""
    minutes: str = ""
    kind: str = ""
    to: str = ""
    vendor: str = ""
    vendor_domain: str = ""
    introduced_by: str = ""
    attendees: Sequence[tuple[str, str, str]] = ()

    def empty(self) -> bool:
        """Whether none of the questions is answered; that the asker would come is filled in for them."""
        return not any(typed.strip() for typed in (self.topic, self.outcome, self.learned))

    def body(self) -> str:
        """The words as text to keep, in ASCII whatever was typed. Raises Unfit for more than anybody types."""
        people = [list(person) for person in self.attendees]
        told = json.dumps({**{name: getattr(self, name) for name in FIELDS}, "attendees": people})
        if len(told) > LONGEST:
            raise Unfit("", "This is too long to be kept; please shorten it.")
        return told


def from_body(body: str) -> DraftWords:
    """The words that `body` keeps; the reverse of DraftWords.body()."""
    read: dict[str, Any] = json.loads(body)
    people = tuple((str(name), str(email), str(role)) for name, email, role in read["attendees"])
    return DraftWords(**{name: str(read.get(name, "")) for name in FIELDS}, attendees=people)
