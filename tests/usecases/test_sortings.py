"""An assistant's tray: what sorting does, for whom it is to be seen, and what it never does."""

import pytest

from tests.people import address
from tests.stage import HOLD, MONDAY, SECOND, Stage, refused
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import history
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.desk import desk
from vendorhub.queries.request_views import SortingView
from vendorhub.usecases import assistants, decisions, logged, undo
from vendorhub.usecases.sortings import sort


def codes(views: tuple[seen.RequestView, ...]) -> list[str]:
    return [view.code for view in views]


def test_a_sorting_is_between_the_assistant_and_the_decider(stage: Stage) -> None:
    code = stage.asked()
    others = {name: stage.seen(name, code) for name in ("Vera", "Bo")}
    letters = stage.told()
    sort(stage["Alex"], code, pile="for_you", line="Old friends of ours", suggested="yes")
    for name in ("Kim", "Alex"):
        assert seen.see(stage[name], code).sorting == SortingView(
            "for_you", "Old friends of ours", "yes", "Alex", "Kim", MONDAY
        )
    assert stage.seen("Vera", code) == others["Vera"]
    assert seen.see(stage["Bo"], code).sorting is None
    assert (stage.told(), seen.see(stage["Kim"], code).state) == (letters, "pending")
    for name in ("Kim", "Bo"):
        line = history.lines(stage[name], about=code)[0][-1]
        assert (line.deed, line.by, line.on_behalf_of, line.words) == ("sort", "Alex", "Kim", "for_you")


def test_the_last_word_counts(stage: Stage) -> None:
    code = stage.asked()
    sort(stage["Alex"], code, pile="mine", line="I know them")
    stage.go(SECOND)
    sort(stage["Alex"], code, pile="for_you", suggested="not_now")
    assert seen.see(stage["Kim"], code).sorting == SortingView("for_you", "", "not_now", "Alex", "Kim", MONDAY + SECOND)


def test_no_for_us_is_a_held_no_that_leaves_no_trace_when_taken_back(stage: Stage) -> None:
    code = stage.asked()
    before = seen.see(stage["Vera"], code)
    sort(stage["Alex"], code, pile="mine")
    sort(stage["Alex"], code, pile="no_for_us", line="Not this year")
    view = seen.see(stage["Kim"], code)
    assert (view.state, view.decided_by, view.note, view.sorting) == ("declined", "Kim", "", None)
    assert seen.see(stage["Vera"], code) == before
    undo.undo(stage["Alex"], code)
    assert (seen.see(stage["Kim"], code).state, seen.see(stage["Kim"], code).sorting) == ("pending", None)
    sort(stage["Alex"], code, pile="no_for_us")
    stage.go(HOLD)
    assert seen.see(stage["Vera"], code).state == "declined"


def test_no_for_us_of_what_came_elsewhere_is_remembered_and_written_to_nobody(stage: Stage) -> None:
    code = logged.log(stage["Kim"], channel="mail", topic="Tape", name="Joe", email="joe@newtape.example")
    letters = stage.told()
    sort(stage["Alex"], code, pile="no_for_us")
    stage.go(HOLD)
    view = seen.see(stage["Kim"], code)
    assert (view.state, view.decided_by, stage.told()) == ("declined", "Kim", letters)
    assert history.lines(stage["Kim"], about=code)[0][-1].words == "remember"


def test_no_for_us_goes_to_the_decider_where_the_no_is_kept(stage: Stage) -> None:
    assistants.give(stage["Kim"], address("Alex"), ["not_now"])
    code = stage.asked()
    sort(stage["Alex"], code, pile="no_for_us")
    view = seen.see(stage["Kim"], code)
    assert view.sorting is not None
    assert (view.state, view.sorting.pile, view.sorting.suggested) == ("pending", "no_for_us", "no")


def test_piles_lie_as_each_needs_them(stage: Stage) -> None:
    assistants.give(stage["Kim"], address("Alex"), ["not_now"])
    new, for_you, mine, no = (stage.asked(topic=f"Number {number}") for number in range(4))
    for code, pile in ((for_you, "for_you"), (mine, "mine"), (no, "no_for_us")):
        sort(stage["Alex"], code, pile=pile)
    kim, alex, bo = (desk(stage[name]) for name in ("Kim", "Alex", "Bo"))
    assert (codes(kim.waiting), codes(kim.aside)) == ([for_you, new], [mine, no])
    assert (codes(alex.waiting), codes(alex.aside)) == ([new, mine], [for_you, no])
    assert (codes(bo.waiting), codes(bo.aside)) == ([], [new, for_you, mine, no])  # Kim's to answer
    first, more = seen.waiting(stage["Kim"], limit=1)
    assert (codes(tuple(first)), more) == ([for_you], for_you)
    assert codes(tuple(seen.waiting(stage["Kim"], limit=1, cursor=more)[0])) == [new]


def test_a_desk_holds_what_is_ones_own(stage: Stage) -> None:
    asked, anybodys = stage.asked(), stage.asked(to=None, topic="Another")
    lies = {name: (codes(desk(stage[name]).waiting), codes(desk(stage[name]).aside)) for name in ("Bo", "Mo", "Alex")}
    assert lies == {"Bo": ([anybodys], [asked]), "Mo": ([anybodys], [asked]), "Alex": ([asked, anybodys], [])}
    decisions.accept(stage["Kim"], asked)
    decisions.accept(stage["Kim"], anybodys)
    held = {name: codes(desk(stage[name]).held) for name in ("Kim", "Alex", "Bo", "Mo")}
    assert held == {"Kim": [asked, anybodys], "Alex": [asked, anybodys], "Bo": [], "Mo": []}
    stage.go(HOLD)
    to_find = {name: codes(desk(stage[name]).arranging) for name in ("Kim", "Alex", "Bo", "Mo")}
    assert to_find == {"Kim": [anybodys, asked], "Alex": [anybodys, asked], "Bo": [], "Mo": []}


def test_an_ask_of_nobody_in_particular_is_sorted_for_whom_the_assistant_serves(stage: Stage) -> None:
    code = stage.asked(to=None)
    sort(stage["Alex"], code, pile="for_you")
    sorting = seen.see(stage["Kim"], code).sorting
    assert sorting is not None
    assert sorting.whose == "Kim"
    assert seen.see(stage["Pia"], code).sorting is None


def test_who_sorts_what_and_when(stage: Stage) -> None:
    code = stage.asked()
    for name in ("Kim", "Bo", "Ada", "Vera"):
        refused(NotAllowed, sort, stage[name], code, pile="mine")
    for name in ("Cleo", "Pia", "Charlie", "Carl"):
        refused(NotThere, sort, stage[name], code, pile="mine")
    assert refused(Unfit, sort, stage["Alex"], code, pile="yours").field == "pile"
    decisions.refuse(stage["Kim"], code, kind="no")
    refused(WrongState, sort, stage["Alex"], code, pile="yours")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_said_of_a_pile_is_cleaned(stage: Stage) -> None:
    code = stage.asked()
    for said in ({"line": "x" * 281}, {"line": "two\nlines"}, {"suggested": "accept"}):
        refused(Unfit, sort, stage["Alex"], code, pile="mine", **said)
