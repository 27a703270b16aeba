"""Planning a quarter: what it asks for, what the worker proposes, and who may see or ask."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from tests.people import address
from tests.stage import refused
from vendorhub.domain.planning import PlanState
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit
from vendorhub.queries import history
from vendorhub.queries import planning as seen
from vendorhub.store import QuarterPlan, db
from vendorhub.store.write import write
from vendorhub.usecases import details, planning, relationships

QUARTER = "2026-Q4"  # Norden's year begins in April: January to March 2027


@pytest.fixture
def three(stage):
    """Three companies that share a topic: their codes, by their slugs."""
    codes = {}
    for company in ("fastprint", "cloudio", stage.further_vendor()):
        codes[company] = relationships.begin(stage["Kim"], company=company)
        details.set_details(stage["Kim"], codes[company], topics=["backup"])
    return codes


def proposed(stage, who="Kim"):
    view = seen.see(stage[who], QUARTER)
    return [
        (
            sorted(kept.slug for kept in each.companies),
            each.proposal.minutes,
            each.proposal.span.first,
            each.agreed,
        )
        for each in view.proposals
    ]


def test_a_quarter_is_listed_then_planned_by_the_worker_alone(stage, three):
    before = seen.see(stage["Kim"])
    assert (str(before.quarter), before.state, before.proposals, before.hours) == (QUARTER, None, (), None)
    assert [(each.kept.slug, each.state, each.wish.due) for each in before.asked] == [
        (slug, "upcoming", date(2027, 3, 31)) for slug in sorted(three, key=three.get)
    ]
    assert [(subjects, sorted(kept.slug for kept in those)) for subjects, those in before.together] == [
        (("backup",), ["cloudio", "fastprint", "thirdwave"])
    ]
    assert planning.make_due() == 0
    assert planning.ask(stage["Kim"], quarter="") == QUARTER
    assert (seen.see(stage["Kim"]).state, proposed(stage)) == (PlanState.WAITING, [])
    assert (planning.make_due(), planning.make_due()) == (1, 0)
    assert seen.see(stage["Kim"]).state is PlanState.DONE
    assert proposed(stage) == [(["cloudio", "fastprint", "thirdwave"], 100, date(2027, 3, 29), False)]
    assert str(seen.see(stage["Kim"]).saving) == (
        "It takes 1.7 h instead of 3 h: 1.3 h less, because 3 of them come to 1 joint talks."
    )
    assert stage.letters() == []  # nothing is sent by itself
    line = history.lines(stage["Kim"])[0][0]
    assert (line.deed, line.words) == ("plan", QUARTER)


def test_a_plan_keeps_to_the_hours_and_leaves_out_whom_it_is_told_to(stage, three):
    planning.set_hours(stage["Alex"], hours=1)
    planning.ask(stage["Kim"], quarter=QUARTER, leave_out=[three["cloudio"]])
    planning.make_due()
    view = seen.see(stage["Kim"])
    assert (view.hours, view.left_out, view.together[0][0]) == (1, {three["cloudio"]}, ("backup",))
    assert {minutes for _, minutes, _, _ in proposed(stage)} == {60}
    assert [len(slugs) for slugs, *_ in proposed(stage)] == [1, 1]
    relationships.log_meeting(stage["Kim"], company="cloudio", day=date(2027, 1, 4), minutes=45)
    planning.set_hours(stage["Kim"], hours=None)
    planning.ask(stage["Kim"], quarter=QUARTER)  # whom it leaves out stays
    planning.make_due()
    assert [minutes for _, minutes, _, _ in proposed(stage)] == [80]
    relationships.log_meeting(stage["Kim"], company="fastprint", day=date(2027, 1, 4), minutes=45)
    assert [agreed for *_, agreed in proposed(stage)] == [True]


def test_what_is_confidential_stays_out_and_what_becomes_so_is_gone(stage, three):
    details.set_details(stage["Kim"], three["thirdwave"], circle=[address("Kim")])
    planning.ask(stage["Kim"], quarter=QUARTER)
    planning.make_due()
    both = [(["cloudio", "fastprint"], 80, date(2027, 3, 29), False)]
    assert proposed(stage) == proposed(stage, "Cleo") == both
    details.set_details(stage["Kim"], three["cloudio"], circle=[address("Kim")])
    assert (proposed(stage, "Cleo"), len(seen.see(stage["Cleo"]).asked)) == ([], 1)


def test_asking_anew_while_it_is_made_throws_the_old_one_away_and_an_orphan_is_made_again(stage, three):
    planning.ask(stage["Kim"], quarter=QUARTER)
    number, times = planning._claim()
    assert planning._claim() is None
    planning.ask(stage["Kim"], quarter=QUARTER)
    planning._set(number, times, state="failed")
    assert seen.see(stage["Kim"]).state is PlanState.WAITING
    assert planning._claim() == (number, times + 1)
    stage.go(timedelta(minutes=3))  # that worker is dead
    assert (planning.make_due(), len(proposed(stage))) == (1, 1)


def test_what_goes_wrong_is_told_and_stops_no_other(stage, three):
    planning.ask(stage["Kim"], quarter=QUARTER)
    with write(None) as work:
        work.session.execute(update(QuarterPlan).values(quarter="2019-Q1"))
    with pytest.raises(Unfit):
        planning.make_due()
    assert db.session.get_one(QuarterPlan, 1, populate_existing=True).state == PlanState.FAILED
    assert planning.make_due() == 0


def test_who_asks_sees_no_plan_and_a_plan_is_of_a_quarter_ahead(stage, three):
    for stranger in ("Vera", "Rita", "Oz"):
        assert refused(NotThere, seen.see, stage[stranger])
        assert refused(NotThere, planning.ask, stage[stranger], quarter=QUARTER)
        assert refused(NotThere, planning.set_hours, stage[stranger], hours=3)
    assert refused(NotAllowed, planning.set_hours, stage["Cleo"], hours=3)
    for quarter in ("2026-Q3", "2028-Q1", "soon"):
        assert refused(Unfit, planning.ask, stage["Kim"], quarter=quarter)
    assert refused(Unfit, planning.ask, stage["Kim"], quarter=QUARTER, leave_out=["0000000000"])
    assert refused(Unfit, planning.set_hours, stage["Kim"], hours=0)
    assert seen.see(stage["Kim"]).state is None
