"""Answers what a letter with a calendar part looks like, in the sample world."""

from collections.abc import Callable
from typing import Any

from vendorhub.demo import cast, vendors
from vendorhub.demo.cast import Member
from vendorhub.demo.sample_world import (
    ASK,
    BUYER,
    COMPANY,
    NOW,
    PLACE,
    START,
    UID,
    message_id_of,
    recipient_of,
    row,
    span,
)
from vendorhub.domain.agenda_versions import Room
from vendorhub.domain.agendas import Entry, Segment
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.agenda_sheets import Published
from vendorhub.outbox.entries import MeetingFacts, calendar_part, meeting_context
from vendorhub.outbox.letters import written
from vendorhub.outbox.office import office
from vendorhub.outbox.signatures import Signature

_AGENDA = Published(
    (
        Entry(Segment.VENDOR, "What a restore would need", 20, companies=(2,)),
        Entry(Segment.BUYER, "How the last one went", 15, companies=(1,)),
    ),
    Room(1, {1: BUYER.name, 2: COMPANY.name}),
    made_at=None,
)


def meeting(*, sequence: int = 0, note: str = "") -> Any:
    """The meeting that came of the ask."""
    return row(
        **vars(span(START)),
        buyer_id=1,
        uid=UID,
        sequence=sequence,
        topic=ASK.topic,
        zone=cast.HAVELMARK.zone,
        note=note,
        created_at=NOW,
        changed_at=NOW,
    )


def calendar(
    to: Member,
    signed: Signature,
    *,
    method: str = "REQUEST",
    sequence: int = 0,
    note: str = "",
    moved_from: Any = None,
    account: bool = True,
) -> Callable[[LetterKind], bytes]:
    """A letter about it with its calendar part, to one of its three attendees, who may have no account."""
    attendees = [
        row(person_id=number, company_id=None, name=who.name, email=who.email, side=side, partstat=partstat)
        for number, (who, side, partstat) in enumerate(
            (
                (cast.CIO, "buyer", "ACCEPTED"),
                (vendors.MAYA, "vendor", "NEEDS-ACTION"),
                (vendors.TOM, "vendor", "NEEDS-ACTION"),
            )
        )
    ]

    def write(kind: LetterKind) -> bytes:
        facts = MeetingFacts(
            request=ASK,
            meeting=meeting(sequence=sequence, note=note),
            attendees=tuple(attendees),
            buyer=BUYER,
            company=COMPANY,
            people={},
            published=_AGENDA,
            place=PLACE,
            asker=vendors.MAYA.name,
            decider=cast.CIO.name,
            link=office().links.meeting(UID),
            visits={} if account else {to.email: office().links.visit("the-secret-of-this-letter")},
        )
        attendee = next(one for one in attendees if one.email == to.email)
        reader = recipient_of(to)
        return written(
            kind,
            reader,
            signed=signed,
            context=meeting_context(facts, attendee, reader, moved_from=moved_from),
            now=NOW,
            message_id=message_id_of(kind),
            calendar=calendar_part(facts, attendee, reader, method=method, stamp=NOW, thread=None),
        ).message

    return write
