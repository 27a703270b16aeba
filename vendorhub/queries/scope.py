"""Which meeting requests exist for whom, and how each person stands to them (law 10)."""

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.codes import meant
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor, Role, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rights import Relation, relations_to_request
from vendorhub.store import MeetingRequest, Sorting, Writing, db
from vendorhub.store.holding import NEVER_SHOWN

_READ = aliased(Writing)
# What has not come before the buyer for want of the vendor's word is there for those who ask.
_FOR_A_NAME = MeetingRequest.visible_at == NEVER_SHOWN


def find(
    actor: Actor, code: str, *, attending: frozenset[int] = frozenset()
) -> tuple[MeetingRequest, frozenset[Relation]]:
    """The row itself, for a deed, and how the actor stands to it. Raises NotThere outside the actor's scope."""
    row = db.session.scalar(
        select(MeetingRequest)
        .where(MeetingRequest.code == meant(code), scope(actor))
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotThere
    return row, relations(actor, row, attending=attending)


def relations(actor: Actor, request: MeetingRequest, *, attending: frozenset[int] = frozenset()) -> frozenset[Relation]:
    """How the actor stands to a request: towards who was asked, or has answered."""
    return relations_to_request(
        actor,
        buyer=request.buyer_id,
        company=request.company_id,
        vendor=request.vendor_id,
        asked=decider(request),
        named=request.asked_of is not None,
        noted_by=request.logged_by,
        answered=request.decided_by if request.state == State.ATTACHED or request.attached_to else None,
        attending=attending,
    )


def decider(request: MeetingRequest) -> int | None:
    """Whose request it is to answer: who was asked, else who has answered, else any decider (None)."""
    return request.asked_of or request.decided_by


def scope(actor: Actor) -> ColumnElement[bool]:
    """Which meeting requests exist for this actor (law 10): the same rule as the right to see one."""
    if actor.asks:
        return and_(
            _of_the_company(actor),
            or_(MeetingRequest.visible_at <= clock.now(), _FOR_A_NAME),
            or_(MeetingRequest.channel == "", MeetingRequest.told_at <= clock.now()),
        )
    if actor.side is not Side.BUYER:
        return false()
    return and_(
        MeetingRequest.buyer_id == actor.organisation,
        MeetingRequest.visible_at <= clock.now(),
        _in_the_buyer(actor),
    )


def sorting_of(actor: Actor) -> ScalarSelect[int | None]:
    """The number of the sorting of a meeting request that this actor sees: a decider's own, and those of whom an
    assistant serves. It lies between these two; nobody else learns of it."""
    own = {actor.person} if Role.DECIDER in actor.roles else set()
    return (
        select(func.max(Sorting.id))
        .where(
            Sorting.buyer_id == MeetingRequest.buyer_id,
            Sorting.request_id == MeetingRequest.id,
            Sorting.decider.in_(sorted(own | set(actor.serves))),
        )
        .correlate(MeetingRequest)
        .scalar_subquery()
    )


def _of_the_company(actor: Actor) -> ColumnElement[bool]:
    """Who asked; and, of what a VAR asks in a vendor's name, that vendor."""
    if actor.side is Side.VAR:
        return MeetingRequest.company_id == actor.organisation
    return or_(MeetingRequest.company_id == actor.organisation, MeetingRequest.vendor_id == actor.organisation)


def _in_the_buyer(actor: Actor) -> ColumnElement[bool]:
    if Role.ADMIN in actor.roles:
        return true()
    own, noted = set(actor.serves), MeetingRequest.logged_by == actor.person
    if Role.DECIDER in actor.roles:
        own |= {actor.person} | actor.above | actor.below
    if Role.COLLEAGUE in actor.roles:
        own |= {actor.person}
    named: ColumnElement[bool] = MeetingRequest.asked_of.in_(sorted(own))
    if Role.DECIDER in actor.roles or actor.serves:
        named = or_(MeetingRequest.asked_of.is_(None), named)
    return or_(noted, named, _reads(actor))


def _reads(actor: Actor) -> ColumnElement[bool]:
    """Whom a paper is for sees the ask that it is about."""
    return exists().where(
        _READ.buyer_id == MeetingRequest.buyer_id,
        _READ.request_id == MeetingRequest.id,
        _READ.reader_id == actor.person,
    )
