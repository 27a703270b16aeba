"""Who asks, as it is written down, and whom somebody of the buyer has to look at first: they say to be of a company,
but write from anywhere, or from a domain that only looks like its own, or nothing shows that they have written at all.

No use-case by itself: every door by which an ask comes goes through it, inside the transaction of its own deed.
"""

from sqlalchemy import Exists, and_, delete, exists, func, or_, select

from vendorhub.domain.binding import Parked
from vendorhub.domain.heard import Heard
from vendorhub.domain.identities import looks_like, skeleton
from vendorhub.domain.newcomers import domains_of, is_free_mail, is_site
from vendorhub.domain.people import Side
from vendorhub.domain.refusals import Unfit
from vendorhub.store import Claim, Domain, Guest, MeetingRequest, Organisation
from vendorhub.store.companies import company_of
from vendorhub.store.not_vendors import is_not_vendor
from vendorhub.store.noted import company_heard
from vendorhub.store.people import person_for
from vendorhub.store.write import Work


def name_sender(
    work: Work, buyer: Organisation, request: MeetingRequest, heard: Heard, *, by_hand: bool = False
) -> None:
    """Writes down who asks and of which company. A networking site's own address is nobody's. Raises Unfit where the
    sender is of the buyer's own company or on its list of those who are no vendors."""
    email = "" if is_site(heard.sender_email.partition("@")[2]) else heard.sender_email
    if email and (home := company_of(work.session, email)) and home.id == buyer.id:
        raise Unfit("email", "This is an address of your own company, so there is nobody to answer.")
    if email and is_not_vendor(work.session, buyer.id, email):
        raise Unfit("email", "This address is on your list of those who are no vendors.")
    company = company_heard(
        work.session,
        buyer,
        email=email,
        company=heard.company,
        name=heard.sender_name,
        now=work.now,
        by_hand=by_hand,
    )
    name = heard.sender_name or (email.partition("@")[0] if email else heard.company)
    person = person_for(work.session, email=email, name=name, now=work.now) if email else None
    request.company_id = company.id
    request.asked_by = person.id if person else None
    request.sender_name = name or company.name
    work.session.add(request)
    work.session.flush()
    theirs = Guest.buyer_id == buyer.id, Guest.request_id == request.id, Guest.side == Side.VENDOR
    work.session.execute(delete(Guest).where(*theirs))
    if email:
        work.session.add(Guest(buyer_id=buyer.id, request_id=request.id, side=Side.VENDOR, email=email, name=name))
    work.session.flush()
    park(work, request, email=email, says=company.name)


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


def park_unproven(work: Work, request: MeetingRequest, *, says: Heard) -> None:
    """The same of a mail from outside that nothing shows to be from whom it names, `says`: the ask is nobody's until a
    person of the buyer says that it is theirs, so it counts against nobody, and of what was said to whom it names
    it meets only a never (standing.own_never)."""
    home = company_of(work.session, says.sender_email)
    request.parked = Parked.UNPROVEN
    work.session.add(
        Claim(
            request_id=request.id,
            buyer_id=request.buyer_id,
            company_id=home.id if home else None,
            says=home.name if home else says.company,
            email=says.sender_email,
            name=says.sender_name,
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
        Claim.email == "",  # that one mail was theirs tells nothing of who they are
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
