"""Answers whether final bytes may leave as the letter they claim to be: the one exit of law 1."""

import re
from typing import Final

from vendorhub.itip.parse import read, reads_as_calendar

_SEQUENCE: Final = re.compile(rb"^SEQUENCE:([0-9]+)\r?$", re.MULTILINE)


class Poison(Exception):
    """A letter that must never leave as it is; str() says why, for operators."""


def check_words(*said: str) -> None:
    """The first look, at a letter's texts before they are bytes. Raises Poison if one reads as a calendar object."""
    if any(map(reads_as_calendar, said)):
        raise Poison("its words are a calendar object")


def check(message: bytes, *, recipient: str, uid: str, method: str, sequence: int) -> None:
    """The last look. Raises Poison unless `message` is for `recipient` alone and carries what it may, and no more.

    Without a `method` that is no calendar object at all, in whatever disguise (law 1). With one, each calendar part
    holds the same object, of that METHOD, UID and SEQUENCE (RFC 6047 2.4).
    """
    addressed, parts = read(message)
    if [address.lower() for address in addressed] != [recipient.lower()]:
        raise Poison("it is not addressed to its recipient alone")
    if parts and not method:
        raise Poison("it carries a calendar object and no invitation stands behind it")
    if method and not parts:
        raise Poison("its calendar object is missing")
    for part in parts:
        sequences = [int(found) for found in _SEQUENCE.findall(part.raw)]
        if (part.method, part.uids, sequences) != (method, (uid,), [sequence]):
            raise Poison("its calendar object is not the one that it was written for")
    if len({part.raw for part in parts}) > 1:
        raise Poison("its calendar parts differ")
