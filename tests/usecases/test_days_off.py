"""A company's own calendar: when its years begin, and on which days it does not work."""

from datetime import date

import pytest

from tests.stage import Stage, refused
from vendorhub.domain.people import Door, DoorName
from vendorhub.domain.refusals import NotAllowed, SomebodyWasFaster, Unfit
from vendorhub.queries import cadence, history
from vendorhub.queries import days_off as seen
from vendorhub.queries.people import actor as as_they_are
from vendorhub.usecases import days_off, relationships


def kim(stage: Stage) -> object:
    found = as_they_are(stage["Kim"].person, Door(DoorName.PAGE))
    assert found is not None
    return found


def due(stage: Stage) -> str:
    (row,) = cadence.listing(kim(stage))[0]
    return f"{row.this.quarter}: {row.next_due}"


def test_due_days_keep_to_the_days_on_which_they_work(stage: Stage) -> None:
    relationships.log_meeting(stage["Kim"], company="cloudio", day=date(2026, 10, 5), minutes=30)
    assert due(stage) == "2026-Q4: 2027-01-05"
    days_off.keep(stage["Kim"], start=4, weekday=None, place="", own="2027-01-05\n\n2027-01-06\n2027-01-05")
    assert seen.own(stage["Kim"]).own == (date(2027, 1, 5), date(2027, 1, 6))
    assert due(stage) == "2026-Q4: 2027-01-07"
    days_off.keep(stage["Kim"], start=4, weekday=None, place="de-by", own="2027-01-05")
    assert due(stage) == "2026-Q4: 2027-01-07"  # Epiphany is a holiday there
    days_off.keep(stage["Kim"], start=4, weekday=None, place="DE-HH", own="2027-01-05")
    assert due(stage) == "2026-Q4: 2027-01-06"
    line = history.lines(stage["Kim"])[0][0]
    assert (line.deed, line.words) == ("set_door", "calendar")


def test_years_of_whole_weeks(stage: Stage) -> None:
    relationships.begin(stage["Kim"], company="cloudio")
    days_off.keep(stage["Kim"], start=1, weekday=5, place="", own="")
    (row,) = cadence.listing(kim(stage))[0]
    assert [(str(cell.quarter), cell.quarter.first) for cell in row.cells][:2] == [
        ("2027-Q1", date(2027, 1, 2)),
        ("2027-Q2", date(2027, 4, 3)),
    ]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("fiscal_year_start", {"start": 13}),
        ("fiscal_year_start", {"start": 0}),
        ("fiscal_weekday", {"weekday": 7}),
        ("place", {"place": "XX"}),
        ("place", {"place": "DE-ZZ"}),
        ("place", {"place": "Germany"}),
        ("days_off", {"own": "Christmas"}),
        ("days_off", {"own": "1027-01-01"}),
        ("days_off", {"own": "\n".join(str(date.fromordinal(740000 + number)) for number in range(101))}),
    ],
)
def test_what_will_not_do(stage: Stage, field: str, changes: dict[str, object]) -> None:
    given = {"start": 4, "weekday": None, "place": "", "own": ""} | changes
    assert refused(Unfit, days_off.keep, stage["Kim"], **given).field == field


@pytest.mark.shared
def test_who_sets_the_door_sets_the_calendar(stage: Stage) -> None:
    given = {"start": 4, "weekday": None, "place": "", "own": "2027-01-05"}
    for name in ("Alex", "Cleo", "Vera"):
        refused(NotAllowed, days_off.keep, stage[name], **given)
    stale = stage["Ada"].by(Door(DoorName.PAGE, if_match=seen.own(stage["Ada"]).version))
    days_off.keep(stage["Kim"], **given)
    refused(SomebodyWasFaster, days_off.keep, stale, **{**given, "own": ""})
