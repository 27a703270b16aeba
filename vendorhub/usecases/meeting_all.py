"""When a briefing becomes a meeting: the buyer's yes, every named vendor's word and an agreed time are there.

No use-case by itself: the choice of the time and the last word that was missing both go through here.
"""

from sqlalchemy import select

from vendorhub.domain.briefings import NAMED, Part
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.offers import OfferState
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Clash
from vendorhub.outbox import agendas as agenda_letters
from vendorhub.outbox import items as item_letters
from vendorhub.outbox import meeting_all as after
from vendorhub.outbox import polls as letters
from vendorhub.outbox.invitations import call_off, invite
from vendorhub.store import AgreedSlot, Attendee, Briefing, Meeting, MeetingRequest, Participation, Slot
from vendorhub.store.attendance import free
from vendorhub.store.briefings import briefing_of, parts_of
from vendorhub.store.confirming import confirm
from vendorhub.store.consents import consent_of
from vendorhub.store.history import record
from vendorhub.store.offers import open_offers
from vendorhub.store.write import Work
from vendorhub.usecases.agenda_publication import close_gap

EVERYBODY = "all"  # the words of the history line: nobody chose, the last word that was missing came


def meet_if_agreed(work: Work, actor: Actor, briefing: Briefing, request: MeetingRequest) -> Meeting | None:
    """Makes the meeting and its invitations if nothing is missing any more; None while something is.

    A time that has passed meanwhile counts for nothing, nor one that was chosen for another line-up than the buyer has
    said yes to since: whoever organises it is told. Raises Clash if somebody who has to be there is taken.
    """
    named = [part for part in parts_of(work.session, request) if part.state in NAMED]
    if briefing.agreed_slot_id is None or not named or any(part.state != Part.JOINED for part in named):
        return None
    agreed = work.session.get_one(AgreedSlot, briefing.agreed_slot_id)
    slot, consent = work.session.get_one(Slot, agreed.slot_id), consent_of(work.session, request)
    if slot.start_at <= work.now or agreed.consent_id != consent.decision:
        give_up_time(work, briefing, request)
        return None
    meeting, attendees = confirm(work, request, consent, slot, agreed, actor=actor)
    for lying in open_offers(work.session, request.buyer_id, request.id, now=work.now):
        lying.state = OfferState.CHOSEN
    record(work, Deed.CHOOSE, request=request, words=EVERYBODY)
    invite(work, consent, request, meeting, agreed, attendees, first=True)
    return meeting


def meet_or_give_up(work: Work, actor: Actor, briefing: Briefing, request: MeetingRequest) -> None:
    """The same where it is not the time that somebody presses for: a clash does not undo their word, but the time."""
    try:
        with work.session.begin_nested():
            meet_if_agreed(work, actor, briefing, request)
    except Clash:
        give_up_time(work, briefing, request)


def no_longer_comes(
    work: Work, request: MeetingRequest, part: Participation, *, note: str = ""
) -> frozenset[str] | None:
    """Takes a vendor's people off the meeting, if there is one ahead: their time is given back, they get a
    cancellation of their own, and everybody else a letter; the entry of the others stays. Answers the addresses that
    are told that they come off it, None where there is no meeting.

    The part has its new state already. What was to be theirs on the agenda is not any more, and nobody waits for what
    they would have sent.
    """
    work.session.flush()
    item_letters.all_in(work, briefing_of(work.session, request), request)
    revised = close_gap(work, request, part.company_id)
    told, hear = _off_the_meeting(work, request, part, note, revised)
    if revised is not None:
        agenda_letters.published(work, request, revised, unsigned=True, told=hear)
    return told


def _off_the_meeting(
    work: Work, request: MeetingRequest, part: Participation, note: str, revised: agenda_letters.Revised | None
) -> tuple[frozenset[str] | None, frozenset[str]]:
    """The addresses of those who leave, None where there is no meeting; and of those who hear of it."""
    meeting = work.session.scalar(
        select(Meeting).where(
            Meeting.buyer_id == request.buyer_id,
            Meeting.request_id == request.id,
            Meeting.state == MeetingState.CONFIRMED,
            Meeting.end_at > work.now,
        )
    )
    if meeting is None:
        return None, frozenset()
    leaving = work.session.scalars(
        select(Attendee)
        .where(Attendee.meeting_id == meeting.id, Attendee.company_id == part.company_id, Attendee.gone_at.is_(None))
        .order_by(Attendee.id)
    ).all()
    free(work.session, meeting.id, *(each.person_id for each in leaving))
    told = call_off(work, request, meeting, leaving, leaving=True)
    coming = [each for each in parts_of(work.session, request) if each.state == Part.JOINED]
    hear = after.vendor_gone(work, request, meeting, part, coming=coming, note=note, revised=revised)
    return told, hear


def give_up_time(work: Work, briefing: Briefing, request: MeetingRequest) -> None:
    """The time that was chosen counts no more, and those who can find another are told; nothing if none was."""
    if briefing.agreed_slot_id is None:
        return
    slot = work.session.get_one(Slot, work.session.get_one(AgreedSlot, briefing.agreed_slot_id).slot_id)
    briefing.agreed_slot_id, briefing.changed_at = None, work.now
    letters.lost(work, request, slot)
