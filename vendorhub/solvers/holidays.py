"""Which days are holidays in a country, or in a part of it."""

from collections.abc import Iterable
from datetime import date


def of_place(place: str, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of a place like DE or DE-HH within these years; none for "". Raises LookupError for a place
    that is not known."""
    if not place:
        return frozenset()
    import holidays

    country, _, part = place.partition("-")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=part or None, years=years))
    except NotImplementedError:
        raise LookupError(place) from None
