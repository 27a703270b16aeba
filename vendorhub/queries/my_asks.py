"""What a company has asked, sorted by what there is to do now: for the company itself, for the buyer, or for nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, literal, or_, select, union_all

from vendorhub import clock
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.offers import OfferSide, OfferState
from vendorhub.domain.papers import Stage
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.domain.terms import VALID_FOR
from vendorhub.queries.meeting_requests import these
from vendorhub.queries.request_views import RequestView, seen_state
from vendorhub.queries.scope import find, scope
from vendorhub.store import Meeting, MeetingRequest, Offer, Slot, Writing, db

AT_MOST: Final = 20


class Pile(StrEnum):
    """Whose turn it is."""

    MINE = "mine"
    THEIRS = "theirs"
    AGREED = "agreed"
    ENDED = "ended"


@dataclass(frozen=True)
class AskLine:
    """An ask and the meeting that came of it, if one did: when it is or was, and whether it was called off.

    `open` says that there is something still to come of it.
    """

    ask: RequestView
    open: bool
    start: datetime | None
    end: datetime | None
    zone: str
    called_off: bool


@dataclass(frozen=True)
class PileView:
    """The first asks of a pile, newest first (meetings ahead: the next one first), and the next page's cursor."""

    pile: Pile
    lines: tuple[AskLine, ...]
    next: str | None


def piles(actor: Actor) -> list[PileView]:
    """All four, at most twenty of each; a constant number of statements."""
    return _piles(actor, dict.fromkeys(Pile))


def one_pile(actor: Actor, pile: str, *, cursor: str) -> PileView:
    """A later page of one pile. Raises Unfit for a pile or a cursor that there is not."""
    try:
        row, _ = find(actor, cursor)
        return _piles(actor, {Pile(pile): row.id})[0]
    except (NotThere, ValueError):
        raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.") from None


def _piles(actor: Actor, wanted: dict[Pile, int | None]) -> list[PileView]:
    parts = [select(_first(actor, pile, before)) for pile, before in wanted.items()]
    found = db.session.execute(union_all(*parts) if len(parts) > 1 else parts[0]).all()
    numbers = [row.id for row in found]
    views, meetings = these(actor, numbers), _meetings(numbers)
    shown = []
    for pile in wanted:
        rows = sorted((row.id for row in found if row.pile == pile and row.id in views), reverse=True)
        lines = [_line(views[number], meetings.get(number), pile) for number in rows[:AT_MOST]]
        more = lines[-1].ask.code if len(rows) > AT_MOST else None
        if pile is Pile.AGREED:
            lines.sort(key=lambda line: line.start or line.ask.created_at)
        shown.append(PileView(pile, tuple(lines), more))
    return shown


def _first(actor: Actor, pile: Pile, before: int | None) -> Subquery:
    """The numbers of the first of a pile, one more than are shown."""
    query = select(literal(pile.value).label("pile"), MeetingRequest.id).where(scope(actor), _pile(actor) == pile.value)
    if before is not None:
        query = query.where(MeetingRequest.id < before)
    return query.order_by(MeetingRequest.id.desc()).limit(AT_MOST + 1).subquery()


def _pile(actor: Actor) -> ColumnElement[str]:
    """On which pile an ask lies, as its asker sees it."""
    now, state, ask = clock.now(), seen_state(actor), MeetingRequest
    meeting = and_(Meeting.buyer_id == ask.buyer_id, Meeting.request_id == ask.id)
    ahead = exists().where(meeting, Meeting.state == MeetingState.CONFIRMED, Meeting.end_at > now)
    arranging = and_(state == State.ACCEPTED, ~exists().where(meeting), ask.answered_at > now - VALID_FOR)
    to_choose = exists().where(
        Offer.buyer_id == ask.buyer_id,
        Offer.request_id == ask.id,
        Offer.state == OfferState.OPEN,
        Offer.side == OfferSide.BUYER,
        Offer.visible_at <= now,
        Slot.buyer_id == Offer.buyer_id,
        Slot.offer_id == Offer.id,
        Slot.start_at > now,
    )
    writing = and_(state == State.DECLINED, Writing.buyer_id == ask.buyer_id, Writing.request_id == ask.id)
    return case(
        (state.in_((State.ASKED_BACK, State.AMENDED)), Pile.MINE.value),
        (exists().where(writing, Writing.stage == Stage.ASKED, Writing.due >= now.date()), Pile.MINE.value),
        (exists().where(writing, Writing.stage == Stage.HERE), Pile.THEIRS.value),
        (state == State.UNVERIFIED, Pile.THEIRS.value if actor.side is Side.VAR else Pile.MINE.value),
        (state == State.PENDING, Pile.THEIRS.value),
        (and_(state == State.ACCEPTED, ahead), Pile.AGREED.value),
        (and_(or_(arranging, and_(state == State.ACCEPTED, ask.standing)), to_choose), Pile.MINE.value),
        (and_(state == State.ACCEPTED, ask.standing), Pile.AGREED.value),
        (arranging, Pile.THEIRS.value),
        else_=Pile.ENDED.value,
    )


def _meetings(numbers: Sequence[int]) -> dict[int, Meeting]:
    """The latest meeting of each request that led to one."""
    rows = db.session.scalars(select(Meeting).where(Meeting.request_id.in_(numbers)).order_by(Meeting.id))
    return {meeting.request_id: meeting for meeting in rows}


def _line(ask: RequestView, meeting: Meeting | None, pile: Pile) -> AskLine:
    going_on = pile is not Pile.ENDED
    if meeting is None:
        return AskLine(ask, going_on, None, None, "", called_off=False)
    called_off = meeting.state == MeetingState.CANCELLED
    return AskLine(ask, going_on, meeting.start_at, meeting.end_at, meeting.zone, called_off=called_off)
