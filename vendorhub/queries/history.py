"""What happened, as each side may read it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.domain.rights import Relation, may
from vendorhub.queries.circles import open_to
from vendorhub.queries.scope import find, scope
from vendorhub.store import HistoryLine, MeetingRequest, Person, db

_BY, _FOR = aliased(Person, name="by_person"), aliased(Person, name="for_person")
_LINES = (
    select(HistoryLine, _BY.name, _FOR.name, MeetingRequest.code)
    .outerjoin(
        MeetingRequest,
        and_(MeetingRequest.buyer_id == HistoryLine.buyer_id, MeetingRequest.id == HistoryLine.request_id),
    )
    .outerjoin(_BY, _BY.id == HistoryLine.by)
    .outerjoin(_FOR, _FOR.id == HistoryLine.on_behalf_of)
)


@dataclass(frozen=True)
class LineView:
    """One line: who did what, on whose behalf, by which door, when. `by` is None where the clock did it.

    `about` is the code of an ask; "" where `words` is the name of a company that was shut out or let in again, or
    names the parts of the front door that were changed.
    """

    deed: str
    by: str | None
    on_behalf_of: str | None
    door: str
    at: datetime
    about: str
    words: str


def lines(
    actor: Actor, *, about: str | None = None, limit: int = 50, cursor: str | None = None
) -> tuple[list[LineView], str | None]:
    """The history of one request (oldest first), or of all the actor may see (newest first) with a cursor."""
    seen = and_(or_(scope(actor), _about_companies(actor)), _readable(actor))
    query = _LINES.where(or_(seen, _about_own_part(actor), _about_own_notes(actor)))
    if about is not None:
        rows = db.session.execute(
            query.where(MeetingRequest.code == meant(about)).order_by(HistoryLine.id).limit(500)
        ).all()
        if not rows:  # each has a line at least: that it was asked
            find(actor, about)
        return [_view(row[0], row[1], row[2], row[3]) for row in rows], None
    query = query.order_by(HistoryLine.id.desc())
    page = query.where(HistoryLine.id < _marked(query, cursor)) if cursor else query
    rows = db.session.execute(page.limit(limit + 1)).all()
    shown = [_view(row[0], row[1], row[2], row[3]) for row in rows[:limit]]
    return shown, _mark(query, rows[limit - 1][0]) if len(rows) > limit else None


# A line has no name of its own, and its number would count everybody's: so a page mark is an instant, and which of the
# reader's lines of that instant it was.
def _mark(query: Select[*tuple[Any, ...]], line: HistoryLine) -> str:
    at_once = query.where(HistoryLine.made_at == line.made_at, HistoryLine.id > line.id).order_by(None)
    return f"{int(line.made_at.timestamp())}.{line.made_at.microsecond}.{len(db.session.execute(at_once).all())}"


def _marked(query: Select[*tuple[Any, ...]], mark: str) -> int:
    row = None
    if found := re.fullmatch(r"(\d{1,11})\.(\d{1,6})\.(\d{1,3})", mark, re.ASCII):
        seconds, micros, further = map(int, found.groups())
        made_at = datetime.fromtimestamp(seconds, UTC).replace(microsecond=micros)
        row = db.session.execute(query.where(HistoryLine.made_at == made_at).offset(further).limit(1)).first()
    if row is None:
        raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
    number: int = row[0].id
    return number


def _about_companies(actor: Actor) -> ColumnElement[bool]:
    """Lines about no ask: that a company was shut out or let in again."""
    if not may(actor, Deed.SEE_BLOCKS, frozenset({Relation.ANY})):
        return false()
    # Whom the house has shut out binds everybody in it; the rest is the circle's, where there is one.
    told = or_(
        HistoryLine.deed.in_((Deed.BLOCK, Deed.LIFT)), open_to(actor.person, actor.organisation, HistoryLine.company_id)
    )
    return and_(HistoryLine.request_id.is_(None), HistoryLine.buyer_id == actor.organisation, told)


def _about_own_part(actor: Actor) -> ColumnElement[bool]:
    """Lines about the part of the actor's own company in a briefing, which is not its request."""
    if actor.side is not Side.VENDOR:
        return false()
    return and_(
        HistoryLine.audience == "party",
        HistoryLine.company_id == actor.organisation,
        HistoryLine.visible_at <= clock.now(),
    )


def _about_own_notes(actor: Actor) -> ColumnElement[bool]:
    """Lines about what those who ask have noted of a relationship: no ask is theirs, and no other side reads them."""
    if not actor.asks:
        return false()
    return and_(
        HistoryLine.request_id.is_(None),
        HistoryLine.audience == "vendor",
        HistoryLine.company_id == actor.organisation,
    )


def _readable(actor: Actor) -> ColumnElement[bool]:
    if actor.side is Side.BUYER:
        return HistoryLine.audience.in_(("both", "buyer", "party"))
    if not actor.asks:
        raise NotThere
    return and_(
        HistoryLine.audience.in_(("both", "vendor", "party")),
        HistoryLine.visible_at <= clock.now(),
    )


def _view(line: HistoryLine, by: str | None, on_behalf_of: str | None, code: str | None) -> LineView:
    return LineView(
        deed=line.deed,
        by=by,
        on_behalf_of=on_behalf_of,
        door=line.door,
        at=line.made_at,
        about=code or "",
        words=line.words,
    )
