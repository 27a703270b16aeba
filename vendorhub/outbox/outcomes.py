"""Answers what is told of what came of a meeting: thanks alone, to whoever asked for it."""

from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.about import facts_of
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import organisation, recipient
from vendorhub.outbox.signatures import by_actor
from vendorhub.store import Meeting, MeetingRequest, Person, Thanks
from vendorhub.store.write import Work


def thanked(work: Work, request: MeetingRequest, meeting: Meeting, thanks: Thanks) -> None:
    """Tells who asked for a meeting what the buyer thanks them for, and whether they may quote that."""
    asker = work.session.get_one(Person, request.asked_by)
    if not asker.active:
        return
    context = {
        **facts_of(work, request),
        "text": thanks.text,
        "quotable": thanks.quotable,
        "link": office().links.meeting(meeting.uid),
        "minutes": False,
    }
    post(
        work,
        LetterKind.THANKS,
        recipient(asker, organisation(work, request.company_id)),
        signed=by_actor(work, request),
        context=context,
        buyer_id=request.buyer_id,
    )
