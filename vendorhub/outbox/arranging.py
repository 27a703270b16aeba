"""Answers what is told of times: on the table, taken off it again, and the wish to move a meeting."""

from collections.abc import Sequence

from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.about import stop_answer, tell, who_asked
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import organisation, reader, who_answer
from vendorhub.store import Letter, Meeting, MeetingRequest, Offer, Proposal, Slot
from vendorhub.store.write import Work


def times_offered(work: Work, request: MeetingRequest, offer: Offer, slots: Sequence[Slot]) -> None:
    """Tells who asked of the buyer's times; with a yes that is still held they wait, and fall, with it.

    Times that nobody has seen yet give way to these unsaid.
    """
    held = offer.visible_at > work.now
    if held:
        stop_answer(work, offer.buyer_id, offer.consent_id, Letter.kind == LetterKind.TIMES_OFFERED.value)
    for to in who_asked(work, request):
        tell(
            work,
            LetterKind.TIMES_OFFERED,
            request,
            to,
            due_at=offer.visible_at,
            decision_id=offer.consent_id if held else None,
            slots=slots,
            note=offer.note,
            link=office().links.offers(request.code),
        )


def times_suggested(work: Work, request: MeetingRequest, offer: Offer, slots: Sequence[Slot]) -> None:
    """Tells the buyer's side of the times that the asking side suggests."""
    for to in who_answer(work, request):
        tell(
            work,
            LetterKind.TIMES_SUGGESTED,
            request,
            to,
            slots=slots,
            note=offer.note,
            link=office().links.offers(request.code),
        )


def times_taken_back(work: Work, request: MeetingRequest, offer: Offer) -> None:
    """Tells the other side that the times of `offer` no longer stand; of times it never saw it never hears."""
    if offer.visible_at > work.now:
        stop_answer(work, offer.buyer_id, offer.consent_id, Letter.kind == LetterKind.TIMES_OFFERED.value)
        return
    for to in who_answer(work, request) if offer.side == "vendor" else who_asked(work, request):
        tell(work, LetterKind.TIMES_TAKEN_BACK, request, to, link=office().links.offers(request.code))


def move_wished(work: Work, request: MeetingRequest, meeting: Meeting, proposal: Proposal, slot: Slot) -> None:
    """Tells the buyer's side that the other wishes to move the meeting; nothing has changed yet (law 2)."""
    for to in who_answer(work, request):
        tell(
            work,
            LetterKind.MOVE_WISHED,
            request,
            to,
            meeting=meeting,
            slots=[slot],
            note=proposal.note,
            link=office().links.meeting(meeting.uid),
        )


def move_refused(work: Work, request: MeetingRequest, meeting: Meeting, proposal: Proposal, slot: Slot) -> None:
    """Tells who wished to move the meeting that it stays where it is."""
    proposer = reader(work, proposal.by, organisation(work, request.company_id))
    tell(
        work,
        LetterKind.MOVE_REFUSED,
        request,
        proposer,
        meeting=meeting,
        slots=[slot],
        link=office().links.meeting(meeting.uid),
    )
