"""Answers what is told of an agenda: the first version to everybody in it, a later one to whom it touches."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from vendorhub.domain.agenda_versions import Change, Party, Room, as_seen_by, difference
from vendorhub.domain.agendas import Entry, starts
from vendorhub.domain.briefings import Part
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.wall_times import in_zone
from vendorhub.outbox.about import facts_of, who_asked
from vendorhub.outbox.briefings import organisers, who_come_for
from vendorhub.outbox.invitations import Renewed, renewed, tell_anew
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient, organisation, recipient, who_answer
from vendorhub.outbox.signatures import Signature, by_actor, by_clock
from vendorhub.outbox.visits import pages, replaced
from vendorhub.store import Attendee, Meeting, MeetingRequest, Organisation, Person
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


@dataclass(frozen=True)
class Revised:
    """A version of an agenda as it is published, and the one before it; None: it is the first. `homes` are the
    companies that either names, by id."""

    entries: tuple[Entry, ...]
    before: tuple[Entry, ...] | None
    buyer: int
    homes: Mapping[int, Organisation]

    @property
    def room(self) -> Room:
        """Who is in it, for the rules."""
        return Room(self.buyer, {number: home.name for number, home in self.homes.items()})

    def shown(self, party: Party) -> tuple[Entry, ...]:
        """It as this party may see it, in the language forced at the moment."""
        return as_seen_by(self.entries, party, self.room, _said)

    def changes(self, party: Party) -> tuple[Change, ...]:
        """What differs for this party from the version before, likewise."""
        if self.before is None:
            return ()
        return difference(as_seen_by(self.before, party, self.room, _said), self.shown(party), party)


def revised(work: Work, buyer_id: int, entries: tuple[Entry, ...], before: tuple[Entry, ...] | None) -> Revised:
    """These two versions, with the companies in them."""
    return Revised(entries, before, buyer_id, _homes(work, buyer_id, (*entries, *(before or ()))))


def published(
    work: Work, request: MeetingRequest, made: Revised, *, unsigned: bool = False, told: Collection[str] = ()
) -> None:
    """Tells each party of a version as it may see it; where there was one before, those alone who see a difference.

    `unsigned`: it follows from what a vendor has said of itself, whose name is nothing for the others; `told` are the
    addresses of those who hear of it in another letter.
    """
    parts = [part for part in parts_of(work.session, request) if part.state == Part.JOINED]
    home = organisation(work, request.buyer_id)
    signed = by_clock(home) if unsigned else by_actor(work, request)
    meeting = _meeting(work, request)
    arranging = Party(request.buyer_id, arranges=True)
    readers = [(to, arranging) for to in (*who_answer(work, request), *organisers(work, request))]
    readers += [(to, Party(part.company_id)) for part in parts for to in who_come_for(work, part)]
    readers += _presenters(work, meeting, made, {home.id, *(part.company_id for part in parts)})
    _tell(work, request, meeting, made, readers, signed, page=office().links.agenda(request.code), told=told)


def published_to_both(work: Work, request: MeetingRequest, meeting: Meeting, made: Revised) -> None:
    """The same of a single meeting: to whoever attends it, who has asked and who answers for it."""
    vendor = organisation(work, request.vendor_id or request.company_id)
    homes = {"buyer": organisation(work, request.buyer_id), "vendor": vendor}
    people = work.session.execute(
        select(Attendee, Person)
        .join(Person, Person.id == Attendee.person_id)
        .where(
            Attendee.buyer_id == meeting.buyer_id,
            Attendee.meeting_id == meeting.id,
            Attendee.gone_at.is_(None),
            Person.active,
        )
        .order_by(Attendee.id)
    )
    attending = [replace(recipient(person, homes[each.side]), email=each.email) for each, person in people]
    both = Party(request.buyer_id, arranges=True)
    readers = [(to, both) for to in (*attending, *who_answer(work, request), *who_asked(work, request))]
    page = office().links.agenda_of_meeting(meeting.uid)
    _tell(work, request, meeting, made, readers, by_actor(work, request), page=page)


def _tell(
    work: Work,
    request: MeetingRequest,
    meeting: Meeting | None,
    made: Revised,
    readers: Iterable[tuple[Recipient, Party]],
    signed: Signature,
    *,
    page: str,
    told: Collection[str] = (),
) -> None:
    hear, start = {"", *told}, meeting.start_at if meeting else None
    entries, own = renewed(work, request, meeting), work.actor.person if work.actor else None
    letters: list[tuple[LetterKind, Recipient, dict[str, object], Renewed | None]] = []
    for to, party in readers:
        entry = entries.get(to.person_id or 0)
        # Whoever publishes knows it; what they need is the entry of their own calendar.
        if to.email in hear or (to.person_id == own and not entry):
            continue
        hear.add(to.email)
        with force_locale(to.language):
            changes = made.changes(party)
            lines = timed(made.shown(party), made.room.names, start, to.zone)
        if made.before is not None and not changes:
            continue
        kind = LetterKind.AGENDA_PUBLISHED if made.before is None else LetterKind.AGENDA_CHANGED
        letters.append((kind, to, {"lines": lines, "changes": changes}, entry))
    facts = {**facts_of(work, request), "start": start}
    links = pages(work, meeting, [to for _kind, to, _words, _entry in letters], page)
    for kind, to, words, entry in letters:
        link = {"link": links[to.email], "visits": links[to.email] != page}
        tell_anew(work, kind, to, entry, signed=signed, context={**facts, **words, **link}, buyer_id=request.buyer_id)


def _homes(work: Work, buyer_id: int, entries: Iterable[Entry]) -> dict[int, Organisation]:
    """The buyer, and every company that an entry names."""
    wanted = {buyer_id, *(company for each in entries for company in each.companies)}
    rows = work.session.scalars(select(Organisation).where(Organisation.id.in_(wanted)))
    return {row.id: row for row in rows}


def _presenters(
    work: Work, meeting: Meeting | None, made: Revised, companies: set[int]
) -> list[tuple[Recipient, Party]]:
    """Who presents for a company that comes, each once, unless somebody else comes instead; whoever has no account
    reads in their company's zone."""
    found: dict[str, tuple[str, int]] = {}
    for each in (*made.entries, *(made.before or ())):
        if len(each.companies) == 1 and each.companies[0] in companies:
            for one in each.presenters:
                if one.email:
                    found.setdefault(one.email, (one.name, each.companies[0]))
    known = {row.email: row for row in work.session.scalars(select(Person).where(Person.email.in_(list(found))))}
    gone = replaced(work, meeting)
    readers = []
    for email, (name, company) in found.items():
        person, home = known.get(email), made.homes[company]
        if email in gone or (person is not None and not person.active):
            continue
        to = recipient(person, home) if person is not None else Recipient(None, email, name, home.zone)
        readers.append((to, Party(company, arranges=company == made.buyer)))
    return readers


def _meeting(work: Work, request: MeetingRequest) -> Meeting | None:
    return work.session.scalar(
        select(Meeting)
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
