"""What either side of a relationship writes down for itself or for both, and by which words it is found again (M7)."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from vendorhub.domain import texts
from vendorhub.domain.refusals import Unfit

TEXT_AT_MOST: Final = 4000
LINE_AT_MOST: Final = 160  # what is remembered of a person
WORDS_AT_MOST: Final = 12  # of what is looked for; further ones narrow nothing that anybody would read
_WORD_AT_MOST: Final = 40
_AROUND: Final = 90  # characters before the first word that was found
_SNIPPET: Final = 260

_WORD: Final = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
_PLAIN: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and whether it is what was looked for."""

    text: str
    found: bool = False


def check_text(typed: str, *, remember: bool) -> str:
    """A note, or one line to remember of a person, cleaned. Raises Unfit for none, or one too long."""
    if remember:
        return texts.line(typed, at_most=LINE_AT_MOST, what="text")
    found = texts.text(typed, at_most=TEXT_AT_MOST, what="text")
    if not found:
        raise Unfit("text", "Please write something down first.")
    return found


def check_about(*, person: bool, meeting: bool, remember: bool, shared: bool) -> None:
    """Raises Unfit for a note about two things, and for a line to remember that is of nobody, or for both sides."""
    if person and meeting:
        raise Unfit("meeting", "Please choose a person or a meeting; a note is about one thing.")
    if remember and not person:
        raise Unfit("person", "Please choose the person of whom to remember this.")
    if remember and shared:
        raise Unfit("shared", "What you remember of a person stays your own.")


def words_of(text: str) -> Iterator[str]:
    """The words of a text, without case and accents, each cut to what tells it from others."""
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        yield from _folded(match[0])


def kept_under(text: str, *, readers: Collection[int]) -> str:
    """The words by which a text is found, each under every organisation that may read it.

    So a search meets no word of what its asker may not read: neither in its answer, nor its order, nor its time.
    """
    words = dict.fromkeys(words_of(text))
    return " ".join(_under(reader, word) for reader in sorted(readers) for word in words)


def looked_for(query: str, *, reader: int) -> tuple[str, ...]:
    """The first words of what was typed, as `kept_under` keeps them for this reader: each may go on. () for none."""
    return tuple(_under(reader, word) for word in _first(query))


def snippet(text: str, query: str) -> tuple[Piece, ...]:
    """A stretch of the text around the first word that was looked for, and which words of it were."""
    terms = tuple(_first(query))
    spots = [match.span() for match in _WORD.finditer(text) if _meets(match[0], terms)]
    begin = max(0, spots[0][0] - _AROUND) if spots else 0
    if begin:
        begin = text.find(" ", begin, spots[0][0]) + 1 or begin
    end = (
        len(text)
        if len(text) - begin <= _SNIPPET
        else (text.rfind(" ", begin, begin + _SNIPPET) + 1 or begin + _SNIPPET)
    )
    pieces, at = [Piece("… ")] if begin else [], begin
    for first, last in spots:
        if last > end:
            break
        pieces += [Piece(text[at:first]), Piece(text[first:last], found=True)]
        at = last
    pieces.append(Piece(text[at:end].rstrip() + (" …" if end < len(text) else "")))
    return tuple(each for each in pieces if each.text)


def _first(query: str) -> Iterable[str]:
    found: dict[str, None] = {}
    for word in words_of(query):
        found[word] = None
        if len(found) == WORDS_AT_MOST:
            break
    return found


def _meets(word: str, terms: tuple[str, ...]) -> bool:
    return any(folded.startswith(terms) for folded in _folded(word)) if terms else False


def _folded(word: str) -> Iterator[str]:
    if word.isascii():
        yield word.lower()[:_WORD_AT_MOST]
        return
    bare = "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))
    for match in _PLAIN.finditer(unicodedata.normalize("NFC", bare.casefold())):
        yield match[0][:_WORD_AT_MOST]


def _under(reader: int, word: str) -> str:
    return f"k{reader}k{word}"
