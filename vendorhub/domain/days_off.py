"""Which days a buyer does not work, beside Saturdays and Sundays: the holidays of a place, and days of its own."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from vendorhub.domain.refusals import Unfit

OWN_AT_MOST: Final = 100
YEARS_BACK, YEARS_AHEAD = 2, 4  # around the present one: as far as anybody looks
_PLACE: Final = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,6})?")  # ISO 3166-1, and a part of it as in ISO 3166-2
_EARLIEST, _LATEST = date(2000, 1, 1), date(2199, 12, 31)


def check_place(said: str) -> str:
    """The place by its letters, a country or a part of one, like DE or DE-HH; "" for none. Raises Unfit for what is no
    such name; whether its holidays are known is for others to say."""
    place = said.strip().upper()
    if place and not _PLACE.fullmatch(place):
        raise unknown_place()
    return place


def unknown_place() -> Unfit:
    """The refusal of a place whose holidays nobody here knows."""
    return Unfit(
        "place", "We do not know the holidays of this place; please name a country by its two letters, or a part of it."
    )


def check_own(typed: str) -> tuple[date, ...]:
    """The days that are written one a line, in order and each once. Raises Unfit for what is no date, or too many."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > OWN_AT_MOST:
        raise Unfit("days_off", "Please keep to %(most)s days.", most=OWN_AT_MOST)
    try:
        days = sorted({date.fromisoformat(line) for line in lines})
    except ValueError:
        raise Unfit("days_off", "Please write each day on a line of its own, like 2027-01-13.") from None
    if days and not _EARLIEST <= days[0] <= days[-1] <= _LATEST:
        raise Unfit("days_off", "Please look at the year again.")
    return tuple(days)


def as_text(days: Sequence[date]) -> str:
    """The reverse of check_own."""
    return "\n".join(day.isoformat() for day in days)
