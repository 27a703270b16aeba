"""Answers what is told about an ask in a vendor's name: to the vendor's people, who give it or not, and to the VAR."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from vendorhub.domain.letters import LetterKind
from vendorhub.keys import hash_secret, new_secret
from vendorhub.outbox.about import asker, confirmer, facts_of, tell
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient, organisation, recipient
from vendorhub.outbox.signatures import OURS, Signature, by_person
from vendorhub.store import ConfirmationLink, Goal, Guest, MeetingRequest, Organisation, Person
from vendorhub.store.write import Work


@dataclass(frozen=True)
class Confirmer:
    """Somebody of the vendor's, by address, and what the VAR calls them."""

    email: str
    name: str


def name_asked(work: Work, request: MeetingRequest, who: Sequence[Confirmer]) -> None:
    """Asks each of them for the vendor's name, once, with a link of their own; only its hash is stored."""
    guests = work.session.scalars(select(Guest).where(Guest.request_id == request.id).order_by(Guest.id)).all()
    goal = work.session.get(Goal, request.goal_id) if request.goal_id else None
    for one in who:
        secret = new_secret()
        work.session.add(
            ConfirmationLink(
                hash=hash_secret(secret),
                buyer_id=request.buyer_id,
                request_id=request.id,
                email=one.email,
                name=one.name,
                created_at=work.now,
            )
        )
        tell(
            work,
            LetterKind.NAME_ASKED,
            request,
            _to(work, request, one),
            var=organisation(work, request.company_id).name,
            vendor=vendor_name(work, request),
            goal=goal.name if goal else "",
            guests=guests,
            link=office().links.confirmation(secret),
        )


def given(work: Work, request: MeetingRequest) -> None:
    """Tells the VAR that the vendor has confirmed it and that the buyer has it now."""
    _tell_the_var(work, request, LetterKind.NAME_GIVEN, _by_the_vendor(work, request))


def ended(work: Work, request: MeetingRequest, *, by_the_vendor: bool, before: bool) -> None:
    """Tells the other of the two, VAR and vendor, that the ask was taken back; `before` it was confirmed only the VAR
    has anything to hear."""
    if by_the_vendor:
        _tell_the_var(work, request, LetterKind.NAME_REFUSED, _by_the_vendor(work, request), before=before)
    elif not before and (to := confirmer(work, request)) is not None:
        tell(work, LetterKind.WITHDRAWN, request, to, goes_on=False)


def not_given(work: Work, request: MeetingRequest) -> None:
    """Tells the VAR that nobody of the vendor's has confirmed it in time."""
    _tell_the_var(work, request, LetterKind.NAME_LAPSED, OURS)


def vendor_name(work: Work, request: MeetingRequest) -> str:
    """What the vendor is called: by itself, or by the VAR while nobody of it has said so."""
    return organisation(work, request.vendor_id).name if request.vendor_id else request.vendor_name


def _tell_the_var(work: Work, request: MeetingRequest, kind: LetterKind, signed: Signature, **facts: object) -> None:
    post(
        work,
        kind,
        asker(work, request),
        signed=signed,
        context={
            **facts_of(work, request),
            **facts,
            "vendor": vendor_name(work, request),
            "link": office().links.meeting_request(request.code),
        },
        buyer_id=request.buyer_id,
    )


def _by_the_vendor(work: Work, request: MeetingRequest) -> Signature:
    """Who does this work, of the vendor; of a company that is not known here by the name that the VAR told."""
    if work.actor is not None and request.vendor_id is not None:
        return by_person(work, work.actor.person, of=organisation(work, request.vendor_id))
    return Signature(company=request.vendor_name, person=work.actor.name if work.actor else "")


def _to(work: Work, request: MeetingRequest, one: Confirmer) -> Recipient:
    """Them as recipient: who is not known here reads in the buyer's zone and is called what the VAR calls them."""
    home: Organisation = organisation(work, request.vendor_id or request.buyer_id)
    known = work.session.scalar(select(Person).where(Person.email == one.email))
    return recipient(known, home) if known else Recipient(None, one.email, one.name, home.zone)
