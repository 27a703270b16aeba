"""What a brief says, on a page, on paper and in a letter: every word as its reader may see it, in their language."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Row:
    """A line of a section: the words, what stands quietly beside them, and what stands before them (a time, a name)."""

    words: str
    beside: str = ""
    before: str = ""
    below: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a brief under a heading: paragraphs, or rows. `name` says which it is, not to people."""

    name: str
    title: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class BriefSheet:
    """A brief. `facts` are pairs of label and words; `made_at` is the beginning of the day of
    which it tells."""

    kind: str
    topic: str
    companies: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    made: str
    page: str  # with {page} and {pages}
    link: str
    language: str
    made_at: datetime
