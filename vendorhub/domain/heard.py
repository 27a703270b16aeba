"""What was heard of an ask that came from elsewhere (a mail, a call, a site): a guess, which people correct."""

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from vendorhub.domain import texts
from vendorhub.domain.meeting_requests import TOPIC_AT_MOST

NAME_AT_MOST: Final = 120
WORDS_AT_MOST: Final = 1000
FILE_NAME_AT_MOST: Final = 80
FILES_AT_MOST: Final = 10
LOOKED_AT: Final = 20_000  # characters of any text that comes

# Characters that no clean text has: half ones, controls, overrides of direction, withdrawn and private ones.
_NO_WRITING: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_INVISIBLE: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]")
_PILE_OF_MARKS: Final = 8


class Channel(StrEnum):
    """The way by which an ask came that was not asked here; in the database as it is written here."""

    MAIL = "mail"
    INVITATION = "invitation"
    PHONE = "phone"
    SITE = "site"
    VOICEMAIL = "voicemail"
    OTHER = "other"


@dataclass(frozen=True)
class Heard:
    """An ask as it was heard; what nobody could tell is "".

    `sender_name`, `sender_email` (canonical) and `company` are who asks; `words` quotes them; `unreadable` names
    the files that could not be read. It has no time: one that was named is thrown away (M1).
    """

    channel: Channel
    topic: str
    sender_name: str = ""
    sender_email: str = ""
    company: str = ""
    words: str = ""
    unreadable: tuple[str, ...] = ()

    @classmethod
    def guessed(
        cls,
        channel: Channel,
        *,
        topic: str = "",
        sender_name: str = "",
        sender_email: str = "",
        company: str = "",
        words: str = "",
        unreadable: Iterable[str] = (),
    ) -> Self:
        """The same from texts of any sort, cleaned and cut; what nothing is left of is "". Never raises."""
        names = dict.fromkeys(clean_line(name, at_most=FILE_NAME_AT_MOST) for name in unreadable)
        return cls(
            channel,
            clean_line(topic, at_most=TOPIC_AT_MOST),
            clean_line(sender_name, at_most=NAME_AT_MOST),
            clean_email(sender_email),
            clean_line(company, at_most=NAME_AT_MOST),
            clean_text(words, at_most=WORDS_AT_MOST),
            tuple(filter(None, names))[:FILES_AT_MOST],
        )


def clean_line(value: str, *, at_most: int) -> str:
    """What is left of `value` as one clean line, cut at a word where it is too long; "" if nothing is. Never raises."""
    return _kept(" ".join(_written(value).split()), at_most)


def clean_text(value: str, *, at_most: int) -> str:
    """The same in lines, with at most one empty one running."""
    lines = (" ".join(each.split()) for each in _written(value).splitlines())
    return _kept(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), at_most)


def clean_email(value: str) -> str:
    """The address as it is kept and compared, or "". Never raises."""
    with suppress(texts.TextRefused):
        return texts.email(value)
    return ""


def _written(value: str) -> str:
    """Only what is writing, composed, and no more marks on one letter than anybody writes."""
    plain = _INVISIBLE.sub("", value[:LOOKED_AT].replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    kept: list[str] = []
    marks = 0
    for character in plain:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _PILE_OF_MARKS and (character == "\n" or unicodedata.category(character) not in _NO_WRITING):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def _kept(value: str, at_most: int) -> str:
    if len(value) > at_most:
        whole = value[:at_most]  # one longer than fits beside the ellipsis, to see where the last word ends
        value = (re.sub(r"\s\S*$", "", whole) if re.search(r"\s\S{0,30}$", whole) else whole[:-1]).rstrip() + "…"
    with suppress(texts.TextRefused):  # a calendar entry as text is kept out like anywhere else (law 1)
        return texts.text(value, at_most=at_most, what="words")
    return ""
