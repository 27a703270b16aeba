"""Due days in somebody's own calendar: theirs alone, and nobody is invited."""

from datetime import date

import icalendar
import pytest

from tests.people import address
from tests.stage import Stage, refused
from vendorhub.domain.refusals import NotThere
from vendorhub.usecases import details, feeds, relationships


def secret_of(stage: Stage, who: str) -> str:
    return feeds.make(stage[who]).rpartition("/")[2].removesuffix(".ics")


def entries(secret: str) -> list[icalendar.Component]:
    return icalendar.Calendar.from_ical(feeds.read(secret)[0]).walk("VEVENT")


def titles(secret: str) -> set[str]:
    return {str(each["summary"]) for each in entries(secret)}


def test_due_days_are_free_days_to_which_nobody_is_invited(stage: Stage) -> None:
    code = relationships.begin(stage["Kim"], company="cloudio")
    relationships.set_cadence(stage["Kim"], code, every="half-year")
    secret = secret_of(stage, "Kim")
    raw, tag = feeds.read(secret)
    first, *_ = entries(secret)
    assert (first["dtstart"].dt, first["dtend"].dt) == (date(2027, 3, 31), date(2027, 4, 1))
    assert (first["transp"], first["summary"]) == ("TRANSPARENT", "Due: Cloudio")
    assert first["uid"].startswith(f"due-{code}-2026-q4@".lower())
    assert not {"METHOD", "ORGANIZER", "ATTENDEE"} & {line.split(":")[0].split(";")[0] for line in raw.decode().split()}
    assert feeds.read(secret) == (raw, tag)
    before = [each["uid"] for each in entries(secret)]
    relationships.log_meeting(stage["Kim"], company="cloudio", day=date(2026, 12, 1), minutes=30)
    assert [each["uid"] for each in entries(secret)] != before  # what is met is due no more
    assert feeds.read(secret)[1] != tag


@pytest.mark.shared
def test_each_has_what_is_theirs_and_those_who_decide_what_is_nobodys(stage: Stage) -> None:
    hers = relationships.begin(stage["Kim"], company="cloudio")
    relationships.begin(stage["Kim"], company="fastprint")
    details.set_details(stage["Kim"], hers, owner=address("Cleo"))
    kims, cleos = secret_of(stage, "Kim"), secret_of(stage, "Cleo")
    assert (titles(kims), titles(cleos)) == ({"Due: Fastprint"}, {"Due: Cloudio"})
    details.set_details(stage["Kim"], hers, owner="", confidential=True, circle=[address("Kim"), address("Alex")])
    assert titles(cleos) == set()
    assert titles(secret_of(stage, "Bo")) == {"Due: Fastprint"}
    assert titles(kims) == {"Due: Fastprint", "Due: Cloudio"}


@pytest.mark.shared
def test_an_address_opens_until_it_is_taken_back(stage: Stage) -> None:
    old = secret_of(stage, "Kim")
    new = secret_of(stage, "Kim")
    assert refused(NotThere, feeds.read, old)
    assert feeds.exists(stage["Kim"])
    feeds.revoke(stage["Kim"])
    assert refused(NotThere, feeds.read, new)
    assert not feeds.exists(stage["Kim"])
    for name in ("Vera", "Oz", "Rita"):
        assert refused(NotThere, feeds.make, stage[name])
