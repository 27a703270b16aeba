"""Taking a meeting home: its entry for a calendar, worded as the invitation is.

Nothing is changed here; it is not a query because entries are worded where the letters are.
"""

from vendorhub import clock
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotAllowed, WrongState
from vendorhub.itip import compose
from vendorhub.outbox.entries import entry, meeting_facts
from vendorhub.queries.meetings import find_meeting
from vendorhub.store import Person, db
from vendorhub.store.confirming import attendees_of
from vendorhub.store.write import Work


def published(actor: Actor, uid: str) -> bytes:
    """The meeting as METHOD:PUBLISH (RFC 5546, 3.2.1) for one of its attendees.

    Raises NotThere for who may not see it, NotAllowed for who doesn't attend, WrongState if it was called off.
    """
    meeting, request, _ = find_meeting(actor, uid)
    work = Work(db.session(), clock.now(), actor)
    attendees = attendees_of(work, meeting)
    own = next((attendee for attendee in attendees if attendee.person_id == actor.person), None)
    if own is None:
        raise NotAllowed("Only those who attend get an entry for their calendar.")
    if meeting.state == MeetingState.CANCELLED:
        raise WrongState("This meeting has been called off.")
    facts = meeting_facts(work, request, meeting, attendees, decider=request.decided_by)
    language = db.session.get_one(Person, actor.person).language
    return compose.published(entry(facts, own, stamp=facts.changed_at, language=language))
