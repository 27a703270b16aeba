"""Answers how times and lists go over the wire (RFC 3339, wall times, pages)."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body
from vendorhub.domain.offers import SlotGiven
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.wall_times import in_zone

Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Date = Annotated[str, Field(json_schema_extra={"format": "date"})]


_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


class WallTime(Body):
    """A time as the clock on the wall shows it, without an offset, and the zone of that wall (IANA).

    `fold` says which of the two is meant where the clocks are set back: 0 the first, 1 the second.
    """

    start: Annotated[str, StringConstraints(max_length=40)]
    timezone: Annotated[str, StringConstraints(max_length=64)]
    fold: Literal[0, 1] | None = None

    def given(self) -> SlotGiven:
        """The time as use-cases take it."""
        return self.start, self.timezone, self.fold


def instant(at: datetime, zone: str = "UTC") -> str:
    """An instant with the offset that the clocks of `zone` have then."""
    return (at.astimezone(UTC) if zone == "UTC" else in_zone(at, zone)).isoformat(timespec="seconds")


def maybe_instant(at: datetime | None, zone: str = "UTC") -> str | None:
    """The same where there may be none."""
    return None if at is None else instant(at, zone)


def read_instant(given: str | None, zone: str, *, what: str, whole_day: bool = False) -> datetime | None:
    """The instant that RFC 3339 text means; a date is the begin of that day in `zone`, or its end with `whole_day`.

    Raises Unfit for the field `what`.
    """
    if given is None:
        return None
    # "+" in a query means a blank to who decodes it
    text = given.replace(" ", "+") if _INSTANT.fullmatch(given.replace(" ", "+")) else given
    try:
        if _DATE.fullmatch(text):
            day = datetime.fromisoformat(text) + timedelta(days=1 if whole_day else 0)
            return day.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Unfit(what, "Please give a date like 2027-01-13, or an instant like 2027-01-13T14:00:00+01:00.")


def listed(item: Any) -> Any:
    """The shape of a list of such items: `next` is the cursor of the next page, null on the last."""
    name = f"{item.__name__}List"
    fields = {"items": list[item], "next": str | None}
    return with_config(ConfigDict(extra="forbid"))(TypedDict(name, fields))  # type: ignore[operator]
