"""Where two vendors of a briefing meet: what they share, what somebody makes of it, and what was found in the room."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vendorhub.domain import texts
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

    texts: tuple[str, ...]
    topics: tuple[str, ...]


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
    told = sorted([sorted(said.texts), sorted(map(_folded, said.topics))] for said in (one, other))
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def at_once(said: Sequence[Said]) -> bool:
    """Whether so much can be likened while somebody waits for it."""
    return len(said) <= VENDORS_AT_ONCE and sum(len(one.texts) for one in said) <= TEXTS_AT_ONCE


def _folded(topic: str) -> str:
    return " ".join(topic.casefold().split())
