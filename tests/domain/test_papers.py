from datetime import date, timedelta

import pytest

from vendorhub.domain import papers
from vendorhub.domain.deeds import Deed
from vendorhub.domain.papers import Stage
from vendorhub.domain.refusals import Unfit, WrongState

MONDAY = date(2027, 1, 4)


def test_what_may_happen_to_a_paper() -> None:
    told = {
        (stage, deed): papers.after(stage, deed)
        for stage in Stage
        for deed in Deed
        if deed in papers.TRANSITIONS[stage]
    }
    assert told == {
        (Stage.ASKED, Deed.HAND_IN): Stage.HERE,
        (Stage.ASKED, Deed.REOPEN): Stage.REOPENED,
        (Stage.ASKED, Deed.LAPSE): Stage.MISSED,
        (Stage.HERE, Deed.HAND_IN): Stage.HERE,
        (Stage.HERE, Deed.ENOUGH): Stage.ENOUGH,
        (Stage.HERE, Deed.REOPEN): Stage.REOPENED,
        (Stage.ENOUGH, Deed.REOPEN): Stage.REOPENED,
        (Stage.MISSED, Deed.REOPEN): Stage.REOPENED,
    }


@pytest.mark.parametrize(
    ("stage", "deed", "sentence"),
    [
        (Stage.MISSED, Deed.HAND_IN, "The day for the paper is over, so it can't be handed in any more."),
        (Stage.ENOUGH, Deed.HAND_IN, "They have answered, so no paper is waited for any more."),
        (Stage.ASKED, Deed.ENOUGH, "There is no paper here to read."),
        (Stage.REOPENED, Deed.ENOUGH, "The paper has already been answered."),
    ],
)
def test_what_may_not_says_why(stage: Stage, deed: Deed, sentence: str) -> None:
    with pytest.raises(WrongState) as refused:
        papers.after(stage, deed)
    assert refused.value.sentence == sentence


def test_a_paper_is_missed_when_its_day_is_over() -> None:
    assert papers.true_stage(Stage.ASKED, due=MONDAY, today=MONDAY) is Stage.ASKED
    assert papers.true_stage(Stage.ASKED, due=MONDAY, today=MONDAY + timedelta(days=1)) is Stage.MISSED
    assert papers.true_stage(Stage.HERE, due=MONDAY, today=MONDAY + timedelta(days=1)) is Stage.HERE


def test_the_friday_in_a_fortnight_is_suggested() -> None:
    assert [papers.suggested_due(MONDAY + timedelta(days=days)).isoformat() for days in range(7)] == [
        *["2027-01-22"] * 5,
        *["2027-01-29"] * 2,
    ]
    assert papers.check_due(None, today=MONDAY) == date(2027, 1, 22)


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, False), (1, True), (183, True), (184, False)])
def test_a_day_for_the_paper_lies_ahead_and_not_too_far(days: int, fits: bool) -> None:
    due = MONDAY + timedelta(days=days)
    if fits:
        assert papers.check_due(due, today=MONDAY) == due
        return
    with pytest.raises(Unfit) as refused:
        papers.check_due(due, today=MONDAY)
    assert refused.value.field == "due"


def test_two_pages_at_most() -> None:
    assert papers.check_text("x" * 6000) == "x" * 6000
    assert [papers.check_pages(pages) for pages in (1, 2)] == [1, 2]
    for too_much, field in (
        (lambda: papers.check_text("x" * 6001), "text"),
        (lambda: papers.check_pages(3), "pdf"),
        (lambda: papers.check_pages(0), "pdf"),
        (lambda: papers.check_pdf(size=2_000_001, begins=b"%PDF-1.7"), "pdf"),
        (lambda: papers.check_pdf(size=20, begins=b"PK\x03\x04"), "pdf"),
    ):
        with pytest.raises(Unfit) as refused:
            too_much()
        assert refused.value.field == field
