from datetime import UTC, datetime, timedelta

import pytest

from vendorhub.domain.polls import Suits, check_answers, ranked, reminder_at, still_to_answer, too_early
from vendorhub.domain.refusals import Unfit

YES, MAYBE, NO = Suits.YES, Suits.IF_NEED_BE, Suits.NO
PARTIES = {"bridge": "Bridgeworks", "fastprint": "Fastprint", "cloudio": "Cloudio"}
NINE = datetime(2027, 1, 13, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def said(bridge: Suits | None, fastprint: Suits | None, cloudio: Suits | None) -> dict[str, Suits]:
    answers = {"bridge": bridge, "fastprint": fastprint, "cloudio": cloudio}
    return {slug: answer for slug, answer in answers.items() if answer}


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (said(YES, YES, YES), "Everyone."),
        (said(YES, MAYBE, YES), "Everyone; Fastprint if need be."),
        (said(YES, YES, NO), "Everyone but Cloudio."),
        (said(YES, MAYBE, NO), "Everyone but Cloudio; Fastprint if need be."),
        (said(YES, None, NO), "Everyone but Cloudio; no word yet from Fastprint."),
        (said(YES, None, YES), "Everyone who has answered; no word yet from Fastprint."),
        (
            said(None, MAYBE, None),
            "Everyone who has answered; Fastprint if need be; no word yet from Bridgeworks, Cloudio.",
        ),
        (said(NO, None, NO), "Not for Bridgeworks, Cloudio; no word yet from Fastprint."),
        (said(NO, NO, NO), "Not for Bridgeworks, Fastprint, Cloudio."),
        (said(None, None, None), "Nobody has answered yet."),
    ],
)
def test_the_reason_of_a_time(answers: dict[str, Suits], sentence: str) -> None:
    (rank,) = ranked([("A", NINE)], PARTIES, {"A": answers}, buyer=("bridge", "Bridgeworks"))
    assert rank.sentence == sentence


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (said(None, YES, YES), "All who were asked."),
        (said(None, YES, NO), "All who were asked but Cloudio."),
        (said(None, YES, None), "Everyone who has answered; no word yet from Cloudio."),
        (said(None, NO, NO), "Not for Fastprint, Cloudio."),
        (said(None, None, None), "Nobody has answered yet."),
    ],
)
def test_the_reason_of_a_time_of_which_the_buyer_has_said_nothing(answers: dict[str, Suits], sentence: str) -> None:
    asked = {slug: name for slug, name in PARTIES.items() if slug != "bridge"}
    (rank,) = ranked([("A", NINE)], asked, {"A": answers}, buyer=("bridge", "Bridgeworks"))
    assert rank.sentence == sentence


def test_the_buyers_word_on_one_time_makes_its_silence_on_another_count() -> None:
    asked = {"fastprint": "Fastprint"}
    answers = {"A": said(None, YES, None), "B": said(YES, YES, None)}
    found = ranked([("A", NINE), ("B", NINE)], asked, answers, buyer=("bridge", "Bridgeworks"))
    assert [rank.sentence for rank in found] == [
        "Everyone.",
        "Everyone who has answered; no word yet from Bridgeworks.",
    ]


def test_most_yes_first_then_fewest_no_then_the_earliest() -> None:
    slots = [(name, NINE + at * HOUR) for at, name in enumerate("ABCDE")]
    answers = {
        "A": said(YES, NO, NO),
        "B": said(YES, YES, NO),
        "C": said(YES, MAYBE, MAYBE),
        "D": said(YES, YES, MAYBE),
        "E": said(YES, MAYBE, MAYBE),
    }
    assert [rank.slot for rank in ranked(reversed(slots), PARTIES, answers, buyer=("bridge", "Bridgeworks"))] == [
        "D",
        "B",
        "C",
        "E",
        "A",
    ]


def test_who_still_has_to_answer() -> None:
    answers = {"A": said(YES, NO, None), "B": said(YES, None, None)}
    assert still_to_answer(["A", "B"], PARTIES, answers) == ["fastprint", "cloudio"]
    assert still_to_answer(["A"], PARTIES, answers) == ["cloudio"]
    assert still_to_answer([], PARTIES, {}) == []


def test_a_time_before_everything_is_due() -> None:
    slots = [("A", NINE - HOUR), ("B", NINE), ("C", NINE + HOUR)]
    assert too_early(slots, NINE) == {"A"}


def test_what_is_no_answer() -> None:
    assert check_answers({"A": "yes", "B": "if_need_be"}, slots=["A", "B", "C"]) == {"A": YES, "B": MAYBE}
    for given in ({}, {"Z": "yes"}, {"A": "maybe"}, {"A": ""}):
        with pytest.raises(Unfit):
            check_answers(given, slots=["A", "B"])


def test_a_reminder_waits_two_working_days() -> None:
    friday = datetime(2027, 1, 15, 22, 59, tzinfo=UTC)  # a minute to midnight in Berlin
    assert reminder_at(friday, "Europe/Berlin") == datetime(2027, 1, 19, 11, tzinfo=UTC)
