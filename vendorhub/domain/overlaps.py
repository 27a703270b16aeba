"""Where two vendors of a briefing meet: what they share, what somebody makes of it, and what was found in the room."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from vendorhub.domain import texts
from vendorhub.domain.agendas import TITLE_AT_MOST
from vendorhub.domain.codes import ALPHABET
from vendorhub.domain.refusals import Unfit

SENTENCE_AT_MOST: Final = 300
FOUND_AT_MOST: Final = 1000
MINUTES: Final = 10  # of a discussion, unless somebody says otherwise
# What is likened while somebody waits for the page; more than that is likened in between.
VENDORS_AT_ONCE, TEXTS_AT_ONCE = 20, 200


class Kind(StrEnum):
    """What the VAR or the buyer makes of two vendors beside each other."""

    SYNERGY = "synergy"
    COMPETITION = "competition"
    NONE = "none"


@dataclass(frozen=True)
class Said:
    """What one vendor has sent in, as far as it is likened: its texts, and its topics as it spelled them."""

    texts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        """What it says, as 64 hex digits, in whatever order it says it."""
        told = [sorted(self.texts), sorted(map(_folded, self.topics))]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Meant:
    """What somebody makes of a pair: a kind and why, and what was found in the room. None leaves it as it is."""

    kind: Kind | None = None
    sentence: str | None = None
    found: str | None = None


def check(*, kind: str | None, sentence: str | None, found: str | None) -> Meant:
    """What somebody makes of a pair, cleaned. Raises Unfit naming `kind`, `sentence` or `found`."""
    return Meant(
        kind=None if kind is None else check_kind(kind),
        sentence=None if sentence is None else check_sentence(sentence),
        found=None if found is None else check_found(found),
    )


def check_kind(given: str) -> Kind:
    """The kind. Raises Unfit for what is none."""
    if given not in list(Kind):
        raise Unfit("kind", "Please say whether they fit together, compete, or neither.")
    return Kind(given)


def check_sentence(given: str) -> str:
    """Why it is so, in one line; "" where nobody says. Raises TextRefused, naming `sentence`."""
    return texts.line(given, at_most=SENTENCE_AT_MOST, what="sentence") if given.strip() else ""


def check_found(given: str) -> str:
    """What was found in the room, "" where nothing is written yet. Raises TextRefused, naming `found`."""
    return texts.text(given, at_most=FOUND_AT_MOST, what="found")


def shared_topics(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    """The topics that both name, whatever letters are capitals, in order; spelled in the way that sorts first."""
    spelled: dict[str, str] = {}
    ours, theirs = list(one), list(other)
    both = {_folded(topic) for topic in ours} & {_folded(topic) for topic in theirs}
    for topic in sorted(" ".join(topic.split()) for topic in (*ours, *theirs)):
        if (folded := _folded(topic)) in both:
            spelled.setdefault(folded, topic)
    return tuple(spelled[folded] for folded in sorted(spelled))


def score(likeness: int, one: Iterable[str], other: Iterable[str]) -> int:
    """How much two vendors have to do with each other, 0 to 100: how like their texts are, lifted by the topics that
    both name, at most by half of what is missing."""
    ours, theirs = ({_folded(topic) for topic in topics} for topics in (one, other))
    if not ours or not theirs:
        return likeness
    of_topics = len(ours & theirs) / min(len(ours), len(theirs))
    return round(likeness + (100 - likeness) * of_topics / 2)


def digest(one: Said, other: Said) -> str:
    """What a score was computed from, whichever of the two comes first: another digest means computing it again."""
    return hashlib.sha256("".join(sorted((one.digest, other.digest))).encode()).hexdigest()


def pair_code(briefing: str, one: int, other: int) -> str:
    """What a pair of companies is called in a briefing, known before anything is written of it."""
    told = f"{briefing}:{min(one, other)}:{max(one, other)}"
    number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:7])
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(10))


def topic_of(kind: Kind | None, one: str, other: str) -> str:
    """What a talk about two vendors is called unless somebody says otherwise."""
    if kind is Kind.SYNERGY:
        said = f"How {one} and {other} work together"
    elif kind is Kind.COMPETITION:
        said = f"Where {one} and {other} compete"
    else:
        said = f"{one} and {other}"
    return said if len(said) <= TITLE_AT_MOST else said[: TITLE_AT_MOST - 1] + "…"


def at_once(said: Sequence[Said]) -> bool:
    """Whether so much can be likened while somebody waits for it."""
    return len(said) <= VENDORS_AT_ONCE and sum(len(one.texts) for one in said) <= TEXTS_AT_ONCE


@lru_cache(maxsize=4096)  # a vendor's topics are laid beside those of each of the others
def _folded(topic: str) -> str:
    return " ".join(topic.casefold().split())
