"""How every deed on a meeting request begins: the request as it stands, nobody else at it, and the right to the deed.

No use-case by itself: each deed goes through here, inside its own transaction.
"""

from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import require
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.scope import decider, find
from vendorhub.store import MeetingRequest, Organisation
from vendorhub.store.write import Work


def judged(work: Work, actor: Actor, code: str, deed: Deed, *, answer: str = "") -> tuple[MeetingRequest, Organisation]:
    """The request and its buyer, whose row is held from here on; `answer` is the way in which somebody would decline.

    Raises NotThere, NotAllowed and, where somebody has changed what the actor saw, SomebodyWasFaster: in that order.
    """
    request, _ = find(actor, code)
    buyer = work.lock_buyer(request.buyer_id)
    request, stands = find(actor, code)
    require(actor, deed, stands, decider=decider(request), answer=answer)
    work.match(lambda: seen.see(actor, code).version)
    return request, buyer
