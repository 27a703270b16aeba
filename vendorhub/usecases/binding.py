"""What happens to an ask that meets an answer from before (law 6): it is put on its thread, and its sender hears of it.

No use-case by itself: every door by which an ask comes goes through it, inside the transaction of its own deed.
"""

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.binding import companies_of
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.outbox import notices
from vendorhub.queries.standing import Sought, Standing, own_never, standing
from vendorhub.store import MeetingRequest, Organisation
from vendorhub.store.history import record
from vendorhub.store.write import Work


def attach_if_bound(work: Work, request: MeetingRequest, buyer: Organisation) -> bool:
    """Attaches a pending ask if an answer stands in its way, and says whether. The buyer's row must be locked.

    The company that had the answer is told it, with the day from which it may ask; anybody else hears that it is not
    taken up, in words that tell nothing; who did not ask here, but was noted down, hears nothing.
    """
    companies = companies_of(request.company_id, request.vendor_id)
    sought = Sought(companies, request.asked_by, request.asked_of, request.topic)
    found = own_never(work.session, request, now=work.now) if request.channel else None
    found = found or standing(work.session, buyer, sought, now=work.now)
    if found is None:
        return False
    _attach(work, request, found)
    return True


def _attach(work: Work, request: MeetingRequest, found: Standing) -> None:
    request.state = rules.after(State(request.state), Deed.ATTACH)
    request.attached_to = found.answer.id if found.answer else None
    request.decided_by, request.again_on = found.decided_by, found.again_on
    told = found.answer if found.again_on else None
    audience = "buyer" if request.channel else "both"  # of what came elsewhere nobody outside knows
    record(work, Deed.ATTACH, request=request, audience=audience, words=told.code if told else "")
    notices.introduced(work, request, "stands", again_on=request.again_on)
    if request.channel:
        return
    if told:
        notices.stands(work, request, told)
    else:
        notices.not_taken_up(work, request)
