"""Answers what is told of the items of a briefing: a reminder, another day for all, and that all are in."""

from typing import Any

from sqlalchemy import select

from vendorhub.domain.briefings import Part
from vendorhub.domain.items import ItemState
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.about import facts_of, tell
from vendorhub.outbox.briefings import organisers, who_come_for
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import organisation
from vendorhub.outbox.signatures import by_clock
from vendorhub.store import Briefing, Item, MeetingRequest, Participation
from vendorhub.store.briefings import parts_of
from vendorhub.store.write import Work


def reminder(work: Work, briefing: Briefing, request: MeetingRequest, part: Participation) -> None:
    """Reminds a vendor that nothing of it is in, once, for the clock."""
    for to in who_come_for(work, part):
        post(
            work,
            LetterKind.ITEMS_REMINDER,
            to,
            signed=by_clock(organisation(work, request.buyer_id)),
            context={**facts_of(work, request), **_facts(briefing, request)},
            buyer_id=request.buyer_id,
        )


def extended(work: Work, briefing: Briefing, request: MeetingRequest, part: Participation) -> None:
    """Tells a vendor the other day by which items are due; with the asking itself where that is still held."""
    held = part.asked_at is not None and part.asked_at > work.now
    for to in who_come_for(work, part):
        tell(
            work,
            LetterKind.ITEMS_EXTENDED,
            request,
            to,
            due_at=part.asked_at if held else None,
            decision_id=request.consent_id if held else None,
            **_facts(briefing, request),
        )


def all_in(work: Work, briefing: Briefing, request: MeetingRequest) -> None:
    """Tells who organises a briefing, once and for the clock, that every vendor's items are there to read; nothing
    while some are missing."""
    coming = [part for part in parts_of(work.session, request) if part.state in (Part.ASKED, Part.JOINED)]
    query = select(Item.company_id).where(Item.request_id == request.id, Item.state == ItemState.SENT).distinct()
    there = set(work.session.scalars(query))
    if briefing.all_in_at is not None or not coming or any(part.company_id not in there for part in coming):
        return
    briefing.all_in_at = work.now
    vendors = [organisation(work, part.company_id).name for part in coming]
    for to in organisers(work, request):
        post(
            work,
            LetterKind.ALL_IN,
            to,
            signed=by_clock(organisation(work, request.buyer_id)),
            context={**facts_of(work, request), **_facts(briefing, request), "vendors": vendors},
            buyer_id=request.buyer_id,
        )


def _facts(briefing: Briefing, request: MeetingRequest) -> dict[str, Any]:
    return {
        "briefing": briefing,
        "minutes": request.minutes_agreed or request.minutes,
        "link": office().links.items(request.code),
    }
