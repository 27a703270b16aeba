"""Asks that came elsewhere: noted down, by mail or by hand, and put right. It writes to nobody outside (M17)."""

from vendorhub.domain import logged as rules
from vendorhub.domain import meeting_requests as asks
from vendorhub.domain.binding import Parked
from vendorhub.domain.codes import new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.heard import Heard
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.people import Actor, Role
from vendorhub.domain.rights import Relation, require
from vendorhub.domain.windows import window_ends
from vendorhub.outbox import notices
from vendorhub.outbox.readers import organisation
from vendorhub.queries.people import deciders, who_reports_to_whom
from vendorhub.store import MeetingRequest, Organisation, Person
from vendorhub.store.history import record
from vendorhub.store.write import Work, write
from vendorhub.usecases.binding import attach_if_bound
from vendorhub.usecases.judged import judged
from vendorhub.usecases.senders import name_sender, park_unproven


def log(actor: Actor, *, channel: str, topic: str, name: str = "", email: str = "", company: str = "") -> str:
    """Notes an ask that came elsewhere, and answers its code. Raises Unfit for what needs another look."""
    require(actor, Deed.LOG, frozenset({Relation.ANY}))
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        said = rules.heard(channel=channel, topic=topic, name=name, email=email, company=company)
        work.result = note(work, buyer, said, by=actor).code
        return work.result


def note(
    work: Work,
    buyer: Organisation,
    heard: Heard,
    *,
    by: Actor | None,
    asked_of: int | None = None,
    unproven: Heard | None = None,
) -> MeetingRequest:
    """Puts what was heard before a buyer, whose row is locked, as an ask like any other; nobody outside hears of it.

    `by` is the person of the buyer who typed or forwarded it, None where it came straight; `asked_of` whose it is to
    answer, where that is not to be told from `by`; `unproven` whom it names where nothing shows that it is from there:
    `heard` is nobody's then. It meets blocks and standing answers like any. Raises Unfit where the sender is of the
    buyer's own company or on its list of those who are no vendors.
    """
    who = by.person if by else None
    request = MeetingRequest(
        buyer_id=buyer.id,
        code=new_code(),
        kind=Kind.TOPIC,
        channel=heard.channel,
        logged_by=who,
        introduced_by=None if by is None or {Role.DECIDER, Role.ASSISTANT} & by.roles else who,
        asked_of=asked_of or (_whose(work, buyer, by) if by else None),
        topic=heard.topic or heard.words.partition("\n")[0][: asks.TOPIC_AT_MOST].strip() or rules.WITHOUT_A_TOPIC,
        outcome="",
        learned="",
        words=heard.words,
        unreadable="\n".join(heard.unreadable),
        minutes=rules.MINUTES,
        state=State.PENDING,
        before_answer=State.PENDING,
        answer_by=window_ends(work.now, working_days=buyer.response_days, zone=buyer.zone),
        visible_at=work.now,
        created_at=work.now,
    )
    name_sender(work, buyer, request, heard)
    if unproven:
        park_unproven(work, request, says=unproven)
    record(work, Deed.LOG, request=request, audience="buyer", words=heard.channel)
    if not attach_if_bound(work, request, buyer):
        notices.ask_received(work, request)
    return request


def correct(
    actor: Actor,
    code: str,
    *,
    name: str | None = None,
    email: str | None = None,
    company: str | None = None,
    topic: str | None = None,
    minutes: int | None = None,
) -> None:
    """Puts right what was guessed of an ask that came elsewhere, as long as nobody has answered it; what is None stays.
    It meets blocks and standing answers anew. Raises Unfit for what needs another look.
    """
    with write(actor) as work:
        request, buyer = judged(work, actor, code, Deed.CORRECT)
        was = asks.true_state(State(request.state), answer_by=request.answer_by, now=work.now)
        request.state = rules.after_correction(was, logged=bool(request.channel), told=request.told_at is not None)
        was_called = request.sender_name, _address(work, request), organisation(work, request.company_id).name
        said = rules.heard(
            channel=request.channel,
            topic=request.topic if topic is None else topic,
            name=was_called[0] if name is None else name,
            email=was_called[1] if email is None else email,
            company=was_called[2] if company is None else company,
        )
        request.topic = said.topic
        request.minutes = request.minutes if minutes is None else asks.check_minutes(minutes)
        if request.parked != Parked.UNPROVEN or was_called != (said.sender_name, said.sender_email, said.company):
            name_sender(work, buyer, request, said, by_hand=True)
        record(work, Deed.CORRECT, request=request, audience="buyer")
        if was != State.PENDING:  # it was closed on a wrong guess, so its time begins now
            request.answer_by = window_ends(work.now, working_days=buyer.response_days, zone=buyer.zone)
            request.again_on = request.attached_to = request.decided_by = request.answered_at = None
        if not attach_if_bound(work, request, buyer) and was != State.PENDING:
            notices.ask_received(work, request)
        work.result = code


def _whose(work: Work, buyer: Organisation, by: Actor) -> int | None:
    """Whose it is to answer what this person noted: a decider's own, the decider's whom they assist, else that of the
    nearest decider above them; None leaves it to any."""
    if Role.DECIDER in by.roles:
        return by.person
    if by.serves:
        return min(by.serves)
    may_decide = {person.id for person in deciders(work.session, buyer.id)}
    boss_of = who_reports_to_whom(work.session, buyer.id)
    at, met = boss_of.get(by.person), {by.person}
    while at is not None and at not in met:
        if at in may_decide:
            return at
        met.add(at)
        at = boss_of.get(at)
    return None


def _address(work: Work, request: MeetingRequest) -> str:
    return work.session.get_one(Person, request.asked_by).email if request.asked_by is not None else ""
