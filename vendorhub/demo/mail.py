"""Answers which letters were delivered into the folder, and what is in one of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from itertools import islice
from pathlib import Path
from typing import Final

from vendorhub.demo.calendar_parts import Explained, explained
from vendorhub.domain.refusals import NotThere
from vendorhub.itip.parse import calendar_parts

SHOWN_AT_MOST: Final = 200

_NAME: Final = re.compile(r"[\w][\w.-]*", re.ASCII)


@dataclass(frozen=True)
class Head:
    """A letter in the list; `method` is its calendar part's, or empty. A file that is no letter is `broken`."""

    name: str
    to: str = ""
    to_name: str = ""
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    date: datetime | None = None
    method: str = ""
    broken: bool = False


@dataclass(frozen=True)
class Mail:
    """A letter opened: its headers, both texts, what its calendar part says, and the calendar object itself."""

    head: Head
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    entry: Explained | None
    calendar: str


@dataclass(frozen=True)
class Box:
    """The letters of one reader, or of all; everybody who got one, by name and address."""

    letters: Sequence[Head]
    readers: Sequence[tuple[str, str]]


def delivered(folder: Path) -> Sequence[Head]:
    """The letters in the folder, the last delivered first; at most 200."""
    return box(folder).letters


def box(folder: Path, *, to: str = "") -> Box:
    """The same with everybody who got one; to one address only, if given."""
    files = sorted(folder.glob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    heads = [_head(file.stem, file.read_bytes()) for file in files]
    readers = {head.to: head.to_name or head.to for head in reversed(heads) if not head.broken}
    return Box(
        letters=list(islice((head for head in heads if to in ("", head.to)), SHOWN_AT_MOST)),
        readers=sorted(((name, address) for address, name in readers.items()), key=lambda one: one[0].casefold()),
    )


def raw(folder: Path, name: str) -> bytes:
    """A letter's bytes as they were delivered. Raises NotThere."""
    file = folder / f"{name}.eml"
    if not _NAME.fullmatch(name) or not file.is_file():
        raise NotThere
    return file.read_bytes()


def opened(name: str, octets: bytes) -> Mail:
    """What is in a letter; of a broken one nothing."""
    head = _head(name, octets)
    if head.broken:
        return Mail(head, (), "", "", None, "")
    message = _message(octets)
    parts = calendar_parts(octets)
    calendar = parts[0].raw.decode(errors="replace") if parts else ""
    return Mail(
        head=head,
        headers=tuple((field, str(value)) for field, value in message.items()),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        entry=explained(head.method, calendar) if parts else None,
        calendar=calendar,
    )


def _message(octets: bytes) -> EmailMessage:
    return message_from_bytes(octets, policy=default)


def _head(name: str, octets: bytes) -> Head:
    try:
        message = _message(octets)
        sender_name, sender = parseaddr(str(message["From"] or ""))
        to_name, to = parseaddr(str(message["To"] or ""))
        date = message["Date"]
        parts = calendar_parts(octets)
    # What the standard library raises for a header or a part that is none is not told by one class.
    except Exception:
        return Head(name, broken=True)
    if not (to and sender):
        return Head(name, broken=True)
    return Head(
        name=name,
        to=to,
        to_name=to_name,
        sender=sender,
        sender_name=sender_name,
        subject=str(message["Subject"] or ""),
        date=date.datetime if date else None,
        method=(parts[0].method or "") if parts else "",
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
