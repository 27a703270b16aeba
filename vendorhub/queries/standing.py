"""Which earlier answer stands in the way of a new ask (law 6), and what else its asker should know beforehand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from vendorhub import clock
from vendorhub.domain import binding
from vendorhub.domain.codes import plain
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.identities import identity
from vendorhub.domain.meeting_requests import AWAITING, Kind, State
from vendorhub.domain.papers import Stage
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.wall_times import in_zone
from vendorhub.queries.people import who_reports_to_whom
from vendorhub.queries.request_views import seen_state
from vendorhub.queries.scope import decider, scope
from vendorhub.store import Amendment, Block, Claim, MeetingRequest, Organisation, Person, Writing, db
from vendorhub.store.blocks import concerns, lifted, meets, shut_out
from vendorhub.store.companies import kin, picked
from vendorhub.store.ledger import latest_answer

SHOWN_AT_MOST = 5


@dataclass(frozen=True)
class Sought:
    """Who asks: the companies the ask counts for (the asking one, and the vendor a VAR asks for), the person, whom
    they ask (None: nobody in particular), and about what, where that is known already."""

    companies: tuple[int, ...]
    person: int | None
    asked_of: int | None = None
    topic: str = ""


@dataclass(frozen=True)
class Standing:
    """What stands in the way: an earlier answer, or a never that comes from another company of the same kin, which
    has no `answer`. `again_on` is the day from which they may ask, where they may learn of it; else None."""

    answer: MeetingRequest | None
    decided_by: int | None
    again_on: date | None


@dataclass(frozen=True)
class OpenAsk:
    """An ask of the actor's company that waits for this buyer's answer."""

    code: str
    topic: str
    asked_by: str
    answer_by: datetime


@dataclass(frozen=True)
class Outlook:
    """What a company faces that is about to ask a buyer: its asks that wait, and the answer that stands.

    `again_on` is the day from which it may ask again; `whose` the decider whose answer stands, and whose line it
    binds; None and "" where none does. `shut_out` says that it was asked not to ask again.
    """

    waiting: tuple[OpenAsk, ...]
    again_on: date | None
    whose: str
    shut_out: bool


def outlook(actor: Actor, slug: str) -> Outlook:
    """The same for the actor's company. Raises NotThere if no buyer has this slug."""
    buyer = db.session.scalar(
        select(Organisation).where(Organisation.slug == plain(slug), Organisation.kind == Side.BUYER)
    )
    if buyer is None:
        raise NotThere
    now = clock.now()
    until = MeetingRequest.answer_by
    rows = db.session.execute(
        select(MeetingRequest.code, MeetingRequest.topic, Person.name, func.coalesce(Amendment.asked_until, until))
        .join(Person, Person.id == MeetingRequest.asked_by)
        .outerjoin(  # a yes with changes that is still held has set another end, which nobody knows of yet
            Amendment,
            and_(
                Amendment.buyer_id == MeetingRequest.buyer_id,
                Amendment.decision_id == MeetingRequest.consent_id,
                MeetingRequest.held_until > now,
            ),
        )
        .where(scope(actor), MeetingRequest.buyer_id == buyer.id, seen_state(actor).in_(AWAITING))
        .order_by(MeetingRequest.id.desc())
        .limit(SHOWN_AT_MOST)
    )
    found = standing(db.session(), buyer, Sought((actor.organisation,), actor.person), now=now)
    told = found.answer if found and found.again_on else None
    whose = db.session.get(Person, decider(told)) if told else None
    return Outlook(
        waiting=tuple(OpenAsk(*row) for row in rows),
        again_on=found.again_on if found else None,
        whose=whose.name if whose else "",
        shut_out=bool(db.session.scalar(select(shut_out(buyer.id, actor.organisation, actor.person, now=now)))),
    )


def standing(session: Session, buyer: Organisation, sought: Sought, *, now: datetime) -> Standing | None:
    """The effective answer that binds this ask, the latest that its sender may learn of first; None where nothing
    stands in its way.

    A company's own nevers are not looked for here: they refuse the ask, and nothing is attached (see `own_never`).
    """
    one = kin(session, buyer.id, *sought.companies)
    if (never := _never(session, buyer.id, one, sought, now)) is not None:
        return Standing(answer=None, decided_by=never.by, again_on=None)
    boss_of = who_reports_to_whom(session, buyer.id)
    carried, mailbox = picked(session, buyer.id, one), _same_mailbox(session, sought.person)
    today = in_zone(now, buyer.zone).date()
    first: Standing | None = None
    for answer in session.scalars(_answers(buyer.id, one, mailbox, now)):
        day = may_ask_again(answer, buyer.zone)
        if day is None or today >= day or not binding.reaches(decider(answer), sought.asked_of, boss_of):
            continue
        if not (answer.asked_by in mailbox or _carries(answer, one, carried)):
            continue
        if answer.kind == Kind.BRIEFING and not binding.same_theme(answer.topic, sought.topic):
            continue
        found = Standing(answer, decider(answer), day if _may_learn(session, sought, answer) else None)
        if found.again_on:
            return found
        first = first or found
    return first


def own_never(session: Session, request: MeetingRequest, *, now: datetime) -> Standing | None:
    """The never of the company, or of the person, that a noted ask is of: what came elsewhere can't be refused. Of an
    unproven mail also that of whom it names, or leaving out the proof would be a way around it."""
    own = concerns(request)
    if request.parked == binding.Parked.UNPROVEN and (claim := session.get(Claim, request.id)) is not None:
        named = session.scalars(select(Person.id).where(Person.identity == identity(claim.email))).all()
        own = or_(own, meets((claim.company_id,), named))
    block = session.scalar(
        select(Block)
        .where(
            Block.buyer_id == request.buyer_id,
            own,
            Block.effective_at <= now,
            ~lifted(),
        )
        .order_by(Block.id.desc())
        .limit(1)
    )
    return Standing(answer=None, decided_by=block.by, again_on=None) if block else None


def may_ask_again(answer: MeetingRequest, zone: str) -> date | None:
    """The day, by the buyer's calendar, from which the answer no longer stands."""
    return binding.may_ask_again(again_on=answer.again_on, answered_at=answer.answered_at, zone=zone)


def _answers(buyer_id: int, one: Collection[int], mailbox: Collection[int], now: datetime) -> Select[MeetingRequest]:
    ask = MeetingRequest
    theirs: ColumnElement[bool] = or_(ask.company_id.in_(one), ask.vendor_id.in_(one), ask.asked_by.in_(mailbox))
    settled = exists().where(  # they wrote, and it was enough
        Writing.buyer_id == ask.buyer_id, Writing.request_id == ask.id, Writing.stage == Stage.ENOUGH
    )
    return (
        select(ask)
        .where(
            ask.buyer_id == buyer_id,
            theirs,
            ask.state == State.DECLINED,
            or_(ask.held_until.is_(None), ask.held_until <= now),
            ~settled,
        )
        .order_by(ask.answered_at.desc())
        .limit(50)
    )


def _carries(answer: MeetingRequest, one: Mapping[int, datetime | None], carried: Collection[int]) -> bool:
    return any(
        binding.carries(since=one[company], answered_at=answer.answered_at, picked=answer.id in carried)
        for company in binding.companies_of(answer.company_id, answer.vendor_id)
        if company in one
    )


def _never(
    session: Session, buyer_id: int, one: Mapping[int, datetime | None], sought: Sought, now: datetime
) -> Block | None:
    """A never to a company of the kin, or to the vendor for whom a VAR asks: since they are one."""
    blocks = session.scalars(
        select(Block)
        .where(
            Block.buyer_id == buyer_id,
            Block.person_id.is_(None),
            Block.company_id.in_(set(one) - {sought.companies[0]}),
            Block.effective_at <= now,
            ~lifted(),
        )
        .order_by(Block.id.desc())
    )
    found = (
        block
        for block in blocks
        if binding.carries(since=one[block.company_id], answered_at=block.effective_at, picked=False)
    )
    return next(found, None)


def _same_mailbox(session: Session, person: int | None) -> set[int]:
    """Everybody known whose address is of the same mailbox, the person included."""
    asking = aliased(Person)
    return set(
        session.scalars(select(Person.id).join(asking, asking.identity == Person.identity).where(asking.id == person))
    )


def _may_learn(session: Session, sought: Sought, answer: MeetingRequest) -> bool:
    """Whether who asks may learn of the answer: their own company's, and one that was told at the time."""
    decision = latest_answer(session, answer)
    return binding.is_told(
        asks=sought.companies,
        answered=binding.companies_of(answer.company_id, answer.vendor_id),
        heard=decision is None or decision.kind != DecisionKind.REMEMBER,
    )
