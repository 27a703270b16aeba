"""Answers what is told once everybody is invited: that a vendor does not come after all, that no agenda is there."""

from collections.abc import Iterator, Sequence
from datetime import date

from flask_babel import force_locale

from vendorhub.domain.agenda_versions import Party
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.about import facts_of
from vendorhub.outbox.agendas import Revised
from vendorhub.outbox.briefings import organisers, who_come_for
from vendorhub.outbox.invitations import Renewed, renewed, tell_anew
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient, organisation, who_answer
from vendorhub.outbox.signatures import by_clock
from vendorhub.store import Meeting, MeetingRequest, Participation
from vendorhub.store.write import Work


def vendor_gone(
    work: Work,
    request: MeetingRequest,
    meeting: Meeting,
    gone: Participation,
    *,
    coming: Sequence[Participation],
    note: str,
    revised: Revised | None,
) -> frozenset[str]:
    """Tells everybody else that this vendor will not be there, and what becomes of the agenda by that; answers their
    addresses. The vendor's word about why is for who organises it.

    Nobody's name stands under it: that of a rival's person is nothing for the others.
    """
    names = {part.id: organisation(work, part.company_id).name for part in coming}
    readers, entries = list(_readers(work, request, coming)), renewed(work, request, meeting) if revised else {}
    for to, decides, party in readers:
        with force_locale(to.language):
            changes = revised.changes(party) if revised else ()
        _tell(
            work,
            LetterKind.VENDOR_GONE,
            request,
            meeting,
            to,
            entries.get(to.person_id or 0) if changes else None,
            vendor=organisation(work, gone.company_id).name,
            others=list(names.values()),
            note=note if party.arranges else "",
            decides=decides,
            changes=changes,
            link=office().links.meeting(meeting.uid),
        )
    return frozenset(to.email for to, _, _ in readers)


def agenda_missing(work: Work, request: MeetingRequest, meeting: Meeting, *, published_by: date) -> None:
    """Asks the buyer's side, once, what to do about a meeting whose agenda was to be published by that day."""
    links = office().links
    for to in who_answer(work, request):
        _tell(
            work,
            LetterKind.AGENDA_MISSING,
            request,
            meeting,
            to,
            None,
            published_by=published_by,
            link=links.agenda(request.code),
            move=links.move(meeting.uid),
            off=links.meeting(meeting.uid),
        )


def _readers(
    work: Work, request: MeetingRequest, coming: Sequence[Participation]
) -> Iterator[tuple[Recipient, bool, Party]]:
    """Each once, with whether they may call it off, and whose eyes they read with."""
    arranging = Party(request.buyer_id, arranges=True)
    told: set[str] = set()
    for to in who_answer(work, request):
        told.add(to.email)
        yield to, True, arranging
    for to in organisers(work, request):
        if to.email not in told:
            yield to, False, arranging
    for part in coming:
        for to in who_come_for(work, part):
            yield to, False, Party(part.company_id)


def _tell(
    work: Work,
    kind: LetterKind,
    request: MeetingRequest,
    meeting: Meeting,
    to: Recipient,
    entry: Renewed | None,
    **facts: object,
) -> None:
    buyer = organisation(work, request.buyer_id)
    zones = (to.zone, meeting.zone, buyer.zone)
    context = {**facts_of(work, request), "meeting": meeting, "zones": zones, **facts}
    tell_anew(work, kind, to, entry, signed=by_clock(buyer), context=context, buyer_id=request.buyer_id)
