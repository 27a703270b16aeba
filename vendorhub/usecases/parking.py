"""Asks whose sender has to be looked at: they say to be of a company, but write from anywhere, or from a domain that
only looks like its own. A person of the buyer says whether it is them."""

from sqlalchemy import Exists, and_, delete, exists, func, or_, select

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.binding import Parked
from vendorhub.domain.codes import new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.identities import looks_like, skeleton
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.newcomers import domains_of, is_free_mail
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.rights import require
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.scope import decider, find
from vendorhub.store import Claim, Domain, Joining, MeetingRequest, Organisation
from vendorhub.store.companies import kin
from vendorhub.store.history import record
from vendorhub.store.write import Work, write
from vendorhub.usecases.binding import attach_if_bound


def park(work: Work, request: MeetingRequest, *, email: str, says: str) -> None:
    """Marks an ask, within the deed by which it comes, whose sender has to be looked at first: `email` is theirs,
    `says` the company they name. Nothing is told to them; the window runs. Once the buyer has said who a company is,
    it is not asked again."""
    request.parked = ""
    if work.session.scalar(select(_settled(request))):
        return
    work.session.execute(delete(Claim).where(Claim.request_id == request.id))  # of who they were taken for before
    if not email:
        return
    domain = email.partition("@")[2]
    known: int | None = None
    alike = ""
    if is_free_mail(domain):
        if work.session.scalar(select(exists().where(Domain.organisation_id == request.company_id))):
            return  # the place itself knows them as this company's
        says = says.removesuffix(f" ({domain})")
        known = _called(work, request, says)
        request.parked = Parked.FREE_MAIL
    elif found := _passed_for(work, request, email):
        known, alike = found
        request.parked = Parked.LOOK_ALIKE
    if request.parked:
        work.session.add(
            Claim(request_id=request.id, buyer_id=request.buyer_id, company_id=known, says=says[:120], domain=alike)
        )
        work.session.flush()


def settle(actor: Actor, code: str, *, who: str) -> None:
    """Says who the sender of a parked ask is: "them" (their company and the one they name are one and the same to
    this buyer, so its answers hold at once) or "other" (the ask goes on as it is). Raises WrongState where nothing is
    to be said, Unfit for anything else, or for "them" where no such company is known.
    """
    with write(actor) as work:
        request, _ = find(actor, code)
        buyer = work.lock_buyer(request.buyer_id)
        request, stands = find(actor, code)
        require(actor, Deed.SETTLE, stands, decider=decider(request))
        work.match(lambda: seen.see(actor, code).version)
        state = rules.true_state(State(request.state), answer_by=request.answer_by, now=work.now)
        claim = work.session.get(Claim, request.id)
        if claim is None or claim.settled or state not in rules.AWAITING:
            raise WrongState("There is nothing to say about who asks here any more.")
        if who not in ("them", "other"):
            raise Unfit("who", "Please say whether it is them or somebody else.")
        if who == "them" and claim.company_id is None:
            raise Unfit("who", "No company of this name is known here, so it goes on as it is.")
        claim.settled, claim.settled_by, claim.settled_at = who, actor.person, work.now
        request.parked = ""
        record(work, Deed.SETTLE, request=request, audience="buyer", words=who)
        if who == "them" and claim.company_id is not None:
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


def _settled(request: MeetingRequest) -> Exists:
    before = MeetingRequest
    return exists().where(
        before.buyer_id == request.buyer_id,
        before.company_id == request.company_id,
        Claim.request_id == before.id,
        Claim.settled != "",
    )


def _called(work: Work, request: MeetingRequest, says: str) -> int | None:
    """The company of this name that is known by a domain of its own, here or to this buyer."""
    noted = and_(Organisation.noted_by == request.buyer_id, Organisation.noted_domain != "")
    return work.session.scalar(
        select(Organisation.id)
        .where(
            func.lower(Organisation.name) == says.strip().lower(),
            Organisation.kind != Side.BUYER,
            Organisation.id != request.company_id,
            or_(noted, exists().where(Domain.organisation_id == Organisation.id)),
        )
        .order_by(Organisation.id)
        .limit(1)
    )


def _passed_for(work: Work, request: MeetingRequest, email: str) -> tuple[int, str] | None:
    """The company, known before, whose domain this address only looks to be of, and that domain."""
    own = list(domains_of(email))
    row = work.session.execute(
        select(Domain.organisation_id, Domain.name)
        .join(Organisation, Organisation.id == Domain.organisation_id)
        .where(
            Domain.skeleton.in_([skeleton(domain) for domain in own]),
            Domain.name.not_in(own),
            Domain.organisation_id < request.company_id,
            Organisation.kind != Side.BUYER,
        )
        .order_by(Domain.organisation_id)
        .limit(1)
    ).first()
    if row is not None:
        return row.organisation_id, row.name
    noted = {
        each.noted_domain: each.id
        for each in work.session.execute(
            select(Organisation.id, Organisation.noted_domain).where(
                Organisation.noted_by == request.buyer_id,
                Organisation.noted_domain != "",
                Organisation.id < request.company_id,
            )
        )
    }
    alike = next((found for domain in own if (found := looks_like(domain, noted))), None)
    return (noted[alike], alike) if alike else None
