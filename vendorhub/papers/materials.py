"""Answers what a file from outside is by its content, or why it is not passed on: calendars, pages and polyglots."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Final

from vendorhub.domain import materials
from vendorhub.domain.materials import Kind
from vendorhub.domain.refusals import Unfit
from vendorhub.itip.parse import OPAQUE, names_a_calendar, octets_read_as_calendar
from vendorhub.papers import pdf

_PIECE: Final = 1 << 20
_OVERLAP: Final = 512  # octets of the piece before that are looked at again
_MEMBERS_AT_MOST: Final = 5000
_UNPACKED_AT_MOST: Final = 150_000_000  # octets
_DEEPEST: Final = 2  # a chart's workbook within a presentation, and what that holds
_CONTENTS, _MIMETYPE = "[Content_Types].xml", "mimetype"


def check(file: IO[bytes], name: str) -> tuple[Kind, int]:
    """What the file is, and its octets. Raises Unfit, naming `file`, for what should not be passed on.

    It is read in pieces, wherever it lies; the name only tells one kind of text from another.
    """
    size = materials.check_size(file.seek(0, io.SEEK_END))
    if names_a_calendar(name):
        raise materials.calendar_inside()
    head, tail = _at(file, 0), _at(file, max(0, size - materials.HEAD))
    if head.startswith(materials.ARCHIVE):
        return _document(file, depth=0), size
    kind = materials.kind_by_magic(head)
    if kind is None:
        return _words(file, head, name), size
    for end in (head, tail):
        materials.check_no_page(end)
    if zipfile.is_zipfile(file):
        raise materials.carries()
    _look_through(file)
    if kind is Kind.PDF:
        pdf.look_inside(_whole(file))
    return kind, size


def _words(file: IO[bytes], head: bytes, name: str) -> Kind:
    kind = materials.kind_of_words(head, name)
    materials.check_no_page(head)
    _look_through(file)
    reads, given = io.TextIOWrapper(_kept_open(file), encoding="utf-8-sig", newline=""), ""
    try:
        while given := reads.read(_PIECE):
            if not materials.is_writing(given.encode()):
                raise materials.unknown()
    except UnicodeDecodeError:
        raise materials.unknown() from None
    finally:
        reads.detach()
    return kind


def _document(file: IO[bytes], *, depth: int) -> Kind:
    """What an office document is: an archive that holds nothing but its own parts, each looked through."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > _MEMBERS_AT_MOST or unpacked > _UNPACKED_AT_MOST or depth > _DEEPEST:
                raise materials.carries()
            if min(member.header_offset for member in members) != 0:
                raise materials.broken()
            for member in members:
                _part(archive, member, depth)
            named = {member.filename for member in members}
            told = [archive.read(part) if part in named else b"" for part in (_CONTENTS, _MIMETYPE)]
            return materials.kind_by_contents(*told)
    except Unfit:
        raise
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        # Broken, encrypted or packed in a way of its own.
        raise materials.broken() from None


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int) -> None:
    if member.flag_bits & 0x1:
        raise materials.broken()
    if names_a_calendar(member.filename):
        raise materials.calendar_inside()
    with archive.open(member) as inside:
        head = inside.read(materials.HEAD)
        inside.seek(0)
        if head.startswith(OPAQUE):
            raise materials.carries()
        if head.startswith(materials.ARCHIVE):
            materials.check_size(member.file_size)
            _document(io.BytesIO(inside.read()), depth=depth + 1)
        else:
            _look_through(inside)


def _look_through(file: IO[bytes]) -> None:
    if any(map(octets_read_as_calendar, _pieces(file))):
        raise materials.calendar_inside()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The file a piece at a time, each with the end of the one before."""
    file.seek(0)
    before = b""
    while read := file.read(_PIECE):
        yield before + read
        before = read[-_OVERLAP:]


def _at(file: IO[bytes], where: int) -> bytes:
    file.seek(where)
    return file.read(materials.HEAD)


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _kept_open(file: IO[bytes]) -> IO[bytes]:
    file.seek(0)
    return file
