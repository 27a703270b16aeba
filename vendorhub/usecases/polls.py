"""A time for all: put up for everybody, marked by each party, chosen by the buyer's side."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from vendorhub import clock
from vendorhub.domain import offers as times
from vendorhub.domain import polls as rules
from vendorhub.domain.briefings import require_going_on
from vendorhub.domain.codes import new_code
from vendorhub.domain.decisions import why_not_live
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.offers import OfferState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.rights import require
from vendorhub.outbox import polls as letters
from vendorhub.queries import briefings
from vendorhub.queries import polls as seen
from vendorhub.queries.offers import side_of
from vendorhub.queries.scope import decider
from vendorhub.store import AgreedSlot, Availability, Briefing, Meeting, MeetingRequest, Offer, Organisation, Slot, db
from vendorhub.store.confirming import agree, put_slot, refuse_clash, who_attend
from vendorhub.store.consents import consent_of
from vendorhub.store.history import record, record_part
from vendorhub.store.holding import hide_offers
from vendorhub.store.offers import open_offers
from vendorhub.store.polls import open_poll, say, slots_of, standing
from vendorhub.store.write import Work, write
from vendorhub.usecases.briefings import judged
from vendorhub.usecases.meeting_all import meet_if_agreed


def put_up(actor: Actor, code: str, *, slots: Sequence[times.SlotGiven]) -> str:
    """Puts times up for all, and answers the code of the poll; it takes the place of one that lies open.

    What was said of a time that stays is kept, and who puts times up says yes to them. With a held yes they stay
    hidden as long as the yes. Raises Unfit for times that won't do, WrongState once everybody is invited, or where an
    organiser would take back what the buyer has chosen.
    """
    with write(actor) as work:
        briefing, request, _ = judged(work, actor, code, Deed.POLL)
        _not_yet_invited(work, request)
        if briefing.agreed_slot_id is not None and actor.side is not Side.BUYER:
            raise WrongState("The buyer has chosen a time already, so other times are theirs to put up.")
        consent = consent_of(work.session, request)
        if refusal := why_not_live(consent.facts, max(work.now, consent.facts.effective_at)):
            raise WrongState(refusal)
        minutes = consent.terms.minutes
        given = times.check_slots(
            times.read_slots(slots, minutes=minutes),
            minutes=minutes,
            now=work.now,
            valid_until=consent.facts.valid_until,
        )
        made = Offer(
            buyer_id=request.buyer_id,
            code=new_code(10),
            request_id=request.id,
            consent_id=consent.decision,
            side=side_of(actor),
            by=actor.person,
            state=OfferState.OPEN,
            created_at=work.now,
            poll=True,
            visible_at=max(work.now, consent.facts.effective_at),
        )
        hide_offers(work, request)
        before = open_offers(work.session, request.buyer_id, request.id, now=work.now)
        for lying in before:
            lying.state = OfferState.RETRACTED
        briefing.agreed_slot_id, briefing.changed_at = None, work.now
        work.session.add(made)
        work.session.flush()
        rows = [put_slot(work, request, slot, side=made.side, by=actor.person, offer_id=made.id) for slot in given]
        work.session.flush()
        _keep_answers(work, actor, before, rows)
        record(work, Deed.POLL, request=request, visible_at=made.visible_at)
        letters.put_up(work, request, made, rows, standing(work.session, request, made))
        work.result = made.code
        return made.code


def say_when(actor: Actor, code: str, *, answers: Mapping[str, str], vendor: str = "") -> str:
    """Says for the actor's company which of the times suit it: by slot yes, if_need_be or no. Answers the poll's code.

    `vendor` is the slug of whom the door speaks of; raises NotThere if that is nobody here, NotAllowed if it is not
    the actor's own company, WrongState while no times are up, Unfit for what is no answer.
    """
    with write(actor) as work:
        view = seen.asked_of(actor, code, vendor=vendor)
        request, _ = _judged(work, actor, code, Deed.SAY_WHEN, lambda: view.version if view else "")
        offer = open_poll(work.session, request, now=work.now)
        if offer is None or view is None or view.code != offer.code:
            raise WrongState("No times are up at the moment.")
        owed = standing(work.session, request, offer).owing(work.now)
        slots = {slot.code: slot for slot in slots_of(work.session, offer)}
        for slot, answer in rules.check_answers(answers, slots=slots).items():
            if slots[slot].start_at > work.now:
                say(work.session, slots[slot], actor.organisation, answer, by=actor.person, now=work.now)
        work.session.flush()
        record_part(work, Deed.SAY_WHEN, request=request, company_id=actor.organisation)
        now_said = standing(work.session, request, offer)
        if owed and not now_said.owing(work.now):
            letters.all_have_said(work, request, now_said)
        work.result = offer.code
        return offer.code


def set_time(actor: Actor, poll: str, *, slot: str) -> str:
    """The buyer's side chooses one of the times: the meeting and its invitations, if every named vendor has joined.

    Answers the meeting's UID; "" while somebody is missing: then the last join makes it. Another choice takes the
    place of the one before. Raises Clash if somebody who has to be there is taken; named to their own side (law 8).
    """
    with write(actor) as work:
        code = seen.briefing_at(actor, poll)
        request, briefing = _judged(work, actor, code, Deed.SET_TIME, lambda: seen.see(actor, poll).version)
        _not_yet_invited(work, request)
        view = seen.see(actor, poll)
        times.after(view.state, Deed.CHOOSE)
        if slot not in {each.code for each in view.slots}:
            raise Unfit("slot", "Please choose one of the times that were put up.")
        chosen = work.session.scalars(select(Slot).where(Slot.buyer_id == request.buyer_id, Slot.code == slot)).one()
        if chosen.start_at <= work.now:
            raise WrongState("That time has passed; please choose another or put up other times.")
        consent = consent_of(work.session, request)
        if refusal := why_not_live(consent.facts, work.now):
            raise WrongState(refusal)
        refuse_clash(work, actor, who_attend(work, request, consent), start=chosen, but=None)
        agreed = agree(work, consent, _to_agree_to(work, request, chosen), agreed_by=actor.person)
        briefing.agreed_slot_id, briefing.changed_at = agreed.id, work.now
        work.session.flush()
        record(work, Deed.SET_TIME, request=request)
        meeting = meet_if_agreed(work, actor, briefing, request)
        if meeting is None:
            letters.chosen(work, request, chosen)
        work.result = meeting.uid if meeting else ""
        return work.result


def remind_due() -> int:
    """Reminds, once and two working days after the times were put up, those who have not answered; how many polls."""
    rows = db.session.execute(
        select(Offer.id, Offer.visible_at, Organisation.zone)
        .join(Organisation, Organisation.id == Offer.buyer_id)
        .where(Offer.poll, Offer.state == OfferState.OPEN, Offer.reminded_at.is_(None))
    ).all()
    now = clock.now()
    return sum(_remind(row.id) for row in rows if rules.reminder_at(row.visible_at, row.zone) <= now)


def _remind(offer_id: int) -> int:
    with write(None) as work:
        found = work.session.get_one(Offer, offer_id)
        work.lock_buyer(found.buyer_id)
        offer = work.session.get_one(Offer, offer_id, populate_existing=True)
        request = work.session.get_one(MeetingRequest, offer.request_id, populate_existing=True)
        if offer.state != OfferState.OPEN or offer.reminded_at is not None or offer.visible_at > work.now:
            return 0
        offer.reminded_at = work.now
        if request.state != State.ACCEPTED:
            return 0
        letters.remind(work, request, standing(work.session, request, offer))
        return 1


def _judged(
    work: Work, actor: Actor, code: str, deed: Deed, version: Callable[[], str]
) -> tuple[MeetingRequest, Briefing]:
    """The request and its briefing, whose buyer's row is held from here on, judged like any deed; what the actor has
    seen is the poll of this `version`."""
    _, request, _ = briefings.find(actor, code)
    work.lock_buyer(request.buyer_id)
    briefing, request, stands = briefings.find(actor, code)
    require(actor, deed, stands, decider=decider(request))
    work.match(version)
    require_going_on(briefings.see(actor, code).state)
    return request, briefing


def _to_agree_to(work: Work, request: MeetingRequest, slot: Slot) -> Slot:
    """The slot, or the same time once more where it was agreed to before: each agreement is about a slot of its own."""
    if work.session.scalar(select(AgreedSlot.id).where(AgreedSlot.slot_id == slot.id)) is None:
        return slot
    again = times.Slot(slot.start_at, slot.end_at, datetime.fromisoformat(slot.wall), slot.zone)
    row = put_slot(work, request, again, side=slot.side, by=slot.by)
    work.session.flush()
    return row


def _keep_answers(work: Work, actor: Actor, before: Sequence[Offer], slots: Sequence[Slot]) -> None:
    """What was said of the same times before still holds; for who puts them up they do."""
    said = work.session.execute(
        select(Slot.start_at, Availability.company_id, Availability.answer, Availability.by)
        .join(Availability, Availability.slot_id == Slot.id)
        .where(Slot.offer_id.in_([offer.id for offer in before]))
    ).all()
    for slot in slots:
        same = [row for row in said if row.start_at == slot.start_at]
        for row in same:
            say(work.session, slot, row.company_id, rules.Suits(row.answer), by=row.by, now=work.now)
        if actor.organisation not in {row.company_id for row in same}:
            say(work.session, slot, actor.organisation, rules.Suits.YES, by=actor.person, now=work.now)
    work.session.flush()


def _not_yet_invited(work: Work, request: MeetingRequest) -> None:
    """Raises WrongState once there is a meeting."""
    there = select(Meeting.id).where(
        Meeting.buyer_id == request.buyer_id,
        Meeting.request_id == request.id,
        Meeting.state == MeetingState.CONFIRMED,
    )
    if work.session.scalar(there) is not None:
        raise WrongState("Everybody is invited already; please move the meeting instead.")
