"""The one page before a meeting: on a page, as a PDF, and by letter a working day before to each who comes."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import time
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from vendorhub import clock
from vendorhub.domain import briefs as rules
from vendorhub.domain.brief_sheets import BriefSheet
from vendorhub.domain.digests import from_text
from vendorhub.domain.meetings import MeetingState, PartStat
from vendorhub.domain.people import Actor, Door, DoorName, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.outbox import briefs as letters
from vendorhub.outbox.agenda_sheets import in_language, said
from vendorhub.outbox.brief_sheets import sheet
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import recipient
from vendorhub.queries import briefs as seen
from vendorhub.queries import people, visits
from vendorhub.queries.people import zone_of
from vendorhub.store import Attendee, Briefing, BriefSent, Meeting, Organisation, Person, PileHours, db
from vendorhub.store.write import write


@dataclass(frozen=True)
class Printed:
    """A brief as its reader may see it, and its version: the digest of all that stands on it."""

    sheet: BriefSheet
    version: str


def printed(actor: Actor, uid: str, *, link: str = "") -> Printed:
    """The brief of a meeting. Raises NotThere where there is none for this actor."""
    me = people.me(actor)
    with in_language(me.language):
        view = seen.see(actor, uid, say=said)
    where = link or office().links.brief(uid)
    made = sheet(view, zone=me.zone, language=me.language, link=where, now=clock.now())
    return Printed(made, hashlib.sha256(repr(made).encode()).hexdigest()[:32])


def pdf(made: Printed) -> bytes:
    """The same as a PDF."""
    from vendorhub.papers.brief_pdf import brief_pdf

    return brief_pdf(made.sheet)


def for_visitor(secret: str) -> Printed:
    """The brief of somebody without an account, by the link in their letter. Raises NotThere where it opens nothing."""
    visit = visits.find(secret)
    return printed(visit.actor, visit.meeting.uid, link=office().links.visit(secret))


def send_due(*, at_most: int = 200) -> int:
    """Sends, one reader after the other, the briefs whose hour has come, and those of which something that matters has
    changed since; answers how many letters it was."""
    now = clock.now()
    rows = db.session.execute(
        select(
            *(Attendee.id, Attendee.person_id, Attendee.gone_at, Attendee.partstat, Attendee.name),
            *(Attendee.company_id, Attendee.side, Person.zone, Organisation.zone.label("home_zone"), PileHours.hours),
            *(Meeting, Briefing.agenda_version.label("published"), BriefSent.stamp),
        )
        .join(Meeting, and_(Meeting.buyer_id == Attendee.buyer_id, Meeting.id == Attendee.meeting_id))
        .join(Person, Person.id == Attendee.person_id)
        .join(Organisation, Organisation.id == _home())
        .outerjoin(PileHours, PileHours.person_id == Person.id)
        .outerjoin(Briefing, and_(Briefing.buyer_id == Meeting.buyer_id, Briefing.request_id == Meeting.request_id))
        .outerjoin(BriefSent, and_(BriefSent.buyer_id == Attendee.buyer_id, BriefSent.attendee_id == Attendee.id))
        .where(
            Meeting.state == MeetingState.CONFIRMED, Meeting.start_at > now, Meeting.start_at <= now + rules.FURTHEST
        )
        .order_by(Meeting.start_at, Meeting.id, Attendee.id)
    ).all()
    lists: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        lists[row.Meeting.id].append(row)
    due = []
    for listed in lists.values():
        stamp = _stamp(listed)
        for row in listed:
            at = rules.sent_at(row.Meeting.start_at, zone_of(row.zone, row.home_zone), _hour(row.hours))
            if row.gone_at is None and row.partstat != PartStat.DECLINED and at <= now and row.stamp != stamp:
                due.append((row.Meeting.buyer_id, row.id, stamp))
    db.session.rollback()
    return sum(_send(*each) for each in due[:at_most])


def _send(buyer_id: int, attendee_id: int, stamp: str) -> int:
    with write(None) as work:
        buyer = work.lock_buyer(buyer_id)
        attendee = work.session.get_one(Attendee, attendee_id, populate_existing=True)
        meeting = work.session.get_one(Meeting, attendee.meeting_id, populate_existing=True)
        person = work.session.get_one(Person, attendee.person_id)
        if meeting.state != MeetingState.CONFIRMED or work.now >= meeting.start_at or not person.active:
            return 0
        sent = work.session.get(BriefSent, (buyer_id, attendee_id))
        visits_by_link, home = visits.as_visitor(attendee, meeting)
        actor = people.actor(person.id, Door(DoorName.CLOCK)) or visits_by_link
        with in_language(person.language):
            try:
                view = seen.see(actor, meeting.uid, say=said)
            except NotThere:  # their company does not come any more, or they belong to another one by now
                return 0
        told = view.matter.digest
        if sent is None:
            sent = BriefSent(buyer_id=buyer_id, attendee_id=attendee_id)
            work.session.add(sent)
        elif sent.digest == told:
            sent.stamp = stamp
            return 0
        again = bool(sent.digest)
        sent.stamp, sent.digest, sent.told, sent.sent_at = stamp, told, asdict(view.matter), work.now
        letters.brief(work, buyer, recipient(person, home), attendee, view, again=again)
        return 1


def _home() -> ColumnElement[int]:
    """For which organisation somebody on a list comes."""
    of_side = case((Attendee.side == Side.BUYER, Meeting.buyer_id), else_=Meeting.company_id)
    return func.coalesce(Attendee.company_id, of_side)


def _stamp(listed: Iterable[Any]) -> str:
    """What changes with whatever the briefs of one meeting are made of."""
    parts = []
    for row in listed:
        one: Meeting = row.Meeting
        of_it = (one.start_at, one.end_at, one.place_how, one.place_detail, one.agenda_version, row.published)
        parts.append((of_it, row.id, row.name, row.gone_at is None, row.partstat == PartStat.DECLINED))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _hour(hours: str | None) -> time:
    """The reader's hour: the first at which their pile comes, where they have chosen one."""
    chosen = from_text(hours or "")
    return time(chosen[0]) if chosen else rules.HOUR
