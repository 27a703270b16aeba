"""Answers what is told after a briefing: its decisions and one's own promises to everybody, thanks to one vendor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vendorhub.domain.agenda_versions import Party, Room, as_seen_by
from vendorhub.domain.agendas import Entry, in_english
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.minutes import is_for
from vendorhub.outbox.about import facts_of
from vendorhub.outbox.briefings import who_come_for
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import organisation, recipient
from vendorhub.outbox.signatures import by_actor
from vendorhub.outbox.visits import own_links
from vendorhub.store import Action, Attendee, MeetingRequest, MinuteLine, Participation, Person, Thanks
from vendorhub.store.write import Work


@dataclass(frozen=True)
class Decided:
    """A decision as a letter tells it: what, and under which entry; "" of the whole."""

    text: str
    entry: str


@dataclass(frozen=True)
class Promised:
    """A promise of the reader's own."""

    text: str
    due: date


def confirmed(
    work: Work,
    request: MeetingRequest,
    entries: Sequence[Entry],
    *,
    lines: Sequence[MinuteLine],
    promises: Sequence[Action],
    attending: Sequence[Attendee],
) -> None:
    """Tells everybody who was invited that the minutes are confirmed, with the decisions of `lines` that they may
    read and the promises that are theirs; one letter each."""
    arranging = {request.buyer_id, request.company_id}
    companies = {company for each in entries for company in each.companies}
    room = Room(request.buyer_id, {each: organisation(work, each).name for each in companies | {request.buyer_id}})
    titles = {each.ref: each.title for each in entries}
    visits = own_links(work, attending)
    for attendee in attending:
        company = attendee.company_id or request.buyer_id
        person = work.session.get_one(Person, attendee.person_id)
        if not person.active:
            continue
        party = Party(company, arranges=company in arranging)
        readable = {each.ref for each in as_seen_by(entries, party, room, in_english) if not each.reserved}
        decisions = [
            Decided(line.text, titles.get(line.entry, ""))
            for line in lines
            if party.arranges or is_for(line.entry, readable)
        ]
        own = [Promised(each.text, each.due) for each in promises if each.owner_email == attendee.email]
        context = {
            **facts_of(work, request),
            "decisions": decisions,
            "promises": own,
            "link": visits.get(attendee.email, office().links.minutes(request.code)),
            "visits": attendee.email in visits,
        }
        post(
            work,
            LetterKind.MINUTES,
            recipient(person, organisation(work, company)),
            signed=by_actor(work, request),
            context=context,
            buyer_id=request.buyer_id,
        )


def thanked(work: Work, request: MeetingRequest, part: Participation, thanks: Thanks) -> None:
    """Tells a vendor what the buyer thanks it for, and whether it may quote that."""
    for to in who_come_for(work, part):
        context = {
            **facts_of(work, request),
            "text": thanks.text,
            "quotable": thanks.quotable,
            "link": office().links.minutes(request.code),
            "minutes": True,
        }
        post(
            work,
            LetterKind.THANKS,
            to,
            signed=by_actor(work, request),
            context=context,
            buyer_id=request.buyer_id,
        )
