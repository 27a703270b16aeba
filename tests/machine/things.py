"""The things of the model: what a story knows of each, in plain values."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum

NEVER_SHOWN = datetime.max.replace(tzinfo=UTC)
Place = tuple[str, str]


class Unsent(Enum):
    """How a letter with a calendar object stands."""

    WAITING = "waiting"
    SENT = "sent"
    STOPPED = "stopped"


class No(Exception):
    """The model refuses a deed; `status` is what every door says then."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass
class Block:
    """A company, or one person of it, is shut out of a buyer."""

    buyer: str
    company: str
    person: str | None
    effective_at: datetime
    lifted: bool = False


@dataclass
class Consent:
    """What a yes covers: who decided, who may come, how long, and from when to when it counts."""

    by: str
    guests: tuple[str, ...]
    own: tuple[str, ...]
    minutes: int
    effective_at: datetime
    valid_until: datetime


@dataclass
class Offer:
    """Times of one side, each by its start; the other side sees them from `visible_at` on."""

    side: str
    starts: tuple[datetime, ...]
    visible_at: datetime
    state: str = "open"
    code: str = ""


@dataclass
class Proposal:
    """A wish to move a meeting."""

    start: datetime
    state: str = "open"
    code: str = ""


@dataclass
class CalendarLetter:
    """One letter with a calendar object, on its way to one person."""

    method: str
    sequence: int
    state: Unsent = Unsent.WAITING


@dataclass
class Meeting:
    """An agreed meeting; `letters` by the name of who gets them."""

    start: datetime
    end: datetime
    place: Place | None
    decider: str
    letters: dict[str, list[CalendarLetter]]
    state: str = "confirmed"
    sequence: int = 0
    proposals: list[Proposal] = field(default_factory=list)
    uid: str = ""


@dataclass
class Line:
    """One line of history, as the other side reads it from `visible_at` on, if ever."""

    deed: str
    visible_at: datetime
    both: bool = True


@dataclass
class MeetingRequest:
    """An ask and all that came of it."""

    buyer: str
    company: str
    asker: str
    to: str | None
    guests: tuple[str, ...]
    minutes: int
    answer_by: datetime
    state: str = "pending"
    held_until: datetime | None = None
    decided_by: str | None = None
    answered_at: datetime | None = None
    again_on: date | None = None
    place: Place | None = None
    consent: Consent | None = None
    block: Block | None = None
    meeting: Meeting | None = None
    offers: list[Offer] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    code: str = ""

    @property
    def decider(self) -> str | None:
        """Whose it is to answer: who was asked, else who has answered."""
        return self.to or self.decided_by
