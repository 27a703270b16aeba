"""Answers what is told of a paper instead of a meeting: that it is here, that it is enough, that it did not come."""

from vendorhub.domain.letters import LetterKind
from vendorhub.domain.papers import Stage
from vendorhub.outbox.about import decision_link, facts_of, tell, who_asked
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import organisation, reader, who_answer
from vendorhub.outbox.signatures import by_clock
from vendorhub.store import MeetingRequest, Person, Writing
from vendorhub.store.write import Work


def here(work: Work, request: MeetingRequest, writing: Writing) -> None:
    """Tells whom the paper is for, and those who may answer it; these get a link of their own."""
    answering = who_answer(work, request)
    name = answering[0].name if answering else ""
    for to in answering:
        link = office().links.decision(decision_link(work, request, to))
        tell(work, LetterKind.PAPER_HERE, request, to, answers=True, decider=name, link=link)
    if writing.reader_id not in {to.person_id for to in answering}:
        to = reader(work, writing.reader_id, organisation(work, request.buyer_id))
        link = office().links.meeting_request(request.code)
        tell(work, LetterKind.PAPER_HERE, request, to, answers=False, decider=name, link=link)


def enough(work: Work, request: MeetingRequest, note: str) -> None:
    """Thanks who asked for the paper they wrote."""
    link = office().links.meeting_request(request.code)
    for to in who_asked(work, request):
        tell(work, LetterKind.PAPER_ENOUGH, request, to, note=note, link=link)


def missed(work: Work, request: MeetingRequest, writing: Writing) -> None:
    """Tells who asked, once and for the clock, that no paper came and that this was a no."""
    for to in who_asked(work, request):
        post(
            work,
            LetterKind.PAPER_MISSED,
            to,
            signed=by_clock(organisation(work, request.buyer_id)),
            context={
                **facts_of(work, request),
                "writing": writing,
                "link": office().links.meeting_request(request.code),
            },
            buyer_id=request.buyer_id,
        )


def asked_for(work: Work, request: MeetingRequest) -> dict[str, object] | None:
    """What a letter says of a paper that is asked for; None where none is."""
    writing = work.session.get(Writing, (request.buyer_id, request.id))
    if writing is None or writing.stage != Stage.ASKED:
        return None
    return {"what": writing.what, "due": writing.due, "reader": work.session.get_one(Person, writing.reader_id).name}
