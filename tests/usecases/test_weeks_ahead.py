"""The letter on a Monday: to whoever looks after companies, once a week, and none where there is nothing to say."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.people import address
from tests.stage import Stage, words
from vendorhub.usecases import details, relationships
from vendorhub.usecases.weeks_ahead import write_due

DECIDERS = ("Bo", "Kim", "Mo", "Pia")
BERLIN = ZoneInfo("Europe/Berlin")


def monday(day: int, month: int = 1, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=BERLIN)


def at(stage: Stage, when: datetime) -> list[tuple[str, str]]:
    """Who has been written to by then, in all."""
    stage.go(when)
    write_due()
    return sorted(stage.told(kind="week_ahead"))


def test_once_a_week_at_eight_of_their_clock(stage: Stage) -> None:
    relationships.log_meeting(stage["Kim"], company="cloudio", day=date(2026, 10, 19), minutes=30)
    code = relationships.begin(stage["Kim"], company="cloudio")
    details.set_details(stage["Kim"], code, owner=address("Cleo"))
    assert write_due() == 0  # who is new to it is written to from the next Monday on
    assert at(stage, monday(11, hour=7, minute=59)) == []
    assert at(stage, monday(11)) == [("week_ahead", address("Cleo"))]
    assert write_due() == 0
    assert at(stage, monday(17, hour=23)) == [("week_ahead", address("Cleo"))]
    letter = words(stage.letters(kind="week_ahead")[0])
    assert "Due" in letter.splitlines()
    assert "- Cloudio: A meeting is due on Tuesday, 19 January 2027, and none is planned." in " ".join(letter.split())
    assert f"  https://hub.example/relationships/{code}" in letter.splitlines()
    assert len(at(stage, monday(20, 1, 12))) == 2  # a worker that slept on Monday writes when it wakes
    assert len(at(stage, monday(15, 2))) == 3
    assert "Overdue" in words(stage.letters(kind="week_ahead")[-1]).splitlines()


@pytest.mark.shared
def test_nothing_where_there_is_nothing_and_only_to_those_whose_it_is(stage: Stage) -> None:
    code = relationships.begin(stage["Kim"], company="fastprint")
    assert write_due() == 0
    assert at(stage, monday(18)) == []  # due at the end of March
    assert at(stage, monday(22, 3)) == [("week_ahead", address(name)) for name in DECIDERS]
    relationships.let_go(stage["Kim"], code, quarter="2026-Q4", reason="A move")
    assert len(at(stage, monday(29, 3))) == len(DECIDERS)


@pytest.mark.shared
def test_the_last_week_of_a_quarter_and_once_a_year(stage: Stage) -> None:
    code = relationships.begin(stage["Kim"], company="fastprint")
    details.set_details(stage["Kim"], code, owner=address("Kim"))
    write_due()
    at(stage, monday(29, 3))
    letter = words(stage.letters(kind="week_ahead")[-1])
    assert "The quarter ends, and you have not met" in letter
    assert "- Fastprint: Your quarter ends on Wednesday, 31 March 2027." in letter
    relationships.set_cadence(stage["Kim"], code, every="year")
    stage.go(timedelta(days=366))
    write_due()
    assert "Once a year: still worth meeting?" in words(stage.letters(kind="week_ahead")[-1])
    relationships.set_cadence(stage["Kim"], code, every="year")
    before = len(stage.letters(kind="week_ahead"))
    stage.go(timedelta(days=7))
    write_due()
    assert all("still worth" not in words(letter) for letter in stage.letters(kind="week_ahead")[before:])
