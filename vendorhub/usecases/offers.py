"""Finding the time: slots put up, answered by other slots, taken back, or chosen; the choice makes the meeting."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from vendorhub.domain import offers as rules
from vendorhub.domain import texts
from vendorhub.domain.codes import new_code
from vendorhub.domain.decisions import why_not_live
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.offers import OfferSide, OfferState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.quarters import check_one_a_quarter
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.rights import require
from vendorhub.outbox import arranging
from vendorhub.outbox.invitations import invite
from vendorhub.queries import offers as seen
from vendorhub.queries.offers import find_offer, side_of, true_state
from vendorhub.queries.scope import decider, relations
from vendorhub.store import Meeting, MeetingRequest, Offer, Organisation, Slot
from vendorhub.store.confirming import agree, confirm, put_slot
from vendorhub.store.consents import consent_of
from vendorhub.store.history import record
from vendorhub.store.holding import hide_offers
from vendorhub.store.offers import open_offers
from vendorhub.store.outcomes import took_place
from vendorhub.store.write import Work, write
from vendorhub.usecases.judged import judged


def offer(actor: Actor, code: str, *, slots: Sequence[rules.SlotGiven], note: str = "") -> str:
    """Puts times up for the other side, and answers the code of the offer. What lay open before gives way.

    With a held yes the times stay hidden as long as the yes. Raises Unfit for times that won't do.
    """
    with write(actor) as work:
        deed = Deed.OFFER if actor.side is Side.BUYER else Deed.COUNTER
        request, _ = judged(work, actor, code, deed)
        made = _put_up(work, actor, request, slots, note, answers=None)
        work.result = made.code
        return made.code


def counter(actor: Actor, offer_code: str, *, slots: Sequence[rules.SlotGiven], note: str = "") -> str:
    """Suggests other times in answer to an offer, and answers the code of the new one."""
    with write(actor) as work:
        answered, request = _offered(work, actor, offer_code, Deed.COUNTER)
        made = _put_up(work, actor, request, slots, note, answers=answered)
        work.result = made.code
        return made.code


def retract(actor: Actor, offer_code: str) -> None:
    """Takes one's own side's offer off the table."""
    with write(actor) as work:
        taken, request = _offered(work, actor, offer_code, Deed.RETRACT)
        arranging.times_taken_back(work, request, taken)
        hidden = taken.visible_at > work.now
        taken.state = OfferState.RETRACTED
        hide_offers(work, request)
        record(work, Deed.RETRACT, request=request, audience="buyer" if hidden else "both")
        work.result = offer_code


def choose(actor: Actor, offer_code: str, *, slot: str) -> str:
    """Agrees to one of the other side's times: makes the meeting and its invitations, and answers its UID.

    Raises Clash if somebody who has to be there is taken; it is named only to their own side (law 8).
    """
    with write(actor) as work:
        chosen, request = _offered(work, actor, offer_code, Deed.CHOOSE)
        slots = _slots_of(work, chosen)
        found = next((each for each in slots if each.code == slot), None)
        if found is None:
            raise Unfit("slot", "Please choose one of the times that were put up.")
        rules.check_choosable(_as_slot(found), now=work.now)
        consent = consent_of(work.session, request)
        if refusal := why_not_live(consent.facts, work.now):
            raise WrongState(refusal)
        _one_a_quarter(work, request, [found.start_at])
        agreed_by = actor.person if actor.side is Side.BUYER else chosen.by
        agreed = agree(work, consent, found, agreed_by=agreed_by)
        for open_offer in open_offers(work.session, request.buyer_id, request.id, now=work.now):
            open_offer.state = OfferState.CHOSEN if open_offer.id == chosen.id else OfferState.RETRACTED
        meeting, attendees = confirm(work, request, consent, found, agreed, actor=actor)
        record(work, Deed.CHOOSE, request=request)
        invite(work, consent, request, meeting, agreed, attendees, first=True)
        work.result = meeting.uid
        return meeting.uid


def _offered(work: Work, actor: Actor, offer_code: str, deed: Deed) -> tuple[Offer, MeetingRequest]:
    """The offer, locked and judged: 404, 403, 409 in that order."""
    _, request = find_offer(actor, offer_code)
    work.lock_buyer(request.buyer_id)
    row, request = find_offer(actor, offer_code)
    require(actor, deed, relations(actor, request), decider=decider(request))
    work.match(lambda: seen.see(actor, offer_code).version)
    seen.require_side(actor, row, deed)
    rules.after(true_state(row, _slots_of(work, row), work.now), deed)
    seen.require_yes(actor, request, work.now)
    return row, request


def _put_up(
    work: Work,
    actor: Actor,
    request: MeetingRequest,
    given: Sequence[rules.SlotGiven],
    note: str,
    *,
    answers: Offer | None,
) -> Offer:
    seen.require_yes(actor, request, work.now)
    consent = consent_of(work.session, request)
    refusal = why_not_live(consent.facts, max(work.now, consent.facts.effective_at))
    if refusal is not None:
        raise WrongState(refusal)
    minutes = consent.terms.minutes
    slots = rules.check_slots(
        rules.read_slots(given, minutes=minutes), minutes=minutes, now=work.now, valid_until=consent.facts.valid_until
    )
    _one_a_quarter(work, request, [slot.start for slot in slots])
    side = side_of(actor)
    hide_offers(work, request)
    for lying in open_offers(work.session, request.buyer_id, request.id, now=work.now):
        lying.state = OfferState.RETRACTED if lying.side == side else OfferState.COUNTERED
    made = Offer(
        buyer_id=request.buyer_id,
        code=new_code(10),
        request_id=request.id,
        consent_id=consent.decision,
        side=side,
        by=actor.person,
        state=OfferState.OPEN,
        note=texts.text(note, at_most=1000, what="note"),
        answers=answers.id if answers else None,
        created_at=work.now,
        visible_at=max(work.now, consent.facts.effective_at),
    )
    work.session.add(made)
    work.session.flush()
    rows = [put_slot(work, request, slot, side=side, by=actor.person, offer_id=made.id) for slot in slots]
    work.session.flush()
    record(work, Deed.OFFER if side is OfferSide.BUYER else Deed.COUNTER, request=request, visible_at=made.visible_at)
    tell = arranging.times_offered if side is OfferSide.BUYER else arranging.times_suggested
    tell(work, request, made, rows)
    return made


def _one_a_quarter(work: Work, request: MeetingRequest, starts: Sequence[datetime]) -> None:
    """Raises WrongState where a standing yes has no meeting left for one of these times."""
    if not request.standing:
        return
    buyer = work.session.get_one(Organisation, request.buyer_id)
    met = work.session.execute(
        select(Meeting.start_at, Meeting.end_at).where(
            Meeting.buyer_id == request.buyer_id,
            Meeting.request_id == request.id,
            Meeting.state == MeetingState.CONFIRMED,
            took_place(),
        )
    ).all()
    for start in starts:
        check_one_a_quarter(
            [(row.start_at, row.end_at) for row in met],
            start,
            now=work.now,
            zone=buyer.zone,
            fiscal=buyer.fiscal,
        )


def _slots_of(work: Work, row: Offer) -> Sequence[Slot]:
    return work.session.scalars(
        select(Slot).where(Slot.buyer_id == row.buyer_id, Slot.offer_id == row.id).order_by(Slot.start_at)
    ).all()


def _as_slot(row: Slot) -> rules.Slot:
    return rules.Slot(row.start_at, row.end_at, datetime.fromisoformat(row.wall), row.zone)
