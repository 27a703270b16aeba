"""Answers what is told of a briefing's agenda: the first version to everybody in it, a later one to whom it touches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from vendorhub.domain.agenda_versions import Party, Room, as_seen_by, difference, unpacked
from vendorhub.domain.agendas import Entry, starts
from vendorhub.domain.briefings import Part
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.wall_times import in_zone
from vendorhub.outbox.about import facts_of
from vendorhub.outbox.briefings import organisers, who_come_for
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient, organisation, recipient, who_answer
from vendorhub.outbox.signatures import by_actor, by_clock
from vendorhub.store import AgendaVersion, Meeting, MeetingRequest, Organisation, Person
from vendorhub.store.briefings import parts_of
from vendorhub.store.write import Work
from vendorhub.wording import clock_time


@dataclass(frozen=True)
class TimedLine:
    """An entry as a letter tells it; `at` is the time, or hours and minutes from the start where none is agreed."""

    at: str
    title: str
    minutes: int
    whose: str
    presenters: tuple[str, ...]


def published(
    work: Work,
    request: MeetingRequest,
    version: AgendaVersion,
    before: Sequence[Entry] | None,
    *,
    unsigned: bool = False,
) -> None:
    """Tells each party of a version as it may see it; where there was one before, those alone who see a difference.

    `unsigned`: it follows from what a vendor has said of itself, whose name is nothing for the others.
    """
    entries = unpacked(version.body["entries"])
    parts = [part for part in parts_of(work.session, request) if part.state == Part.JOINED]
    home = organisation(work, request.buyer_id)
    names = _names(work, request, (*entries, *(before or ())))
    room = Room(request.buyer_id, {each.id: each.name for each in names.values()})
    signed = by_clock(home) if unsigned else by_actor(work, request)
    facts = {**facts_of(work, request), "start": _start(work, request), "link": office().links.agenda(request.code)}
    arranging = Party(request.buyer_id, arranges=True)
    readers = [(to, arranging) for to in (*who_answer(work, request), *organisers(work, request))]
    readers += [(to, Party(part.company_id)) for part in parts for to in who_come_for(work, part)]
    readers += _presenters(
        work, (*entries, *(before or ())), {home.id, *(part.company_id for part in parts)}, names, home
    )
    told: set[str] = set()
    for to, party in readers:
        if not to.email or to.email in told:
            continue
        told.add(to.email)
        with force_locale(to.language):
            shown = as_seen_by(entries, party, room, _said)
            changes = difference(as_seen_by(before, party, room, _said), shown, party) if before is not None else ()
            lines = timed(shown, room.names, facts["start"], to.zone)
        if before is not None and not changes:
            continue
        kind = LetterKind.AGENDA_PUBLISHED if before is None else LetterKind.AGENDA_CHANGED
        context = {**facts, "lines": lines, "changes": changes}
        post(work, kind, to, signed=signed, context=context, buyer_id=request.buyer_id)


def _names(work: Work, request: MeetingRequest, entries: Iterable[Entry]) -> dict[int, Organisation]:
    """Every company that an entry names, and whoever is in the briefing."""
    wanted = {request.buyer_id, *(company for each in entries for company in each.companies)}
    rows = work.session.scalars(select(Organisation).where(Organisation.id.in_(wanted)))
    return {row.id: row for row in rows}


def _presenters(
    work: Work,
    entries: Iterable[Entry],
    companies: set[int],
    homes: Mapping[int, Organisation],
    buyer: Organisation,
) -> list[tuple[Recipient, Party]]:
    """Who presents for a company that comes, each once; whoever has no account reads in their company's zone."""
    found: dict[str, tuple[str, int]] = {}
    for each in entries:
        if len(each.companies) == 1 and each.companies[0] in companies:
            for one in each.presenters:
                if one.email:
                    found.setdefault(one.email, (one.name, each.companies[0]))
    known = {row.email: row for row in work.session.scalars(select(Person).where(Person.email.in_(list(found))))}
    readers = []
    for email, (name, company) in found.items():
        person, home = known.get(email), homes[company]
        if person is not None and not person.active:
            continue
        to = recipient(person, home) if person is not None else Recipient(None, email, name, home.zone)
        readers.append((to, Party(company, arranges=company == buyer.id)))
    return readers


def _start(work: Work, request: MeetingRequest) -> datetime | None:
    return work.session.scalar(
        select(Meeting.start_at)
        .where(
            Meeting.buyer_id == request.buyer_id,
            Meeting.request_id == request.id,
            Meeting.state == MeetingState.CONFIRMED,
        )
        .order_by(Meeting.id.desc())
        .limit(1)
    )


def timed(
    entries: Sequence[Entry], names: Mapping[int, str], start: datetime | None, zone: str
) -> tuple[TimedLine, ...]:
    """The entries as a letter tells them to a reader in this zone; `names` are those of the companies by id."""
    return tuple(
        TimedLine(
            at=_at(minute, start, zone),
            title=each.title,
            minutes=each.minutes,
            whose="" if each.reserved else ", ".join(names[company] for company in each.companies),
            presenters=tuple(one.name for one in each.presenters),
        )
        for each, minute in zip(entries, starts(entries), strict=True)
    )


def _at(minute: int, start: datetime | None, zone: str) -> str:
    if start is None:
        return f"{minute // 60}:{minute % 60:02}"
    return clock_time(in_zone(start + timedelta(minutes=minute), zone))


def _said(msgid: str, values: Mapping[str, object]) -> str:
    return str(_(msgid, **values))
