"""When a recorded answer counts: how long it is held, how the ledger is chained, and whether a consent is live."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vendorhub.domain.terms import Terms

GENESIS = "0" * 64
FIRST_BY_LINK = timedelta(minutes=10)  # a scanner that presses buttons is noticed before it matters


class DecisionKind(StrEnum):
    """What a line of the ledger says; only `accept` is a consent."""

    ACCEPT = "accept"
    AMEND = "amend"
    IN_WRITING = "in_writing"
    NOT_NOW = "not_now"
    NO = "no"
    NEVER = "never"
    REDIRECT = "redirect"
    REMEMBER = "remember"
    FRONT_DOOR = "front_door"
    UNDO = "undo"
    REVOKE = "revoke"
    REOPEN = "reopen"


@dataclass(frozen=True)
class LedgerLine:
    """One decision as the chain hashes it: ids and digests only, no names and no words (DESIGN.md)."""

    buyer: int
    position: int
    request: int | None
    kind: str
    terms_hash: str
    by: int
    on_behalf_of: int | None
    door: str
    made_at: datetime
    effective_at: datetime
    undoes: int | None
    previous: str

    def digest(self) -> str:
        """SHA-256 over the line and the one before it, 64 hex digits: a changed line breaks all after it."""
        told = [
            self.buyer,
            self.position,
            self.request,
            self.kind,
            self.terms_hash,
            self.by,
            self.on_behalf_of,
            self.door,
            self.made_at.isoformat(),
            self.effective_at.isoformat(),
            self.undoes,
            self.previous,
        ]
        return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class ConsentFacts:
    """What is known of a consent at the moment when somebody wants to rely on it."""

    effective_at: datetime
    valid_until: datetime
    times: int
    used: int
    taken_back: bool = False
    blocked: bool = False


def effective_at(made_at: datetime, *, hold_seconds: int, first_by_link: bool = False) -> datetime:
    """The instant from which an answer counts; until then it can be undone and nobody else sees it.

    A person's first decision by a mailed link waits ten minutes, unless every answer waits longer (scanners press
    buttons). With no hold at all it doesn't wait either.
    """
    held = timedelta(seconds=hold_seconds)
    return made_at + (max(held, FIRST_BY_LINK) if first_by_link and held else held)


def why_not_live(consent: ConsentFacts, now: datetime) -> str | None:
    """Why nothing may rest on this consent now, as a plain sentence; None if it is live (law 1)."""
    if consent.taken_back:
        return "The yes was taken back."
    if consent.blocked:
        return "This company has been asked not to ask again."
    if now < consent.effective_at:
        return "The yes is not effective yet."
    if now > consent.valid_until:
        return "The yes was given too long ago; please ask again."
    if consent.used >= consent.times:
        return "The yes has been used: the meeting it was for was agreed."
    return None


@dataclass(frozen=True)
class Consent:
    """A recorded yes, as the rest of the house relies on it: who, about which terms, and whether it is live."""

    buyer: int
    decision: int
    decided_by: int
    terms: Terms
    terms_hash: str
    facts: ConsentFacts
