"""Answers what is told of a briefing: to the vendors that are named in it, and to who organises it."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from vendorhub.domain.briefings import SAY_WHEN
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.about import asker, tell
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient, organisation, reader, recipient, who_answer
from vendorhub.store import Briefing, Decision, MeetingRequest, Membership, Participation, Person
from vendorhub.store.briefings import parts_of
from vendorhub.store.write import Work

PEOPLE_AT_MOST = 12  # of one company, who hear that it is asked


def asked(
    work: Work,
    briefing: Briefing,
    request: MeetingRequest,
    part: Participation,
    parts: Sequence[Participation],
    *,
    answer: Decision | None,
) -> None:
    """Asks a vendor's people whether they come, naming the others of the line-up; waits with a held answer."""
    others = [organisation(work, each.company_id).name for each in parts if each.id != part.id]
    for to in who_may_join(work, part):
        tell(
            work,
            LetterKind.BRIEFING_ASKED,
            request,
            to,
            due_at=answer.effective_at if answer else None,
            decision_id=answer.id if answer else None,
            briefing=briefing,
            vendor=organisation(work, part.company_id).name,
            others=others,
            minutes=request.minutes_agreed or request.minutes,
            link=office().links.briefing(request.code),
        )


def answered(work: Work, request: MeetingRequest, part: Participation, what: str) -> None:
    """Tells who organises it what became of a vendor's part: joined, declined, left or turned_away; and the buyer's
    side, too, where no vendor is left that comes or may come."""
    work.session.flush()
    nobody = not any(each.state in SAY_WHEN for each in parts_of(work.session, request))
    readers = [*organisers(work, request), *(who_answer(work, request) if nobody else ())]
    for to in {each.email: each for each in readers}.values():
        tell(
            work,
            LetterKind.BRIEFING_ANSWERED,
            request,
            to,
            vendor=organisation(work, part.company_id).name,
            what=what,
            note=part.note,
            nobody=nobody,
            link=office().links.briefing(request.code),
        )


def off(
    work: Work, request: MeetingRequest, part: Participation, *, without_you: bool, told: Collection[str] = ()
) -> None:
    """Tells a vendor that the briefing does not take place, or that it goes on without them; but not those (by address)
    whom a cancellation has told so already."""
    for to in who_come_for(work, part):
        if to.email not in told:
            tell(work, LetterKind.BRIEFING_OFF, request, to, without_you=without_you)


def line_up_wished(
    work: Work, request: MeetingRequest, vendors: Sequence[str], *, theme: str | None = None, minutes: int | None = None
) -> None:
    """Tells the buyer's side that the organiser would have more vendors in the room, another theme or other minutes;
    nothing has changed yet."""
    for to in who_answer(work, request):
        tell(
            work,
            LetterKind.LINE_UP_WISHED,
            request,
            to,
            vendors=vendors,
            theme=theme,
            minutes=minutes,
            link=office().links.briefing(request.code),
        )


def line_up_kept(work: Work, request: MeetingRequest, note: str) -> None:
    """Tells who organises it that the buyer keeps the line-up as it is."""
    for to in organisers(work, request):
        tell(
            work,
            LetterKind.LINE_UP_KEPT,
            request,
            to,
            note=note,
            link=office().links.briefing(request.code),
        )


def organisers(work: Work, request: MeetingRequest) -> list[Recipient]:
    """Who organises a briefing: whoever proposed it or, where they are gone, their colleagues; and who said yes, where
    the buyer itself proposed it or nobody of the proposing company is left."""
    if request.company_id == request.buyer_id:
        return who_answer(work, request)
    proposer = work.session.get(Person, request.asked_by)
    if proposer is not None and proposer.active:
        return [asker(work, request)]
    return _people_of(work, request.company_id) or who_answer(work, request)


def who_may_join(work: Work, part: Participation) -> list[Recipient]:
    """The vendor's people: who joined for it, else all of them."""
    if part.joined_by is not None:
        return who_come_for(work, part)
    return _people_of(work, part.company_id)


def who_come_for(work: Work, part: Participation) -> list[Recipient]:
    """Who joined for the vendor; before anybody has, all of its people."""
    if part.joined_by is None:
        return who_may_join(work, part)
    return [reader(work, part.joined_by, organisation(work, part.company_id))]


def _people_of(work: Work, company: int) -> list[Recipient]:
    home = organisation(work, company)
    people = work.session.scalars(
        select(Person)
        .where(Person.id.in_(select(Membership.person_id).where(Membership.organisation_id == home.id)), Person.active)
        .order_by(Person.id)
        .limit(PEOPLE_AT_MOST)
    )
    return [recipient(person, home) for person in people]
