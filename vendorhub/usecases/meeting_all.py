"""When a briefing becomes a meeting: the buyer's yes, every named vendor's word and an agreed time are there.

No use-case by itself: the choice of the time and the last word that was missing both go through here.
"""

from vendorhub.domain.briefings import NAMED, Part
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.outbox.invitations import invite
from vendorhub.store import AgreedSlot, Briefing, Meeting, MeetingRequest, Slot
from vendorhub.store.briefings import parts_of
from vendorhub.store.confirming import confirm
from vendorhub.store.consents import consent_of
from vendorhub.store.history import record
from vendorhub.store.write import Work


def meet_if_agreed(work: Work, actor: Actor, briefing: Briefing, request: MeetingRequest) -> Meeting | None:
    """Makes the meeting and its invitations if nothing is missing any more; None while something is.

    A time that has passed meanwhile counts for nothing. Raises Clash if somebody who has to be there is taken.
    """
    named = [part for part in parts_of(work.session, request) if part.state in NAMED]
    if briefing.agreed_slot_id is None or not named or any(part.state != Part.JOINED for part in named):
        return None
    agreed = work.session.get_one(AgreedSlot, briefing.agreed_slot_id)
    slot = work.session.get_one(Slot, agreed.slot_id)
    if slot.start_at <= work.now:
        briefing.agreed_slot_id = None
        return None
    consent = consent_of(work.session, request)
    meeting, attendees = confirm(work, request, consent, slot, agreed, actor=actor)
    record(work, Deed.CHOOSE, request=request)
    invite(work, consent, request, meeting, agreed, attendees, first=True)
    return meeting
