from dataclasses import replace

import pytest

from tests.people import API, GOALS
from tests.stage import Stage, refused
from vendorhub.domain.refusals import NotAllowed, SomebodyWasFaster, Unfit
from vendorhub.queries import front_doors as seen
from vendorhub.queries import history, people
from vendorhub.queries import meeting_requests as asks
from vendorhub.usecases import front_doors

SAID = {
    "name": "Norden Mutual",
    "zone": "Europe/Berlin",
    "brief": "We insure homes and small firms in the north.",
    "open_to": "Backup, print, network.",
    "not_open_to": "Crypto.",
    "goals": GOALS,
    "response_days": 5,
}


def test_a_decider_and_an_admin_say_what_stands_at_the_door(stage: Stage) -> None:
    front_doors.set_up(stage["Kim"], **{**SAID, "name": " Norden ", "zone": "Europe/Oslo", "response_days": 3})
    front_doors.set_up(stage["Ada"], **{**SAID, "goals": ["Cheaper print", GOALS[0]]})
    view = people.buyer("norden")
    assert (view.name, view.zone, view.response_days) == ("Norden Mutual", "Europe/Berlin", 5)
    assert [name for _, name in view.goals] == ["Cheaper print", GOALS[0]]
    lines, _ = history.lines(stage["Kim"], limit=2)
    assert [(line.deed, line.by, line.about, line.words) for line in lines] == [
        ("set_door", "Ada", "", "name goals response_days zone"),
        ("set_door", "Kim", "", "name response_days zone"),
    ]
    assert history.lines(stage["Charlie"])[0] == []


@pytest.mark.parametrize("name", ["Alex", "Cleo", "Vera", "Rita", "Oz"])
def test_nobody_else_does(stage: Stage, name: str) -> None:
    refused(NotAllowed, front_doors.set_up, stage[name], **SAID)
    refused(NotAllowed, seen.own, stage[name])


def test_a_goal_that_an_ask_names_keeps_its_name_there(stage: Stage) -> None:
    code = stage.asked(goal=GOALS[0])
    front_doors.set_up(stage["Kim"], **{**SAID, "goals": ["Backups that restore in an hour", GOALS[1]]})
    assert asks.see(stage["Vera"], code).goal == GOALS[0]
    front_doors.set_up(stage["Kim"], **SAID)
    assert len(people.buyer("norden").goals) == 2


def test_what_an_ask_was_promised_stays(stage: Stage) -> None:
    code = stage.asked()
    before = asks.see(stage["Vera"], code).answer_by
    front_doors.set_up(stage["Kim"], **{**SAID, "response_days": 30, "zone": "Asia/Tokyo"})
    assert asks.see(stage["Vera"], code).answer_by == before


def test_somebody_was_faster(stage: Stage) -> None:
    known = seen.own(stage["Kim"]).version
    front_doors.set_up(stage["Ada"], **{**SAID, "brief": "We insure."})
    late = stage.cast.at("Kim", replace(API, if_match=known))
    refused(SomebodyWasFaster, front_doors.set_up, late, **SAID)
    front_doors.set_up(stage.cast.at("Kim", replace(API, if_match=seen.own(stage["Kim"]).version)), **SAID)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"brief": "x" * 2001}, "brief"),
        ({"open_to": "\x00"}, "open_to"),
        ({"goals": ["Cost", "cost"]}, "goals"),
        ({"response_days": 0}, "response_days"),
    ],
)
def test_what_will_not_do(stage: Stage, change: dict[str, object], field: str) -> None:
    assert refused(Unfit, front_doors.set_up, stage["Kim"], **{**SAID, **change}).field == field
