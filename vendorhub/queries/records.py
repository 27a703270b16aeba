"""How it has gone between a buyer and a company, gathered from what happened; both sides read the same facts (M13)."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.briefings import Part
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.items import ItemState
from vendorhub.domain.meeting_requests import AWAITING, Kind, State
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.outcomes import Held
from vendorhub.domain.papers import Stage
from vendorhub.domain.people import Actor
from vendorhub.domain.promises import how
from vendorhub.domain.records import OF_HELD, OF_PROMISE, Fact, What, Whose, counted, delivered, in_order, working_days
from vendorhub.domain.refusals import NotThere, SomebodyWasFaster
from vendorhub.domain.rights import Relation, may, require
from vendorhub.queries import cadence, promise_sight
from vendorhub.queries import meeting_sight as sight
from vendorhub.queries.rhythms import day_of
from vendorhub.queries.scope import scope
from vendorhub.store import (
    Action,
    Briefing,
    FactAnswer,
    Item,
    Meeting,
    MeetingRequest,
    Organisation,
    Outcome,
    Paper,
    Participation,
    Person,
    Relationship,
    Thanks,
    Writing,
    db,
)
from vendorhub.store.outcomes import of_meeting

SHOWN_FIRST = 5  # beside a relationship; the rest has a page of its own
_BUYER, _COMPANY = aliased(Organisation, name="buyer"), aliased(Organisation, name="company")


@dataclass(frozen=True)
class AnswerView:
    """What the company says to a fact, and who of it."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class RecordView:
    """The facts, the latest first, what the company answers to some of them, and how often each was within a year."""

    code: str
    buyer: str
    buyer_name: str
    company: str
    company_name: str
    facts: tuple[Fact, ...]
    answers: Mapping[str, AnswerView]
    counts: Mapping[tuple[Whose, What], int]
    may_answer: bool

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class _Pair:
    """The two whose record it is, by number, and the buyer's calendar."""

    buyer: int
    company: int
    zone: str
    today: date


def see(actor: Actor, code: str) -> RecordView:
    """The record of a relationship. Raises NotThere for one that the actor doesn't see."""
    cadence.see(actor, code)  # whoever sees the relationship
    row = db.session.execute(
        select(Relationship, _BUYER, _COMPANY)
        .join(_BUYER, _BUYER.id == Relationship.buyer_id)
        .join(_COMPANY, _COMPANY.id == Relationship.company_id)
        .where(Relationship.code == meant(code))
    ).one()
    kept, buyer, company = row
    pair = _Pair(kept.buyer_id, kept.company_id, buyer.zone, day_of(clock.now(), buyer.zone))
    gathered = chain(
        *(_meetings(actor, pair), _papers(actor, pair), _answers(actor, pair)),
        *(_items(actor, pair), _promises(actor, pair), _thanks(actor, pair)),
    )
    facts = in_order(gathered)
    told = {fact.id for fact in facts}
    return RecordView(
        code=kept.code,
        buyer=buyer.slug,
        buyer_name=buyer.name,
        company=company.slug,
        company_name=company.name,
        facts=tuple(facts),
        answers={name: said for name, said in _said(pair).items() if name in told},
        counts=counted(facts, today=pair.today),
        may_answer=may(actor, Deed.ANSWER_FACT, frozenset({Relation.ANY})),
    )


def answering(actor: Actor, code: str) -> RecordView:
    """The record to whose facts the actor can say something. Raises NotThere, NotAllowed, SomebodyWasFaster."""
    view = see(actor, code)
    require(actor, Deed.ANSWER_FACT, frozenset({Relation.ANY}))
    if not actor.door.has_seen(lambda: view.version):
        raise SomebodyWasFaster("This has changed since you opened it; please look again, then decide.")
    return view


def fact(view: RecordView, name: str) -> Fact:
    """A fact that is about the company, by its id. Raises NotThere for any other."""
    found = next((each for each in view.facts if each.id == name and each.whose is not Whose.BUYER), None)
    if found is None:
        raise NotThere
    return found


def _meetings(actor: Actor, pair: _Pair) -> Iterator[Fact]:
    """What was agreed and is past: held unless somebody said otherwise."""
    ask, part = MeetingRequest, Participation
    past = (
        select(Meeting.uid, Meeting.topic, Meeting.start_at, Outcome.held)
        .join(ask, and_(ask.buyer_id == Meeting.buyer_id, ask.id == Meeting.request_id))
        .outerjoin(Outcome, and_(*of_meeting()))
        .where(
            Meeting.buyer_id == pair.buyer,
            Meeting.state == MeetingState.CONFIRMED,
            Meeting.end_at <= clock.now(),
            sight.in_sight(actor),
        )
    )
    joined = select(part.request_id).where(
        part.buyer_id == pair.buyer, part.company_id == pair.company, part.state == Part.JOINED
    )
    single = and_(ask.kind != Kind.BRIEFING, func.coalesce(ask.vendor_id, ask.company_id) == pair.company)
    for uid, topic, start, held in db.session.execute(past.where(or_(single, ask.id.in_(joined)))):
        what, whose = OF_HELD[Held(held or Held.YES)]
        yield Fact(f"meeting-{uid}", what, whose, day_of(start, pair.zone), topic)


def _papers(actor: Actor, pair: _Pair) -> Iterator[Fact]:
    """What was asked for in writing and came, in time or not, or did not."""
    ask = MeetingRequest
    first: ColumnElement[datetime | None] = func.min(Paper.made_at)
    rows = db.session.execute(
        select(ask.code, ask.topic, Writing.due, Writing.stage, first)
        .join(ask, and_(ask.buyer_id == Writing.buyer_id, ask.id == Writing.request_id))
        .outerjoin(Paper, and_(Paper.buyer_id == Writing.buyer_id, Paper.request_id == Writing.request_id))
        .where(Writing.buyer_id == pair.buyer, *_of(ask, pair), _settled(ask), scope(actor))
        .group_by(ask.code, ask.topic, Writing.due, Writing.stage)
    )
    for code, topic, due, stage, came in rows:
        day = day_of(came, pair.zone) if came else None
        if day is None and (stage == Stage.REOPENED or due >= pair.today):
            continue  # nobody waits for it any more, or it is not due yet
        kinds = {"kept": What.PAPER_IN_TIME, "late": What.PAPER_LATE, "missing": What.PAPER_MISSING}
        yield Fact(f"paper-{code}", delivered(due, day, **kinds), Whose.COMPANY, day or due, topic)


def _items(actor: Actor, pair: _Pair) -> Iterator[Fact]:
    """Whether what a briefing needs of the company was in by its day; never what it was."""
    ask, part = MeetingRequest, Participation
    first: ColumnElement[datetime | None] = func.min(Item.sent_at)
    rows = db.session.execute(
        select(ask.code, ask.topic, Briefing.items_due, first)
        .select_from(part)
        .join(ask, and_(ask.buyer_id == part.buyer_id, ask.id == part.request_id))
        .join(Briefing, and_(Briefing.buyer_id == part.buyer_id, Briefing.request_id == part.request_id))
        .outerjoin(
            Item,
            and_(
                Item.buyer_id == part.buyer_id,
                Item.request_id == part.request_id,
                Item.company_id == part.company_id,
                Item.state == ItemState.SENT,
            ),
        )
        .where(
            part.buyer_id == pair.buyer,
            part.company_id == pair.company,
            part.state == Part.JOINED,
            ask.state == State.ACCEPTED,
            Briefing.items_due < pair.today,
            _known(actor),
        )
        .group_by(ask.code, ask.topic, Briefing.items_due)
    )
    for code, topic, due, came in rows:
        day = day_of(came, pair.zone) if came else None
        kinds = {"kept": What.ITEMS_IN_TIME, "late": What.ITEMS_LATE, "missing": What.ITEMS_MISSING}
        yield Fact(f"items-{code}", delivered(due, day, **kinds), Whose.COMPANY, day or due, topic)


def _promises(actor: Actor, pair: _Pair) -> Iterator[Fact]:
    """What each promised the other and has done, in time or not, or has not. What the buyer promised in a briefing is
    left out: whoever may read it there reads it in the minutes."""
    ask = MeetingRequest
    ours = and_(
        Action.company_id == pair.buyer,
        or_(Action.to_id == pair.company, and_(ask.kind != Kind.BRIEFING, *_of(ask, pair))),
    )
    rows = db.session.execute(
        select(Action.code, Action.text, Action.company_id, Action.due, Action.done_at, Action.told_by)
        .outerjoin(ask, and_(ask.buyer_id == Action.buyer_id, ask.id == Action.request_id))
        .where(Action.buyer_id == pair.buyer, or_(Action.company_id == pair.company, ours), promise_sight.scope(actor))
    )
    for code, text, company, due, done_at, told_by in rows:
        day = day_of(done_at, pair.zone) if done_at else None
        what = OF_PROMISE.get(how(due=due, done_on=day, told=told_by is not None, today=pair.today))
        if what is not None:
            whose = Whose.BUYER if company == pair.buyer else Whose.COMPANY
            yield Fact(f"promise-{code}", what, whose, day or due, text)


def _thanks(actor: Actor, pair: _Pair) -> Iterator[Fact]:
    ask = MeetingRequest
    rows = db.session.execute(
        select(ask.code, Thanks.use_no, Thanks.text, Thanks.made_at)
        .join(ask, and_(ask.buyer_id == Thanks.buyer_id, ask.id == Thanks.request_id))
        .where(Thanks.buyer_id == pair.buyer, Thanks.company_id == pair.company, _known(actor))
    )
    for code, number, text, made_at in rows:
        yield Fact(f"thanks-{code}-{number}", What.THANKED, Whose.COMPANY, day_of(made_at, pair.zone), text)


def _answers(actor: Actor, pair: _Pair) -> Iterator[Fact]:
    """How long the buyer took to answer what was asked of it, as far as the answer counts, and what it left closed."""
    ask = MeetingRequest
    closed = or_(ask.state == State.LAPSED, and_(ask.state == State.PENDING, ask.answer_by <= clock.now()))
    # A question they left open, or a name that the vendor did not give, is no silence of the buyer's.
    named = or_(and_(ask.vendor_id.is_(None), ask.vendor_name == ""), ask.confirmed_by.is_not(None))
    silent = and_(closed, ask.answered_at.is_(None), ask.window_left.is_(None), named)
    said = and_(ask.state.not_in([*AWAITING, State.ATTACHED]), ask.answered_at.is_not(None))
    rows = db.session.execute(
        select(ask.code, ask.topic, ask.created_at, ask.answered_at, ask.answer_by).where(
            ask.buyer_id == pair.buyer,
            ask.kind != Kind.BRIEFING,
            *_of(ask, pair),
            or_(and_(said, _settled(ask)), silent),
            scope(actor),
        )
    )
    for code, topic, asked, answered, until in rows:
        if answered is None:
            yield Fact(f"answer-{code}", What.NOT_ANSWERED, Whose.BUYER, _last_day(until, pair.zone), topic)
            continue
        day = day_of(answered, pair.zone)
        took = working_days(day_of(asked, pair.zone), day)
        yield Fact(f"answer-{code}", What.ANSWERED, Whose.BUYER, day, topic, took)


def _last_day(until: datetime, zone: str) -> date:
    """The day on which a window ended: that before a midnight."""
    return day_of(until - timedelta(seconds=1), zone)


def _said(pair: _Pair) -> dict[str, AnswerView]:
    rows = db.session.execute(
        select(FactAnswer.fact, FactAnswer.text, Person.name, FactAnswer.made_at)
        .join(Person, Person.id == FactAnswer.by)
        .where(FactAnswer.buyer_id == pair.buyer, FactAnswer.company_id == pair.company)
    )
    return {name: AnswerView(text, by, at) for name, text, by, at in rows}


def _of(ask: type[MeetingRequest], pair: _Pair) -> tuple[Any, ...]:
    return (func.coalesce(ask.vendor_id, ask.company_id) == pair.company,)


def _known(actor: Actor) -> ColumnElement[bool]:
    """Asks that exist for somebody of the buyer, or at whose meeting they were; the company reads all of its own."""
    return true() if actor.asks else or_(scope(actor), MeetingRequest.id.in_(sight.attended(actor)))


def _settled(ask: type[MeetingRequest]) -> Any:
    """No answer that is still held: the other side can't know of it."""
    return or_(ask.held_until.is_(None), ask.held_until <= clock.now())
