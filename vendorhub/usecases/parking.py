"""Asks whose sender has to be looked at (senders.park): a person of the buyer says whether it is them."""

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.codes import new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.heard import Channel, Heard
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.store import Claim, Joining
from vendorhub.store.companies import kin
from vendorhub.store.history import record
from vendorhub.store.write import Work, write
from vendorhub.usecases.binding import attach_if_bound
from vendorhub.usecases.judged import judged
from vendorhub.usecases.senders import name_sender


def settle(actor: Actor, code: str, *, who: str) -> None:
    """Says who the sender of a parked ask is: "them" (their company and the one they name are one and the same to
    this buyer, so its answers hold at once; of an unproven mail: it is the ask of whom it names) or "other" (the ask
    goes on as it is). Raises WrongState where nothing is to be said, Unfit for anything else, or for "them" where no
    such company is known.
    """
    with write(actor) as work:
        request, buyer = judged(work, actor, code, Deed.SETTLE)
        state = rules.true_state(State(request.state), answer_by=request.answer_by, now=work.now)
        claim = work.session.get(Claim, request.id)
        if claim is None or not request.parked or claim.settled or state not in rules.AWAITING:
            raise WrongState("There is nothing to say about who asks here any more.")
        if who not in ("them", "other"):
            raise Unfit("who", "Please say whether it is them or somebody else.")
        unproven = bool(claim.email)
        if who == "them" and claim.company_id is None and not unproven:
            raise Unfit("who", "No company of this name is known here, so it goes on as it is.")
        claim.settled, claim.settled_by, claim.settled_at = who, actor.person, work.now
        request.parked = ""
        record(work, Deed.SETTLE, request=request, audience="buyer", words=who)
        if who == "them":
            if unproven:
                said = Heard(Channel(request.channel), request.topic, claim.name, claim.email, claim.says)
                name_sender(work, buyer, request, said)
            elif claim.company_id is not None:
                _take_for_one(work, actor, request.company_id, claim.company_id)
            if state is State.PENDING:
                attach_if_bound(work, request, buyer)
        work.result = code


def _take_for_one(work: Work, actor: Actor, one: int, other: int) -> None:
    if other in kin(work.session, actor.organisation, one):
        return
    work.session.add(
        Joining(
            buyer_id=actor.organisation,
            code=new_code(10),
            one_id=one,
            other_id=other,
            whole=True,
            by=actor.person,
            made_at=work.now,
        )
    )
    work.session.flush()
