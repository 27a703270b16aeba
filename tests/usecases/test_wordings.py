"""Answers told in the buyer's own words."""

from dataclasses import replace

import pytest

from tests.stage import Stage, refused, words
from vendorhub.domain.people import Door, DoorName
from vendorhub.domain.refusals import NotAllowed, SomebodyWasFaster, Unfit
from vendorhub.queries import history
from vendorhub.queries import wordings as seen
from vendorhub.usecases import decisions, wordings

OURS = "We have read it, and we will not take it up. Thank you for the work you put into it."
THEIRS = "We read every word of it.\nThis year the answer is no."


def told_no(stage: Stage, by: str = "Vera") -> str:
    decisions.refuse(stage["Kim"], stage.asked(by), kind="no", note="Good luck.")
    return words(stage.letters(kind="no")[-1]).replace("\r\n", "\n")


def test_an_answer_is_told_in_their_words_until_they_take_ours_again(stage: Stage) -> None:
    wordings.reword(stage["Kim"], {"no": THEIRS, "yes": " "})
    assert seen.own(stage["Ada"]).said == {"no": THEIRS}
    letter = told_no(stage)
    assert f"{THEIRS}\n\n> Good luck." in letter
    assert OURS not in " ".join(letter.split())
    changed = [(line.words, line.by) for line in history.lines(stage["Kim"])[0] if line.deed == "set_door"]
    assert changed == [("wordings", "Kim")]
    wordings.reword(stage["Ada"], {})
    assert OURS in " ".join(told_no(stage, "Carl").split())


@pytest.mark.parametrize("name", ["Alex", "Cleo", "Vera", "Charlie"])
def test_deciders_and_admins_set_them(stage: Stage, name: str) -> None:
    if name == "Charlie":  # a decider, of another buyer: theirs are their own
        wordings.reword(stage["Charlie"], {"no": THEIRS})
        assert seen.own(stage["Kim"]).said == {}
        return
    refused(NotAllowed, wordings.reword, stage[name], {"no": THEIRS})


def test_nobody_overwrites_what_they_have_not_seen(stage: Stage) -> None:
    before = seen.own(stage["Kim"]).version
    wordings.reword(stage["Ada"], {"no": THEIRS})
    kim = stage["Kim"].by(replace(Door(DoorName.PAGE), if_match=before))
    refused(SomebodyWasFaster, wordings.reword, kim, {"no": "No."})
    assert refused(Unfit, wordings.reword, stage["Kim"], {"not_now": "x" * 601}).field == "not_now"
