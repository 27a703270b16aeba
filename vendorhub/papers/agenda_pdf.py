"""Answers an agenda as a PDF: one or two calm pages, a timeline to scale in the margin, the same bytes each time."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from vendorhub.domain import agenda_sheets as rules
from vendorhub.domain.agenda_sheets import Line, Sheet
from vendorhub.papers import typeset
from vendorhub.papers.typeset import Face, strong_face, text_face, title_face

if TYPE_CHECKING:
    from fpdf import FPDF

Colour = tuple[int, int, int]

# All measures are points, from the upper left corner of an A4 page.
_WIDE, _HIGH = 595.28, 841.89
_LEFT, _RIGHT, _TOP, _BOTTOM = 54.0, 541.0, 48.0, 785.0
_RAIL, _RAIL_WIDE = 92.0, 13.0
_LIST = 128.0
_TIME_WIDE = 46.0
_TEXT = _LIST + _TIME_WIDE
_LABEL_WIDE = 74.0
# How the entries may be printed, the best first: on how many pages, with how many lines of each abstract at most, how
# far apart. The last is taken where nothing else will do, on as many pages as there must be.
_WAYS: Final = (
    *((1, 99, 12.0), (1, 99, 8.0), (1, 4, 8.0), (1, 3, 8.0), (1, 2, 8.0)),
    *((2, 99, 12.0), (2, 4, 12.0), (2, 4, 8.0), (2, 2, 8.0), (2, 1, 6.0), (2, 0, 4.0), (0, 3, 10.0)),
)
_GAP: Final = 1.0

INK: Final = (33, 29, 23)
QUIET: Final = (93, 86, 74)
RULE: Final = (221, 212, 196)
ACCENT: Final = (20, 87, 79)
_COLOURS: Final[dict[str, Colour]] = {
    "vendor": (158, 188, 182),
    "overlap": (190, 120, 38),
    "buyer": ACCENT,
    "actions": (93, 86, 74),
    "break": (236, 230, 219),
}


def agenda_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF 1.7 on A4. The same sheet gives the same bytes."""
    from fpdf import FPDF

    paper = FPDF(unit="pt", format=(_WIDE, _HIGH))
    paper.set_auto_page_break(False)
    paper.set_creation_date(sheet.made_at)
    paper.set_title(sheet.theme)
    paper.set_lang(sheet.language)
    paper.set_producer("VendorHub")
    for face in typeset.faces():
        paper.add_font(face.name, "", face.path)
        forget_layout(paper, face.name)
    _Press(paper, sheet).print()
    return bytes(paper.output())


def forget_layout(paper: "FPDF", name: str) -> None:
    """Takes out what only shaping needs, which we don't do: unpacking it is a third of a document's time."""
    font = getattr(paper.fonts[name], "ttfont", None)
    for table in ("GSUB", "GPOS", "GDEF"):
        if font is not None and table in font:
            del font[table]


@dataclass(frozen=True)
class _Set:
    """An entry broken into lines."""

    line: Line
    title: list[str]
    who: list[str]
    abstract: list[str]
    below: float = 0.0

    @property
    def height(self) -> float:
        """How far down the next entry begins, in points."""
        tall = 13.0 + 14.5 * len(self.title) + 13.0 * len(self.who) + 12.5 * len(self.abstract)
        return max(tall, 27.0) + self.below


class _Press:
    """A document while it is printed: how far down the page the pen is."""

    def __init__(self, paper: "FPDF", sheet: Sheet) -> None:
        self.paper, self.sheet = paper, sheet
        self.y = _TOP
        self.boxes = sheet.boxes if _lacking(sheet) else ""
        self.rules = typeset.lines(sheet.rules, text_face(), 9, _RIGHT - _TEXT)

    def print(self) -> None:
        """All of it, page by page: head, entries and rules, and what every page has in its margins."""
        self.paper.add_page()
        self._head()
        pages = self._paged()
        below = bool(self.rules) and self._end_of(pages[-1], len(pages)) + self._rules_height() > _BOTTOM + 4
        many, at = len(pages) + below, 0
        for number, entries in enumerate(pages, start=1):
            if number > 1:
                self._turn()
            self._rail(range(at, at + len(entries)))
            at += len(entries)
            for each in entries:
                self._entry(each)
            self._foot(number, many)
        if below:
            self._turn()
            self._foot(many, many)
        self._rules()

    def _turn(self) -> None:
        self.paper.add_page()
        self.y = _TOP

    def _paged(self) -> list[list[_Set]]:
        """The entries, printed in the best way that there is room for, page by page."""
        whole = [_set(line) for line in self.sheet.lines]
        ways = [[_shortened(each, most, below) for each in whole] for _, most, below in _WAYS]
        rooms = [0.0, _BOTTOM - self.y, _BOTTOM - self.y + _BOTTOM - _TOP - 40]  # of one page, of two
        heights = [sum(each.height for each in way) + self._rules_height() for way in ways]
        tried = [(high, rooms[pages]) for high, (pages, _, _) in zip(heights, _WAYS, strict=True)]
        pages: list[list[_Set]] = [[]]
        y = self.y
        for each in ways[rules.detail(tried)]:
            if y + each.height - each.below > _BOTTOM:
                pages.append([])
                y = _TOP
            pages[-1].append(each)
            y += each.height
        return pages

    def _end_of(self, entries: list[_Set], number: int) -> float:
        return (self.y if number == 1 else _TOP) + sum(each.height for each in entries)

    def _head(self) -> None:
        sheet = self.sheet
        self._say(sheet.kind, strong_face(), 8.5, ACCENT, down=17)
        for line in _lines(sheet.theme, title_face(), 21, _RIGHT - _LEFT, at_most=3):
            self._say(line, title_face(), 21, INK, down=27)
        self.y += 3
        for line in _lines(sheet.companies, text_face(), 11, _RIGHT - _LEFT, at_most=3):
            self._say(line, text_face(), 11, QUIET, down=15.5)
        self.y += 11
        for label, words in sheet.facts:
            self._fact(label, words)
        self._airtime()
        self.y += 26
        if not sheet.lines:
            self._say(sheet.empty, text_face(), 10, QUIET, down=26)

    def _fact(self, label: str, words: str) -> None:
        self._put(label, strong_face(), 8.5, QUIET, _LEFT, self.y + 1.2)
        for line in _lines(words, text_face(), 10, _RIGHT - _LEFT - _LABEL_WIDE, at_most=5):
            self._say(line, text_face(), 10, INK, x=_LEFT + _LABEL_WIDE, down=14)
        self.y += 3

    def _airtime(self) -> None:
        """Whose the time is, as a bar; the same in words beside it."""
        shares = rules.shares(self.sheet.lines)
        total = sum(minutes for _, minutes in shares)
        if not total:
            return
        self.y += 8
        x = _LEFT
        for segment, minutes in sorted(shares, key=lambda share: list(_COLOURS).index(share[0])):
            wide = (_RIGHT - _LEFT) * minutes / total
            self._box(x, self.y, max(wide - _GAP, 0.5), 5, _COLOURS[segment])
            x += wide
        self.y += 12
        x = _LEFT
        for segment, name in self.sheet.legend:
            self._box(x, self.y + 1.5, 6, 6, _COLOURS[segment])
            self._put(name, text_face(), 8.5, QUIET, x + 9, self.y)
            x += 9 + typeset.width(name, text_face(), 8.5) + 13
        wide = typeset.width(self.sheet.share, strong_face(), 8.5)
        if x + wide > _RIGHT:
            self.y += 13
        self._put(self.sheet.share, strong_face(), 8.5, INK, _RIGHT - wide, self.y)

    def _entry(self, each: _Set) -> None:
        top, line = self.y, each.line
        self._put(line.begins, strong_face(), 10, INK, _LIST, top - 1.8)
        self._put(line.lasts, text_face(), 8, QUIET, _LIST, top + 13)
        quiet = line.segment == "break"
        self._say(line.whose, strong_face(), 8, ACCENT if line.segment == "buyer" else QUIET, x=_TEXT, down=11.5)
        for words in each.title:
            self._say(words, title_face(), 11, QUIET if quiet else INK, x=_TEXT, down=14.5)
        self.y += 1
        for words in each.who:
            self._say(words, text_face(), 9, INK, x=_TEXT, down=13)
        for words in each.abstract:
            self._say(words, text_face(), 9, QUIET, x=_TEXT, down=12.5)
        self.y = top + each.height

    def _rules_height(self) -> float:
        return 26.0 + 12.5 * len(self.rules) if self.rules else 0.0

    def _rules(self) -> None:
        if not self.rules:
            return
        self._box(_TEXT, self.y, _RIGHT - _TEXT, 0.6, RULE)
        self.y += 10
        self._say(self.sheet.rules_title, strong_face(), 8.5, QUIET, x=_TEXT, down=14)
        for line in self.rules:
            self._say(line, text_face(), 9, QUIET, x=_TEXT, down=12.5)

    def _rail(self, here: range) -> None:
        """The whole time to scale, from the top of the list to its foot; what is on this page stands out."""
        lines = self.sheet.lines
        if not here:
            return
        scale = (_BOTTOM - self.y) / max(self.sheet.minutes, lines[-1].starts_at + lines[-1].minutes)
        for at, line in enumerate(lines):
            wide = _RAIL_WIDE if at in here else 3.0
            y, high = self.y + line.starts_at * scale, max(line.minutes * scale - _GAP, 0.6)
            self._box(_RAIL + _RAIL_WIDE - wide, y, wide, high, _COLOURS[line.segment])
        for minute, clock in self.sheet.ticks:
            y = self.y + minute * scale
            self._box(_RAIL - 4, y - 0.5, 3, 0.5, QUIET)
            x = _RAIL - 8 - typeset.width(clock, text_face(), 7.5)
            self._put(clock, text_face(), 7.5, QUIET, x, y - 4)

    def _foot(self, number: int, many: int) -> None:
        sheet = self.sheet
        self._box(_LEFT, 799, _RIGHT - _LEFT, 0.6, RULE)
        self._put(sheet.version, text_face(), 7.5, QUIET, _LEFT, 805)
        page = sheet.page.format(page=number, pages=many)
        self._put(page, text_face(), 7.5, QUIET, _RIGHT - typeset.width(page, text_face(), 7.5), 805)
        self._put(" \u00b7 ".join(filter(None, (sheet.link, self.boxes))), text_face(), 7.5, QUIET, _LEFT, 815.5)

    def _say(self, words: str, face: Face, size: float, colour: Colour, *, down: float, x: float = _LEFT) -> None:
        """Words at the pen, which then goes down by so much."""
        self._put(words, face, size, colour, x, self.y)
        self.y += down

    def _put(self, words: str, face: Face, size: float, colour: Colour, x: float, y: float) -> None:
        """Words whose line has its top at `y`."""
        self.paper.set_text_color(*colour)
        for run in typeset.runs(words, face):
            self.paper.set_font(run.face.name, size=size)
            self.paper.text(x, y + 0.92 * size, run.words)
            x += typeset.width(run.words, run.face, size)

    def _box(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        self.paper.set_fill_color(*colour)
        self.paper.rect(x, y, wide, high, style="F")


def _set(line: Line) -> _Set:
    room = _RIGHT - _TEXT
    return _Set(
        line,
        _lines(line.title, title_face(), 11, room, at_most=3),
        _lines(" \u00b7 ".join(line.who), text_face(), 9, room, at_most=3),
        typeset.lines(line.abstract, text_face(), 9, room),
    )


def _shortened(each: _Set, most: int, below: float) -> _Set:
    return replace(each, below=below, abstract=typeset.first(each.abstract, most, text_face(), 9, _RIGHT - _TEXT))


def _lines(words: str, face: Face, size: float, room: float, *, at_most: int) -> list[str]:
    return typeset.first(typeset.lines(words, face, size, room), at_most, face, size, room)


def _lacking(sheet: Sheet) -> bool:
    said = [sheet.theme, sheet.companies, sheet.rules, *(words for _, words in sheet.facts)]
    for line in sheet.lines:
        said += [line.title, line.whose, line.abstract, *line.who]
    return any(map(typeset.lacks, said))
