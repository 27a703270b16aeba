"""What a buyer holds of a relationship for itself, and a relationship that is for a named circle alone."""

from datetime import date

import pytest

from tests.people import address
from tests.stage import refused
from vendorhub.domain.details import Details
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit
from vendorhub.queries import boards, cadence, history, meetings
from vendorhub.queries import relationships as stories
from vendorhub.store import Letter, db
from vendorhub.usecases import details, front_doors, relationships

ALL = {
    "owner": address("Mo"),
    "goals": ["Fewer suppliers", "Backups that restore"],
    "topics": ["Print", " network "],
    "contract_end": date(2027, 12, 31),
    "notice_by": date(2027, 9, 30),
    "spend": 120_000,
    "currency": "eur",
}


def held(stage, code, who="Kim"):
    return cadence.see(stage[who], code).details


def test_what_is_held_is_the_buyer_s_own_and_what_is_left_out_stays(stage):
    stage.met()
    code = cadence.listing(stage["Kim"])[0][0].code
    assert held(stage, code) == Details()
    details.set_details(stage["Alex"], code, **ALL)
    kept = Details(
        owner=("Mo", address("Mo")),
        goals=("Backups that restore", "Fewer suppliers"),
        topics=("Print", "network"),
        contract_end=date(2027, 12, 31),
        notice_by=date(2027, 9, 30),
        spend=120_000,
        currency="EUR",
    )
    assert held(stage, code) == held(stage, code, "Cleo") == kept
    details.set_details(stage["Kim"], code, spend=None, owner="", topics=["NETWORK"])
    now = held(stage, code)
    assert (now.spend, now.currency, now.owner, now.topics) == (None, "", None, ("network",))
    assert (now.goals, now.contract_end) == (kept.goals, kept.contract_end)
    assert cadence.see(stage["Vera"], code).details is None
    assert "set_details" not in {line.deed for line in history.lines(stage["Vera"])[0]}
    assert refused(NotAllowed, details.set_details, stage["Cleo"], code, spend=None)
    assert refused(NotAllowed, details.set_details, stage["Vera"], code, spend=None)
    assert refused(NotThere, details.set_details, stage["Charlie"], code, spend=None)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("owner", {"owner": address("Vera")}),
        ("goals", {"goals": ["World peace"]}),
        ("topics", {"topics": [str(number) for number in range(9)]}),
        ("notice_by", {"notice_by": date(2028, 1, 1)}),
        ("contract_end", {"contract_end": date(2400, 1, 1)}),
        ("spend", {"spend": -1}),
        ("spend", {"spend": 10**12}),
        ("currency", {"currency": "EURO"}),
        ("circle", {"circle": [address("Charlie"), address("Kim")]}),
        ("circle", {"confidential": True}),
        ("circle", {"confidential": True, "circle": []}),
        ("circle", {"circle": [address("Bo")]}),
    ],
)
def test_what_needs_another_look_changes_nothing(stage, field, changes):
    code = relationships.begin(stage["Kim"], company="cloudio")
    assert refused(Unfit, details.set_details, stage["Kim"], code, **{**ALL, **changes}).field == field
    assert held(stage, code) == Details()


def test_a_goal_that_a_relationship_serves_outlives_the_list(stage):
    code = relationships.begin(stage["Kim"], company="cloudio")
    details.set_details(stage["Kim"], code, goals=["Fewer suppliers"])
    own = {"name": "Norden Mutual", "brief": "", "open_to": "", "not_open_to": "", "response_days": 5}
    front_doors.set_up(stage["Kim"], **own, zone="Europe/Berlin", goals=["Backups that restore"])
    details.set_details(stage["Kim"], code, goals=["Fewer suppliers", "Backups that restore"])
    assert held(stage, code).goals == ("Backups that restore", "Fewer suppliers")


def test_a_confidential_relationship_is_its_circle_s_alone(stage):
    uid = stage.met()
    relationships.begin(stage["Kim"], company="cloudio")
    code = next(row.code for row in cadence.listing(stage["Kim"])[0] if row.company == "fastprint")
    everybody = ("Kim", "Bo", "Mo", "Alex", "Pia", "Cleo", "Ada")
    assert all(len(boards.see(stage[who]).lines) == 2 for who in everybody)
    details.set_details(stage["Kim"], code, owner=address("Mo"), circle=[address("Kim"), address("Cleo")])
    assert held(stage, code, "Mo").circle == tuple((who, address(who)) for who in ("Cleo", "Kim", "Mo"))
    for who in ("Kim", "Mo", "Cleo"):
        assert {row.it.company for row in boards.see(stage[who]).lines} == {"cloudio", "fastprint"}
    for who in ("Bo", "Alex", "Pia", "Ada"):
        assert [row.it.company for row in boards.see(stage[who]).lines] == ["cloudio"]
        assert [row.company for row in cadence.quarter(stage[who])] == ["cloudio"]
        assert [row.company for row in cadence.listing(stage[who])[0]] == ["cloudio"]
        assert refused(NotThere, cadence.see, stage[who], code)
    for who in ("Bo", "Alex"):
        assert refused(NotThere, relationships.set_cadence, stage[who], code, every="month")
        assert refused(NotThere, details.set_details, stage[who], code, confidential=False)
        # To them there is none, so none can be begun by which they would learn of it.
        assert refused(Unfit, relationships.begin, stage[who], company="fastprint").field == "company"
        told = [line.words for line in history.lines(stage[who])[0] if line.deed == "set_details"]
        assert told == []
    assert [line.words for line in history.lines(stage["Kim"])[0] if line.deed == "set_details"] == ["Fastprint"]
    # The meeting is theirs who come, or who serve them; the vendor's own view is as it was.
    for who, sees in (("Kim", 1), ("Alex", 1), ("Mo", 1), ("Vera", 1), ("Bo", 0), ("Ada", 0)):
        assert len(meetings.listing(stage[who])[0]) == sees, who
    assert refused(NotThere, meetings.see, stage["Ada"], uid)
    assert stories.between(stage["Mo"], "fastprint").meets is not None
    assert stories.between(stage["Bo"], "fastprint").meets is None
    assert cadence.see(stage["Vera"], code).meets == date(2027, 1, 13)
    details.set_details(stage["Mo"], code, confidential=False)
    assert len(boards.see(stage["Ada"]).lines) == 2
    assert db.session.query(Letter).filter(Letter.kind == "set_details").count() == 0


def test_the_owner_can_t_be_shut_out_and_a_note_of_the_circle_s_is_nobody_else_s(stage):
    made = relationships.log_meeting(stage["Kim"], company="cloudio", day=date(2027, 1, 4), minutes=30)
    code = cadence.listing(stage["Kim"])[0][0].code
    details.set_details(stage["Kim"], code, owner=address("Kim"), circle=[address("Pia")])
    details.set_details(stage["Pia"], code, circle=[address("Pia")])
    assert held(stage, code).circle == (("Kim", address("Kim")), ("Pia", address("Pia")))
    assert cadence.logged(stage["Kim"], made).note == ""
    assert refused(NotThere, cadence.logged, stage["Bo"], made)
    assert refused(Unfit, details.set_details, stage["Kim"], code, circle=[]).field == "circle"


def test_what_is_asked_of_somebody_outside_the_circle_is_theirs_to_answer(stage):
    code = relationships.begin(stage["Kim"], company="fastprint")
    details.set_details(stage["Kim"], code, circle=[address("Kim")])
    asked = stage.asked(to=address("Pia"))

    def asks(who):
        return [line.about for line in history.lines(stage[who])[0] if line.about]

    assert (asks("Pia"), asks("Ada")) == ([asked], [])
    of_anybody = stage.asked(to=None)
    assert asks("Bo") == [of_anybody]
