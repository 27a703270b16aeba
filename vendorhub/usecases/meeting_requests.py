"""Asking, taking an ask back, and the silence that closes it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vendorhub import clock
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import texts
from vendorhub.domain.codes import new_code, plain
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.people import Actor, Side, line
from vendorhub.domain.refusals import NotAllowed, Unfit, WrongState
from vendorhub.domain.rights import Relation, require
from vendorhub.domain.wall_times import in_zone
from vendorhub.domain.windows import window_ends
from vendorhub.outbox import notices
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.people import deciders
from vendorhub.queries.scope import decider, find
from vendorhub.store import Guest, MeetingRequest, Membership, Organisation, db
from vendorhub.store.blocks import shut_out
from vendorhub.store.goals import listed
from vendorhub.store.history import record
from vendorhub.store.holding import forget_answer
from vendorhub.store.ledger import latest_answer
from vendorhub.store.offers import clear_table
from vendorhub.store.write import Work, write

NO_STANDS_FOR = timedelta(days=182)  # a plain no binds half a year, then the company may ask again


def ask(
    actor: Actor,
    *,
    buyer: str,
    topic: str,
    outcome: str,
    learned: str,
    minutes: int,
    attendees: Sequence[tuple[str, str, str]],
    goal: str | None = None,
    kind: str = Kind.TOPIC,
    to: str | None = None,
) -> str:
    """Asks a buyer for a meeting, and answers the code of the request. There is no time in it (M1).

    `attendees` are (name, email, role); `goal` is one of the buyer's goals by name; `to` the address of the
    person asked. An ask that meets a standing answer is put on its thread and told so (law 6). Raises
    NotAllowed where the company is shut out, Unfit for what needs another look.
    """
    require(actor, Deed.ASK, frozenset({Relation.ANY}))
    with write(actor) as work:
        found = work.session.scalar(
            select(Organisation.id).where(Organisation.slug == plain(buyer), Organisation.kind == Side.BUYER)
        )
        if found is None:
            raise Unfit("buyer", "There is no such company here.")
        asked = work.lock_buyer(found)
        _not_shut_out(work.session, actor, asked.id, work.now)
        request = MeetingRequest(
            buyer_id=asked.id,
            code=new_code(),
            kind=_kind(kind),
            company_id=actor.organisation,
            asked_by=actor.person,
            asked_of=_asked_of(work.session, asked.id, to),
            goal_id=_goal(work.session, asked.id, goal),
            topic=texts.line(topic, at_most=rules.TOPIC_AT_MOST, what="topic"),
            outcome=_sentences(outcome, "outcome"),
            learned=_sentences(learned, "learned"),
            minutes=rules.check_minutes(minutes),
            state=State.PENDING,
            before_answer=State.PENDING,
            answer_by=window_ends(work.now, working_days=asked.response_days, zone=asked.zone),
            created_at=work.now,
        )
        people = rules.check_guests(attendees)
        standing = _standing_answer(work.session, request, zone=asked.zone, now=work.now)
        work.session.add(request)
        work.session.flush()
        for guest in people:
            work.session.add(
                Guest(
                    buyer_id=asked.id,
                    request_id=request.id,
                    side=Side.VENDOR,
                    email=guest.email,
                    name=guest.name,
                    role=guest.role,
                )
            )
        work.session.flush()
        record(work, Deed.ASK, request=request)
        if standing is None:
            notices.ask_received(work, request)
        else:
            _attach(work, request, standing, asked.zone)
        work.result = request.code
        return request.code


def withdraw(actor: Actor, code: str) -> None:
    """Takes an ask back, before a time is agreed; against a held answer the asker's word wins."""
    with write(actor) as work:
        request, stands = find(actor, code)
        work.lock_buyer(request.buyer_id)
        request, stands = find(actor, code)
        require(actor, Deed.WITHDRAW, stands)
        work.match(lambda: seen.see(actor, code).version)
        view = seen.see(actor, code)
        held = rules.is_held(request.held_until, work.now)
        state = rules.true_state(State(request.state), answer_by=request.answer_by, now=work.now)
        to = rules.after(State(view.state) if held else state, Deed.WITHDRAW, held=held)
        if view.meeting:
            raise WrongState("A time is agreed; please call the meeting off instead.")
        if held and (answer := latest_answer(work.session, request)) is not None:
            notices.stop_answer(work, request.buyer_id, answer.id)
            forget_answer(work, request)
        clear_table(work.session, request.buyer_id, request.id, now=work.now)
        request.state = to
        record(work, Deed.WITHDRAW, request=request)
        notices.withdrawn(work, request)
        work.result = code


def lapse_due(*, at_most: int = 200) -> int:
    """Closes, one by one, the asks whose window is over; answers how many. Silence is a no, said once (law 7)."""
    due = db.session.scalars(
        select(MeetingRequest.id)
        .where(MeetingRequest.state == State.PENDING, MeetingRequest.answer_by <= clock.now())
        .order_by(MeetingRequest.answer_by)
        .limit(at_most)
    ).all()
    return sum(_lapse(request_id) for request_id in due)


def _lapse(request_id: int) -> int:
    with write(None) as work:
        buyer_id = work.session.scalar(select(MeetingRequest.buyer_id).where(MeetingRequest.id == request_id))
        if buyer_id is None:
            return 0
        work.lock_buyer(buyer_id)
        request = work.session.get_one(MeetingRequest, request_id, populate_existing=True)
        if request.state != State.PENDING or work.now < request.answer_by:
            return 0
        request.state = rules.after(State.PENDING, Deed.LAPSE)
        record(work, Deed.LAPSE, request=request)
        notices.lapsed(work, request)
        return 1


def _attach(work: Work, request: MeetingRequest, standing: MeetingRequest, zone: str) -> None:
    request.state = rules.after(State.PENDING, Deed.ATTACH)
    request.again_on = _may_ask_again(standing, zone)
    request.decided_by = standing.decided_by
    record(work, Deed.ATTACH, request=request, words=standing.code)
    notices.stands(work, request, standing)


def _standing_answer(session: Session, request: MeetingRequest, *, zone: str, now: datetime) -> MeetingRequest | None:
    """The effective answer to this company that binds the line of whoever is asked now; the latest counts."""
    answers = session.scalars(
        select(MeetingRequest)
        .where(
            MeetingRequest.buyer_id == request.buyer_id,
            MeetingRequest.company_id == request.company_id,
            MeetingRequest.state == State.DECLINED,
            or_(MeetingRequest.held_until.is_(None), MeetingRequest.held_until <= now),
        )
        .order_by(MeetingRequest.answered_at.desc())
        .limit(50)
    )
    boss_of = {
        row.person_id: row.reports_to
        for row in session.execute(
            select(Membership.person_id, Membership.reports_to).where(Membership.organisation_id == request.buyer_id)
        )
    }
    today = in_zone(now, zone).date()
    for answer in answers:
        again = _may_ask_again(answer, zone)
        bound = request.asked_of is None or request.asked_of in line(decider(answer) or 0, boss_of)
        if again is not None and today < again and bound:
            return answer
    return None


def _may_ask_again(answer: MeetingRequest, zone: str) -> date | None:
    """The day, by the buyer's calendar, from which the answer no longer stands."""
    if answer.again_on is not None:
        return answer.again_on
    return in_zone(answer.answered_at + NO_STANDS_FOR, zone).date() if answer.answered_at else None


def _not_shut_out(session: Session, actor: Actor, buyer_id: int, now: datetime) -> None:
    if session.scalar(select(shut_out(buyer_id, actor.organisation, actor.person, now=now))):
        raise NotAllowed("This company has decided not to meet, and asks you not to ask again.")


def _asked_of(session: Session, buyer_id: int, to: str | None) -> int | None:
    if to is None or not to.strip():
        return None
    address = texts.email(to, what="to")
    for person in deciders(session, buyer_id):
        if person.email == address:
            return person.id
    raise Unfit("to", "Nobody with this address can be asked here; leave it empty and the right person sees it.")


def _goal(session: Session, buyer_id: int, goal: str | None) -> int | None:
    if goal is None or not goal.strip():
        return None
    # compared here: databases don't agree on which small letter belongs to which large one
    named = texts.line(goal, at_most=120, what="goal").casefold()
    found = next((each.id for each in listed(session, buyer_id) if each.name.casefold() == named), None)
    if found is None:
        raise Unfit("goal", "Please choose one of the goals they name.")
    return found


def _kind(kind: str) -> Kind:
    if kind not in list(Kind):
        raise Unfit("kind", "Please choose one of the kinds of meeting.")
    return Kind(kind)


def _sentences(value: str, what: str) -> str:
    clean = texts.text(value, at_most=rules.SENTENCE_AT_MOST, what=what)
    if not clean:
        raise Unfit(what, "Please fill this in.")
    return clean
