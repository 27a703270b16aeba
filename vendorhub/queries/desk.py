"""What lies on the desk of the buyer's side: answers that can still be taken back, what waits, what needs a time."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute

from vendorhub import clock
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.papers import Stage
from vendorhub.domain.people import Actor
from vendorhub.domain.quarters import quarter_at
from vendorhub.domain.terms import VALID_FOR
from vendorhub.queries import piles
from vendorhub.queries.meeting_requests import these
from vendorhub.queries.request_views import RequestView
from vendorhub.queries.scope import scope, sorting_of
from vendorhub.store import Meeting, MeetingRequest, Sorting, Writing

AT_MOST = 20
ALREADY_AT_MOST, ALREADY_FOR = 5, timedelta(days=14)


@dataclass(frozen=True)
class Desk:
    """Held answers of theirs (the one that leaves first on top), asks that wait in their turn, asks that wait on
    another pile or are others' to answer, yeses without a time (those with changes, that the other side has to agree
    to, too), papers to be read; `next` is a cursor for `meeting_requests.waiting`, None where all that wait are here.
    `already`: the latest of those that met an answer, so that nobody was asked anew."""

    held: tuple[RequestView, ...]
    waiting: tuple[RequestView, ...]
    aside: tuple[RequestView, ...]
    arranging: tuple[RequestView, ...]
    papers: tuple[RequestView, ...]
    next: str | None
    already: tuple[RequestView, ...] = ()


def desk(actor: Actor) -> Desk:
    """The desk as this actor may see it; a constant number of statements, at most twenty of each."""
    now = clock.now()
    ask = MeetingRequest
    met = and_(Meeting.buyer_id == ask.buyer_id, Meeting.request_id == ask.id)
    waits, lies_open = and_(ask.state.in_(rules.AWAITING), ask.answer_by > now), piles.lies_open(actor)
    effective = or_(ask.held_until.is_(None), ask.held_until <= now)
    fresh = ask.answered_at > now - VALID_FOR  # on an older yes nothing can be arranged any more
    quarter, _ = quarter_at(now, zone=actor.zone, fiscal=actor.fiscal)
    this_quarter = and_(Meeting.state == MeetingState.CONFIRMED, Meeting.start_at >= quarter)
    once = and_(fresh, ~ask.standing, ~exists().where(met))
    each_quarter = and_(ask.standing, ~exists().where(met, this_quarter))
    yes = and_(
        ask.state.in_((State.ACCEPTED, State.AMENDED)),
        or_(
            and_(ask.state == State.ACCEPTED, or_(once, each_quarter)),
            and_(ask.state == State.AMENDED, ask.answer_by > now),
        ),
    )
    theirs, seen, sorting = piles.theirs(actor), scope(actor), Sorting.id == sorting_of(actor)
    # As a sum, or the index of the numbers would be taken for the order, through all that the buyer was ever asked.
    number = ask.id + 0
    # Of thousands that were declined few wait for a paper, and fewer have one: the papers are looked up first.
    written = select(Writing.request_id).where(Writing.buyer_id == actor.organisation, Writing.stage == Stage.HERE)
    here = and_(ask.id.in_(written), or_(theirs, ask.id.in_(written.where(Writing.reader_id == actor.person))))
    found = these(
        actor,
        union(
            _first(seen, ask.held_until > now, theirs, by=(ask.held_until,)),
            _first(seen, waits, lies_open, by=(piles.turn(actor), ask.answer_by), sorting=sorting),
            _first(seen, waits, not_(lies_open), by=(ask.answer_by,), sorting=sorting),
            _first(seen, yes, effective, theirs, by=(number.desc(),)),
            _first(seen, ask.state == State.DECLINED, effective, here, by=(number,)),
            _first(seen, ask.state == State.ATTACHED, theirs, ask.created_at > now - ALREADY_FOR, by=(number.desc(),)),
        ),
    )
    lying: tuple[list[RequestView], ...] = ([], [], [], [], [], [])
    for view in found.values():
        lying[_place(actor, view)].append(view)
    lying[0].sort(key=lambda view: view.held_until or now)
    lying[1].sort(key=lambda view: (piles.turn_of(actor, _pile(view)), view.answer_by))
    lying[2].sort(key=lambda view: view.answer_by)
    lying[3].reverse()
    lying[5].reverse()
    held, waiting, aside, arranging, papers, already = (tuple(each[:AT_MOST]) for each in lying)
    return Desk(
        *(held, waiting, aside, arranging, papers),
        next=waiting[-1].code if len(lying[1]) > AT_MOST else None,
        already=already[:ALREADY_AT_MOST],
    )


def _place(actor: Actor, view: RequestView) -> int:
    if view.held_until:
        return 0
    if view.state not in rules.AWAITING:
        return 5 if view.state == State.ATTACHED else 4 if view.writing else 3
    return 1 if piles.opened(actor, _pile(view), may=view.may) else 2


def _pile(view: RequestView) -> str | None:
    return view.sorting.pile if view.sorting else None


def _first(
    *which: ColumnElement[bool],
    by: tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...],
    sorting: ColumnElement[bool] | None = None,
) -> Select[tuple[int]]:
    """The numbers of the first of a pile, one more than are shown; `sorting` where it asks how they were sorted."""
    rows = select(MeetingRequest.id)
    if sorting is not None:
        rows = rows.outerjoin(Sorting, sorting)
    first = rows.where(*which).order_by(*by, MeetingRequest.id).limit(AT_MOST + 1).subquery()
    return select(first.c.id)
