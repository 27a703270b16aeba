"""What one typed line says of an ask that came elsewhere: "phone: who, company, what" (M17)."""

import re
from dataclasses import dataclass
from typing import Final

from vendorhub.domain import texts
from vendorhub.domain.heard import clean_email
from vendorhub.domain.logged import MEANT

LINE_AT_MOST: Final = 400

_BEFORE_COLON: Final = re.compile(r"\s*([\w -]{2,20}?)\s*:\s*(.*)", re.DOTALL)
_ADDRESS: Final = re.compile(r"<?\s*([^\s<>(),;:]+@[^\s<>(),;:]+)\s*>?")
_PARTS: Final = 3


@dataclass(frozen=True)
class TypedLine:
    """The line's parts; "" is what it does not say."""

    channel: str
    name: str
    email: str
    company: str
    topic: str

    @property
    def whole(self) -> bool:
        """Whether it says by which way, who (or which company), and what about."""
        return bool(self.channel and self.topic and (self.name or self.company or self.email))


def parse(typed: str) -> TypedLine:
    """The parts of a line. An address is known wherever it stands; of two parts the first is the company, for that is
    what an answer binds; what it is about keeps its commas. Raises Unfit where it is no line."""
    line = texts.line(typed, at_most=LINE_AT_MOST, what="line")
    channel, said = _channel(line)
    email, said = _address(said)
    parts = [part.strip() for part in said.split(",", maxsplit=_PARTS - 1)]
    if email and parts[0] == "" and len(parts) > 1:  # the address stood for who
        parts = parts[1:]
        return TypedLine(channel, "", email, parts[0] if len(parts) > 1 else "", parts[-1])
    name, company, topic = {1: ("", "", parts[-1]), 2: ("", *parts), _PARTS: tuple(parts)}[len(parts)]
    if email and len(parts) == _PARTS - 1:  # with an address beside it a single name is a person's
        name, company = company, ""
    return TypedLine(channel, name, email, company, topic)


def _channel(line: str) -> tuple[str, str]:
    found = _BEFORE_COLON.fullmatch(line)
    channel = MEANT.get(found[1].lower()) if found else None
    return (channel, found[2]) if found and channel else ("", line)


def _address(said: str) -> tuple[str, str]:
    """The first address in it, and the rest."""
    for found in _ADDRESS.finditer(said):
        if email := clean_email(found[1]):
            rest = f"{said[: found.start()].rstrip()} {said[found.end() :].lstrip()}"
            return email, rest.replace(" ,", ",").strip()
    return "", said
