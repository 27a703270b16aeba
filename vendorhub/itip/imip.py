"""Which bytes is a letter, with or without a calendar part (RFC 5322, RFC 2045 to 2047, RFC 6047)?

Made by hand rather than by `email.message`, whose header registry costs more than all the rest; so the same
input gives the same bytes, boundaries included.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.parser import BytesHeaderParser
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from textwrap import wrap

from vendorhub.itip.mailboxes import Mailbox, address, line

LONGEST_LINE = 998  # RFC 5322 2.1.1
HEADER_WIDTH = 76
MOSTLY_ASCII = 1.2  # octets per ASCII character up to which quoted-printable is the shorter encoding
MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
PLAIN_NAME = re.compile(f"{ATOM}( {ATOM})*")
SEVEN_BIT = bytes([*b"\t\r\n", *range(ord(" "), ord("~") + 1)])
ENCODED_LOOK = re.compile(r"=\?.*\?=")


@dataclass(frozen=True)
class Head:
    """What stands at the top of one letter to one recipient.

    `date` is aware; Message-IDs carry their angle brackets. Raises ValueError for what no header can hold.
    """

    sender: Mailbox
    recipient: Mailbox
    subject: str
    message_id: str
    date: datetime
    reply_to: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse line breaks and malformed ids before they reach a header (RFC 5322 2.2, 3.6.4)."""
        line(self.subject, what="A subject")
        if self.date.utcoffset() is None:
            raise ValueError("The date of a letter needs an offset from UTC.")
        ids = (self.message_id, *self.references, *filter(None, [self.in_reply_to]))
        if not all(MESSAGE_ID.fullmatch(one) for one in ids):
            raise ValueError("A Message-ID is <something@domain> in ASCII.")


def letter(head: Head, text: str, html: str, calendar: bytes | None = None, method: str | None = None) -> bytes:
    """The whole letter, CRLF throughout, 7-bit, the same bytes for the same input.

    Without `calendar`: alternative{plain, html}. With it: mixed{alternative{plain, html, text/calendar with
    `method`}, the same bytes as invite.ics} (RFC 6047 2.4). Raises ValueError when a calendar comes without
    its method or says another one.
    """
    alternatives = [_text("text/plain; charset=UTF-8", text), _text("text/html; charset=UTF-8", html)]
    if calendar is None and method is None:
        body = _multipart("alternative", head.message_id, alternatives)
    elif calendar is None or method is None or f"\r\nMETHOD:{method}\r\n".encode() not in calendar:
        raise ValueError("A calendar part and the method that it names go together.")
    else:
        alternatives.append(_calendar(f"text/calendar; charset=UTF-8; method={method}", calendar))
        attached = _calendar('application/ics; name="invite.ics"', calendar, 'attachment; filename="invite.ics"')
        both = [_multipart("alternative", head.message_id, alternatives), attached]
        body = _multipart("mixed", head.message_id, both)
    return "".join(f"{name}: {value}\r\n" for name, value in _headers(head)).encode("ascii") + body


def sender(message: bytes) -> str:
    """The address that a letter of ours comes from."""
    return parseaddr(BytesHeaderParser().parsebytes(message)["From"])[1]


def _headers(head: Head) -> Iterable[tuple[str, str]]:
    yield "From", _mailbox("From", head.sender)
    yield "To", _mailbox("To", head.recipient)
    if head.reply_to is not None:
        yield "Reply-To", address(head.reply_to)
    yield "Subject", _unstructured("Subject", head.subject)
    yield "Date", format_datetime(head.date)
    yield "Message-ID", head.message_id
    if head.in_reply_to is not None:
        yield "In-Reply-To", head.in_reply_to
    if head.references:
        yield "References", "\r\n ".join(head.references)
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "OOF, AutoReply"
    yield "MIME-Version", "1.0"


def _mailbox(header: str, mailbox: Mailbox) -> str:
    """The name-addr of RFC 5322 3.4: the name plain, quoted or as encoded words."""
    name, told = mailbox.name, address(mailbox.address)
    if not name:
        return told
    if not name.isascii() or ENCODED_LOOK.search(name) or len(name) > HEADER_WIDTH:
        name = _encoded_words(header, name)
    elif not PLAIN_NAME.fullmatch(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    # The address goes on a line of its own where both together would be too long.
    space = " " if len(header) + len(name) + len(told) + 6 <= HEADER_WIDTH else "\r\n "
    return f"{name}{space}<{told}>"


def _unstructured(header: str, value: str) -> str:
    if value.isascii() and value == " ".join(value.split()) and not ENCODED_LOOK.search(value):
        room = HEADER_WIDTH - len(header) - 2
        # Folded between words (RFC 5322 2.2.3), which costs next to nothing and stays readable as it is.
        folded = wrap(value, room, break_long_words=False, break_on_hyphens=False)
        if max(map(len, folded), default=0) <= room:
            return "\r\n ".join(folded)
    return _encoded_words(header, value)


def _encoded_words(header: str, value: str) -> str:
    """The value as RFC 2047 words, each a whole number of characters, folded."""
    return Header(value, "utf-8", HEADER_WIDTH, header).encode(linesep="\r\n")


def _text(content_type: str, value: str) -> bytes:
    """A text part: as it is, or quoted-printable, or base64 where most of it is not ASCII."""
    body = value.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").replace("\n", "\r\n") + "\r\n"
    wire = body.encode()
    if _seven_bit(wire):
        return _part(content_type, "7bit", wire)
    if len(wire) > MOSTLY_ASCII * len(body.encode("ascii", "ignore")):
        return _part(content_type, "base64", _base64(wire))
    return _part(content_type, "quoted-printable", binascii.b2a_qp(wire))


def _calendar(content_type: str, wire: bytes, disposition: str = "") -> bytes:
    """A calendar part, whose octets are never touched: 7bit or base64, not 8bit (RFC 6047 2.5)."""
    if _seven_bit(wire):
        return _part(content_type, "7bit", wire, disposition)
    return _part(content_type, "base64", _base64(wire), disposition)


def _seven_bit(wire: bytes) -> bool:
    """Whether a body may go as it is: printable ASCII, no line too long, each ended by CRLF (RFC 5322 2.3)."""
    if wire.translate(None, SEVEN_BIT) or not wire.count(b"\r\n") == wire.count(b"\r") == wire.count(b"\n"):
        return False
    return max(map(len, wire.split(b"\r\n"))) <= LONGEST_LINE


def _base64(wire: bytes) -> bytes:
    return base64.encodebytes(wire).replace(b"\n", b"\r\n")


def _part(content_type: str, encoding: str, body: bytes, disposition: str = "") -> bytes:
    headers = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n"
    if disposition:
        headers += f"Content-Disposition: {disposition}\r\n"
    return headers.encode() + b"\r\n" + body


def _multipart(subtype: str, message_id: str, parts: list[bytes]) -> bytes:
    # No encoded body can hold "=_", and no writer of a 7bit one can foresee the digest.
    boundary = f"=_{sha256(f'{subtype} {message_id}'.encode()).hexdigest()[:32]}"
    between = f"--{boundary}\r\n".encode()
    headers = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'.encode()
    return headers + b"".join(between + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()
