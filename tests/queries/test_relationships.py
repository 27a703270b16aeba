"""What has been between a buyer and a company: told to the line it is about, and only when it is over."""

from datetime import UTC, date, datetime, timedelta

from tests.people import address
from tests.stage import DAY, FIRST, HOLD, MONDAY, Stage
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.queries import relationships
from vendorhub.queries.relationships import Between
from vendorhub.usecases import confirmations, decisions, joinings, meeting_requests, meetings

NOTHING = Between(asks=0, state=None, decided_by=None, last_at=None, again_on=None, met=None, meets=None)
JANUARY = {"since": datetime(2027, 1, 1, tzinfo=UTC), "until": datetime(2027, 2, 1, tzinfo=UTC)}


def test_what_waits_or_is_held_is_no_story_yet(stage: Stage):
    code = stage.asked()
    decisions.refuse(stage["Kim"], code, kind="no")
    assert relationships.between(stage["Kim"], "fastprint") == NOTHING
    stage.go(HOLD)
    assert relationships.between(stage["Kim"], "fastprint").asks == 1


def test_the_last_answer_and_the_number(stage: Stage):
    decisions.refuse(stage["Kim"], stage.asked(), kind="not_now", again_on=date(2027, 3, 1))
    stage.go(DAY)
    code = stage.asked(to=address("Pia"))
    meeting_requests.withdraw(stage["Vera"], code)
    stage.go(DAY)
    assert relationships.between(stage["Kim"], "fastprint") == Between(
        asks=1,
        state="declined",
        decided_by="Kim",
        last_at=MONDAY,
        again_on=date(2027, 3, 1),
        met=None,
        meets=None,
        answered_as="not_now",
    )
    ada = relationships.between(stage["Ada"], "fastprint")  # the admin sees both
    assert (ada.asks, ada.state) == (2, "withdrawn")


def test_a_window_that_is_over_is_an_end_swept_or_not(stage: Stage):
    stage.asked()
    stage.go(20 * DAY)
    assert relationships.between(stage["Kim"], "fastprint").state == "lapsed"


def test_when_they_met_and_meet(stage: Stage):
    stage.met()
    ahead = relationships.between(stage["Kim"], "fastprint")
    assert (ahead.met, ahead.meets) == (None, FIRST)
    stage.go(FIRST + timedelta(hours=1))
    behind = relationships.between(stage["Kim"], "fastprint")
    assert (behind.met, behind.meets) == (FIRST, None)


def test_the_month_counts_what_was_not_called_off(stage: Stage):
    uid = stage.met()
    told = relationships.given(stage["Kim"], companies={"fastprint"}, **JANUARY)
    assert (told.minutes, told.meetings, set(told.between)) == (30, 1, {"fastprint"})
    later = {"since": JANUARY["until"], "until": datetime(2027, 3, 1, tzinfo=UTC)}
    assert relationships.given(stage["Kim"], companies=(), **later).minutes == 0
    meetings.cancel(stage["Kim"], uid)
    told = relationships.given(stage["Kim"], companies=(), **JANUARY)
    assert (told.minutes, told.meetings, told.between) == (0, 0, {})


def test_another_buyer_and_another_area_know_nothing_of_it(stage: Stage):
    stage.met()
    for name in ("Charlie", "Pia", "Cleo"):
        told = relationships.given(stage[name], companies={"fastprint"}, **JANUARY)
        assert (told.minutes, told.between) == (0, {"fastprint": NOTHING})


def test_a_var_s_ask_counts_in_the_story_of_the_vendor_and_in_its_own(stage: Stage):
    code = stage.asked("Rita", vendor=VendorNamed(slug="fastprint"))
    confirmations.confirm(stage["Vera"], code)
    decisions.refuse(stage["Kim"], code, kind="not_now", again_on=date(2027, 3, 1))
    stage.go(HOLD)
    decisions.accept(stage["Pia"], stage.asked(to=address("Pia")))
    stage.go(HOLD)
    told = relationships.stories(stage["Kim"], companies={"fastprint", "bridge", "cloudio"})
    assert {slug: (each.asks, each.answered_as) for slug, each in told.items()} == {
        "fastprint": (1, "not_now"),
        "bridge": (1, "not_now"),
        "cloudio": (0, ""),
    }


def test_companies_that_the_buyer_takes_for_one_have_one_story(stage: Stage):
    stage.met()
    decisions.refuse(stage["Kim"], stage.asked("Carl"), kind="no")
    code = stage.asked(
        "Rita", vendor=VendorNamed(slug="cloudio")
    )  # of a VAR that is one with the vendor: it counts once
    confirmations.confirm(stage["Carl"], code)
    meeting_requests.withdraw(stage["Rita"], code)
    stage.go(DAY)
    before = relationships.stories(stage["Kim"], companies={"fastprint", "cloudio"})
    assert [(each.asks, each.meets, each.one_with) for _, each in sorted(before.items())] == [
        (2, None, ()),
        (1, FIRST, ()),
    ]
    joinings.join(stage["Kim"], one="fastprint", other="cloudio")
    parted = joinings.join(stage["Kim"], one="cloudio", other="bridge")  # so that the three are one
    names = {"fastprint": "Fastprint", "cloudio": "Cloudio", "bridge": "Bridgeworks"}
    told = relationships.given(stage["Kim"], companies=set(names), **JANUARY).between
    for slug, name in names.items():
        others = tuple(sorted(set(names.values()) - {name}))
        assert (told[slug].asks, told[slug].meets, told[slug].one_with) == (3, FIRST, others)
    assert relationships.between(stage["Kim"], "cloudio").decided_by is None  # the latest was taken back
    joinings.part(stage["Kim"], parted)
    assert relationships.between(stage["Kim"], "bridge").asks == 1
    assert relationships.between(stage["Charlie"], "fastprint") == NOTHING
