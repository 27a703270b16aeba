"""What lies on the desk of the buyer's side: answers that can still be taken back, what waits, what needs a time."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Subquery, UnaryExpression, and_, exists, or_, select, union_all

from vendorhub import clock
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor
from vendorhub.domain.terms import VALID_FOR
from vendorhub.queries.meeting_requests import these
from vendorhub.queries.request_views import RequestView
from vendorhub.queries.scope import scope
from vendorhub.store import Meeting, MeetingRequest

AT_MOST = 20


@dataclass(frozen=True)
class Desk:
    """Held answers (the one that leaves first on top), asks that wait, yeses without a time; `next` is a cursor
    for `meeting_requests.waiting`, None where all that wait are here."""

    held: tuple[RequestView, ...]
    waiting: tuple[RequestView, ...]
    arranging: tuple[RequestView, ...]
    next: str | None


def desk(actor: Actor) -> Desk:
    """The desk as this actor may see it; a constant number of statements, at most twenty of each."""
    now = clock.now()
    ask = MeetingRequest
    met = exists().where(and_(Meeting.buyer_id == ask.buyer_id, Meeting.request_id == ask.id))
    held = _first(actor, ask.held_until > now, by=ask.held_until.asc())
    waiting = _first(actor, and_(ask.state.in_(rules.AWAITING), ask.answer_by > now), by=ask.answer_by.asc())
    effective = or_(ask.held_until.is_(None), ask.held_until <= now)
    fresh = ask.answered_at > now - VALID_FOR  # on an older yes nothing can be arranged any more
    arranging = _first(actor, and_(ask.state == State.ACCEPTED, fresh, effective, ~met), by=ask.id.desc())
    found = these(actor, union_all(*(select(part.c.id) for part in (held, waiting, arranging))))
    piles: tuple[list[RequestView], ...] = ([], [], [])
    for view in found.values():
        piles[0 if view.held_until else 1 if view.state in rules.AWAITING else 2].append(view)
    piles[0].sort(key=lambda view: view.held_until or now)
    piles[1].sort(key=lambda view: view.answer_by)
    piles[2].reverse()
    first = [tuple(pile[:AT_MOST]) for pile in piles]
    return Desk(
        held=first[0],
        waiting=first[1],
        arranging=first[2],
        next=first[1][-1].code if len(piles[1]) > AT_MOST else None,
    )


def _first(actor: Actor, which: ColumnElement[bool], *, by: UnaryExpression[Any]) -> Subquery:
    """The numbers of the first of a pile, one more than are shown."""
    return (
        select(MeetingRequest.id)
        .where(scope(actor), MeetingRequest.buyer_id == actor.organisation, which)
        .order_by(by, MeetingRequest.id)
        .limit(AT_MOST + 1)
        .subquery()
    )
