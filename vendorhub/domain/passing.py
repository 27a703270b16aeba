"""Whom an ask may be passed to: anybody who may answer for the buyer, but never in a circle, and not for ever."""

from collections.abc import Collection, Sequence

from vendorhub.domain.people import Role
from vendorhub.domain.refusals import Unfit, WrongState

HOPS_AT_MOST = 5
MAY_ANSWER = frozenset({Role.DECIDER, Role.COLLEAGUE})


def check_hops(hops: int) -> None:
    """Raises WrongState for an ask that has been passed on too often; `hops` is how often until now."""
    if hops >= HOPS_AT_MOST:
        raise WrongState("This ask has been passed on %(most)s times; please answer it.", most=HOPS_AT_MOST)


def check_receiver(to: int | None, *, by: int, had_it: Collection[int]) -> int:
    """Who gets it: `to`, if there is such a person. `had_it` are all who had it before, whoever has it now included.

    Raises Unfit at `to`, with a sentence, for nobody, oneself (`by`), and for a circle.
    """
    if to is None:
        raise Unfit("to", "Nobody with this address answers for your company; please choose somebody who does.")
    if to == by:
        raise Unfit("to", "That is you; please choose somebody else.")
    if to in had_it:
        raise Unfit("to", "They have had this ask already; please choose somebody else.")
    return to


def may_get(people: Sequence[int], *, by: int, had_it: Collection[int]) -> list[int]:
    """Those of these people to whom it may be passed, in their order."""
    return [person for person in people if person != by and person not in had_it]
