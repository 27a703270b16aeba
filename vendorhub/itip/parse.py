"""Does this mail carry a calendar object, in whatever disguise, and which one?

It is the last look at final bytes before they leave: what cannot be looked into counts as a calendar object.
"""

import base64
import binascii
import contextlib
import html
import io
import quopri
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value, getaddresses

from vendorhub.itip.markup import WORTH_READING, has_event_markup, may_name_event

DEEPEST = 4  # containers within containers
LARGEST = 20_000_000  # octets that a container may unpack to

CALENDAR_TYPE = re.compile(r"calendar|/(x-)?(ics|vcs|hbs-vcs)\b")
CALENDAR_NAME = re.compile(r"\.(ics|vcs|ical|icalendar|ifb)[\s.]*$", re.IGNORECASE | re.MULTILINE)
MAIL_NAME = re.compile(r"\.eml[\s.]*$", re.IGNORECASE | re.MULTILINE)
# iCalendar and vCalendar; jCal (RFC 7265); xCal (RFC 6321); a link that is itself a calendar.
BEGIN = re.compile(rb"begin:v(calendar|event|todo|journal|freebusy|timezone)")
MARKS = (b'"vcalendar"', b"urn:ietf:params:xml:ns:icalendar-2.0", b"data:text/calendar")
ENCODED = base64.b64encode(b"BEGIN:VCALENDAR").lower()  # at the beginning of a part of a mail
UUENCODED = re.compile(rb"^begin(-base64)? [0-7]{3,4} .*\.(ics|vcs|ical)\s*$", re.MULTILINE)
ASCII_LIKE = re.compile(r"us-ascii|utf-8|iso-8859-\d+|windows-125\d")
DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "base64": binascii.a2b_base64,
    "quoted-printable": quopri.decodestring,
}
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
# Outlook's winmail.dat and .msg hold a meeting in a form of their own.
OPAQUE = (b"\x78\x9f\x3e\x22", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

METHOD = re.compile(rb"^METHOD:[ \t]*([A-Z-]+)[ \t]*$", re.MULTILINE | re.IGNORECASE)
UID = re.compile(rb"^UID(?:;[^:\n]*)?:(.*)$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class CalendarPart:
    """A calendar object found in a mail: its method and UIDs as far as it names them, its decoded octets."""

    method: str | None
    uids: tuple[str, ...]
    raw: bytes


def has_calendar_object(message: bytes) -> bool:
    """Whether any part of the mail, however nested or encoded, is a calendar object or might hide one."""
    return bool(calendar_parts(message))


def calendar_parts(message: bytes) -> list[CalendarPart]:
    """Every calendar object in the mail, in order; one that is there twice is told twice.

    Known by content type, by file name, by what any decoded text or attachment says, also inside attached mails
    and archives, and by event markup in HTML. Empty when there is none.
    """
    return list(_in_mail(message_from_bytes(message), 0))


def recipients(message: bytes) -> tuple[str, ...]:
    """The addresses of To, Cc and Bcc, as written, in that order."""
    return _named(message_from_bytes(message))


def read(message: bytes) -> tuple[tuple[str, ...], list[CalendarPart]]:
    """Its recipients and its calendar parts, for the price of one of them."""
    mail = message_from_bytes(message)
    return _named(mail), list(_in_mail(mail, 0))


def reads_as_calendar(text: str) -> bool:
    """Whether a text or an HTML page would count as a calendar object if it were a part of a mail."""
    return any(True for _ in _in_data(text.encode(), "", "", 0))


def octets_read_as_calendar(piece: bytes) -> bool:
    """Whether octets on their own, of whatever file, hold a calendar object as text or event markup.

    It takes time in proportion to the piece, whoever made it; nothing is unpacked.
    """
    lower = _plain(piece).lower()
    if b"&" in lower:
        lower += html.unescape(lower.decode("latin-1")).encode(errors="replace")
    return bool(BEGIN.search(lower)) or any(mark in lower for mark in (*MARKS, ENCODED)) or may_name_event(lower)


def names_a_calendar(file_name: str) -> bool:
    """Whether a file of that name would be opened by a calendar or a mail program."""
    return bool(CALENDAR_NAME.search(file_name) or MAIL_NAME.search(file_name))


def _named(mail: Message) -> tuple[str, ...]:
    fields = [str(value) for name in ("To", "Cc", "Bcc") for value in mail.get_all(name, [])]
    return tuple(one for _, one in getaddresses(fields) if one)


def _in_mail(mail: Message, depth: int) -> Iterator[CalendarPart]:
    for part in mail.walk():
        if not part.is_multipart():
            yield from _in_leaf(part, depth)
            continue
        # Before and after the parts: some readers show what MIME says to skip.
        for around in filter(None, (part.preamble, part.epilogue)):
            yield from _in_data(around.encode(errors="surrogateescape"), "", "", depth)
        if part.get_content_maintype() == "message" and _encoding(part) in DECODERS:
            # An attached mail must not be encoded (RFC 2046 5.2.1), but some readers would decode it.
            yield from _in_data(_decoded(part), "message/rfc822", "", depth)


def _in_leaf(part: Message, depth: int) -> Iterator[CalendarPart]:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    kind = part.get_content_type()
    if CALENDAR_TYPE.search(kind):
        method = part.get_param("method")
        yield _told(data, method if isinstance(method, str) else None)
        return
    charset = part.get_content_charset() or "us-ascii"
    if not ASCII_LIKE.fullmatch(charset):
        with contextlib.suppress(LookupError, UnicodeError):
            data += b"\n" + data.decode(charset, "replace").encode(errors="replace")
    yield from _in_data(data, kind, _file_names(part), depth)


def _in_data(data: bytes, kind: str, name: str, depth: int) -> Iterator[CalendarPart]:
    """What is in one decoded part, attachment or file of an archive."""
    if CALENDAR_NAME.search(name) or data.startswith(OPAQUE) or _marked(_plain(data)):
        yield _told(data, None)
    elif ZIP in data:
        yield from _in_archive(data, depth)
    elif data.startswith(GZIP):
        yield from _in_gzip(data, depth)
    elif kind == "message/rfc822" or MAIL_NAME.search(name):
        yield from _deeper(data, depth)


def _in_archive(data: bytes, depth: int) -> Iterator[CalendarPart]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if depth >= DEEPEST or sum(entry.file_size for entry in entries) > LARGEST:
                yield _told(data, None)
                return
            for entry in entries:
                yield from _in_data(archive.read(entry), "", entry.filename, depth + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        # Broken, encrypted or packed in a way of its own.
        yield _told(data, None)


def _in_gzip(data: bytes, depth: int) -> Iterator[CalendarPart]:
    unpacking = zlib.decompressobj(wbits=31)
    try:
        inside = unpacking.decompress(data, LARGEST)
    except zlib.error:
        inside = b""
    if depth >= DEEPEST or not unpacking.eof or unpacking.unused_data:
        yield _told(data, None)
    else:
        yield from _in_data(inside, "", "", depth + 1)


def _deeper(data: bytes, depth: int) -> Iterator[CalendarPart]:
    if depth >= DEEPEST:
        yield _told(data, None)
    else:
        yield from _in_mail(message_from_bytes(data), depth + 1)


def _encoding(part: Message) -> str:
    return str(part.get("Content-Transfer-Encoding", "")).strip().lower()


def _decoded(part: Message) -> bytes:
    inner = b"".join(one.as_bytes() for one in part.walk() if one is not part and not one.is_multipart())
    with contextlib.suppress(binascii.Error):
        return DECODERS[_encoding(part)](inner)
    return b""


def _file_names(part: Message) -> str:
    """Whatever a reader may take for the file's name, one a line: the disposition's, the type's, decoded."""
    if "Content-Disposition" not in part and "name" not in str(part["Content-Type"]).lower():
        return ""
    told = [part.get_filename(""), part.get_param("name", "")]
    words = [collapse_rfc2231_value(name) for name in told if name]
    with contextlib.suppress(HeaderParseError, LookupError, UnicodeError):
        words = [str(make_header(decode_header(word))) for word in words]
    return "\n".join(words)


def _plain(data: bytes) -> bytes:
    """The octets as a calendar reader sees them: unfolded, LF only, and wide characters made narrow."""
    narrow = data.replace(b"\x00", b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return narrow.replace(b"\n ", b"").replace(b"\n\t", b"")


def _marked(plain: bytes) -> bool:
    lower = plain.lower()
    if b"&" in lower:
        lower += html.unescape(lower.decode("latin-1")).lower().encode(errors="replace")
    if b"begin" in lower and (BEGIN.search(lower) or UUENCODED.search(lower)):
        return True
    return any(mark in lower for mark in MARKS) or (
        any(mark in lower for mark in WORTH_READING) and has_event_markup(plain)
    )


def _told(data: bytes, method: str | None) -> CalendarPart:
    plain = _plain(data)
    named = METHOD.search(plain)
    if method is None and named is not None:
        method = named[1].decode()
    uids = dict.fromkeys(uid.strip().decode(errors="replace") for uid in UID.findall(plain))
    return CalendarPart(method.upper() if method else None, tuple(uids), data)
