"""Answers what the letters about promises look like: a reminder, one that is open again, a delivery that was missed."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from vendorhub.demo.sample_world import ASK, ASKER, BUYER, BY_ASKER, BY_CIO, BY_NOBODY, CIO, COMPANY, row
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.office import office

_PROMISE = row(text="Measure a restore of the claims database", due=date(2027, 2, 12), why="")


def letters(plain: Callable[..., bytes]) -> Iterator[tuple[str, LetterKind, Any, Callable[[LetterKind], bytes]]]:
    """Each letter's name, its kind, who gets it and when, and what writes it, as the gallery's others are."""
    kind = LetterKind

    def about(*who: Any, promise: Any = _PROMISE, **facts: Any) -> Callable[[LetterKind], bytes]:
        given = {"promise": promise, "buyer": BUYER, "company": COMPANY, "topic": ASK.topic} | facts
        return lambda it: plain(it, *who, link=_link(it), **given)

    for which in ("before", "after"):
        told = _("To whoever promised something, before its day") if which == "before" else _("The same after it")
        reminder = about(ASKER, BY_NOBODY, which=which)
        yield f"promise_reminder-{which}", kind.PROMISE_REMINDER, told, reminder
    told = _("To whoever promised something: the other side does not see it done")
    again = about(ASKER, BY_CIO, note="It was measured on a copy without its attachments.")
    yield "promise_reopened", kind.PROMISE_REOPENED, told, again
    told = _("To those who were in touch last: a delivery was missed")
    yield "promise_missed", kind.PROMISE_MISSED, told, about(ASKER, BY_CIO, topic="", own=True)
    told = _("The same from the side that missed it")
    ours = row(**{**vars(_PROMISE), "why": "The machine came two weeks late; we measure in week eight."})
    yield (
        "promise_missed-ours",
        kind.PROMISE_MISSED,
        told,
        about(CIO, BY_ASKER, promise=ours, topic="", own=False),
    )


def _link(kind: LetterKind) -> str:
    links = office().links
    return links.promises() if kind is LetterKind.PROMISE_MISSED else links.promise("the-secret-of-this-letter")
