"""The day of a briefing and what was written down of it, as its reader may see them."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from vendorhub.domain.deeds import Deed
from vendorhub.domain.minutes import ActionState
from vendorhub.domain.running import Now
from vendorhub.queries.agendas import AgendaView, Line
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.overlaps import PairView


@dataclass(frozen=True)
class NoteView:
    """A note or decision; `entry` is where it was made, "" of the whole. `changed_by` wrote it last, if not `by`."""

    code: str
    entry: str
    kind: str
    text: str
    by: str
    at: datetime
    changed_by: str | None
    revision: int

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        return hashlib.sha256(f"{self.code} {self.revision}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class ActionView:
    """A promise. `company` is the slug; `email` is "" for a reader of another company that does not organise it."""

    code: str
    entry: str
    text: str
    company: str
    company_name: str
    owner: str
    email: str
    due: date
    state: ActionState
    own: bool
    may: frozenset[Deed] = frozenset()

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = repr([value if name != "may" else sorted(value) for name, value in vars(self).items()])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class RemarkView:
    """What another party said of the minutes."""

    company: str
    by: str
    text: str
    at: datetime


@dataclass(frozen=True)
class VendorView:
    """A vendor that was there, and what the buyer's side says of it afterwards: `worth` to the buyer's people alone,
    `thanks` to them and the vendor itself."""

    slug: str
    name: str
    worth: int | None = None
    thanks: str = ""
    quotable: bool = False

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Written:
    """What stands under an entry of the agenda: `line` is None for the whole, and for one that is not there any more.

    `pair` is there where two vendors talk, for whoever may read what was found."""

    line: Line | None
    notes: tuple[NoteView, ...] = ()
    actions: tuple[ActionView, ...] = ()
    pair: PairView | None = None

    @property
    def ref(self) -> str:
        """The entry's ref; "" of the whole."""
        return self.line.id if self.line else ""

    @property
    def there(self) -> bool:
        """Whether anything is written there."""
        return bool(self.notes or self.actions or (self.pair and self.pair.found))


@dataclass(frozen=True)
class MinutesView:
    """The day of a briefing and its minutes. `now` is None without a time or a published agenda; `attendees` are
    address, name and company of those who may promise something, for whoever writes. `sealed` says that the reader
    reads nothing yet."""

    briefing: BriefingView
    agenda: AgendaView
    now: Now | None
    entries: tuple[Written, ...]
    whole: Written
    lost: Written  # of entries that the agenda has no more; for those who write
    attendees: tuple[tuple[str, str, str], ...]
    vendors: tuple[VendorView, ...]
    remarks: tuple[RemarkView, ...]
    confirmed_by: str | None
    confirmed_at: datetime | None
    sealed: bool
    may: frozenset[Deed]
    may_begin: bool = False

    @property
    def all(self) -> tuple[Written, ...]:
        """Everything that is written, in the order in which one reads it."""
        return (*self.entries, self.lost, self.whole)

    @property
    def notes(self) -> tuple[NoteView, ...]:
        """Every line."""
        return tuple(note for each in self.all for note in each.notes)

    @property
    def actions(self) -> tuple[ActionView, ...]:
        """Every promise."""
        return tuple(action for each in self.all for action in each.actions)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written down."""
        return not any(each.there for each in self.all)

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        actions = [each.version for each in self.actions]
        told = (self.notes, actions, self.vendors, self.remarks, self.confirmed_at, sorted(self.may))
        pairs = [each.pair.version for each in self.entries if each.pair]
        return hashlib.sha256(repr((self.briefing.code, told, pairs)).encode()).hexdigest()[:32]
