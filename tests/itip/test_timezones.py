"""Does every calendar that follows the rule see the same clock as zoneinfo does?"""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from operator import itemgetter
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
from dateutil.rrule import rrulestr

from tests.conftest import SCALE
from vendorhub.itip.timezones import vtimezone

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
FIRST, LAST = datetime(2025, 1, 2, tzinfo=UTC), datetime(2031, 12, 30, tzinfo=UTC)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]

IN_UTC = {"UTC", "Etc/UTC", "Africa/Casablanca", "Africa/El_Aaiun", "Asia/Gaza", "Asia/Jerusalem"}
TOLD = {
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Asia/Shanghai",
    "Pacific/Auckland",
    "Pacific/Chatham",
}


def transitions(clock: ZoneInfo) -> list[datetime]:
    """The seconds at which the offset changes, by a walk of quarter hours through each day that differs."""
    found = []
    for (day, offset), (_, following) in pairwise((each, each.astimezone(clock).utcoffset()) for each in DAYS):
        if offset != following:
            quarters = [day + timedelta(minutes=15 * n) for n in range(97)]
            for early, late in pairwise(quarters):
                if early.astimezone(clock).utcoffset() != late.astimezone(clock).utcoffset():
                    found.append(late)
    return found


def onsets(told: icalendar.Timezone) -> list[tuple[datetime, timedelta]]:
    """What a calendar makes of the component: the instants in UTC from which each offset holds."""
    found = []
    for part in told.subcomponents:
        start = part["dtstart"].dt
        walls = [start]
        if "rrule" in part:
            rule = rrulestr(part["rrule"].to_ical().decode(), dtstart=start)
            assert rule[0] == start
            walls = rule.between(datetime(2023, 1, 1), datetime(2033, 1, 1))
        before, after = part["tzoffsetfrom"].td, part["tzoffsetto"].td
        found += [((wall - before).replace(tzinfo=UTC), after) for wall in walls]
    return sorted(found)


def offset(told: list[tuple[datetime, timedelta]], at: datetime) -> timedelta:
    return told[bisect_right(told, at, key=itemgetter(0)) - 1][1]


def test_every_zone_agrees_with_zoneinfo_or_is_sent_in_utc() -> None:
    """Usually those that are named here and every sixth of the others; all in longer runs."""
    refused, others = set(), sorted(available_timezones() - IN_UTC - TOLD)
    for zone in sorted(IN_UTC | TOLD | set(others[:: 1 if SCALE > 1 else 6])):
        component = vtimezone(zone, AT)
        if component is None:
            refused.add(zone)
            continue
        clock, told = ZoneInfo(zone), onsets(component)
        changes = transitions(clock)
        instants = [at + timedelta(seconds=s) for at in changes for s in (-1, 0, 1)]
        instants += [FIRST + timedelta(days=9 * n, hours=n % 24) for n in range(283)]
        assert [at for at, _ in told if FIRST <= at <= LAST and len(told) > 1] == changes, zone
        for at in instants:
            assert offset(told, at) == at.astimezone(clock).utcoffset(), (zone, at)
    assert refused >= IN_UTC
    assert len(refused) <= 30
    assert refused.isdisjoint(TOLD)


def test_berlin_is_two_yearly_rules() -> None:
    told = vtimezone("Europe/Berlin", AT)
    assert told is not None
    assert told.to_ical().decode().split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "BEGIN:STANDARD",
        "DTSTART:19701025T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:19700329T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
        "",
    ]


def test_a_zone_without_summer_time_is_one_part_without_a_rule() -> None:
    told = vtimezone("Asia/Kolkata", AT)
    assert told is not None
    assert told.to_ical().decode().split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Kolkata",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZNAME:IST",
        "TZOFFSETFROM:+0530",
        "TZOFFSETTO:+0530",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("America/New_York", ["FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"]),
        ("Australia/Sydney", ["FREQ=YEARLY;BYDAY=1SU;BYMONTH=4", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=10"]),
        ("Europe/Dublin", ["FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"]),
    ],
)
def test_standard_is_winter_and_daylight_is_summer(zone: str, rules: list[str]) -> None:
    told = vtimezone(zone, AT)
    assert told is not None
    assert [part.name for part in told.subcomponents] == ["STANDARD", "DAYLIGHT"]
    assert [part["rrule"].to_ical().decode() for part in told.subcomponents] == rules


def test_a_year_in_which_a_zone_gave_up_summer_time_is_sent_in_utc() -> None:
    assert vtimezone("America/Sao_Paulo", datetime(2019, 6, 1, tzinfo=UTC)) is None
    assert vtimezone("America/Sao_Paulo", datetime(2026, 6, 1, tzinfo=UTC)) is not None


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime", "Europe"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match="There is no time zone"):
        vtimezone(zone, AT)


def test_an_instant_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="needs an offset"):
        vtimezone("Europe/Berlin", datetime(2026, 1, 1))
