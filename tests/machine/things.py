"""The things of the model: what a story knows of each, in plain values."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum

NEVER_SHOWN = datetime.max.replace(tzinfo=UTC)
TOPIC, OTHER_TOPIC = "Backups that restore", "What a restore takes"
NOTED = "Noted ask"  # and its number: what an ask that came elsewhere is about
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
    silent: bool = False
    by: str = ""


@dataclass
class Consent:
    """What a yes covers: who decided, about what, who may come, how long, and from when to when it counts."""

    by: str
    topic: str
    guests: tuple[str, ...]
    own: tuple[str, ...]
    minutes: int
    effective_at: datetime
    valid_until: datetime
    times: int = 1
    taken_back: bool = False


@dataclass
class YesBut:
    """A yes to something else than was asked: nothing rests on it before the other side agrees."""

    consent: Consent
    place: Place | None
    asked_until: datetime
    answered_at: datetime


@dataclass
class Paper:
    """What the buyer would read instead of meeting: `stage` as it was left, whatever day it is."""

    due: date
    reader: str
    stage: str = "asked"
    versions: int = 0


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
    topic: str
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
    asker: str | None  # None where nobody knows their address
    to: str | None
    guests: tuple[str, ...]
    minutes: int
    answer_by: datetime
    topic: str = TOPIC
    state: str = "pending"
    before: str = "pending"  # what the other side sees while an answer is held
    held_until: datetime | None = None
    shows_from: datetime | None = None  # nobody sees what was passed on before it counts
    passed_from: "MeetingRequest | None" = None
    days_left: int = 0  # of the window, while a question waits
    decided_by: str | None = None
    answered_at: datetime | None = None
    again_on: date | None = None
    place: Place | None = None
    consent: Consent | None = None
    yes_but: YesBut | None = None
    paper: Paper | None = None
    blocks: list[Block] = field(default_factory=list)
    standing: bool = False
    silent: bool = False
    answered_as: str = ""
    noted_by: str | None = None  # it came elsewhere, and one of the buyer's people has typed it in
    told_at: datetime | None = None  # since when they know that it is here, although it came elsewhere
    vendor: str | None = None  # for whom a VAR asks
    confirmed_by: str | None = None
    met: bool = False  # an answer from before, when it came
    meetings: list[Meeting] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    code: str = ""

    @property
    def decider(self) -> str | None:
        """Whose it is to answer: who was asked, else who has answered."""
        return self.to or self.decided_by

    @property
    def companies(self) -> set[str]:
        """Whom it counts for."""
        return {self.company} | ({self.vendor} if self.vendor else set())

    @property
    def untold(self) -> bool:
        """Whether nobody outside knows of it."""
        return self.noted_by is not None and self.told_at is None

    @property
    def meeting(self) -> Meeting | None:
        """The latest that came of it."""
        return self.meetings[-1] if self.meetings else None
