"""Answers how dates, times, deadlines and the ways of an ask are said, in letters and on pages alike (law 11)."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.numbers import format_decimal
from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _
from jinja2.ext import Extension

from vendorhub.domain.heard import Channel
from vendorhub.domain.memory import Sentence
from vendorhub.domain.rhythms import Why
from vendorhub.domain.wall_times import in_zone, zone_name
from vendorhub.domain.wordings import Answer

# Plain "en" would write dates and times the American way.
_WRITTEN_AS: Final = {"en": "en_GB"}
_INDENTED: Final = re.compile(r"^[ \t]+", re.MULTILINE)
# How each answer is told where a buyer says nothing else.
_TOLD: Final = {
    Answer.YES: lazy_gettext("Thank you for asking."),
    Answer.YES_BUT: lazy_gettext("Thank you for asking. We would gladly meet you, with these changes."),
    Answer.IN_WRITING: lazy_gettext(
        "Thank you for asking. We will not meet about it now, and would gladly read what you have to say: "
        "two pages at most."
    ),
    Answer.NOT_NOW: lazy_gettext("We have read it, and this is not the moment for it."),
    Answer.NO: lazy_gettext("We have read it, and we will not take it up. Thank you for the work you put into it."),
    Answer.QUESTION: lazy_gettext("Thank you for asking. One thing would help us to answer."),
    Answer.PASS_ON: lazy_gettext("Thank you for asking. A colleague is nearer to it than we are."),
    Answer.FRONT_DOOR: lazy_gettext(
        "We take up what is asked at our front door, so that every ask is read and every ask is answered. "
        "Please ask there; you are welcome."
    ),
}
_WAYS: Final = {
    Channel.PHONE: lazy_gettext("by phone"),
    Channel.MAIL: lazy_gettext("by mail"),
    Channel.INVITATION: lazy_gettext("as an invitation"),
    Channel.SITE: lazy_gettext("on a networking site"),
    Channel.VOICEMAIL: lazy_gettext("by voicemail"),
    Channel.OTHER: lazy_gettext("in another way"),
}


def day(on: date, locale: str = "") -> str:
    """A date with its weekday: "Wednesday, 13 January 2027"; without `locale` in the reader's language."""
    return _day(on.year, on.month, on.day, _written_as(locale))


def short_day(on: date, locale: str = "") -> str:
    """A day of this year or the next, for the head of a column: "Wed, 13 Jan"."""
    return _short_day(on, _written_as(locale))


def brief_day(on: date, locale: str = "") -> str:
    """A date with its weekday, short, for lists: "Wed, 13 Jan 2027"; without `locale` in the reader's language."""
    return _day(on.year, on.month, on.day, _written_as(locale), "EEE, d MMM y")


def clock_time(local: datetime, locale: str = "") -> str:
    """What the clock on the wall shows: "14:00"; the zone is the caller's to name."""
    return _clock_time(local.hour, local.minute, _written_as(locale))


def when(start: datetime, end: datetime, zone: str, locale: str = "") -> str:
    """A span as the clocks of `zone` show it: "Wednesday, 13 January 2027, 14:00–14:30 (Berlin time, UTC+01:00)".

    `start` and `end` are instants. Raises WallTimeRefused for an unknown zone.
    """
    reads = _reads()
    return _when(start, end, zone, locale or reads, reads)


def times(start: datetime, end: datetime, zones: Iterable[str], locale: str = "") -> tuple[str, ...]:
    """The span in each zone, the reader's own first; the day only once if it is the same there.

    A zone whose clocks show the same is left out.
    """
    found: dict[datetime, str] = {}
    days: tuple[date, date] | None = None
    for zone in zones:
        wall = in_zone(start, zone).replace(tzinfo=None)
        if wall in found:
            continue
        dated = wall.date(), in_zone(end, zone).date()
        days = days or dated
        same = bool(found) and dated == days and dated[0] == dated[1]
        reads = _reads()
        found[wall] = _hours(start, end, zone, locale or reads, reads) if same else when(start, end, zone, locale)
    return tuple(found.values())


def start_of(start: datetime, zone: str, locale: str = "") -> str:
    """When something begins, short enough for a list of subjects: "Wed, 13 Jan 2027, 14:00 (Berlin time)"."""
    reads = _reads()
    return _start_of(start, zone, locale or reads, reads)


def deadline(until: datetime, zone: str, locale: str = "") -> str:
    """The last moment, as one says it: "the end of Tuesday, 12 January 2027 (Berlin time, UTC+01:00)".

    A midnight is the end of the day before it; any other instant is told by its time.
    """
    local = in_zone(until, zone)
    named = zone_name(until, zone)
    if (local.hour, local.minute) == (0, 0):
        last = day(local.date() - timedelta(days=1), locale)
        return str(_("the end of %(day)s (%(zone)s)", day=last, zone=named))
    said = {"day": day(local.date(), locale), "time": clock_time(local, locale)}
    return str(_("%(day)s, %(time)s (%(zone)s)", zone=named, **said))


def distance(until: datetime | date, now: datetime, locale: str = "") -> str:
    """How far away an instant or a day is, in the largest unit that fits: "in 3 days", "2 hours ago"."""
    if not isinstance(until, datetime):
        return _distance(until - now.date(), _written_as(locale))
    return _distance(until - now, _written_as(locale))


def way(channel: str) -> str:
    """The way by which an ask came that was not asked here."""
    return str(_WAYS[Channel(channel)])


def came_by(channel: str, noted_by: str | None, words: str) -> str:
    """The same as a sentence, with who noted it or forwarded it; None where it came straight to our address."""
    if channel == Channel.INVITATION and noted_by:
        return str(_("An invitation nobody had agreed to, noted by %(name)s; its time was thrown away.", name=noted_by))
    if channel == Channel.INVITATION:
        return str(_("An invitation nobody had agreed to; its time was thrown away."))
    if channel == Channel.MAIL and noted_by and words:
        return str(_("A mail that %(name)s forwarded.", name=noted_by))
    by = _("%(way)s, noted by %(name)s.") if noted_by else _("%(way)s.")
    said = str(by) % {"way": way(channel), "name": noted_by}
    return said[:1].upper() + said[1:]


def octets(size: int) -> str:
    """The size of a file: "340 kB", "2.4 MB"; what is less than one kB is told as one."""
    if size < 1_000_000:
        return str(_("%(size)s kB", size=_number(max(1, round(size / 1000)))))
    return str(_("%(size)s MB", size=_number(round(size / 1_000_000, 1))))


def told(own: Mapping[str, str], answer: str) -> str:
    """The sentence with which an answer is told: the buyer's own, or ours."""
    return own.get(answer) or str(_TOLD[Answer(answer)])


class Flush(Extension):
    """Templates are indented for whoever writes them; letters and pages are not, for their size."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """A template's source without the blanks at the beginnings of its lines."""
        return _INDENTED.sub("", source)


def because(why: Why | Sentence) -> str:
    """Why a quarter is as it is, or another sentence of a relationship, with its days as people read them."""
    values = {name: day(value) if isinstance(value, date) else value for name, value in why.values.items()}
    return str(_(why.msgid, **values))


# The names under which templates know these.
FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "told": told,
    "because": because,
    "octets": octets,
    "way": way,
    "came_by": came_by,
    "day": day,
    "short_day": short_day,
    "clock_time": clock_time,
    "when": when,
    "times": times,
    "deadline": deadline,
    "distance": distance,
    "start_of": start_of,
}


def _number(value: float) -> str:
    return format_decimal(value, locale=_written_as(""))


def _written_as(locale: str) -> str:
    named = locale or _reads()
    return _WRITTEN_AS.get(named, named)


def _reads() -> str:
    return str(get_locale() or "en")


# One list or one round of letters says few days and times, each many times; and saying one is slow. Instants that
# are equal are said alike, whatever zone they are kept in; `_language` is the one that gettext writes now.
@lru_cache(maxsize=4096)
def _when(start: datetime, end: datetime, zone: str, locale: str, _language: str) -> str:
    first, last = in_zone(start, zone), in_zone(end, zone)
    said = {
        "day": day(first.date(), locale),
        "start": clock_time(first, locale),
        "end": clock_time(last, locale),
        "zone": zone_name(start, zone),
    }
    if first.date() == last.date():
        return str(_("%(day)s, %(start)s–%(end)s (%(zone)s)", **said))
    return str(_("%(day)s, %(start)s – %(last)s, %(end)s (%(zone)s)", last=day(last.date(), locale), **said))


@lru_cache(maxsize=4096)
def _hours(start: datetime, end: datetime, zone: str, locale: str, _language: str) -> str:
    said = {"start": clock_time(in_zone(start, zone), locale), "end": clock_time(in_zone(end, zone), locale)}
    return str(_("%(start)s–%(end)s (%(zone)s)", zone=zone_name(start, zone), **said))


@lru_cache(maxsize=4096)
def _start_of(start: datetime, zone: str, locale: str, _language: str) -> str:
    local = in_zone(start, zone)
    short = format_skeleton("yMMMEd", local.replace(tzinfo=None), locale=_written_as(locale))
    named = zone_name(start, zone).partition(",")[0]
    return str(_("%(day)s, %(time)s (%(zone)s)", day=short, time=clock_time(local, locale), zone=named))


@lru_cache(maxsize=4096)
def _distance(delta: timedelta, locale: str) -> str:
    return format_timedelta(delta, granularity="minute", add_direction=True, locale=locale)


@lru_cache(maxsize=4096)
def _day(year: int, month: int, number: int, locale: str, form: str = "full") -> str:
    return format_date(date(year, month, number), form, locale=locale)


@lru_cache(maxsize=4096)
def _short_day(on: date, locale: str) -> str:
    return format_skeleton("MMMEd", on, locale=locale)


@lru_cache(maxsize=4096)
def _clock_time(hour: int, minute: int, locale: str) -> str:
    return format_time(time(hour, minute), "short", locale=locale)
