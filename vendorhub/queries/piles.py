"""Which of what waits lies open before somebody, and in which turn: of what is theirs to answer their own pile, and
what isn't sorted yet.

The conditions are about a statement that joins `Sorting` by `scope.sorting_of`.
"""

from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, and_, case, func, or_

from vendorhub.domain.deeds import ANSWER_DEEDS, Deed
from vendorhub.domain.people import Actor, Role
from vendorhub.domain.sortings import own_pile
from vendorhub.store import MeetingRequest, Sorting

_THEIRS: Final = {*ANSWER_DEEDS, Deed.SORT}


def lies_open(actor: Actor) -> ColumnElement[bool]:
    """Theirs to answer, and on their own pile or on none; all else is folded."""
    return and_(theirs(actor), or_(Sorting.pile.is_(None), Sorting.pile == _own(actor)))


def theirs(actor: Actor) -> ColumnElement[bool]:
    """Asked of nobody in particular, of them or of whom they assist, or answered by one of these; what else their line
    is asked they see as well, but it is not theirs."""
    whose = func.coalesce(MeetingRequest.asked_of, MeetingRequest.decided_by)
    return or_(whose.is_(None), whose.in_(sorted({actor.person, *actor.serves})))


def turn(actor: Actor) -> ColumnElement[int]:
    """0 for what comes first, else 1: a decider sees what was sorted for them first, an assistant what isn't sorted."""
    first, then = (0, 1) if _decides(actor) else (1, 0)
    return case((Sorting.pile == _own(actor), first), else_=then)


def turn_of(actor: Actor, pile: str | None) -> int:
    """The same for an ask on this pile."""
    return int((pile == _own(actor)) != _decides(actor))


def opened(actor: Actor, pile: str | None, *, may: Collection[Deed]) -> bool:
    """Whether an ask on this pile lies open before the actor, who `may` do these deeds with it."""
    return pile in (None, _own(actor)) and not _THEIRS.isdisjoint(may)


def _own(actor: Actor) -> str:
    return own_pile(decides=_decides(actor))


def _decides(actor: Actor) -> bool:
    return Role.DECIDER in actor.roles
