"""What every letter about a meeting request shares: its facts, the zones of its times, who it goes to and from whom."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, update

from vendorhub.domain.letters import LetterKind, LetterState
from vendorhub.domain.places import How, Place, location
from vendorhub.keys import hash_secret, new_secret
from vendorhub.outbox.letters import post
from vendorhub.outbox.readers import InAName, Recipient, organisation, reader
from vendorhub.outbox.signatures import Signature, by_actor
from vendorhub.store import DecisionLink, Letter, MeetingRequest, Organisation
from vendorhub.store.write import Work


def asking(work: Work, request: MeetingRequest) -> Organisation | InAName:
    """Whoever asks, by name and zone: a company, or the VAR and the vendor that has given it its name."""
    company = organisation(work, request.company_id)
    if request.vendor_id is None:
        return company
    return InAName(company.name, organisation(work, request.vendor_id).name, company.zone)


def tell(
    work: Work,
    kind: LetterKind,
    request: MeetingRequest,
    to: Recipient,
    *,
    due_at: datetime | None = None,
    decision_id: int | None = None,
    signed: Signature | None = None,
    **facts: Any,
) -> None:
    """One letter about a request, signed by whoever pressed, where nobody else is said."""
    post(
        work,
        kind,
        to,
        signed=signed or by_actor(work, request),
        context={**facts_of(work, request), "zones": _zones(work, request, to), **facts},
        buyer_id=request.buyer_id,
        due_at=due_at,
        decision_id=decision_id,
    )


def facts_of(work: Work, request: MeetingRequest) -> dict[str, Any]:
    """The request, both companies and who asked, as every letter names them."""
    buyer = organisation(work, request.buyer_id)
    return {"request": request, "buyer": buyer, "company": asking(work, request), "asker": asker(work, request)}


def _zones(work: Work, request: MeetingRequest, to: Recipient) -> tuple[str, ...]:
    """The reader's own zone first, then those of the two sides."""
    return to.zone, *(organisation(work, side).zone for side in (request.buyer_id, request.company_id))


def asker(work: Work, request: MeetingRequest) -> Recipient:
    """Who asked, as recipient; of a logged ask perhaps nobody with an address."""
    company = organisation(work, request.company_id)
    if request.asked_by is None:
        return Recipient(None, "", request.sender_name, company.zone)
    known = reader(work, request.asked_by, company)
    return replace(known, name=request.sender_name) if request.sender_name else known


def confirmer(work: Work, request: MeetingRequest) -> Recipient | None:
    """Who gave the vendor's name, where a VAR asks in it and they have."""
    if request.confirmed_by is None or request.vendor_id is None:
        return None
    return reader(work, request.confirmed_by, organisation(work, request.vendor_id))


def who_asked(work: Work, request: MeetingRequest) -> list[Recipient]:
    """Who hears what becomes of an ask: who asked, and who gave the vendor's name for it."""
    given = confirmer(work, request)
    return [asker(work, request), *([given] if given else [])]


def where(work: Work, request: MeetingRequest) -> str:
    """How they meet, in words; "" where that is not said."""
    if not request.place_how:
        return ""
    buyer, company = organisation(work, request.buyer_id), organisation(work, request.company_id)
    place = Place(How(request.place_how), request.place_detail)
    return location(place, buyer_name=buyer.name, company_name=company.name)


def decision_link(work: Work, request: MeetingRequest, to: Recipient) -> str:
    """A link of this reader's own that opens the decision; its hash is stored, its secret is in the letter alone."""
    secret = new_secret()
    work.session.add(
        DecisionLink(
            hash=hash_secret(secret),
            buyer_id=request.buyer_id,
            request_id=request.id,
            person_id=to.person_id,
            created_at=work.now,
        )
    )
    return secret


def stop_answer(work: Work, buyer_id: int, decision_id: int, *which: ColumnElement[bool]) -> int:
    """Stops and erases the waiting letters of an answer, or `which` of them; how many there were."""
    stopped = work.session.execute(
        update(Letter)
        .where(
            Letter.buyer_id == buyer_id,
            Letter.decision_id == decision_id,
            Letter.state == LetterState.WAITING.value,
            *which,
        )
        .values(state=LetterState.STOPPED.value, sealed=None)
        .execution_options(synchronize_session=False)
    )
    return int(stopped.rowcount)  # type: ignore[attr-defined]
