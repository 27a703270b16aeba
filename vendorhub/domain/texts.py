"""Answers what a text from outside is once it has been cleaned, at the boundary, or why it is refused."""

import html
import re
import unicodedata
from itertools import groupby
from typing import Final

from vendorhub.domain.refusals import Unfit

# What stands for one line break where several lines are allowed. Vertical tab and form feed are no writing.
_BREAKS: Final = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_BREAK: Final = re.compile("[\n\r\v\f\u0085\u2028\u2029]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Overrides, embeddings and isolates make a line read as another one. Single marks and joiners stay: Arabic,
# Hebrew, Persian and Indic writing need them.
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Half a character, code points that are none, and invisible writing (tags, annotations, withdrawn formats).
_UNREADABLE: Final = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
# What copying leaves between letters: soft hyphen, zero-width space, word joiner, byte order mark.
_LEFTOVER: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BLANK: Final = "\t \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BLANKS: Final = re.compile(f"[{_BLANK}]+")
_LONG_PAUSE: Final = re.compile("\n{4,}")

# What mail programs take for a calendar's, however it is spaced: iCalendar and its kin as text, or a link that is
# one; with its blanks, a file in a letter, or HTML that tells machines of an event. The last look at a letter's
# bytes would stop the whole letter for it (law 1).
_CALENDAR_DENSE: Final = re.compile(
    r'begin:v(calendar|event|todo|journal|freebusy|timezone)|"vcalendar"|data:text/calendar'
    r"|urn:ietf:params:xml:ns:icalendar-2\.0"
)
_CALENDAR: Final = re.compile(
    r"begin(-base64)? [0-7]{3,4} .*\.(ics|vcs|ical)|(?s:<script|<.*(itemtype|typeof|vevent|h-event))"
)
_SPACE: Final = re.compile(r"\s+")

_MARKS_RUNNING: Final = 30  # UAX #15, 13 (stream-safe text); a longer run sorts in quadratic time
_NFC_SHRINKS: Final = 4  # UAX #15: at most four code points become one

_LOCAL: Final = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")  # RFC 5322 3.2.3
_DOMAIN: Final = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])|localhost")
# IDNA 2003, which Python speaks, makes of these four other domains than today's IDNA 2008 (UTS #46, 7).
_DEVIATING: Final = re.compile("[\u00df\u03c2\u200c\u200d]")


class TextRefused(Unfit, ValueError):
    """A text that is refused: `problem` says why to programs, the sentence says to the person what to do.

    `field` is the `what` it was cleaned as.
    """

    def __init__(self, problem: str, msgid: str, *, what: str, **values: object) -> None:
        super().__init__(what, msgid, **values)
        self.problem: Final = problem


def line(value: str, *, at_most: int, what: str) -> str:
    """`value` as one clean line of 1 to `at_most` characters: NFC, blanks folded to single spaces, trimmed.

    `what` names the field. Raises TextRefused: "line_break", "control", "bidi", "unreadable", "too_long",
    "calendar" or "empty".
    """
    if _BREAK.search(value):
        raise TextRefused("line_break", "Please write this on one line.", what=what)
    folded = _BLANKS.sub(" ", _LEFTOVER.sub("", value)).strip(" ")
    clean = _readable(folded, at_most=at_most, what=what)
    if not _visible(clean):
        raise TextRefused("empty", "Please fill this in.", what=what)
    return clean


def text(value: str, *, at_most: int, what: str) -> str:
    """`value` as clean lines of `at_most` characters in all, "" when nothing is to be seen: NFC, every line
    break LF, tabs spaces, no blanks at the ends of lines, at most two blank lines running, none around.

    `what` names the field. Raises TextRefused: "control", "bidi", "unreadable", "too_long", "calendar".
    """
    lines = _BREAKS.sub("\n", _LEFTOVER.sub("", value)).replace("\t", " ").split("\n")
    folded = _LONG_PAUSE.sub("\n\n\n", "\n".join(each.rstrip(_BLANK) for each in lines)).strip("\n")
    clean = _readable(folded, at_most=at_most, what=what)
    return clean if _visible(clean) else ""


def email(value: str, *, what: str = "email") -> str:
    """The mail address as it is kept and compared: lower case, the domain in A-labels (RFC 5890), up to 254.

    Only what can stand bare in a header and, percent-encoded, in a mailto: an RFC 5322 dot-atom, "@" and a
    domain name. Raises TextRefused: "empty", "too_long" or "malformed".
    """
    address = value.strip(" \t\u00a0")
    if not address:
        raise TextRefused("empty", "Please fill this in.", what=what)
    if len(address) > 254:  # RFC 5321 4.5.3.1.3, less the angle brackets
        raise _too_long(254, len(address), what)
    local, at, domain = address.partition("@")
    if _DEVIATING.search(domain):
        raise TextRefused("malformed", "Please write the part after the @ in its xn-- form.", what=what)
    canonical = f"{local}{at}{_a_labels(domain)}".lower() if local.isascii() else ""
    local, _, domain = canonical.partition("@")
    if len(local) > 64 or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise TextRefused("malformed", "Please write one mail address, like name@example.com.", what=what)
    if len(canonical) > 254:
        raise _too_long(254, len(canonical), what)
    return canonical


def _readable(value: str, *, at_most: int, what: str) -> str:
    # In this order: nothing is normalised that could be long, broken or a pile of marks.
    if _CONTROL.search(value):
        raise TextRefused("control", "Please take out the control characters; retyping it helps.", what=what)
    if _BIDI.search(value):
        raise TextRefused(
            "bidi",
            "Please take out the characters that turn the direction of writing; retyping it helps.",
            what=what,
        )
    if _UNREADABLE.search(value):
        raise TextRefused("unreadable", "Some characters cannot be read; please retype it.", what=what)
    if len(value) > at_most * _NFC_SHRINKS:
        raise _too_long(at_most, len(value), what)
    if not value.isascii():
        if any(marks and len(list(run)) > _MARKS_RUNNING for marks, run in groupby(value, _is_mark)):
            raise TextRefused("unreadable", "Too many accents stand on one letter; please retype it.", what=what)
        value = unicodedata.normalize("NFC", value)
    if len(value) > at_most:
        raise _too_long(at_most, len(value), what)
    if _reads_like_a_calendar(value):
        raise TextRefused(
            "calendar", "Please leave calendar entries and code out of the text; times are agreed here.", what=what
        )
    return value


def _reads_like_a_calendar(value: str) -> bool:
    readings = {value.lower(), html.unescape(value).lower()}
    return any(_CALENDAR.search(one) or _CALENDAR_DENSE.search(_SPACE.sub("", one)) for one in readings)


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) != 0


def _visible(value: str) -> bool:
    return any(unicodedata.category(character)[0] in "LNPS" for character in value)


def _a_labels(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _too_long(at_most: int, length: int, what: str) -> TextRefused:
    return TextRefused(
        "too_long",
        "Please keep this to %(at_most)d characters; it has %(length)d.",
        what=what,
        at_most=at_most,
        length=length,
    )
