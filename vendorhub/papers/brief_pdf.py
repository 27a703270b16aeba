"""Answers a brief as a PDF: one or two calm pages, the same bytes for the same brief."""

from typing import TYPE_CHECKING, Final

from vendorhub.domain.brief_sheets import BriefSheet, Row, Section
from vendorhub.papers import typeset
from vendorhub.papers.agenda_pdf import ACCENT, INK, QUIET, RULE, Colour, forget_layout
from vendorhub.papers.typeset import Face, strong_face, text_face, title_face

if TYPE_CHECKING:
    from fpdf import FPDF

# All measures are points, from the upper left corner of an A4 page.
_WIDE, _HIGH = 595.28, 841.89
_LEFT, _RIGHT, _TOP, _BOTTOM = 54.0, 541.0, 48.0, 785.0
_LABEL: Final = 92.0
_BEFORE: Final = 52.0
_BESIDE: Final = 190.0


def brief_pdf(sheet: BriefSheet) -> bytes:
    """The brief as PDF 1.7 on A4."""
    from fpdf import FPDF

    paper = FPDF(unit="pt", format=(_WIDE, _HIGH))
    paper.set_auto_page_break(False)
    paper.set_creation_date(sheet.made_at)
    paper.set_title(sheet.topic)
    paper.set_lang(sheet.language)
    paper.set_producer("VendorHub")
    for face in typeset.faces():
        paper.add_font(face.name, "", face.path)
        forget_layout(paper, face.name)
    _Press(paper, sheet).print()
    return bytes(paper.output())


class _Press:
    """A document while it is printed: how far down the page the pen is."""

    def __init__(self, paper: "FPDF", sheet: BriefSheet) -> None:
        self.paper, self.sheet, self.y = paper, sheet, _TOP

    def print(self) -> None:
        """All of it; the foot of each page when it is known how many there are."""
        self.paper.add_page()
        self._head()
        for section in self.sheet.sections:
            self._section(section)
        many = self.paper.pages_count
        for number in range(1, many + 1):
            self.paper.page = number
            self._foot(number, many)

    def _head(self) -> None:
        sheet = self.sheet
        self._say(sheet.kind, strong_face(), 8.5, ACCENT, down=17)
        for line in typeset.lines(sheet.topic, title_face(), 21, _RIGHT - _LEFT):
            self._say(line, title_face(), 21, INK, down=27)
        self.y += 3
        for line in typeset.lines(sheet.companies, text_face(), 11, _RIGHT - _LEFT):
            self._say(line, text_face(), 11, QUIET, down=15.5)
        self.y += 11
        for label, words in sheet.facts:
            self._put(label, strong_face(), 8.5, QUIET, _LEFT, self.y + 1.2)
            for line in typeset.lines(words, text_face(), 10, _RIGHT - _LEFT - _LABEL):
                self._say(line, text_face(), 10, INK, x=_LEFT + _LABEL, down=14)
            self.y += 3

    def _section(self, section: Section) -> None:
        self._room(60)
        self.y += 14
        self._rule()
        self._say(section.title, title_face(), 13, INK, down=21)
        for words in section.paragraphs:
            for line in typeset.lines(words, text_face(), 10, _RIGHT - _LEFT):
                self._room(15)
                self._say(line, text_face(), 10, INK, down=14.5)
        for row in section.rows:
            self._row(row)

    def _row(self, row: Row) -> None:
        left = _LEFT + (_BEFORE if row.before else 0)
        room = _RIGHT - left - (_BESIDE + 12 if row.beside else 0)
        words = typeset.lines(row.words, text_face(), 10, room)
        beside = typeset.lines(row.beside, text_face(), 9, _BESIDE)
        below = typeset.lines(row.below, text_face(), 9, room)
        high = max(14.0 * len(words) + 12.5 * len(below), 12.5 * len(beside)) + 3
        self._room(high)
        top = self.y
        if row.before:
            self._put(row.before, strong_face(), 10, INK, _LEFT, top)
        for line in words:
            self._say(line, text_face(), 10, INK, x=left, down=14)
        for line in below:
            self._say(line, text_face(), 9, QUIET, x=left, down=12.5)
        for at, line in enumerate(beside):
            self._put(line, text_face(), 9, QUIET, _RIGHT - typeset.width(line, text_face(), 9), top + 0.8 + 12.5 * at)
        self.y = top + high

    def _room(self, high: float) -> None:
        """Turns the page where there is no room for so much more."""
        if self.y + high > _BOTTOM:
            self.paper.add_page()
            self.y = _TOP

    def _rule(self) -> None:
        self.paper.set_fill_color(*RULE)
        self.paper.rect(_LEFT, self.y - 8, _RIGHT - _LEFT, 0.6, style="F")

    def _foot(self, number: int, many: int) -> None:
        sheet = self.sheet
        self.paper.set_fill_color(*RULE)
        self.paper.rect(_LEFT, 799, _RIGHT - _LEFT, 0.6, style="F")
        self._put(sheet.made, text_face(), 7.5, QUIET, _LEFT, 805)
        page = sheet.page.format(page=number, pages=many)
        self._put(page, text_face(), 7.5, QUIET, _RIGHT - typeset.width(page, text_face(), 7.5), 805)
        self._put(sheet.link, text_face(), 7.5, QUIET, _LEFT, 815.5)

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
