"""Files beside an agenda item: how large, how many, what they are by their content, and what they are called."""

import re
from enum import StrEnum
from typing import Final

from vendorhub.domain import texts
from vendorhub.domain.refusals import Unfit, WrongState

AT_MOST: Final = 25_000_000  # octets of one file
MANY_AT_MOST: Final = 10  # files of one item that can be read
VERSIONS_AT_MOST: Final = 60  # files of one item in all, with those that were replaced or withdrawn
TOGETHER_AT_MOST: Final = 250_000_000  # octets of one company's files in a briefing, earlier versions included
CHUNK: Final = 256 * 1024  # octets that are kept together
HEAD: Final = 1024  # octets at either end that tell what a file is, and what else it would be taken for
NAME_AT_MOST: Final = 120
FIELD: Final = "file"


class Kind(StrEnum):
    """What a file may be, named by the ending that it is given."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    GIF = "gif"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    TXT = "txt"
    CSV = "csv"
    MD = "md"

    @property
    def media_type(self) -> str:
        """Its content type, as it is served."""
        return _MEDIA_TYPES[self]


_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_ODF: Final = "application/vnd.oasis.opendocument."
_MEDIA_TYPES: Final = {
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.GIF: "image/gif",
    Kind.WEBP: "image/webp",
    Kind.DOCX: f"{_OOXML}wordprocessingml.document",
    Kind.XLSX: f"{_OOXML}spreadsheetml.sheet",
    Kind.PPTX: f"{_OOXML}presentationml.presentation",
    Kind.ODT: f"{_ODF}text",
    Kind.ODS: f"{_ODF}spreadsheet",
    Kind.ODP: f"{_ODF}presentation",
    Kind.TXT: "text/plain; charset=utf-8",
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.MD: "text/markdown; charset=utf-8",
}
KINDS: Final = "PDF, PNG, JPEG, GIF, WebP, Word, Excel, PowerPoint, OpenDocument, text, CSV or Markdown"

_MAGIC: Final = (
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
)
ARCHIVE: Final = b"PK\x03\x04"
# What the main part of an office document is, by its list of contents. With macros it is another, and no kind of ours.
_MAIN_PARTS: Final = {
    f'{_OOXML}wordprocessingml.document.main+xml"'.encode(): Kind.DOCX,
    f'{_OOXML}spreadsheetml.sheet.main+xml"'.encode(): Kind.XLSX,
    f'{_OOXML}presentationml.presentation.main+xml"'.encode(): Kind.PPTX,
    f'{_OOXML}presentationml.slideshow.main+xml"'.encode(): Kind.PPTX,
}
_MACROS: Final = (b"macroenabled", b"vbaproject")
_BY_MIMETYPE: Final = {_MEDIA_TYPES[kind].encode(): kind for kind in (Kind.ODT, Kind.ODS, Kind.ODP)}
_WORDS: Final = frozenset({Kind.TXT, Kind.CSV, Kind.MD})
_ENDINGS: Final = {"jpeg": Kind.JPEG, "jpe": Kind.JPEG, "markdown": Kind.MD, "ppsx": Kind.PPTX, "text": Kind.TXT}

# What a browser would take for a page, whatever the file's name says.
_PAGE: Final = re.compile(
    rb"<(!doctype|html|head|body|script|style|iframe|svg|img|object|embed|meta|link|a\s|form|math|\?xml-stylesheet)"
)
_NOT_WORDS: Final = (b"<", b"{\\rtf", b"%!", b"#!", b"mz")
_CONTROLS: Final = frozenset(range(32)) - {9, 10, 12, 13}
_PATH: Final = re.compile(r"^.*[/\\]", re.DOTALL)
_UNTOLD: Final = re.compile(
    r'[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff"<>|:*?]'
)


def check_size(size: int) -> int:
    """The octets of a file. Raises Unfit for none, and for more than 25 MB."""
    if size < 1:
        raise Unfit(FIELD, "This file is empty; please choose the one you meant.")
    if size > AT_MOST:
        raise too_large()
    return size


def too_large() -> Unfit:
    """The refusal of a file that is larger than we keep."""
    return Unfit(FIELD, "Please keep each file to %(most)d MB.", most=AT_MOST // 1_000_000)


def check_room(*, live: int, versions: int) -> None:
    """Raises WrongState where one file more would be too many: `live` can be read, `versions` are all there were."""
    if live >= MANY_AT_MOST:
        raise WrongState("An item has at most %(most)d files; please take one back first.", most=MANY_AT_MOST)
    if versions >= VERSIONS_AT_MOST:
        raise WrongState("These files have been changed too often; please begin a new item.")


def check_together(octets: int) -> None:
    """Raises WrongState where the files of one company in a briefing would take too many octets together."""
    if octets > TOGETHER_AT_MOST:
        raise WrongState(
            "Your files here take %(most)d MB together, earlier versions included; please take one back first.",
            most=TOGETHER_AT_MOST // 1_000_000,
        )


def kind_by_magic(head: bytes) -> Kind | None:
    """What a file is by its first octets; None for an archive or text, which tell it further inside."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def kind_by_contents(contents: bytes, mimetype: bytes) -> Kind:
    """What an office document is, by its list of contents (OPC) or its `mimetype` (ODF). Raises Unfit for no kind."""
    lower = contents.lower()
    if any(mark in lower for mark in _MACROS):
        raise Unfit(FIELD, "This document carries programs (macros); please save it without them.")
    found = {kind for part, kind in _MAIN_PARTS.items() if part in lower}
    if len(found) == 1 and not mimetype:
        return found.pop()
    if not contents and mimetype.strip() in _BY_MIMETYPE:
        return _BY_MIMETYPE[mimetype.strip()]
    raise unknown()


def kind_of_words(head: bytes, name: str) -> Kind:
    """Which kind of text a file is: by its name, since all of them are words. Raises Unfit for what is no text."""
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if any(begins.startswith(mark) for mark in _NOT_WORDS):
        raise unknown()
    kind = _kind_named(name)
    return kind if kind in _WORDS else Kind.TXT


def is_writing(piece: bytes) -> bool:
    """Whether a piece of a file could be text: without the control characters that writing has no need of."""
    return not _CONTROLS.intersection(piece)


def check_no_page(piece: bytes) -> None:
    """Raises Unfit where either end of a file reads as a web page, too: it would be two things at once."""
    if _PAGE.search(piece.replace(b"\x00", b"").lower()):
        raise Unfit(FIELD, "This file is a web page, too; please save it again as one thing, best as PDF.")


def unknown() -> Unfit:
    """The refusal of a file that is of no kind that we pass on."""
    return Unfit(FIELD, "This is none of the files that can be passed on; please send it as %(kinds)s.", kinds=KINDS)


def broken() -> Unfit:
    """The refusal of a file that is not what it begins as."""
    return Unfit(FIELD, "This file can't be read; please save it anew and send it again.")


def carries() -> Unfit:
    """The refusal of a file with others inside, which nobody would have seen."""
    return Unfit(FIELD, "This file carries others that can't be looked into; please save it without anything embedded.")


def calendar_inside() -> Unfit:
    """The refusal of a calendar entry in disguise (law 1)."""
    return Unfit(FIELD, "Please leave calendar entries out of the file; times are agreed here.")


def name_of(given: str, kind: Kind) -> str:
    """What the file is called from now on: the last part of its name, readable, with the ending of what it is."""
    plain = _UNTOLD.sub(" ", _PATH.sub("", given))
    stem, dot, _ = plain.rpartition(".")
    if not dot or (_kind_named(plain) is None and _looks_like_no_ending(plain)):
        stem = plain
    ending = f".{kind}"
    try:
        stem = texts.line(stem.strip(" ."), at_most=1000, what=FIELD)
    except Unfit:
        stem = "file"
    return stem[: NAME_AT_MOST - len(ending)].rstrip(" .") + ending


def _looks_like_no_ending(name: str) -> bool:
    return len(name.rpartition(".")[2]) > 5 or " " in name.rpartition(".")[2]


def _kind_named(name: str) -> Kind | None:
    ending = name.rpartition(".")[2].strip().lower()
    return _ENDINGS.get(ending) or (Kind(ending) if ending in set(Kind) else None)
