"""The calendar of the actor's own company: when its years begin, and on which days it does not work."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vendorhub import clock
from vendorhub.domain.days_off import YEARS_AHEAD, YEARS_BACK
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import Relation, require
from vendorhub.solvers import holidays
from vendorhub.store import Organisation, db


@dataclass(frozen=True)
class OwnCalendar:
    """What is set: the month in which a year starts; the weekday, where it is whole weeks; the place whose holidays
    count; and the company's own days, as they are kept."""

    start: int
    weekday: int | None
    place: str
    own: tuple[date, ...]

    @property
    def version(self) -> str:
        """A digest of it (If-Match)."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


def own(actor: Actor) -> OwnCalendar:
    """The same of the actor's company. Raises NotAllowed for those who may not change it."""
    require(actor, Deed.SET_DOOR, frozenset({Relation.ANY}))
    buyer = db.session.get_one(Organisation, actor.organisation, populate_existing=True)
    days = tuple(date.fromisoformat(day) for day in buyer.days_off)
    return OwnCalendar(buyer.fiscal_year_start, buyer.fiscal_weekday, buyer.holidays_of, days)


def holidays_of(place: str, own_days: Sequence[str]) -> frozenset[date]:
    """The days of the years around the present one on which a company does not work, Saturdays and Sundays aside."""
    return _holidays(place, tuple(own_days), clock.now().year) if place or own_days else frozenset()


@lru_cache(maxsize=256)
def _holidays(place: str, own_days: tuple[str, ...], year: int) -> frozenset[date]:
    known = holidays.of_place(place, range(year - YEARS_BACK, year + YEARS_AHEAD + 1))
    return known | {date.fromisoformat(day) for day in own_days}
