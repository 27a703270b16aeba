"""A vendor's word: giving its name for what a VAR asks, or refusing it, signed in or by the link in the letter."""

from sqlalchemy import select, update

from vendorhub import keys
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import texts
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.newcomers import COMPANY_AT_MOST
from vendorhub.domain.people import Actor, Door, DoorName, Role, Side
from vendorhub.domain.refusals import NotAllowed, NotThere, WrongState
from vendorhub.domain.windows import window_ends
from vendorhub.outbox import confirmations as letters
from vendorhub.outbox import notices
from vendorhub.queries import people
from vendorhub.store import ConfirmationLink, MeetingRequest, Membership, Organisation, Person
from vendorhub.store.blocks import asker_shut_out
from vendorhub.store.companies import company_for
from vendorhub.store.history import record
from vendorhub.store.people import person_for
from vendorhub.store.write import Work, write
from vendorhub.usecases.judged import judged
from vendorhub.usecases.placing import put_before


def confirm(actor: Actor, code: str) -> None:
    """Gives the name of the actor's company for a VAR's ask, which goes to the buyer with that."""
    with write(actor) as work:
        request, buyer = judged(work, actor, code, Deed.VERIFY)
        _still_waits(work, request, Deed.VERIFY)
        _go_out(work, request, buyer, by=actor.person)
        work.result = code


def confirm_by_link(secret: str, *, company: str = "") -> None:
    """The same by a letter's link, which shows the address to be theirs: who has no place here gets one at the vendor.

    `company` is what they call their company, where it is new here. Raises NotThere for a link that opens nothing,
    WrongState where it was used or nothing waits any more, NotAllowed for an address of another company, Unfit for
    an unfit name.
    """
    with write(None) as work:
        link, request, buyer = _opened(work, secret)
        person = _of_the_vendor(work, link, request, company, buyer.zone)
        actor = people.actor(person.id, Door(DoorName.LINK))
        if actor is None or actor.side is not Side.VENDOR:
            raise NotAllowed("This address can’t give a vendor’s name; please write to whoever runs this place.")
        if request.vendor_id is None:
            request.vendor_id, request.vendor_name, request.vendor_domain = actor.organisation, "", ""
        elif request.vendor_id != actor.organisation:
            raise NotAllowed("This address is of another company here, so it can’t give this one’s name.")
        work.actor = actor
        link.used_at = work.now
        _go_out(work, request, buyer, by=actor.person)


def refuse_by_link(secret: str) -> None:
    """Refuses the name by a letter's link; the VAR hears who did. Nobody gets a place here by it, no company is made.

    Raises NotThere and WrongState as `confirm_by_link` does.
    """
    with write(None) as work:
        link, request, _ = _opened(work, secret)
        to = _still_waits(work, request, Deed.WITHDRAW)
        person = person_for(work.session, email=link.email, name=link.name, now=work.now)
        work.actor = people.actor(person.id, Door(DoorName.LINK)) or _nobody_here(person, request.vendor_id)
        link.used_at = work.now
        request.state = to
        record(work, Deed.WITHDRAW, request=request, words="name")
        letters.ended(work, request, by_the_vendor=True, before=True)


def _opened(work: Work, secret: str) -> tuple[ConfirmationLink, MeetingRequest, Organisation]:
    """What a link opens, with the buyer's row locked; whoever uses the same link at the same moment waits."""
    by_secret = select(ConfirmationLink).where(ConfirmationLink.hash == keys.hash_secret(secret))
    if (link := work.session.scalar(by_secret)) is None:
        raise NotThere
    buyer = work.lock_buyer(link.buyer_id)
    link = work.session.scalars(by_secret.execution_options(populate_existing=True)).one()
    request = work.session.get_one(MeetingRequest, link.request_id, populate_existing=True)
    _still_waits(work, request, Deed.VERIFY)
    if link.used_at is not None:
        raise WrongState("This link has already been used.")
    return link, request, buyer


def _still_waits(work: Work, request: MeetingRequest, deed: Deed) -> State:
    """The state that the deed leads to. Raises WrongState where somebody, or time, was faster."""
    return rules.after(rules.true_state(State(request.state), answer_by=request.answer_by, now=work.now), deed)


def _go_out(work: Work, request: MeetingRequest, buyer: Organisation, *, by: int) -> None:
    """From here on it is an ask like any other: its window begins, and it binds, and is bound, for both companies.

    Where either is shut out it ends like an ask that meets an answer from before, and the buyer never sees it; nobody
    can tell from it which company is meant, or why.
    """
    request.state = rules.after(State.UNVERIFIED, Deed.VERIFY)
    request.confirmed_by = by
    request.answer_by = window_ends(work.now, working_days=buyer.response_days, zone=buyer.zone)
    work.session.execute(
        update(ConfirmationLink)
        .where(
            ConfirmationLink.buyer_id == request.buyer_id,
            ConfirmationLink.request_id == request.id,
            ConfirmationLink.used_at.is_(None),
        )
        .values(used_at=work.now)
    )
    record(work, Deed.VERIFY, request=request, words="name")
    work.session.flush()
    if work.session.scalar(select(asker_shut_out(request, now=work.now))):
        request.state = rules.after(State.PENDING, Deed.ATTACH)
        record(work, Deed.ATTACH, request=request)
        notices.not_taken_up(work, request)
        return
    request.visible_at = work.now
    put_before(work, request, buyer)
    if request.state == State.PENDING:
        letters.given(work, request)


def _of_the_vendor(work: Work, link: ConfirmationLink, request: MeetingRequest, company: str, zone: str) -> Person:
    """Whose address it is; who has no place here yet gets one in the vendor, which is made where it is new."""
    known = work.session.scalar(select(Person).where(Person.email == link.email))
    if known and work.session.scalar(select(Membership.id).where(Membership.person_id == known.id).limit(1)):
        return known
    if request.vendor_id is not None:
        home = work.session.get_one(Organisation, request.vendor_id)
    else:
        called = texts.line(company, at_most=COMPANY_AT_MOST, what="company")
        home = company_for(work.session, email=link.email, name=called, zone=zone, now=work.now)
    person = person_for(work.session, email=link.email, name=link.name, now=work.now)
    work.session.add(Membership(person_id=person.id, organisation_id=home.id, role=Role.MEMBER))
    work.session.flush()
    return person


def _nobody_here(person: Person, vendor: int | None) -> Actor:
    """Somebody whose address it is and who has no place here: who did it, and no more."""
    return Actor(
        person=person.id,
        organisation=vendor or 0,
        side=Side.VENDOR,
        name=person.name,
        roles=frozenset(),
        door=Door(DoorName.LINK),
    )
