"""Which earlier answer stands in the way of a new ask (law 6), and what else its asker should know beforehand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from vendorhub import clock
from vendorhub.domain.codes import plain
from vendorhub.domain.meeting_requests import AWAITING, State
from vendorhub.domain.people import Actor, Side, line
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.wall_times import in_zone
from vendorhub.queries.request_views import seen_state
from vendorhub.queries.scope import decider, scope
from vendorhub.store import Amendment, MeetingRequest, Membership, Organisation, Person, db
from vendorhub.store.blocks import shut_out

NO_STANDS_FOR = timedelta(days=182)  # a plain no binds half a year, then the company may ask again
SHOWN_AT_MOST = 5


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
    answer = standing_answer(
        db.session(), buyer_id=buyer.id, company_id=actor.organisation, asked_of=None, zone=buyer.zone, now=now
    )
    whose = db.session.get(Person, decider(answer)) if answer else None
    return Outlook(
        waiting=tuple(OpenAsk(*row) for row in rows),
        again_on=may_ask_again(answer, buyer.zone) if answer else None,
        whose=whose.name if whose else "",
        shut_out=bool(db.session.scalar(select(shut_out(buyer.id, actor.organisation, actor.person, now=now)))),
    )


def standing_answer(
    session: Session, *, buyer_id: int, company_id: int, asked_of: int | None, zone: str, now: datetime
) -> MeetingRequest | None:
    """The effective answer to this company that binds the line of whoever is asked now; the latest counts."""
    answers = session.scalars(
        select(MeetingRequest)
        .where(
            MeetingRequest.buyer_id == buyer_id,
            or_(MeetingRequest.company_id == company_id, MeetingRequest.vendor_id == company_id),
            MeetingRequest.state == State.DECLINED,
            or_(MeetingRequest.held_until.is_(None), MeetingRequest.held_until <= now),
        )
        .order_by(MeetingRequest.answered_at.desc())
        .limit(50)
    )
    boss_of = {
        row.person_id: row.reports_to
        for row in session.execute(
            select(Membership.person_id, Membership.reports_to).where(Membership.organisation_id == buyer_id)
        )
    }
    today = in_zone(now, zone).date()
    for answer in answers:
        again = may_ask_again(answer, zone)
        bound = asked_of is None or asked_of in line(decider(answer) or 0, boss_of)
        if again is not None and today < again and bound:
            return answer
    return None


def may_ask_again(answer: MeetingRequest, zone: str) -> date | None:
    """The day, by the buyer's calendar, from which the answer no longer stands."""
    if answer.again_on is not None:
        return answer.again_on
    return in_zone(answer.answered_at + NO_STANDS_FOR, zone).date() if answer.answered_at else None
