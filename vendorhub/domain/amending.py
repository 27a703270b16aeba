"""Yes, but: in what a yes is other than the ask, in parts that a page or a letter can put into words."""

from collections.abc import Sequence
from dataclasses import dataclass

Person = tuple[str, str, str, str]  # side, name, email, role


@dataclass(frozen=True)
class Other:
    """What is other than asked; None and () where it is as asked. People by name.

    `minutes` and `topic` are what is wanted; `asked_also` are people the other side is asked to bring, `left_out`
    those it needn't, `own` those of the buyer's side who come along.
    """

    minutes: int | None
    topic: str | None
    asked_also: tuple[str, ...]
    left_out: tuple[str, ...]
    own: tuple[str, ...]


def other_than_asked(
    *,
    minutes: tuple[int, int],
    topic: tuple[str, str],
    coming: tuple[Sequence[Person], Sequence[Person]],
) -> Other:
    """Each is given as (asked, wanted)."""
    asked_for, wanted = coming
    before, after = {each[2] for each in asked_for}, {each[2] for each in wanted}
    return Other(
        minutes=minutes[1] if minutes[1] != minutes[0] else None,
        topic=topic[1] if topic[1] != topic[0] else None,
        asked_also=tuple(each[1] for each in wanted if each[0] == "vendor" and each[2] not in before),
        left_out=tuple(each[1] for each in asked_for if each[2] not in after),
        own=tuple(each[1] for each in wanted if each[0] == "buyer"),
    )
