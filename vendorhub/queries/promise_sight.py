"""Which promises exist for whom: those of one's own company and those made to it, never a rival's (law 10)."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.briefings import Part
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor, Side
from vendorhub.queries import meeting_sight as sight
from vendorhub.queries import scope as of_requests
from vendorhub.queries.circles import open_to
from vendorhub.store import Action, Item, Meeting, MeetingRequest, Overlap, Participation


def scope(actor: Actor) -> ColumnElement[bool]:
    """Which promises exist for this actor; to be asked beside the request at which they were made."""
    ours = or_(Action.company_id == actor.organisation, Action.to_id == actor.organisation)
    if actor.side is Side.BUYER:
        vendor = case((Action.company_id == Action.buyer_id, func.coalesce(Action.to_id, 0)), else_=Action.company_id)
        told = or_(of_requests.scope(actor), Action.request_id.is_(None))
        known = and_(told, open_to(actor.person, actor.organisation, vendor))
        return and_(Action.buyer_id == actor.organisation, or_(MeetingRequest.id.in_(sight.attended(actor)), known))
    told = and_(Action.request_id.is_(None), ours)
    if actor.side is Side.VAR:
        return or_(told, of_requests.scope(actor))
    single = and_(MeetingRequest.kind != Kind.BRIEFING, of_requests.scope(actor))
    return or_(told, single, _joint(actor.organisation))


def between(company: Any) -> ColumnElement[bool]:
    """What a company has promised, and what was promised it: at a meeting with it alone, at a briefing to which it
    came, or told as missed."""
    with_it = and_(
        MeetingRequest.kind != Kind.BRIEFING,
        func.coalesce(MeetingRequest.vendor_id, MeetingRequest.company_id) == company,
    )
    return or_(Action.company_id == company, Action.to_id == company, with_it, _joint(company))


def _joint(company: Any) -> ColumnElement[bool]:
    """What a company promised, or was promised, at a briefing that is over and to which it came."""
    return and_(MeetingRequest.kind == Kind.BRIEFING, _was_there(company), _of_or_to(company))


def _was_there(company: Any) -> ColumnElement[bool]:
    """A briefing that is over and to which their company came."""
    came = exists().where(
        Participation.buyer_id == MeetingRequest.buyer_id,
        Participation.request_id == MeetingRequest.id,
        Participation.company_id == company,
        Participation.state == Part.JOINED,
    )
    over = exists().where(
        Meeting.buyer_id == MeetingRequest.buyer_id,
        Meeting.request_id == MeetingRequest.id,
        Meeting.state == MeetingState.CONFIRMED,
        Meeting.end_at <= clock.now(),
    )
    return and_(came, over)


def _of_or_to(company: Any) -> ColumnElement[bool]:
    """Their own; and of the buyer and who organised it what was promised to all, or about what is theirs."""
    hosts = Action.company_id.in_((Action.buyer_id, MeetingRequest.company_id))
    return or_(Action.company_id == company, and_(hosts, or_(Action.entry == "", about_theirs(company))))


def about_theirs(company: Any) -> ColumnElement[bool]:
    """Made at a point of the agenda that is of their company: its item, a question to it, or what it talked over."""
    own = aliased(Item)
    item = exists().where(
        own.buyer_id == Action.buyer_id,
        own.code == Action.entry,
        or_(own.company_id == company, own.asks_id == company),
    )
    pair = exists().where(
        Overlap.buyer_id == Action.buyer_id,
        Overlap.code == Action.entry,
        or_(Overlap.one_id == company, Overlap.other_id == company),
    )
    return or_(item, pair)
