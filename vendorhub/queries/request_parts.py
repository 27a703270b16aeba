"""Parts of a meeting request as its reader sees it: what a yes would have otherwise, who answers instead, how it is
sorted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from vendorhub.domain.amending import Other, other_than_asked
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import may
from vendorhub.queries.scope import decider, relations
from vendorhub.store import Amendment, Briefing, MeetingRequest

Named = tuple[str, str, str, str]  # side, name, email, role


@dataclass(frozen=True)
class ChangesView:
    """What a yes would have otherwise, while nobody has agreed to it: all of its terms, and what is other in them."""

    topic: str
    minutes: int
    guests: tuple[Named, ...]
    place_how: str
    place_detail: str
    other: Other


@dataclass(frozen=True)
class PassedView:
    """Who answers instead, and by when; `code` is None where the new request is not the reader's to see (yet)."""

    to: str
    answer_by: datetime
    code: str | None


@dataclass(frozen=True)
class RoomView:
    """What a briefing has beside what every ask has: the vendors by name, the buyer's share in per cent, the day by
    which items are due, and whether a wider line-up waits for the buyer's yes."""

    vendors: tuple[str, ...]
    buyer_share: int
    items_due: date
    wished: bool


@dataclass(frozen=True)
class SortingView:
    """How an assistant (`by`) has sorted an ask for their decider (`whose`): for these two alone to see."""

    pile: str
    line: str
    suggested: str
    by: str
    whose: str
    at: datetime


def changes_in(request: MeetingRequest, wanted: Amendment, as_asked: Sequence[Named]) -> ChangesView | None:
    """What the yes would have otherwise; None once that is agreed to: then it is what the request is about."""
    if wanted.agreed_at is not None:
        return None
    coming = wanted.people()
    return ChangesView(
        topic=wanted.topic,
        minutes=wanted.minutes,
        guests=coming,
        place_how=wanted.place_how,
        place_detail=wanted.place_detail,
        other=other_than_asked(
            minutes=(request.minutes, wanted.minutes),
            topic=(request.topic, wanted.topic),
            coming=(as_asked, coming),
        ),
    )


def passed_to(actor: Actor, passed: MeetingRequest, *, receiver: str, now: datetime) -> PassedView:
    """Who got it, as this actor may know."""
    seen = passed.visible_at <= now and may(actor, Deed.SEE, relations(actor, passed), decider=decider(passed))
    return PassedView(to=receiver, answer_by=passed.answer_by, code=passed.code if seen else None)


def room_in(row: Row[Any]) -> RoomView | None:
    """Who would be in the room, and how its time is shared, of a request that is a briefing."""
    briefing: Briefing | None = row.Briefing
    if briefing is None:
        return None
    return RoomView(
        vendors=tuple(sorted((row.line_up or "").split("\n"), key=str.casefold)),
        buyer_share=briefing.buyer_share,
        items_due=briefing.items_due,
        wished=bool(briefing.wished),
    )


def sorting_in(row: Row[Any]) -> SortingView | None:
    """How an assistant has sorted it, if one did."""
    if row.pile is None:
        return None
    return SortingView(row.pile, row.line, row.suggested, row.sorted_by, row.sorted_for, row.sorted_at)
