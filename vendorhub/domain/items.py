"""What somebody brings to a joint briefing: what an item may be, until when it is sent, and who reads it when (M9)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from vendorhub.domain import texts
from vendorhub.domain.agendas import Presenter, Segment, Visibility
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.windows import reached

TITLE_AT_MOST = 120
ABSTRACT_AT_MOST = 8000
TOPICS_AT_MOST = 8
TOPIC_AT_MOST = 40  # of a free one; one of the buyer's own is as long as the buyer made it
PRESENTERS_AT_MOST = 8
ITEMS_AT_MOST = 20  # of one company in one briefing
DAYS_BEFORE = 3  # the day on which those who still owe an item are reminded
_MORNING = time(8)

NO_ASKS = "A question to one vendor is for the buyer's people to ask."
TOO_LATE = (
    "The day for items is over. A late item is let in only if all get the extension; "
    "please ask whoever organises the briefing for it."
)


class ItemState(StrEnum):
    """Where an item stands. A draft is its own people's alone; one that is sent counts as in."""

    DRAFT = "draft"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


class Press(StrEnum):
    """What its own people do about an item."""

    KEEP = "keep"  # what is typed, unsent
    SEND = "send"  # for the first time, or as a new version
    TAKE_BACK = "take_back"  # a draft is thrown away by it


# The table is the rule. What is kept of a sent item is sent by nobody's press but a further one.
TRANSITIONS: dict[ItemState, dict[Press, ItemState]] = {
    ItemState.DRAFT: {
        Press.KEEP: ItemState.DRAFT,
        Press.SEND: ItemState.SENT,
        Press.TAKE_BACK: ItemState.WITHDRAWN,
    },
    ItemState.SENT: {
        Press.KEEP: ItemState.SENT,
        Press.SEND: ItemState.SENT,
        Press.TAKE_BACK: ItemState.WITHDRAWN,
    },
    ItemState.WITHDRAWN: {},
}


@dataclass(frozen=True)
class Given:
    """An item as somebody gives it. `visibility` "" leaves it to what the item speaks of; `asks` is the slug of the
    vendor to whom a buyer's question goes, "" for all. Presenters are (name, address, role)."""

    title: str
    minutes: int
    abstract: str = ""
    topics: Sequence[str] = ()
    presenters: Sequence[tuple[str, str, str]] = ()
    visibility: str = ""
    asks: str = ""


@dataclass(frozen=True)
class Clean:
    """An item that fits."""

    title: str
    abstract: str
    minutes: int
    topics: tuple[str, ...]
    presenters: tuple[Presenter, ...]
    visibility: Visibility


def after(state: ItemState, press: Press) -> ItemState:
    """What a press makes of an item. Raises WrongState where the table has no such row."""
    to = TRANSITIONS[state].get(press)
    if to is None:
        raise WrongState("This item has been taken back.")
    return to


def check(given: Given, *, frame: int, vocabulary: Iterable[str] = ()) -> Clean:
    """The item, cleaned; `frame` are the minutes of the briefing, `vocabulary` the buyer's own words for topics.

    Raises Unfit naming title, abstract, minutes, topics, presenters or visibility.
    """
    title, abstract = check_title(given.title), check_abstract(given.abstract)
    minutes = check_minutes(given.minutes, frame=frame)
    topics = check_topics(given.topics, vocabulary=vocabulary)
    return Clean(
        title=title,
        abstract=abstract,
        minutes=minutes,
        topics=topics,
        presenters=check_presenters(given.presenters),
        visibility=check_visibility(given.visibility) or starts_as(title, abstract, topics),
    )


def check_title(typed: str) -> str:
    """The title, cleaned. Raises Unfit for none, or one too long."""
    if not typed.strip():
        raise Unfit("title", "Please give the item a title.")
    return texts.line(typed, at_most=TITLE_AT_MOST, what="title")


def check_abstract(typed: str) -> str:
    """What it is about (Markdown), cleaned; it may be empty. Raises Unfit for one too long."""
    return texts.text(typed, at_most=ABSTRACT_AT_MOST, what="abstract")


def check_minutes(minutes: int, *, frame: int) -> int:
    """How long it takes. Raises Unfit unless it fits the minutes of the briefing."""
    if not 1 <= minutes <= frame:
        raise Unfit(
            "minutes", "Please choose between 1 and %(frame)s minutes; that is the whole briefing.", frame=frame
        )
    return minutes


def check_topics(topics: Sequence[str], *, vocabulary: Iterable[str] = ()) -> tuple[str, ...]:
    """The topics, cleaned, each once; one of the `vocabulary` is spelt as there. Raises Unfit for too many, or one
    that is too long."""
    known = {_alike(word): word for word in vocabulary}
    found: dict[str, str] = {}
    for typed in topics:
        if not typed.strip():
            continue
        word = known.get(_alike(typed)) or texts.line(typed, at_most=TOPIC_AT_MOST, what="topics")
        found.setdefault(_alike(word), word)
    if len(found) > TOPICS_AT_MOST:
        raise Unfit("topics", "Please keep to %(most)s topics.", most=TOPICS_AT_MOST)
    return tuple(found.values())


def check_presenters(presenters: Sequence[tuple[str, str, str]]) -> tuple[Presenter, ...]:
    """Who presents it, cleaned; nobody is fine. Raises Unfit for a person without a name or an address, too many, or
    the same address twice."""
    if len(presenters) > PRESENTERS_AT_MOST:
        raise Unfit("presenters", "Please name at most %(most)s presenters.", most=PRESENTERS_AT_MOST)
    found = tuple(_presenter(*each) for each in presenters)
    if len({each.email for each in found}) < len(found):
        raise Unfit("presenters", "The same address is there twice.")
    return found


def check_visibility(given: str) -> Visibility | None:
    """Who is meant to read it once the agenda is published; None where that is left to its words. Raises Unfit."""
    if not given:
        return None
    try:
        return Visibility(given)
    except ValueError:
        raise Unfit("visibility", "Please say whether the room may read it, or the buyer only.") from None


def starts_as(title: str, abstract: str, topics: Iterable[str]) -> Visibility:
    """Who reads an item unless somebody says: the buyer only, where it speaks of prices, terms or plans."""
    return Visibility.BUYER if telling_word(title, abstract, topics) else Visibility.ROOM


def telling_word(title: str, abstract: str, topics: Iterable[str]) -> str:
    """The first word for which an item starts as the buyer's only, as it is written there; "" for none."""
    for said in (title, abstract, *topics):
        if found := _NOT_FOR_RIVALS.search(said):
            return found[0]
    return ""


def check_number(there: int) -> None:
    """Raises WrongState where a company has as many items in a briefing as it may."""
    if there >= ITEMS_AT_MOST:
        raise WrongState("There are %(most)s items of yours already; please change one of them.", most=ITEMS_AT_MOST)


def check_in_time(segment: Segment, *, deadline: datetime, now: datetime) -> None:
    """Raises WrongState for a vendor's item at or after the deadline; what the buyer brings has no day."""
    if segment is Segment.VENDOR and now >= deadline:
        raise WrongState(TOO_LATE)


def remind_at(items_due: date, zone: str) -> datetime:
    """The instant (UTC) from which those who still owe an item are reminded: a morning in the buyer's zone."""
    return reached(datetime.combine(items_due - timedelta(days=DAYS_BEFORE), _MORNING), zone)


def _presenter(name: str, address: str, role: str) -> Presenter:
    who = texts.line(name, at_most=120, what="presenters") if name.strip() else ""
    if not address.strip():
        raise Unfit(
            "presenters",
            "Please give an address for %(name)s: the invitation and the agenda go to it.",
            name=who or "?",
        )
    if not who:
        raise Unfit(
            "presenters", "Please give the name of whoever has the address %(address)s.", address=address.strip()
        )
    email = texts.email(address, what="presenters")
    return Presenter(who, email, texts.line(role, at_most=80, what="presenters") if role.strip() else "")


def _alike(word: str) -> str:
    return " ".join(word.split()).casefold()


_NOT_FOR_RIVALS = re.compile(
    r"\b(?:pric(?:e|es|ed|ing)|cost(?:s|ing)?|fees?|tariffs?|rate ?cards?|discount(?:s|ed)?|rebates?|margins?|budgets?"
    r"|quot(?:e|es|ation|ations)|bids?|tenders?|(?<!in )terms|contract(?:s|ual)?|renewals?|commercials?"
    r"|road[ -]?maps?|unreleased|unannounced|not (?:yet )?(?:announced|public)|under embargo|confidential|NDA"
    r"|(?:future|upcoming) (?:release|version)s?)\b",
    re.IGNORECASE,
)
