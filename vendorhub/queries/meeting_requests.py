"""Meeting requests as each side may see them: one, these, those that wait, all; scoped, and paged by key."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Row, and_, func, select, tuple_

from vendorhub import clock
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.codes import meant
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.queries import piles
from vendorhub.queries.request_rows import views
from vendorhub.queries.request_views import RequestView, seen_state, shown
from vendorhub.queries.scope import scope
from vendorhub.store import MeetingRequest, db


def see(actor: Actor, code: str) -> RequestView:
    """One meeting request. Raises NotThere if there is none, or none for this actor."""
    row = db.session.execute(views(actor).where(MeetingRequest.code == meant(code))).first()
    if row is None:
        raise NotThere
    return shown(actor, [row])[0]


def these(actor: Actor, ids: CompoundSelect[int] | Sequence[int]) -> dict[int, RequestView]:
    """The requests of these numbers, as far as they are the actor's to see, in the order in which they were made."""
    if isinstance(ids, CompoundSelect):
        query = views(actor, among=ids)
    else:
        query = views(actor).where(MeetingRequest.id.in_(ids))
    rows = db.session.execute(query.order_by(MeetingRequest.id)).all()
    return {row[0].id: view for row, view in zip(rows, shown(actor, rows), strict=True)}


def waiting(actor: Actor, *, limit: int = 20, cursor: str | None = None) -> tuple[list[RequestView], str | None]:
    """What lies open before the actor and waits for the buyer's answer (see `piles`), the soonest window first in its
    turn, and the cursor of the next page."""
    turn, by = piles.turn(actor), (MeetingRequest.answer_by, MeetingRequest.id)
    query = views(actor).where(_waits(actor), piles.lies_open(actor))
    if cursor:
        last = _cursor_row(actor, cursor)
        query = query.where(tuple_(turn, *by) > (piles.turn_of(actor, last.pile), last[0].answer_by, last[0].id))
    rows = db.session.execute(query.order_by(turn, *by).limit(limit + 1)).all()
    return _page(actor, rows, limit)


def waiting_count(actor: Actor) -> int:
    """How many asks wait for the buyer's answer, as far as this actor sees them."""
    return db.session.scalar(select(func.count()).select_from(MeetingRequest).where(scope(actor), _waits(actor))) or 0


def _waits(actor: Actor) -> ColumnElement[bool]:
    return and_(
        MeetingRequest.buyer_id == actor.organisation,
        MeetingRequest.state.in_(rules.AWAITING),
        MeetingRequest.answer_by > clock.now(),
    )


def listing(
    actor: Actor, *, state: str | None = None, limit: int = 50, cursor: str | None = None
) -> tuple[list[RequestView], str | None]:
    """Everything the actor may see, newest first; `state` narrows to what they see as that state."""
    query = views(actor)
    if state is not None:
        if state not in list(State):
            raise Unfit("state", "There is no such state.")
        query = query.where(seen_state(actor) == state)
    if cursor:
        query = query.where(MeetingRequest.id < _cursor_row(actor, cursor)[0].id)
    rows = db.session.execute(query.order_by(MeetingRequest.id.desc()).limit(limit + 1)).all()
    return _page(actor, rows, limit)


def _page(actor: Actor, rows: Sequence[Row[Any]], limit: int) -> tuple[list[RequestView], str | None]:
    page = shown(actor, rows[:limit])
    return page, page[-1].code if len(rows) > limit else None


def _cursor_row(actor: Actor, cursor: str) -> Row[Any]:
    row = db.session.execute(views(actor).where(MeetingRequest.code == meant(cursor))).first()
    if row is None:
        raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
    return row
