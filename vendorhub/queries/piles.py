"""Which of what waits lies open before somebody, and in which turn: their own pile, and what isn't sorted yet.

The conditions are about a statement that joins `Sorting` by `scope.sorting_of`.
"""

from sqlalchemy import ColumnElement, case, or_

from vendorhub.domain.people import Actor, Role
from vendorhub.domain.sortings import own_pile
from vendorhub.store import Sorting


def lies_open(actor: Actor) -> ColumnElement[bool]:
    """On their own pile, or on none; the other piles are folded."""
    return or_(Sorting.pile.is_(None), Sorting.pile == _own(actor))


def turn(actor: Actor) -> ColumnElement[int]:
    """0 for what comes first, else 1: a decider sees what was sorted for them first, an assistant what isn't sorted."""
    first, then = (0, 1) if _decides(actor) else (1, 0)
    return case((Sorting.pile == _own(actor), first), else_=then)


def turn_of(actor: Actor, pile: str | None) -> int:
    """The same for an ask on this pile."""
    return int((pile == _own(actor)) != _decides(actor))


def opened(actor: Actor, pile: str | None) -> bool:
    """Whether an ask on this pile lies open before the actor."""
    return pile in (None, _own(actor))


def _own(actor: Actor) -> str:
    return own_pile(decides=_decides(actor))


def _decides(actor: Actor) -> bool:
    return Role.DECIDER in actor.roles
