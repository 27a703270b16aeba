"""What is wrong with an agenda, what stops it, and what a reason mends."""

from dataclasses import replace

import pytest

from vendorhub.domain.agenda_rules import Frame, Problem, Vendor, problems, stops
from vendorhub.domain.agendas import Entry, Presenter, Segment

BUYER, ALPHA, BETA, GAMMA = 1, 2, 3, 4
ADA = Presenter("Ada", "ada@alpha.test")


def item(company: int, minutes: int = 20, *presenters: Presenter) -> Entry:
    return Entry(Segment.VENDOR, f"Item of {company}", minutes, companies=(company,), presenters=presenters)


ALL_IN = {ALPHA: Vendor("Alpha", True, True), BETA: Vendor("Beta", True, True), GAMMA: Vendor("Gamma", False)}
FRAME = Frame(minutes=90, buyer_share=50, vendors=ALL_IN)
NEWS = Entry(Segment.BUYER, "News", 40, companies=(BUYER,))
GOOD = [NEWS, item(ALPHA, 20, ADA), item(BETA)]


def told(entries: list[Entry], frame: Frame = FRAME) -> list[tuple[str, bool]]:
    return [(problem.sentence, problem.stops) for problem in problems(entries, frame)]


def test_a_good_agenda_has_no_problem():
    assert told(GOOD) == []


def test_nothing_is_no_agenda():
    assert told([]) == [("Nothing stands in the agenda yet.", True)]


def test_more_minutes_than_there_are():
    assert told(GOOD, replace(FRAME, minutes=80)) == []
    assert told(GOOD, replace(FRAME, minutes=79)) == [
        ("All of it takes 80 minutes, and there are 79: 1 too many.", True)
    ]


def test_an_item_of_a_vendor_that_has_not_joined():
    talk = Entry(Segment.OVERLAP, "Both", 10, companies=(ALPHA, GAMMA))
    assert told([*GOOD, talk]) == [("“Both” needs Gamma, who has not joined.", True)]


def test_an_item_that_was_taken_back():
    gone = replace(GOOD[2], withdrawn=True)
    assert told([*GOOD[:2], gone]) == [("“Item of 3” has been taken back by those whose it was.", True)]


def test_nobody_presents_for_two_companies_but_for_both_of_an_overlap():
    talk = Entry(Segment.OVERLAP, "Both", 10, companies=(ALPHA, BETA), presenters=(ADA,))
    assert told([*GOOD, talk]) == []
    assert told([NEWS, GOOD[1], item(BETA, 20, ADA)]) == [("Ada is to present for two different companies.", True)]


def test_each_vendor_that_joined_has_something_unless_it_is_too_late():
    bare = [NEWS, item(ALPHA, 40)]
    unfair = [
        ("Alpha has 40 minutes, where a vendor has 20 on average.", False),
        ("Beta has 0 minutes, where a vendor has 20 on average.", False),
    ]
    assert told(bare) == [("Nothing of Beta stands in the agenda yet.", True), *unfair]
    assert told(bare, replace(FRAME, late=True)) == unfair
    idle = replace(FRAME, vendors={**ALL_IN, BETA: Vendor("Beta", True, False)})
    assert told(GOOD, idle) == [("Nothing has come from Beta yet, and there is still time.", True)]
    assert told(bare, replace(idle, late=True)) == []  # who sends nothing has no claim to minutes


@pytest.mark.parametrize(("share", "wrong"), [(40, False), (60, False), (39, True), (61, True)])
def test_the_buyers_share_may_be_ten_points_off(share: int, wrong: bool):
    sentence = f"The buyer has 50 % of what is shared out, and {share} % were wanted."
    assert told(GOOD, replace(FRAME, buyer_share=share)) == ([(sentence, False)] if wrong else [])


@pytest.mark.parametrize(("minutes", "wrong"), [(15, False), (25, False), (10, True), (35, True)])
def test_the_vendors_minutes_are_fair_within_a_quarter(minutes: int, wrong: bool):
    assert bool(told([replace(NEWS, minutes=20 + minutes), GOOD[1], item(BETA, minutes)])) is wrong


def test_a_synergy_wants_time():
    frame = replace(FRAME, synergies=((ALPHA, BETA),))
    assert told(GOOD, frame) == [("How Alpha and Beta work together has no time of its own.", False)]
    assert told([*GOOD, Entry(Segment.OVERLAP, "Both", 5, companies=(BETA, ALPHA))], frame) == []


def test_a_reason_mends_only_what_may_be_overruled():
    hard, soft = Problem("Hard."), Problem("Soft.", stops=False)
    assert stops([hard, soft], overruled=False) == (hard, soft)
    assert stops([hard, soft], overruled=True) == (hard,)
