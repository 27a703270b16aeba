"""What is in a mail that came: who sent it, its words, its calendar objects, the mails in it, what can't be read."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value, getaddresses
from itertools import islice
from typing import Final

from vendorhub.itip import unasked
from vendorhub.itip.html_words import words_of
from vendorhub.itip.unasked import Invitation

PARTS_AT_MOST: Final = 300
DEEPEST: Final = 30
HEADERS_AT_MOST: Final = 1_000
HEADER_AT_MOST: Final = 20_000  # characters of one
WORDS_AT_MOST: Final = 200_000  # characters; no ask is longer, and what is behind them is a quotation

_CALENDARS: Final = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_CALENDAR_NAME: Final = re.compile(r"\.(ics|vcs|ical|icalendar)$", re.IGNORECASE)
_SIGNATURE: Final = re.compile(r"application/((x-)?pkcs7|pgp)-(signature|keys)")
_PLAIN: Final = frozenset({"text/plain", "text/html"})


@dataclass
class Contents:
    """What was found in a mail's body; filled while it is walked through."""

    words: str = ""
    invitations: list[Invitation] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    parts: int = 0


def parsed(raw: bytes) -> Message:
    """The mail's tree; the parser mends what it can. Raises whatever it can't: RecursionError and others."""
    return message_from_bytes(raw)


def is_mail(mail: Message) -> bool:
    """Whether there is a head by which anybody would call this a mail."""
    return any(name in mail for name in ("From", "Sender", "To", "Subject", "Date", "Message-ID", "Received"))


def header(mail: Message, name: str) -> str:
    """A header as people read it, on one line; "" where there is none."""
    return next(headers(mail, name), "")


def headers(mail: Message, name: str) -> Iterator[str]:
    """All headers of this name, the topmost first."""
    for value in raw_headers(mail, name):
        yield _decoded(value)


def raw_headers(mail: Message, name: str) -> Iterator[str]:
    """The same before encoded words are read: in them structure is not to be looked for."""
    for key, value in islice(mail.raw_items(), HEADERS_AT_MOST):
        if key.lower() == name.lower():
            octets = str(value)[:HEADER_AT_MOST].encode("utf-8", "surrogateescape")
            yield re.sub(r"[\r\n]+[ \t]*", " ", octets.decode("utf-8", "replace")).strip()


def mailboxes(mail: Message, *names: str) -> list[tuple[str, str]]:
    """Names and addresses in all headers of these names, in order."""
    fields = [value for name in names for value in raw_headers(mail, name)]
    return [(_decoded(name), address.strip()) for name, address in getaddresses(fields) if "@" in address]


def contents(mail: Message) -> Contents:
    """The words a reader would read, from plain text or else from HTML, and all that hangs on them. Never raises for
    what is wrong in a part: that part is named as unreadable."""
    found = Contents()
    found.words = _walked(mail, found, 0)[:WORDS_AT_MOST].strip()
    return found


def _walked(part: Message, found: Contents, depth: int) -> str:
    found.parts += 1
    if found.parts > PARTS_AT_MOST or depth > DEEPEST:
        return ""
    kind = part.get_content_type()
    if kind == "multipart/encrypted":
        found.unreadable.append("encrypted.asc")
        return ""
    payload = part.get_payload()
    inside = [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
    if kind == "message/rfc822" and inside:
        found.attached.extend(inside)
        return ""
    if inside:
        texts = [(one.get_content_type(), _walked(one, found, depth + 1)) for one in inside]
        return _best(texts) if kind == "multipart/alternative" else "\n".join(text for _, text in texts if text.strip())
    return _leaf(part, kind, found)


def _best(texts: list[tuple[str, str]]) -> str:
    """Of several forms of the same words the plain one, else the last that says anything."""
    said = [(kind, text) for kind, text in texts if text.strip()]
    plain = [text for kind, text in said if kind == "text/plain"]
    return plain[0] if plain else said[-1][1] if said else ""


def _leaf(part: Message, kind: str, found: Contents) -> str:
    name = file_name(part)
    if kind in _CALENDARS or _CALENDAR_NAME.search(name):
        _calendar(part, name or "invitation.ics", found)
    elif name.lower().endswith(".eml") or kind == "message/rfc822":
        found.attached.append(parsed(_octets(part)))
    elif kind in _PLAIN and "attachment" not in str(part.get("Content-Disposition", "")).lower():
        text = _text(part)
        return words_of(text) if kind == "text/html" else text
    elif not _SIGNATURE.fullmatch(kind) and not kind.startswith(("image/", "message/", "multipart/")):
        found.unreadable.append(name or ("winmail.dat" if "tnef" in kind else kind))
    return ""


def _calendar(part: Message, name: str, found: Contents) -> None:
    method = part.get_param("method")
    try:
        read = unasked.read(_octets(part), method=method if isinstance(method, str) else "")
    except unasked.Unreadable:
        found.unreadable.append(name)
        return
    if read not in found.invitations:  # mail programs send it twice: as a form of the words, and as a file
        found.invitations.append(read)


def file_name(part: Message) -> str:
    """What a reader would save a part as; "" where it has no name."""
    for told in (part.get_filename(), part.get_param("name")):
        if told:
            with suppress(LookupError, UnicodeError, ValueError):
                return _decoded(collapse_rfc2231_value(told)).strip()
    return ""


def _octets(part: Message) -> bytes:
    with suppress(LookupError, UnicodeError, ValueError):
        payload = part.get_payload(decode=True)
        return payload if isinstance(payload, bytes) else b""
    return b""


def _text(part: Message) -> str:
    octets = _octets(part)
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        with suppress(LookupError, UnicodeError, ValueError):
            return octets.decode(charset)
    return octets.decode("latin-1")


def _decoded(value: str) -> str:
    with suppress(HeaderParseError, LookupError, UnicodeError, ValueError):
        return " ".join(str(make_header(decode_header(value))).split())
    return " ".join(value.split())
