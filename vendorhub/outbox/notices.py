"""Answers what is told of an ask in plain letters, without any calendar part: that it came, and what was answered."""

from datetime import date

from sqlalchemy import select

from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.outbox import papers
from vendorhub.outbox.about import decision_link, facts_of, tell, where, who_asked
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import organisation, reader, who_have_heard, who_hear_at_once
from vendorhub.outbox.signatures import by_clock, by_person
from vendorhub.store import Decision, Goal, Guest, MeetingRequest, Person
from vendorhub.store.briefings import briefing_of, parts_of, vendors_named
from vendorhub.store.write import Work

# A never is told in the words of a no: that it lasts is the buyer's own business.
_ANSWERS = {
    DecisionKind.ACCEPT: LetterKind.YES,
    DecisionKind.IN_WRITING: LetterKind.IN_WRITING,
    DecisionKind.NOT_NOW: LetterKind.NOT_NOW,
    DecisionKind.NO: LetterKind.NO,
    DecisionKind.NEVER: LetterKind.NO,
}

_OUTCOMES = {DecisionKind.ACCEPT: "yes", DecisionKind.IN_WRITING: "in_writing"}


def ask_received(work: Work, request: MeetingRequest, *, passed_on: Decision | None = None) -> None:
    """Tells each who may decide, and their assistants, of a new ask; each gets a link of their own (CONTRACT.md).

    Who has chosen hours reads of it then, with all else that waits (piles.py). The links' hashes are stored, the
    secrets stand in the sealed letters alone. `passed_on` is the answer by which it comes to them, where it does; the
    letters wait with it.
    """
    goal = work.session.get(Goal, request.goal_id) if request.goal_id else None
    guests = work.session.scalars(
        select(Guest).where(Guest.request_id == request.id, Guest.side == "vendor").order_by(Guest.id)
    ).all()
    noter = work.session.get(Person, request.logged_by) if request.logged_by is not None else None
    line_up, share = _room(work, request)
    passer = work.session.get_one(Person, passed_on.by).name if passed_on else ""
    for to in who_hear_at_once(work, request):
        if not passed_on and to.person_id == request.logged_by is not None:  # they have just noted it themselves
            continue
        tell(
            work,
            LetterKind.ASK_NOTED if request.channel else LetterKind.ASK_RECEIVED,
            request,
            to,
            due_at=passed_on.effective_at if passed_on else None,
            decision_id=passed_on.id if passed_on else None,
            goal=goal.name if goal else "",
            guests=guests,
            line_up=line_up,
            buyer_share=share,
            noted_by=noter.name if noter else None,
            passed_by=passer,
            link=office().links.decision(decision_link(work, request, to)),
        )


def _room(work: Work, request: MeetingRequest) -> tuple[list[str], int]:
    """The vendors of a briefing by name, and the buyer's share of its time; none of any other ask."""
    if request.kind != Kind.BRIEFING:
        return [], 0
    names = [organisation(work, company).name for company in vendors_named(work.session, request)]
    return names, briefing_of(work.session, request).buyer_share


def answered(work: Work, request: MeetingRequest, decision: Decision) -> None:
    """Tells who asked of the answer, once it is effective; until then the letter waits and an undo stops it.

    Raises KeyError for a decision that is no answer.
    """
    buyer, links, kind = organisation(work, request.buyer_id), office().links, DecisionKind(decision.kind)
    letter = _ANSWERS[kind]
    no_place = request.channel and letter in (LetterKind.NO, LetterKind.NOT_NOW)  # to see in what became of it
    for to in who_asked(work, request):
        post(
            work,
            letter,
            to,
            signed=by_person(work, decision.by, of=buyer, on_behalf_of=decision.on_behalf_of),
            context={
                **facts_of(work, request),
                "minutes": request.minutes_agreed or request.minutes,
                "place": where(work, request),
                "standing": None,
                "writing": papers.asked_for(work, request),
                "link": links.front_door(buyer.slug) if no_place else links.meeting_request(request.code),
            },
            buyer_id=request.buyer_id,
            due_at=decision.effective_at,
            decision_id=decision.id,
        )
    again_on = request.again_on if kind is DecisionKind.NOT_NOW else None
    introduced(work, request, _OUTCOMES.get(kind, "no"), again_on=again_on, decision=decision)


def introduced(
    work: Work, request: MeetingRequest, outcome: str, *, again_on: date | None = None, decision: Decision | None = None
) -> None:
    """Tells whoever of the buyer's own people introduced the asker what came of it, if anybody did; with a held answer
    it waits, and falls, as the asker's letter does. `outcome`: yes, in_writing, no, stands or lapsed."""
    if request.introduced_by is None:
        return
    buyer = organisation(work, request.buyer_id)
    post(
        work,
        LetterKind.INTRODUCED,
        reader(work, request.introduced_by, buyer),
        signed=by_clock(buyer),
        context={**facts_of(work, request), "outcome": outcome, "again_on": again_on},
        buyer_id=request.buyer_id,
        due_at=decision.effective_at if decision else None,
        decision_id=decision.id if decision else None,
    )


def withdrawn(work: Work, request: MeetingRequest) -> None:
    """Tells everybody who heard of the ask that it was taken back; of a briefing to which vendors had been asked, also
    where the same can be proposed."""
    vendors = parts_of(work.session, request) if request.kind == Kind.BRIEFING else ()
    asked = any(part.asked_at is not None and part.asked_at <= work.now for part in vendors)
    link = office().links.briefing(request.code)
    for to in who_have_heard(work, request):
        tell(work, LetterKind.WITHDRAWN, request, to, goes_on=asked, link=link)


def lapsed(work: Work, request: MeetingRequest, waited: State = State.PENDING) -> None:
    """Tells who asked that a window is over: once, for the clock (law 7, M3). `waited` says what nobody did in it:
    answer the ask, answer the buyer's question, or agree to what the yes would have otherwise.
    """
    if request.untold:
        return
    buyer = organisation(work, request.buyer_id)
    for to in who_asked(work, request):
        post(
            work,
            LetterKind.LAPSED,
            to,
            signed=by_clock(buyer),
            context={
                **facts_of(work, request),
                "waited": waited.value,
                "link": office().links.meeting_request(request.code),
            },
            buyer_id=request.buyer_id,
        )
    introduced(work, request, "lapsed")


def shut_out(work: Work, request: MeetingRequest) -> None:
    """Tells who asked that an open ask is closed with a no, because its company has been shut out."""
    if request.untold:
        return
    link = office().links.meeting_request(request.code)
    for to in who_asked(work, request):
        tell(work, LetterKind.NO, request, to, standing=None, link=link)


def revoked(work: Work, request: MeetingRequest, *, note: str, called_off: bool) -> None:
    """Tells who asked that the yes is called off; `called_off` says that a meeting ahead went with it."""
    link = office().links.meeting_request(request.code)
    for to in who_asked(work, request):
        tell(work, LetterKind.REVOKED, request, to, note=note, called_off=called_off, link=link)


def stands(work: Work, request: MeetingRequest, standing: MeetingRequest) -> None:
    """Tells who asked that the answer to `standing`, an earlier ask of their company, holds for this one too.

    Nobody pressed for it, so it is signed for the buyer alone.
    """
    buyer = organisation(work, request.buyer_id)
    for to in who_asked(work, request):
        post(
            work,
            LetterKind.NOT_NOW if request.again_on else LetterKind.NO,
            to,
            signed=by_clock(buyer),
            context={
                **facts_of(work, request),
                "standing": standing,
                "link": office().links.meeting_request(request.code),
            },
            buyer_id=request.buyer_id,
        )


def not_taken_up(work: Work, request: MeetingRequest) -> None:
    """Tells who asked that it is not taken up now, because of an answer that was not theirs: in words that say nothing
    of it, the same for everybody (law 6)."""
    buyer, link = organisation(work, request.buyer_id), office().links.meeting_request(request.code)
    for to in who_asked(work, request):
        post(
            work,
            LetterKind.NOT_TAKEN_UP,
            to,
            signed=by_clock(buyer),
            context={**facts_of(work, request), "link": link},
            buyer_id=request.buyer_id,
        )


def reopened(work: Work, request: MeetingRequest, first: int, reason: str, *, bound: bool) -> None:
    """Tells the decider whose answer it was that an ask waits again, and why; `bound`: another ask's answer."""
    to = reader(work, first, organisation(work, request.buyer_id))
    link = office().links.meeting_request(request.code)
    by = work.actor.name if work.actor else ""
    tell(work, LetterKind.REOPENED, request, to, who=by, reason=reason, bound=bound, link=link)
