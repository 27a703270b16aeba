"""Answers how words are set: which typeface has them, how wide they are, where their lines break."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

BOX: Final = "\u25af"  # stands for writing that no typeface of ours has

# Joiners and variation selectors that only mean something to writing which we don't have.
_SILENT: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u00ad]")
_BREAK_AFTER: Final = re.compile(r"(?<=[ \u2013\u2014/-])")


@dataclass(frozen=True)
class Face:
    """A typeface: the name it has in a document, its file, and how wide its letters are, in thousandths of an em."""

    name: str
    path: Path
    widths: dict[str, int]

    def has(self, words: str) -> bool:
        """Whether it has a letter for all of the words."""
        return self.widths.keys() >= set(words)


@dataclass(frozen=True)
class Run:
    """Words that one typeface sets."""

    face: Face
    words: str


def text_face() -> Face:
    """The face of running text."""
    return _face("text", "fontpkg_fira_sans", "FiraSans-Regular.ttf")


def strong_face() -> Face:
    """The face of what stands out in running text."""
    return _face("strong", "fontpkg_fira_sans", "FiraSans-Medium.ttf")


def title_face() -> Face:
    """The face of titles."""
    return _face("title", "fontpkg_ibm_plex_serif", "IBMPlexSerif-SemiBold.ttf")


def faces() -> tuple[Face, ...]:
    """All of them."""
    return text_face(), strong_face(), title_face()


def runs(words: str, face: Face) -> list[Run]:
    """The words in this face and, where it has no letter for them, in one that has; a box for what none has."""
    if face.has(words):
        return [Run(face, words)]
    found: list[Run] = []
    for letter in _SILENT.sub("", words):
        which, shown = _which(letter, face)
        if found and found[-1].face is which:
            if not (shown == BOX and found[-1].words.endswith(BOX)):
                found[-1] = Run(which, found[-1].words + shown)
        else:
            found.append(Run(which, shown))
    return found


def lacks(words: str) -> bool:
    """Whether a box will stand for some of these words."""
    return not strong_face().has("".join(_SILENT.sub("", words).split()))


def width(words: str, face: Face, size: float) -> float:
    """How wide the words are, in points, at a size in points."""
    try:  # nearly always: laying out a page asks this of each word, several times
        return sum(map(face.widths.__getitem__, words)) * size / 1000
    except KeyError:
        return sum(sum(map(run.face.widths.__getitem__, run.words)) for run in runs(words, face)) * size / 1000


def lines(words: str, face: Face, size: float, room: float) -> list[str]:
    """The words as lines that are at most `room` points wide.

    Paragraphs begin on lines of their own; blank lines are left out.
    """
    return [line for one in words.split("\n") if one.strip() for line in _broken(one.strip(), face, size, room)]


def first(found: list[str], at_most: int, face: Face, size: float, room: float) -> list[str]:
    """The first of these lines; where some are left out, the last that stays ends in an ellipsis."""
    if len(found) <= at_most:
        return found
    *kept, last = found[:at_most] or [""]
    while last and width(f"{last}\u2026", face, size) > room:
        last = last[:-1].rpartition(" ")[0] or last[:-1]
    return [*kept, f"{last.rstrip(' ,;:.')}\u2026"] if at_most else []


def _broken(paragraph: str, face: Face, size: float, room: float) -> Iterator[str]:
    line, taken = "", 0.0
    for piece in _pieces(paragraph, face, size, room):
        wide = width(piece, face, size)
        if line and taken + width(piece.rstrip(), face, size) > room:
            yield line.rstrip()
            line, taken = "", 0.0
        line, taken = line + piece, taken + wide
    if line.strip():
        yield line.rstrip()


def _pieces(paragraph: str, face: Face, size: float, room: float) -> Iterator[str]:
    """What a line may break between; a word that is wider than the line is broken where it must."""
    for piece in _BREAK_AFTER.split(paragraph):
        if width(piece.rstrip(), face, size) <= room:
            yield piece
            continue
        part = ""
        for letter in piece:
            if part and width(part + letter, face, size) > room:
                yield part
                part = ""
            part += letter
        yield part


def _which(letter: str, face: Face) -> tuple[Face, str]:
    if letter in "\t\n\u2028\u2029":
        letter = " "
    if letter in face.widths:
        return face, letter
    other = strong_face()
    return (other, letter) if letter in other.widths else (other, BOX)


@cache
def _face(name: str, package: str, file: str) -> Face:
    path = Path(str(files(package).joinpath("files", file)))
    with TTFont(path, lazy=True) as font:
        em, advances = font["head"].unitsPerEm, font["hmtx"]
        letters = ((chr(code), glyph) for code, glyph in font.getBestCmap().items())
        spoken = ((letter, glyph) for letter, glyph in letters if not _SILENT.match(letter))
        return Face(name, path, {letter: advances[glyph][0] * 1000 // em for letter, glyph in spoken})
