"""Answers what an agenda says on paper and in a calendar, in the reader's language and zone.

What the reader may see of it is decided before (law 10); here it is only worded.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from flask_babel import force_locale, lazy_gettext
from flask_babel import gettext as _
from sqlalchemy import select

from vendorhub.domain import agenda_sheets as rules
from vendorhub.domain.agenda_sheets import Line, Sheet
from vendorhub.domain.agenda_versions import Party, Room, as_seen_by, unpacked
from vendorhub.domain.agendas import SHARED_OUT, Entry, Presenter, Segment, minutes_of, share_of_buyer, starts
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.wall_times import in_zone
from vendorhub.outbox.readers import organisation
from vendorhub.store import AgendaEntry, AgendaVersion, Meeting, MeetingRequest
from vendorhub.store.agendas import Owner, owned
from vendorhub.store.write import Work
from vendorhub.wording import clock_time, day, times

_LEGEND: Final = {
    Segment.VENDOR: lazy_gettext("Vendors"),
    Segment.OVERLAP: lazy_gettext("Together"),
    Segment.BUYER: lazy_gettext("The buyer"),
    Segment.ACTIONS: lazy_gettext("Who does what"),
    Segment.BREAK: lazy_gettext("Break"),
}


@dataclass(frozen=True)
class Told:
    """An entry with the names of the companies it is of, and its abstract as plain text."""

    entry: Entry
    whose: tuple[str, ...]
    abstract: str = ""


@dataclass(frozen=True)
class Frame:
    """What stands around the entries; `kind` is what they meet for, in words. `start` is an instant, None while no time
    is agreed; `place` as it is read."""

    kind: str
    theme: str
    outcome: str
    buyer: str
    organiser: str  # "" where no VAR brings the vendors
    vendors: tuple[str, ...]
    minutes: int
    start: datetime | None
    end: datetime | None
    place: str
    house_rules: str
    number: int
    made_at: datetime
    zones: tuple[str, ...]  # the reader's own first
    language: str
    link: str


def in_language(language: str) -> AbstractContextManager[None]:
    """A stretch of code whose sentences are the reader's."""
    return cast("AbstractContextManager[None]", force_locale(language))


def said(msgid: str, values: Mapping[str, object]) -> str:
    """A sentence in the language forced at the moment."""
    return str(_(msgid, **values))


def sheet(frame: Frame, told: Sequence[Told]) -> Sheet:
    """The agenda for print."""
    with in_language(frame.language):
        entries = [each.entry for each in told]
        whole = max(frame.minutes, minutes_of(entries))
        zone = frame.zones[0]
        return Sheet(
            kind=frame.kind,
            theme=frame.theme,
            companies=_companies(frame),
            facts=tuple(_facts(frame)),
            minutes=whole,
            lines=tuple(_line(each, at, frame.start, zone) for each, at in zip(told, starts(entries), strict=True)),
            legend=tuple(
                (segment.value, frame.buyer if segment is Segment.BUYER else str(name))
                for segment, name in _LEGEND.items()
                if any(each.segment is segment for each in entries)
            ),
            ticks=tuple(
                (minute, begins(minute, frame.start, zone)) for minute in range(0, whole + 1, rules.tick_every(whole))
            )
            if entries
            else (),
            share=_share(frame, entries),
            rules_title=_("House rules"),
            rules=frame.house_rules,
            version=_(
                "Version %(number)s, published on %(day)s",
                number=frame.number,
                day=day(in_zone(frame.made_at, zone).date()),
            ),
            page=_("Page {page} of {pages}"),
            link=frame.link,
            boxes=_("A box (▯) stands for writing that this typeface lacks; the page shows it."),
            language=frame.language,
            made_at=frame.made_at,
            empty=_("Nothing stands in it."),
        )


@dataclass(frozen=True)
class Published:
    """The agenda of a briefing as it was published last, whole; of a single meeting, before that, as far as it is, with
    `made_at` None."""

    entries: tuple[Entry, ...]
    room: Room
    made_at: datetime | None

    def told_to(self, party: Party, meeting: Meeting) -> tuple[Line, ...]:
        """What a calendar's entry tells this party of it, by the meeting's clocks; in the language forced now."""
        shown = as_seen_by(self.entries, party, self.room, said)
        told = [Told(each, tuple(self.room.names[company] for company in each.companies)) for each in shown]
        return tuple(
            _line(each, at, meeting.start_at, meeting.zone) for each, at in zip(told, starts(shown), strict=True)
        )


def published_agenda(work: Work, request: MeetingRequest, meeting: Meeting) -> Published | None:
    """The agenda of the meeting, or of the briefing that it is; None while there is none to be told."""
    joint = request.kind == Kind.BRIEFING
    whose = Owner(request.buyer_id, request.id if joint else None, None if joint else meeting.id)
    version = work.session.scalar(
        select(AgendaVersion).where(owned(AgendaVersion, whose)).order_by(AgendaVersion.number.desc()).limit(1)
    )
    if version is not None:
        entries = unpacked(version.body["entries"])
    elif joint or not (entries := _as_far_as_it_is(work, whose)):
        return None
    wanted = {request.buyer_id, *(company for each in entries for company in each.companies)}
    names = {each: organisation(work, each).name for each in wanted}
    return Published(entries, Room(request.buyer_id, names), version.made_at if version else None)


def _as_far_as_it_is(work: Work, whose: Owner) -> tuple[Entry, ...]:
    rows = work.session.scalars(select(AgendaEntry).where(owned(AgendaEntry, whose)).order_by(AgendaEntry.position))
    return tuple(
        Entry(
            Segment(row.segment),
            row.title,
            row.minutes,
            companies=tuple(row.companies),
            presenters=tuple(Presenter(*each) for each in row.presenters),
            ref=row.code,
        )
        for row in rows
    )


def begins(minute: int, start: datetime | None, zone: str) -> str:
    """What the clocks of `zone` show at that minute or, while no time is agreed, hours and minutes: "0:35"."""
    if start is None:
        return f"{minute // 60}:{minute % 60:02}"
    return clock_time(in_zone(start + timedelta(minutes=minute), zone))


def _line(told: Told, at: int, start: datetime | None, zone: str) -> Line:
    entry = told.entry
    return Line(
        starts_at=at,
        minutes=entry.minutes,
        begins=begins(at, start, zone),
        lasts=_("%(minutes)s min", minutes=entry.minutes),
        segment=entry.segment.value,
        whose=", ".join(told.whose) or _("Everybody"),
        title=entry.title,
        who=tuple(f"{one.name}, {one.role}" if one.role else one.name for one in entry.presenters),
        abstract=told.abstract,
    )


def _companies(frame: Frame) -> str:
    vendors = _joined(frame.vendors)
    if not frame.organiser:
        return str(_("%(buyer)s with %(vendors)s", buyer=frame.buyer, vendors=vendors))
    return str(
        _(
            "%(organiser)s brings %(vendors)s to %(buyer)s",
            organiser=frame.organiser,
            vendors=vendors,
            buyer=frame.buyer,
        )
    )


def _joined(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return str(_("%(some)s and %(last)s", some=", ".join(names[:-1]), last=names[-1]))


def _facts(frame: Frame) -> list[tuple[str, str]]:
    found = []
    if frame.start and frame.end:
        found += [(_("When"), "\n".join(times(frame.start, frame.end, frame.zones)))]
    else:
        found += [(_("When"), _("No time is agreed yet; what stands here counts from the beginning."))]
    if frame.place:
        found.append((_("Where"), frame.place))
    if frame.outcome:
        found.append((_("Afterwards"), frame.outcome))
    return [(str(label), str(words)) for label, words in found]


def _share(frame: Frame, entries: Sequence[Entry]) -> str:
    share = share_of_buyer(entries)
    if share is None:
        return ""
    own, shared = minutes_of(entries, Segment.BUYER), minutes_of(entries, *SHARED_OUT)
    said = {"buyer": frame.buyer, "own": own, "shared": shared, "share": share}
    return str(_("%(buyer)s has %(own)s of %(shared)s minutes (%(share)s %%)", **said))
