"""Does this HTML tell machines of an event, so that a mail program would offer to put it in a calendar?"""

import json
import re
from html.parser import HTMLParser

# schema.org's Event and Reservation with all that are kinds of them, by the last word of the type's name.
EVENT = re.compile(
    r"(?:\S*[^A-Za-z\s])?"
    r"(?:[A-Za-z]*(?:Event|Reservation)|EventSeries|ReservationPackage|Festival|Hackathon|CourseInstance)"
)
# What such markup can't do without, in lower case: a vocabulary, a way to give a type, and a kind of event.
VOCABULARY, TYPES = b"schema.org", (b"itemtype", b"typeof", b"@type")
EVENTS = (b"event", b"reservation", b"festival", b"hackathon", b"courseinstance")
MICROFORMAT = re.compile(rb"""class ?= ?["']?[\w -]{0,40}\b(?:vevent|h-event)\b""")
TYPED = ("itemtype", "typeof")
MICROFORMATS = {"vevent", "h-event"}
# Without one of these, in lower case and entities resolved, a page has no such markup.
WORTH_READING = (b"<script", b"itemtype", b"typeof", b"vevent", b"h-event")


def has_event_markup(page: bytes) -> bool:
    """Whether the HTML holds an event or reservation as JSON-LD, microdata, RDFa (schema.org) or microformat.

    JSON-LD that cannot be read counts as one.
    """
    reader = _Reader(convert_charrefs=True)
    reader.feed(page.decode("utf-8", "replace"))
    reader.close()
    return reader.found or any(map(_is_event, reader.scripts))


def may_name_event(lower: bytes) -> bool:
    """Whether octets in lower case, of whatever file, might be such markup; told at sight, in one pass."""
    told = VOCABULARY in lower and any(word in lower for word in TYPES) and any(word in lower for word in EVENTS)
    return told or MICROFORMAT.search(lower) is not None


class _Reader(HTMLParser):
    """Notes typed elements, and keeps the scripts that are JSON-LD."""

    found = False
    inside = False

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            words = (value or "").split()
            if name in TYPED and any(map(EVENT.fullmatch, words)):
                self.found = True
            if name == "class" and MICROFORMATS.intersection(word.lower() for word in words):
                self.found = True
        kind = dict(attrs).get("type") or ""
        self.inside = tag == "script" and "json" in kind.lower()
        if self.inside:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.scripts[-1] += data


def _is_event(script: str) -> bool:
    try:
        return _names_event(json.loads(script))
    except (ValueError, RecursionError):
        return True


def _names_event(told: object) -> bool:
    """Whether any text in it names such a type, under whichever key: a context may rename them."""
    if isinstance(told, dict):
        return any(map(_names_event, told.values()))
    if isinstance(told, list):
        return any(map(_names_event, told))
    return isinstance(told, str) and bool(EVENT.fullmatch(told.strip()))
