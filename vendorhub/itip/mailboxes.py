"""Which names, addresses and lines may stand in a mail's header or in a calendar's property?"""

import re
from dataclasses import dataclass
from urllib.parse import quote

# Controls, lone surrogates, Unicode's own line breaks (categories Cc, Cs, Zl and Zp); and what turns the direction
# of writing, by which a name can be made to read as another one.
REFUSED = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]")
LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
MAILTO_SAFE = "!$'*+~"


@dataclass(frozen=True)
class Mailbox:
    """A name and an address, both fit for a header. Raises ValueError when made of anything else."""

    name: str
    address: str

    def __post_init__(self) -> None:
        """Refuse what cannot stand in one line, and what is no address."""
        line(self.name, what="A name")
        address(self.address)


def line(value: str, *, what: str) -> str:
    """The same text, sure to be one line: no control, line break, lone surrogate or change of direction.

    Raises ValueError with a sentence that begins with `what`.
    """
    if REFUSED.search(value):
        raise ValueError(f"{what} must be one line without control or direction characters.")
    return value


def lines(value: str, *, what: str) -> str:
    """The same text, sure to hold no control character but the line feed and the tab.

    Raises ValueError with a sentence that begins with `what`.
    """
    line(value.replace("\n", " ").replace("\t", " "), what=what)
    return value


def address(value: str) -> str:
    """The addr-spec as it goes over the wire (RFC 5321 4.1.2, dot-atoms only; the domain as A-labels).

    Raises ValueError for anything else: quoted local parts, address literals and non-ASCII local parts too.
    """
    local, at, domain = value.rpartition("@")
    try:
        domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    labelled = all(LABEL.fullmatch(label) for label in domain.split("."))
    if not (at and labelled and LOCAL.fullmatch(local)) or len(local) > 64 or len(local) + len(domain) > 253:
        raise ValueError("This is no e-mail address that a letter can be sent to.")
    return f"{local}@{domain}"


def mailto(value: str) -> str:
    """The address as a `mailto:` URI, its special characters percent-encoded (RFC 6068 2).

    Raises ValueError as `address` does.
    """
    local, _, domain = address(value).rpartition("@")
    return f"mailto:{quote(local, safe=MAILTO_SAFE)}@{domain}"
