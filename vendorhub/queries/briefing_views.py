"""A joint briefing as its reader may see it, and each vendor's part in it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from vendorhub.domain.briefings import BriefingState
from vendorhub.domain.deeds import Deed


@dataclass(frozen=True)
class PartView:
    """A vendor of the line-up. To its rivals it is a name: `state` is "named", who joined and what it sent unknown.

    `has_sent` says whether at least one item of it is in, None where the reader may not know; `had_version` which
    version of the agenda it could read when it was asked anew.
    """

    slug: str
    name: str
    state: str
    joined_by: str | None = None
    has_sent: bool | None = None
    had_version: int = 0
    note: str = ""
    own: bool = False


@dataclass(frozen=True)
class BriefingView:
    """One briefing as the actor sees it. `items_open` says whether its organisers may read what the vendors sent;
    it tells a vendor nothing of its rivals."""

    code: str
    state: BriefingState
    theme: str
    goal: str | None
    outcome: str
    minutes: int
    buyer_share: int
    items_due: date
    deadline: datetime
    items_open: bool
    house_rules: str
    publish_days_before: int
    buyer: str
    buyer_name: str
    buyer_zone: str
    company: str
    company_slug: str
    asked_by: str
    decided_by: str | None
    by_the_buyer: bool
    vendors: tuple[PartView, ...]
    wished: tuple[tuple[str, str], ...]  # slug and name of each vendor of the line-up that is wished for
    wished_theme: str | None
    wished_minutes: int | None
    agenda_version: int
    meeting: str | None
    start: datetime | None
    end: datetime | None
    time_agreed: bool
    created_at: datetime
    answer_by: datetime
    held_until: datetime | None
    may: frozenset[Deed]

    @property
    def at(self) -> Mapping[str, str]:
        """The arguments of its pages' addresses."""
        return {"code": self.code}

    @property
    def organiser(self) -> str:
        """The name of the VAR that brings it; "" where the buyer itself does."""
        return "" if self.by_the_buyer else self.company

    @property
    def own(self) -> PartView | None:
        """The reader's own part in it, where they are of a vendor that is named."""
        return next((part for part in self.vendors if part.own), None)

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = repr([sorted(value) if isinstance(value, frozenset) else value for value in vars(self).values()])
        return hashlib.sha256(told.encode()).hexdigest()[:32]
