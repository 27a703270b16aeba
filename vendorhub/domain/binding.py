"""Whom an answer binds, for how long, and who is told of it (law 6): the line of whoever gave it, and the company asked
about, however that company comes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from vendorhub.domain.people import line
from vendorhub.domain.wall_times import in_zone

NO_STANDS_FOR: Final = timedelta(days=182)  # an answer without a date binds half a year, then they may ask again


@dataclass(frozen=True)
class Joined:
    """Two companies that are one to a buyer: `since` when; None where they are one and the same altogether."""

    one: int
    other: int
    since: datetime | None


class Parked(StrEnum):
    """Why an ask has to be looked at before its sender is taken for whom they say they are."""

    FREE_MAIL = "free_mail"
    LOOK_ALIKE = "look_alike"
    UNPROVEN = "unproven"  # nothing shows that it came from there, so it is nobody's until a person says so


def may_ask_again(*, again_on: date | None, answered_at: datetime | None, zone: str) -> date | None:
    """The day, by the buyer's calendar, from which an answer stands no longer; None where there was none."""
    if again_on is not None or answered_at is None:
        return again_on
    return in_zone(answered_at + NO_STANDS_FOR, zone).date()


def reaches(decider: int | None, asked: int | None, boss_of: Mapping[int, int | None]) -> bool:
    """Whether the answer of `decider` binds whoever is asked now: their line; an ask of nobody in particular is bound
    by every answer. Circles in who reports to whom end where they close."""
    return decider is not None and (asked is None or asked in line(decider, boss_of))


def kin(company: int, joined: Iterable[Joined]) -> dict[int, datetime | None]:
    """The companies that are one with this one to a buyer, itself included, each with the instant since which all of
    their answers are this one's as well; None where all of them always were."""
    edges = list(joined)
    found: dict[int, datetime | None] = {company: None}
    ahead = [company]
    while ahead:
        here = ahead.pop()
        for edge in edges:
            if here not in (edge.one, edge.other):
                continue
            there = edge.other if here == edge.one else edge.one
            since = max((at for at in (found[here], edge.since) if at is not None), default=None)
            if there not in found or _longer(since, found[there]):
                found[there] = since
                ahead.append(there)
    return found


def carries(*, since: datetime | None, answered_at: datetime | None, picked: bool) -> bool:
    """Whether an answer to one company is its kin's too: given since they are one, or picked when they were joined."""
    return since is None or picked or (answered_at is not None and answered_at >= since)


def companies_of(company: int, vendor: int | None) -> tuple[int, ...]:
    """Whom an ask counts for: the company that asks and, where a VAR asks for one, the vendor (M4)."""
    return (company,) if vendor is None else (company, vendor)


def is_told(*, asks: Collection[int], answered: Collection[int], heard: bool) -> bool:
    """Whether who asks now may learn of the standing answer: only the same company (and for the same vendor), and only
    where that company heard it. Everybody else hears that it is not taken up, in the same words."""
    return heard and set(asks) == set(answered)


def same_theme(one: str, other: str) -> bool:
    """Whether two briefings are about the same: a no to one binds its organiser for that theme, and no other (M9)."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _longer(one: datetime | None, other: datetime | None) -> bool:
    """Whether being one since `one` is being one for longer than since `other`."""
    return other is not None and (one is None or one < other)
