"""Answers what is told in plain letters, without any calendar part: the ask, its answer, and times on the table."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update

from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.letters import LetterKind, LetterState
from vendorhub.domain.places import How, Place, location
from vendorhub.keys import hash_secret, new_secret
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient, organisation, reader, who_answer, who_were_asked
from vendorhub.outbox.signatures import OURS, by_actor, by_clock, by_person
from vendorhub.store import (
    Decision,
    DecisionLink,
    Goal,
    Guest,
    Letter,
    Meeting,
    MeetingRequest,
    Offer,
    Person,
    Proposal,
    Slot,
)
from vendorhub.store.write import Work

# A never is told in the words of a no: that it lasts is the buyer's own business.
_ANSWERS = {
    DecisionKind.ACCEPT: LetterKind.YES,
    DecisionKind.NOT_NOW: LetterKind.NOT_NOW,
    DecisionKind.NO: LetterKind.NO,
    DecisionKind.NEVER: LetterKind.NO,
}


def ask_received(work: Work, request: MeetingRequest) -> None:
    """Tells each who may decide, and their assistants, of a new ask; each gets a link of their own (CONTRACT.md).

    The links' hashes are stored, the secrets stand in the sealed letters alone.
    """
    goal = work.session.get(Goal, request.goal_id) if request.goal_id else None
    guests = work.session.scalars(
        select(Guest).where(Guest.request_id == request.id, Guest.side == "vendor").order_by(Guest.id)
    ).all()
    for to in who_were_asked(work, request):
        _tell(
            work,
            LetterKind.ASK_RECEIVED,
            request,
            to,
            goal=goal.name if goal else "",
            guests=guests,
            link=office().links.decision(_decision_link(work, request, to)),
        )


def answered(work: Work, request: MeetingRequest, decision: Decision) -> None:
    """Tells who asked of the answer, once it is effective; until then the letter waits and an undo stops it.

    Raises KeyError for a decision that is no answer.
    """
    buyer = organisation(work, request.buyer_id)
    post(
        work,
        _ANSWERS[DecisionKind(decision.kind)],
        _asker(work, request),
        signed=by_person(work, decision.by, of=buyer, on_behalf_of=decision.on_behalf_of),
        context={
            **_facts(work, request),
            "minutes": request.minutes_agreed or request.minutes,
            "place": _where(work, request),
            "standing": None,
            "link": office().links.meeting_request(request.code),
        },
        buyer_id=request.buyer_id,
        due_at=decision.effective_at,
        decision_id=decision.id,
    )


def withdrawn(work: Work, request: MeetingRequest) -> None:
    """Tells everybody who heard of the ask that it was taken back."""
    for to in who_were_asked(work, request):
        _tell(work, LetterKind.WITHDRAWN, request, to)


def lapsed(work: Work, request: MeetingRequest) -> None:
    """Tells who asked that the window is over without an answer: once, for the clock (law 7, M3)."""
    buyer = organisation(work, request.buyer_id)
    post(
        work,
        LetterKind.LAPSED,
        _asker(work, request),
        signed=by_clock(buyer),
        context={**_facts(work, request), "link": office().links.meeting_request(request.code)},
        buyer_id=request.buyer_id,
    )


def shut_out(work: Work, request: MeetingRequest) -> None:
    """Tells who asked that an open ask is closed with a no, because its company has been shut out."""
    link = office().links.meeting_request(request.code)
    _tell(work, LetterKind.NO, request, _asker(work, request), standing=None, link=link)


def stands(work: Work, request: MeetingRequest, standing: MeetingRequest) -> None:
    """Tells who asked that the answer to `standing`, an earlier ask of their company, holds for this one too.

    Nobody pressed for it, so it is signed for the buyer alone.
    """
    buyer = organisation(work, request.buyer_id)
    post(
        work,
        LetterKind.NOT_NOW if request.again_on else LetterKind.NO,
        _asker(work, request),
        signed=by_clock(buyer),
        context={
            **_facts(work, request),
            "standing": standing,
            "link": office().links.meeting_request(request.code),
        },
        buyer_id=request.buyer_id,
    )


def times_offered(work: Work, request: MeetingRequest, offer: Offer, slots: Sequence[Slot]) -> None:
    """Tells who asked of the buyer's times; with a yes that is still held they wait, and fall, with it.

    Times that nobody has seen yet give way to these unsaid.
    """
    held = offer.visible_at > work.now
    if held:
        _stop(work, offer.buyer_id, offer.consent_id, Letter.kind == LetterKind.TIMES_OFFERED.value)
    _tell(
        work,
        LetterKind.TIMES_OFFERED,
        request,
        _asker(work, request),
        due_at=offer.visible_at,
        decision_id=offer.consent_id if held else None,
        slots=slots,
        note=offer.note,
        link=office().links.offers(request.code),
    )


def times_suggested(work: Work, request: MeetingRequest, offer: Offer, slots: Sequence[Slot]) -> None:
    """Tells the buyer's side of the times that the asking side suggests."""
    for to in who_answer(work, request):
        _tell(
            work,
            LetterKind.TIMES_SUGGESTED,
            request,
            to,
            slots=slots,
            note=offer.note,
            link=office().links.offers(request.code),
        )


def times_taken_back(work: Work, request: MeetingRequest, offer: Offer) -> None:
    """Tells the other side that the times of `offer` no longer stand; of times it never saw it never hears."""
    if offer.visible_at > work.now:
        _stop(work, offer.buyer_id, offer.consent_id, Letter.kind == LetterKind.TIMES_OFFERED.value)
        return
    for to in who_answer(work, request) if offer.side == "vendor" else [_asker(work, request)]:
        _tell(work, LetterKind.TIMES_TAKEN_BACK, request, to, link=office().links.offers(request.code))


def move_wished(work: Work, request: MeetingRequest, meeting: Meeting, proposal: Proposal, slot: Slot) -> None:
    """Tells the buyer's side that the other wishes to move the meeting; nothing has changed yet (law 2)."""
    for to in who_answer(work, request):
        _tell(
            work,
            LetterKind.MOVE_WISHED,
            request,
            to,
            meeting=meeting,
            slots=[slot],
            note=proposal.note,
            link=office().links.meeting(meeting.uid),
        )


def move_refused(work: Work, request: MeetingRequest, meeting: Meeting, proposal: Proposal, slot: Slot) -> None:
    """Tells who wished to move the meeting that it stays where it is."""
    proposer = reader(work, proposal.by, organisation(work, request.company_id))
    _tell(
        work,
        LetterKind.MOVE_REFUSED,
        request,
        proposer,
        meeting=meeting,
        slots=[slot],
        link=office().links.meeting(meeting.uid),
    )


def sign_in(work: Work, person: Person, link: str, code: str, minutes_valid: int) -> None:
    """Sends a person the link and the code by which they sign in."""
    to = Recipient(person.id, person.email, person.name, person.zone or "UTC", person.language)
    context = {"link": link, "code": code, "minutes": minutes_valid}
    post(work, LetterKind.SIGN_IN, to, signed=OURS, context=context)


def password(work: Work, recipient_email: str, subject: str, body_text: str, body_html: str) -> None:
    """Sends a letter about a password, worded by the sign-in library, whose HTML has been escaped already."""
    person = work.session.scalar(select(Person).where(Person.email == recipient_email.lower()))
    name, language = (person.name, person.language) if person else ("", "en")
    to = Recipient(person.id if person else None, recipient_email.lower(), name, "UTC", language)
    context = {"subject": subject, "text": body_text, "html": body_html}
    post(work, LetterKind.PASSWORD, to, signed=OURS, context=context)


def stop_answer(work: Work, buyer_id: int, decision_id: int) -> int:
    """Stops and erases the letters of a held answer that is taken back; how many there were."""
    return _stop(work, buyer_id, decision_id)


def _stop(work: Work, buyer_id: int, decision_id: int, *which: ColumnElement[bool]) -> int:
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


def _tell(
    work: Work,
    kind: LetterKind,
    request: MeetingRequest,
    to: Recipient,
    *,
    due_at: datetime | None = None,
    decision_id: int | None = None,
    **facts: Any,
) -> None:
    """One letter about a request, signed by whoever pressed."""
    post(
        work,
        kind,
        to,
        signed=by_actor(work, request),
        context={**_facts(work, request), "zones": _zones(work, request, to), **facts},
        buyer_id=request.buyer_id,
        due_at=due_at,
        decision_id=decision_id,
    )


def _facts(work: Work, request: MeetingRequest) -> dict[str, Any]:
    buyer, company = organisation(work, request.buyer_id), organisation(work, request.company_id)
    asker = work.session.get_one(Person, request.asked_by)
    return {"request": request, "buyer": buyer, "company": company, "asker": asker}


def _zones(work: Work, request: MeetingRequest, to: Recipient) -> tuple[str, ...]:
    """The reader's own zone first, then those of the two sides."""
    return to.zone, *(organisation(work, side).zone for side in (request.buyer_id, request.company_id))


def _asker(work: Work, request: MeetingRequest) -> Recipient:
    return reader(work, request.asked_by, organisation(work, request.company_id))


def _where(work: Work, request: MeetingRequest) -> str:
    if not request.place_how:
        return ""
    buyer, company = organisation(work, request.buyer_id), organisation(work, request.company_id)
    place = Place(How(request.place_how), request.place_detail)
    return location(place, buyer_name=buyer.name, company_name=company.name)


def _decision_link(work: Work, request: MeetingRequest, to: Recipient) -> str:
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
