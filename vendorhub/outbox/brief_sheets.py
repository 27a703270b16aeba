"""Answers how a brief is worded, in its reader's language and zone: on the page, on paper and in a letter.

What the reader may see of it is decided before (law 10); here it is only worded.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from vendorhub.domain.brief_sheets import BriefSheet, Row, Section
from vendorhub.domain.briefs import Brief, Comer
from vendorhub.domain.memory import LeftOff, Promised, Sentence, paragraph
from vendorhub.domain.wall_times import in_zone
from vendorhub.outbox.agenda_sheets import in_language
from vendorhub.wording import clock_time, day, start_of, times


def sheet(view: Brief, *, zone: str, language: str, link: str, now: datetime) -> BriefSheet:
    """The brief as its reader has it, in their language and by their clocks."""
    with in_language(language):
        today = in_zone(now, zone).date()
        zones = tuple(dict.fromkeys((zone, view.buyer_zone)))
        return BriefSheet(
            kind=_("Brief for a joint briefing") if view.joint else _("Brief for a meeting"),
            topic=view.topic,
            companies=_companies(view),
            facts=tuple(_facts(view, zones)),
            sections=tuple(each for each in _sections(view, zone, today) if each.paragraphs or each.rows),
            made=_("As it stands on %(day)s", day=day(today)),
            page=_("Page {page} of {pages}"),
            link=link,
            language=language,
            made_at=now.replace(hour=0, minute=0, second=0, microsecond=0),
        )


def left_off(left: LeftOff, *, today: date, zone: str) -> str:
    """Where two companies left off, as one paragraph in the language forced at the moment."""
    return " ".join(said(each, zone) for each in paragraph(left, today=today))


def said(sentence: Sentence, zone: str) -> str:
    """A sentence with its days and instants as people read them."""
    values = {
        name: start_of(value, zone) if isinstance(value, datetime) else day(value) if isinstance(value, date) else value
        for name, value in sentence.values.items()
    }
    return str(_(sentence.msgid, **values))


def _companies(view: Brief) -> str:
    if view.joint:
        names = dict.fromkeys(each.company for each in (*view.people, *view.own_people))
        return " · ".join(names)
    return " · ".join((view.buyer, view.company))


def _facts(view: Brief, zones: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield _("When"), "\n".join(times(view.start, view.end, zones))
    yield _("Where"), view.place or _("nobody has said yet")
    if view.goal:
        yield _("The goal it serves"), view.goal
    if view.outcome:
        yield _("What for"), view.outcome


def _sections(view: Brief, zone: str, today: date) -> Iterator[Section]:
    several = len(view.left_off) > 1
    yield Section("changed", _("What has changed"), rows=tuple(Row(said(each, zone)) for each in view.changes))
    for each in view.left_off:
        title = _("Where you left off with %(company)s", company=each.other) if several else _("Where you left off")
        yield Section("left-off", title, paragraphs=(left_off(each, today=today, zone=zone),))
    owed = [(each, promise) for each in view.left_off for promise in each.theirs_first]
    yield Section(
        "promises",
        _("Open promises, theirs first"),
        rows=tuple(
            _promise(promise, each.other, today)
            for each, promise in sorted(owed, key=lambda pair: (not pair[1].theirs, pair[1].due))
        ),
    )
    yield Section("people", _("Who comes"), rows=tuple(map(_comer, view.people)))
    yield Section("agenda", _("Agenda"), rows=tuple(_entries(view, zone)))
    yield Section("own", _("Of your own"), rows=tuple(map(_comer, view.own_people)))


def _promise(promise: Promised, other: str, today: date) -> Row:
    due = (
        _("late since %(day)s", day=day(promise.due)) if promise.due < today else _("by %(day)s", day=day(promise.due))
    )
    whose = _("%(owner)s, %(company)s", owner=promise.owner, company=other) if promise.theirs else promise.owner
    return Row(promise.text, beside=due, below=whose)


def _comer(each: Comer) -> Row:
    beside = {"DECLINED": _("can’t come"), "ACCEPTED": _("comes"), "TENTATIVE": _("perhaps")}.get(each.partstat, "")
    return Row(each.name, beside=" · ".join(filter(None, (each.company, beside))), below=each.line)


def _entries(view: Brief, zone: str) -> Iterator[Row]:
    for point in view.agenda:
        begins = in_zone(view.start + timedelta(minutes=point.starts_at), zone)
        lasts = _("%(minutes)s min", minutes=point.minutes)
        whose = ", ".join(point.whose)
        yield Row(point.title, beside=" · ".join(filter(None, (lasts, whose))), before=clock_time(begins))
