"""Answers what is told while an ask goes to and fro: a yes to other terms, a question and its answer, a colleague."""

from sqlalchemy import select

from vendorhub.domain.amending import Other, other_than_asked
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.people import Side
from vendorhub.domain.places import How, Place, location
from vendorhub.outbox.about import decision_link, facts_of, tell, who_asked
from vendorhub.outbox.letters import post
from vendorhub.outbox.notices import ask_received
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import organisation, reader, who_answer, who_were_asked
from vendorhub.outbox.signatures import by_person
from vendorhub.store import Amendment, Decision, Guest, MeetingRequest, Person
from vendorhub.store.write import Work


def amended(work: Work, request: MeetingRequest, decision: Decision, wanted: Amendment) -> None:
    """Tells who asked of a yes to other terms than they asked for: what is other, and until when they may agree."""
    buyer, company = organisation(work, request.buyer_id), organisation(work, request.company_id)
    place = Place(How(wanted.place_how), wanted.place_detail) if wanted.place_how else None
    for to in who_asked(work, request):
        post(
            work,
            LetterKind.YES_BUT,
            to,
            signed=by_person(work, decision.by, of=buyer, on_behalf_of=decision.on_behalf_of),
            context={
                **facts_of(work, request),
                "decider": work.session.get_one(Person, wanted.decided_by).name,
                "other": _other(work, request, wanted),
                "note": wanted.note,
                "place": location(place, buyer_name=buyer.name, company_name=company.name) if place else "",
                "link": office().links.meeting_request(request.code),
            },
            buyer_id=request.buyer_id,
            due_at=decision.effective_at,
            decision_id=decision.id,
        )


def agreed(work: Work, request: MeetingRequest, to: Amendment) -> None:
    """Tells the buyer's side that the other has agreed to its terms, so that a time can be found."""
    link = office().links.offers(request.code)
    for reads in who_answer(work, request):
        tell(work, LetterKind.AGREED, request, reads, asked_topic=to.asked_topic, link=link)


def question_asked(work: Work, request: MeetingRequest) -> None:
    """Tells who asked that the buyer's side would know something first; its window waits until `answer_by`."""
    link = office().links.meeting_request(request.code)
    for to in who_asked(work, request):
        tell(work, LetterKind.QUESTION, request, to, link=link)


def question_answered(work: Work, request: MeetingRequest) -> None:
    """Tells who may decide what the other side answered; each gets a link of their own to answer the ask."""
    for to in who_were_asked(work, request):
        link = office().links.decision(decision_link(work, request, to))
        tell(work, LetterKind.QUESTION_ANSWERED, request, to, link=link)


def passed_on(work: Work, request: MeetingRequest, passed: MeetingRequest, decision: Decision) -> None:
    """Tells the colleague of what was passed to them, and who asked of who answers now; both wait with the hold.

    Who asked elsewhere and has heard nothing yet hears nothing of this either.
    """
    ask_received(work, passed, passed_on=decision)
    if request.untold:
        return
    buyer = organisation(work, request.buyer_id)
    receiver = reader(work, passed.asked_of or decision.by, buyer)
    for to in who_asked(work, request):
        post(
            work,
            LetterKind.PASSED_ON,
            to,
            signed=by_person(work, decision.by, of=buyer, on_behalf_of=decision.on_behalf_of),
            context={
                **facts_of(work, request),
                "receiver": receiver.name,
                "answer_by": passed.answer_by,
                "link": office().links.meeting_request(passed.code),
            },
            buyer_id=request.buyer_id,
            due_at=decision.effective_at,
            decision_id=decision.id,
        )


def _other(work: Work, request: MeetingRequest, wanted: Amendment) -> Other:
    asked_for = work.session.scalars(
        select(Guest)
        .where(Guest.buyer_id == request.buyer_id, Guest.request_id == request.id, Guest.side == Side.VENDOR)
        .order_by(Guest.id)
    )
    return other_than_asked(
        minutes=(request.minutes, wanted.minutes),
        topic=(request.topic, wanted.topic),
        coming=([(each.side, each.name, each.email, each.role) for each in asked_for], wanted.people()),
    )
