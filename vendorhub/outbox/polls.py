"""Answers what is told about a time for all: up for everybody, still to be answered, chosen, or lost again."""

from collections.abc import Collection, Sequence

from vendorhub.domain.briefings import NAMED, SAY_WHEN, Part
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.about import asker, stop_answer, tell
from vendorhub.outbox.briefings import organisers, who_may_join
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient, organisation, who_answer
from vendorhub.outbox.signatures import by_clock
from vendorhub.store import Letter, MeetingRequest, Offer, Participation, Slot
from vendorhub.store.briefings import parts_of
from vendorhub.store.polls import Standing
from vendorhub.store.write import Work

BEST_AT_MOST = 3


def put_up(work: Work, request: MeetingRequest, offer: Offer, slots: Sequence[Slot], stands: Standing) -> None:
    """Asks those who have not said of all these times whether they suit them, and tells the buyer of another's.

    With a yes that is still held the letters wait, and fall, with it; times that nobody has seen give way unsaid.
    """
    held = offer.visible_at > work.now
    if held:
        stop_answer(work, offer.buyer_id, offer.consent_id, Letter.kind == LetterKind.TIMES_FOR_ALL.value)
    for to in _parties(work, request, stands, stands.owing(work.now)):
        tell(
            work,
            LetterKind.TIMES_FOR_ALL,
            request,
            to,
            due_at=offer.visible_at,
            decision_id=offer.consent_id if held else None,
            slots=slots,
            again=False,
            link=_link(request),
        )


def remind(work: Work, request: MeetingRequest, stands: Standing) -> None:
    """Asks those once more who have not answered; the others hear nothing."""
    slots = [slot for slot in stands.slots if slot.start_at > work.now]
    for to in _parties(work, request, stands, stands.owing(work.now)):
        tell(work, LetterKind.TIMES_FOR_ALL, request, to, slots=slots, again=True, link=_link(request))


def all_have_said(work: Work, request: MeetingRequest, stands: Standing) -> None:
    """Tells the buyer's side that everybody has answered, with the best times and the reason of each."""
    starts = {slot.code: slot for slot in stands.slots}
    best = [(starts[rank.slot], rank.sentence) for rank in stands.ranking(work.now)[:BEST_AT_MOST]]
    # It follows from the last word, whosever that was: nobody’s name belongs under what all have said.
    signed = by_clock(organisation(work, request.buyer_id))
    for to in who_answer(work, request):
        tell(work, LetterKind.TIMES_ANSWERED, request, to, signed=signed, best=best, link=_link(request))


def chosen(work: Work, request: MeetingRequest, slot: Slot) -> None:
    """Tells an organiser of another company than the buyer that a time is chosen, and for whom it waits."""
    if request.company_id != request.buyer_id:
        missing = [organisation(work, part.company_id).name for part in _not_in(work, request)]
        tell(
            work,
            LetterKind.TIME_CHOSEN,
            request,
            asker(work, request),
            slots=[slot],
            missing=missing,
            link=office().links.briefing(request.code),
        )


def lost(work: Work, request: MeetingRequest, slot: Slot) -> None:
    """Tells the organisers and the buyer's side that the time that was chosen does not hold any more."""
    for to in {to.email: to for to in (*organisers(work, request), *who_answer(work, request))}.values():
        tell(work, LetterKind.TIME_LOST, request, to, slots=[slot], link=_link(request))


def _parties(work: Work, request: MeetingRequest, stands: Standing, slugs: Collection[str]) -> list[Recipient]:
    """The people of these parties: of a vendor who joined for it, else all of them; of the VAR who proposed it."""
    wanted = {stands.companies[slug] for slug in slugs}
    found = [asker(work, request)] if request.company_id in wanted else []
    for part in parts_of(work.session, request):
        if part.company_id in wanted and part.state in SAY_WHEN:
            found += who_may_join(work, part)
    return found


def _not_in(work: Work, request: MeetingRequest) -> list[Participation]:
    named = [part for part in parts_of(work.session, request) if part.state in NAMED]
    return [part for part in named if part.state != Part.JOINED]


def _link(request: MeetingRequest) -> str:
    return office().links.times_for_all(request.code)
