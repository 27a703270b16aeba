"""Answers what a letter says: its subject, its plain text and its HTML, in the language forced at the moment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from textwrap import TextWrapper
from typing import Any, Final

from flask import current_app
from jinja2 import Environment, StrictUndefined

from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import Signature
from vendorhub.wording import Flush

LINE_WIDTH: Final = 72

_EXTENSION: Final = "vendorhub.letter_templates"
_LINE_END_BLANKS: Final = re.compile(r"[ \t]+\n")
_LONG_PAUSE: Final = re.compile(r"\n{3,}")
# What a line that goes on begins with, by the beginning of the first: a quotation, an item, or what belongs to it.
_GOES_ON: Final = {"> ": "> ", "- ": "  ", "  ": "  "}
_WRAPPERS: Final = {
    begins: TextWrapper(LINE_WIDTH, subsequent_indent=begins, break_long_words=False, break_on_hyphens=False)
    for begins in {"", *_GOES_ON.values()}
}


@dataclass(frozen=True)
class Words:
    """A letter as it is read; `subject` is one line, `text` ends with its last line's end."""

    subject: str
    text: str
    html: str


def worded(
    kind: LetterKind,
    to: Recipient,
    signed: Signature,
    *,
    now: datetime,
    context: Mapping[str, Any],
    calendar: bool = False,
) -> Words:
    """The words of templates/mail/KIND, as written `now` and read by `to`; `calendar`: with a calendar part.

    Raises jinja2.UndefinedError if they need what `context` lacks: a letter has no holes.
    """
    known = {**context, "to": to, "signed": signed, "now": now, "calendar": calendar}
    known["subject"] = subject = " ".join(_rendered(f"mail/{kind}/subject.txt", known).split())
    text = tidy(_rendered(f"mail/{kind}/body.txt", known))
    return Words(subject, f"{text}\n", _rendered(f"mail/{kind}/body.html", known))


def description(context: Mapping[str, Any]) -> str:
    """What the calendar entry of a meeting says beside its title; a calendar wraps by itself."""
    return _tidy(_rendered("mail/invitation/description.txt", context))


def tidy(text: str) -> str:
    """A rendered plain text as it is sent: no blanks at line ends, single pauses, lines of at most 72 characters.

    Only what has no blank in it, such as a link, is longer.
    """
    return "\n".join(map(_wrapped, _tidy(text).split("\n")))


def _tidy(text: str) -> str:
    return _LONG_PAUSE.sub("\n\n", _LINE_END_BLANKS.sub("\n", text.strip()))


def _wrapped(line: str) -> str:
    if len(line) <= LINE_WIDTH:
        return line
    return _WRAPPERS[_GOES_ON.get(line[:2], "")].fill(line)


def _rendered(template: str, context: Mapping[str, Any]) -> str:
    return _templates().get_template(template).render(context)


def _templates() -> Environment:
    """The app's templates as letters use them: strict about what is missing, and without blanks or empty lines."""
    found: Environment | None = current_app.extensions.get(_EXTENSION)
    if found is None:
        found = current_app.jinja_env.overlay(undefined=StrictUndefined, trim_blocks=True, extensions=[Flush])
        # The pages' own `_` escapes whatever is filled in; plain text must not.
        found.globals = {**found.globals, "_": found.globals["gettext"]}
        current_app.extensions[_EXTENSION] = found
    return found
