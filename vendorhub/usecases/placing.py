"""What asking is, however somebody came: the one path on which an ask becomes a meeting request.

No use-case by itself: signed-in people and those who have just shown that an address is theirs both go through it,
inside the transaction of their own deed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import texts
from vendorhub.domain.codes import new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotAllowed, Unfit, WrongState
from vendorhub.domain.terms import Guest as Named
from vendorhub.domain.windows import window_ends
from vendorhub.outbox import notices
from vendorhub.queries.people import deciders
from vendorhub.store import Guest, MeetingRequest, Membership, Organisation, Person
from vendorhub.store.blocks import shut_out
from vendorhub.store.companies import company_of
from vendorhub.store.goals import listed
from vendorhub.store.history import record
from vendorhub.store.write import Work
from vendorhub.usecases.binding import attach_if_bound
from vendorhub.usecases.senders import park

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Words:
    """What an ask says, as it was typed: `attendees` are (name, email, role), `goal` one of the buyer's by name,
    `to` the address of the person asked, `introduced_by` that of whoever of the buyer's people introduced them."""

    topic: str
    outcome: str
    learned: str
    minutes: int
    attendees: Sequence[tuple[str, str, str]]
    goal: str | None = None
    kind: str = Kind.TOPIC
    to: str | None = None
    introduced_by: str | None = None


@dataclass(frozen=True)
class Clean:
    """The same, cleaned, as far as it can be judged without knowing who is asked."""

    kind: Kind
    topic: str
    outcome: str
    learned: str
    minutes: int
    guests: tuple[Named, ...]


def clean(words: Words) -> Clean:
    """Raises Unfit, naming the field, for what needs another look."""
    return Clean(
        kind=_kind(words.kind),
        topic=texts.line(words.topic, at_most=rules.TOPIC_AT_MOST, what="topic"),
        outcome=_sentences(words.outcome, "outcome"),
        learned=_sentences(words.learned, "learned") if words.kind != Kind.BRIEFING else "",
        minutes=rules.check_minutes(words.minutes, words.kind),
        guests=rules.check_guests(words.attendees),
    )


def place(work: Work, actor: Actor, asked: Organisation, words: Words, *, verified: bool = False) -> MeetingRequest:
    """Puts an ask before a buyer, whose row is locked. There is no time in it (M1). `verified` says that until now
    nobody knew whose address it came from.

    An ask that meets a standing answer is put on its thread and told so (law 6). Raises NotAllowed where the
    company is shut out, WrongState where it has had its asks of a day, Unfit for what needs another look.
    """
    may_ask_now(work.session, actor, asked.id, work.now)
    request = written_down(work, actor, asked, words)
    if verified:
        record(work, Deed.VERIFY, request=request)
    record(work, Deed.ASK, request=request)
    put_before(work, request, asked)
    return request


def written_down(work: Work, actor: Actor, asked: Organisation, words: Words) -> MeetingRequest:
    """The ask and whom it names, as rows; nobody hears of it yet. Raises Unfit for what needs another look."""
    to, goal = _asked_of(work.session, asked.id, words.to), _goal(work.session, asked.id, words.goal)
    introducer = _introducer(work.session, asked.id, words.introduced_by)
    said = clean(words)
    request = MeetingRequest(
        buyer_id=asked.id,
        code=new_code(),
        kind=said.kind,
        company_id=actor.organisation,
        asked_by=actor.person,
        asked_of=to,
        introduced_by=introducer,
        goal_id=goal,
        topic=said.topic,
        outcome=said.outcome,
        learned=said.learned,
        minutes=said.minutes,
        state=State.PENDING,
        before_answer=State.PENDING,
        answer_by=window_ends(work.now, working_days=asked.response_days, zone=asked.zone),
        created_at=work.now,
    )
    work.session.add(request)
    work.session.flush()
    for guest in said.guests:
        work.session.add(
            Guest(
                buyer_id=asked.id,
                request_id=request.id,
                side=Side.BUYER if actor.side is Side.BUYER else Side.VENDOR,
                email=guest.email,
                name=guest.name,
                role=guest.role,
            )
        )
    work.session.flush()
    return request


def put_before(work: Work, request: MeetingRequest, asked: Organisation) -> None:
    """Whoever may decide hears of it, unless an answer from before stands in its way, which its asker is told then."""
    sender = work.session.get_one(Person, request.asked_by)
    home = work.session.get_one(Organisation, request.company_id)
    park(work, request, email=sender.email, says=home.name)
    if not attach_if_bound(work, request, asked):
        notices.ask_received(work, request)


def may_ask_now(session: Session, actor: Actor, buyer_id: int, now: datetime) -> None:
    """Raises NotAllowed for somebody who, or whose company, was asked not to ask again (law 5), WrongState where the
    company has had its asks of a day."""
    if session.scalar(select(shut_out(buyer_id, actor.organisation, actor.person, now=now))):
        raise NotAllowed("This company has decided not to meet, and asks you not to ask again.")
    earlier = select(MeetingRequest.created_at).where(MeetingRequest.company_id == actor.organisation)
    full_since = session.scalar(earlier.order_by(MeetingRequest.id.desc()).offset(rules.ASKS_A_DAY - 1).limit(1))
    if full_since is not None and full_since > now - _DAY:
        raise WrongState(
            "Your company has asked %(most)s times within a day; please ask again tomorrow.", most=rules.ASKS_A_DAY
        )


def _asked_of(session: Session, buyer_id: int, to: str | None) -> int | None:
    if to is None or not to.strip():
        return None
    address = texts.email(to, what="to")
    for person in deciders(session, buyer_id):
        if person.email == address:
            return person.id
    raise Unfit("to", "Nobody with this address can be asked here; leave it empty and the right person sees it.")


def check_introducer(session: Session, buyer_id: int, address: str | None) -> str:
    """The address of whoever introduced them, "" for nobody. Raises Unfit for one that is not of the buyer's company;
    whether anybody there has it is not looked at."""
    if address is None or not address.strip():
        return ""
    email = texts.email(address, what="introduced_by")
    if (home := company_of(session, email)) is None or home.id != buyer_id:
        raise Unfit("introduced_by", "This is no address of theirs; leave it empty if nobody there introduced you.")
    return email


def _introducer(session: Session, buyer_id: int, address: str | None) -> int | None:
    """Who of the buyer's people that is. An address of theirs at which nobody is known is taken without a word: the
    asking side does not learn who works there."""
    if not (email := check_introducer(session, buyer_id, address)):
        return None
    return session.scalar(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.email == email, Membership.organisation_id == buyer_id)
        .limit(1)
    )


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
