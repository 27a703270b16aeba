"""Saying who answers for me, and what it does at once."""

from tests.people import API, address
from tests.stage import Stage, refused
from vendorhub.domain.assistants import Alone, alone
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit
from vendorhub.domain.rights import GIVEN_AT_FIRST
from vendorhub.queries import history
from vendorhub.queries import people as seen
from vendorhub.usecases import assistants, decisions, people

ALEX = address("Alex")


def test_a_new_assistant_declines_and_arranges_and_no_more(stage: Stage) -> None:
    nia = seen.actor(
        people.add_person(
            email="nia@norden.example", name="Nia", role="assistant", organisation="norden", reports_to=address("Pia")
        ),
        API,
    )
    assert nia is not None
    assert nia.serves == {stage.cast.ids["Pia"]: frozenset(map(str, GIVEN_AT_FIRST))}
    code = stage.asked(to=address("Pia"))
    assert refused(NotAllowed, decisions.accept, nia, code).sentence == (
        "This answer is kept for the person you answer for; put it on their pile instead."
    )
    decisions.refuse(nia, code, kind="no")


def test_what_is_taken_away_is_gone_at_once_and_the_house_reads_of_it(stage: Stage) -> None:
    code, alex = stage.asked(), stage["Alex"]
    assistants.give(stage["Kim"], ALEX, ["no"])
    assert alone(stage["Alex"].serves[stage.cast.ids["Kim"]]) == {Alone.NO}
    refused(NotAllowed, decisions.accept, stage["Alex"], code)
    assert [(line.deed, line.by, line.words) for line in history.lines(stage["Kim"], limit=1)[0]] == [
        ("delegate", "Kim", "Alex")
    ]
    assert history.lines(stage["Vera"])[0] == history.lines(stage["Vera"], about=code)[0]
    before = history.lines(stage["Kim"])
    assistants.give(stage["Kim"], ALEX, ["no"])
    assert history.lines(stage["Kim"]) == before
    assert alex.serves != stage["Alex"].serves


def test_only_a_decider_gives_and_only_to_an_assistant_of_theirs(stage: Stage) -> None:
    for name in ("Alex", "Cleo", "Ada", "Vera"):
        refused(NotAllowed, assistants.give, stage[name], ALEX, ["no"])
    for name, whom in (("Bo", ALEX), ("Charlie", ALEX), ("Kim", address("Cleo")), ("Kim", "nobody@norden.example")):
        refused(NotThere, assistants.give, stage[name], whom, ["no"])
    assert refused(Unfit, assistants.give, stage["Kim"], ALEX, ["no", "block"]).field == "answers"
