"""Where the time goes: what was held and noted, shared out, beside what is paid, for those who may know."""

from datetime import date, timedelta

from sqlalchemy import select

from tests.people import address
from tests.stage import MONDAY, refused
from tests.usecases.minutes import over
from tests.usecases.test_adoptions import FOUR
from vendorhub.domain.hours import Spent
from vendorhub.domain.outcomes import Held, Said
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.queries import cadence, hours, planning
from vendorhub.queries.hours import Promises
from vendorhub.store import Action, Meeting, db
from vendorhub.usecases import adoptions, details, outcomes, promises, relationships


def given(spents):
    return {spent.to: (spent.minutes, spent.joint) for spent in spents}


def held(stage):
    """Half an hour with Fastprint, ninety minutes with both and promises of all, and what was noted of Cloudio."""
    stage.met()
    over(stage, slot=1)
    relationships.log_meeting(stage["Kim"], company="cloudio", day=date(2026, 11, 30), minutes=45)
    stage.asked(topic="Never answered")
    theirs = db.session.scalars(select(Action.code).where(Action.owner_email == address("Vera"))).one()
    promises.complete(stage["Vera"], theirs)
    stage.go(MONDAY + timedelta(days=40))


def test_hours_by_company_goal_month_and_what_came_of_asks(stage):
    held(stage)
    codes = {view.company: view.code for view in cadence.listing(stage["Kim"])[0]}
    details.set_details(stage["Kim"], codes["cloudio"], topics=["Print"], spend=9000, currency="EUR")
    view = hours.see(stage["Kim"])
    assert (view.months[0], view.months[-1], view.meetings) == (date(2026, 3, 1), date(2027, 2, 1), 3)
    assert view.whole == Spent("", 165, 90)
    assert [(one.kept.slug, one.spent.minutes, one.spent.joint, one.meetings) for one in view.companies] == [
        ("cloudio", 90, 45, 2),
        ("fastprint", 75, 45, 2),
    ]
    assert view.companies[0].kept.details.spend == 9000
    assert given(view.goals) == {"Fewer suppliers": (90, 90), "": (45, 0), "Backups that restore": (30, 0)}
    assert given(view.topics) == {"Print": (90, 45), "": (75, 45)}
    assert {str(month)[:7]: spent.minutes for month, spent in view.monthly if spent.minutes} == {
        "2026-11": 45,
        "2027-01": 120,
    }
    assert (view.idle_goals, [(one.kept.slug, one.spent.minutes) for one in view.aimless]) == ((), [("cloudio", 45)])
    assert view.asks == {"yes": 2, "no": 0, "silence": 1, "waiting": 0, "taken_back": 0}
    assert [(kept.slug, share.day, share.minutes) for kept, share in hours.shares(stage["Kim"])] == [
        ("cloudio", date(2026, 11, 30), 45),
        ("fastprint", date(2027, 1, 13), 30),
        ("cloudio", date(2027, 1, 14), 45),
        ("fastprint", date(2027, 1, 14), 45),
    ]
    assert (view.theirs, view.ours) == (Promises(1, 0, 1), Promises(0, 0, 2))
    earlier = hours.see(stage["Kim"], "2026-10")
    assert (earlier.meetings, earlier.goals, earlier.idle_goals) == (
        0,
        (),
        ("Backups that restore", "Fewer suppliers"),
    )


def test_what_is_confidential_or_did_not_take_place_is_no_time_that_is_told(stage):
    held(stage)
    codes = {view.company: view.code for view in cadence.listing(stage["Kim"])[0]}
    details.set_details(stage["Kim"], codes["cloudio"], circle=[address("Kim")])
    assert [one.kept.slug for one in hours.see(stage["Cleo"]).companies] == ["fastprint"]
    assert (hours.see(stage["Cleo"]).whole.minutes, hours.see(stage["Cleo"]).meetings) == (75, 2)
    promises.tell_missed(stage["Kim"], company="cloudio", ours=True, text="The contract", due=date(2027, 1, 11))
    assert [hours.see(stage[who]).ours.missed for who in ("Kim", "Ada", "Cleo")] == [3, 2, 0]
    uid = db.session.scalars(select(Meeting.uid).where(Meeting.kind != "briefing")).one()
    outcomes.say(stage["Kim"], uid, Said(held=Held.THEY))
    assert (hours.see(stage["Cleo"]).whole.minutes, hours.see(stage["Kim"]).whole.minutes) == (45, 135)
    for stranger in ("Vera", "Rita", "Oz"):
        assert refused(NotThere, hours.see, stage[stranger])
        assert refused(NotThere, hours.shares, stage[stranger])
    for month in ("soon", "2026-13", "0001-01"):
        assert refused(Unfit, hours.see, stage["Kim"], month)


def test_what_was_taken_up_from_elsewhere_is_time_and_what_waits_for_a_press_is_none(stage):
    (code,) = adoptions.bring(stage["Kim"], FOUR)
    assert hours.see(stage["Kim"]).meetings == 0
    quarter = planning.this(stage["Kim"])
    assert planning.taken(stage["Kim"], quarter) == []
    adoptions.adopt(stage["Kim"], code, company="Fastprint")
    view = hours.see(stage["Kim"])
    assert (view.meetings, [one.kept.slug for one in view.companies if one.meetings]) == (3, ["fastprint"])
    assert planning.taken(stage["Kim"], quarter) == [(date(2027, 1, 18), 45)]
