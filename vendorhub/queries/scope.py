"""Which meeting requests exist for whom, and how each person stands to them (law 10)."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, ScalarSelect, and_, bindparam, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.codes import meant
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor, Role, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rights import Relation, relations_to_request
from vendorhub.queries.circles import open_to
from vendorhub.store import MeetingRequest, Sorting, Writing, db
from vendorhub.store.base import Instant
from vendorhub.store.holding import NEVER_SHOWN

# The present instant, asked when a statement is run: what is put together can be kept, whatever the time is.
NOW = bindparam("now", type_=Instant(), callable_=clock.now, unique=True)
MOST = 256  # statements that are kept, each for one pair of eyes

_READ = aliased(Writing)
# What has not come before the buyer for want of the vendor's word is there for those who ask.
_FOR_A_NAME = MeetingRequest.visible_at == NEVER_SHOWN


@dataclass(frozen=True)
class Eyes:
    """Whatever of an actor decides what exists for them, so that a statement for the same eyes is put together once.

    That takes longer than the database needs to answer.
    """

    person: int
    organisation: int
    side: Side
    roles: frozenset[Role]
    serves: frozenset[int]
    line: frozenset[int]


def eyes(actor: Actor) -> Eyes:
    """With whose eyes an actor looks."""
    line = actor.above | actor.below
    return Eyes(actor.person, actor.organisation, actor.side, actor.roles, frozenset(actor.serves), line)


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
    return seen_by(eyes(actor))


@lru_cache(maxsize=MOST)
def seen_by(eyes: Eyes) -> ColumnElement[bool]:
    """The same for a pair of eyes."""
    if eyes.side in (Side.VENDOR, Side.VAR):
        return and_(
            _of_the_company(eyes),
            or_(MeetingRequest.visible_at <= NOW, _FOR_A_NAME),
            or_(MeetingRequest.channel == "", MeetingRequest.told_at <= NOW),
        )
    if eyes.side is not Side.BUYER:
        return false()
    known = or_(
        open_to(eyes.person, eyes.organisation, func.coalesce(MeetingRequest.vendor_id, MeetingRequest.company_id)),
        _their_own(eyes),
    )
    return and_(
        MeetingRequest.buyer_id == eyes.organisation, MeetingRequest.visible_at <= NOW, _in_the_buyer(eyes), known
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


def _of_the_company(eyes: Eyes) -> ColumnElement[bool]:
    """Who asked; and, of what a VAR asks in a vendor's name, that vendor."""
    if eyes.side is Side.VAR:
        return MeetingRequest.company_id == eyes.organisation
    return or_(MeetingRequest.company_id == eyes.organisation, MeetingRequest.vendor_id == eyes.organisation)


def _in_the_buyer(eyes: Eyes) -> ColumnElement[bool]:
    if Role.ADMIN in eyes.roles:
        return true()
    own, noted = set(eyes.serves), MeetingRequest.logged_by == eyes.person
    if Role.DECIDER in eyes.roles:
        own |= {eyes.person} | eyes.line
    if Role.COLLEAGUE in eyes.roles:
        own |= {eyes.person}
    named: ColumnElement[bool] = MeetingRequest.asked_of.in_(sorted(own))
    if Role.DECIDER in eyes.roles or eyes.serves:
        named = or_(MeetingRequest.asked_of.is_(None), named)
    return or_(noted, named, _reads(eyes))


def _their_own(eyes: Eyes) -> ColumnElement[bool]:
    """What somebody knows of a confidential company without being in its circle: asks that are theirs to answer, or
    were, or of whom they serve; what they noted; what they are to read."""
    own = sorted({eyes.person} | eyes.serves)
    answers = MeetingRequest.asked_of.in_(own) | MeetingRequest.decided_by.in_(own)
    anybody_s = and_(MeetingRequest.asked_of.is_(None), MeetingRequest.decided_by.is_(None))
    return or_(answers, anybody_s, MeetingRequest.logged_by == eyes.person, _reads(eyes))


def _reads(eyes: Eyes) -> ColumnElement[bool]:
    """Whom a paper is for sees the ask that it is about."""
    return exists().where(
        _READ.buyer_id == MeetingRequest.buyer_id,
        _READ.request_id == MeetingRequest.id,
        _READ.reader_id == eyes.person,
    )
