"""Meetings that exist elsewhere are taken up: what was held counts, what is ahead is planned, nobody hears of it."""

from datetime import date

import pytest

from tests.itip.test_series import WEEKLY, calendar
from tests.people import address
from tests.stage import refused
from vendorhub.domain.memory import Talk
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit, WrongState
from vendorhub.domain.rhythms import How
from vendorhub.queries import adoptions as seen
from vendorhub.queries import cadence, history, memory, rhythms
from vendorhub.store import Attendance, Invitation, Letter, Meeting, db
from vendorhub.usecases import adoptions, details

FOUR = calendar((*WEEKLY, "RRULE:FREQ=WEEKLY;INTERVAL=5;COUNT=4"))  # 5 October, 9 November, 14 December, 18 January
STRANGER = calendar(("UID:2", "SUMMARY:Coffee", "DTSTART:20261201T100000Z", "ATTENDEE:mailto:eve@newcomer.example"))


def met(stage, who="Kim"):
    return [(kept.slug, kept.rhythm.encounters) for kept in rhythms.of_buyer(stage[who])]


def test_a_series_is_looked_at_and_counts_from_the_press_on(stage):
    (code,) = adoptions.bring(stage["Cleo"], FOUR)
    assert cadence.listing(stage["Kim"]) == ([], None)
    (view,) = seen.waiting(stage["Cleo"])
    assert (view.title, view.guess, view.theirs) == (
        "Backup, with Fastprint",
        "Fastprint",
        (("Vera", "vera@fastprint.example"),),
    )
    assert seen.waiting(stage["Kim"]) == ()  # it is Cleo's until she adopts it
    assert refused(NotThere, adoptions.adopt, stage["Kim"], code, company="fastprint")
    adoptions.adopt(stage["Cleo"], code, company="Fastprint")
    ((slug, encounters),) = met(stage)
    assert slug == "fastprint"
    days = (date(2026, 10, 5), date(2026, 11, 9), date(2026, 12, 14), date(2027, 1, 18))
    assert [(each.day, each.held, each.how) for each in encounters] == [
        (day, day < date(2027, 1, 4), How.ADOPTED) for day in days
    ]
    (row,) = cadence.listing(stage["Kim"])[0]
    assert (row.last_met, row.meets) == (days[2], days[3])
    left = memory.see(stage["Kim"], row.code, notes_at_most=0).left
    assert left.talk == Talk(row.last_met, "meeting", "Backup, with Fastprint")
    assert refused(WrongState, adoptions.adopt, stage["Cleo"], code, company="fastprint")
    for table in (Letter, Meeting, Invitation, Attendance):
        assert db.session.query(table).count() == 0
    assert cadence.listing(stage["Vera"]) == ([], None)
    assert history.lines(stage["Vera"]) == ([], None)
    assert history.lines(stage["Kim"])[0][0].deed == "adopt"


def test_the_same_uid_brings_it_up_to_date_and_what_was_stays(stage):
    adoptions.adopt_all(stage["Kim"], FOUR)
    later = (*WEEKLY[:2], "DTSTART;TZID=Europe/Berlin:20270125T100000", "DTEND;TZID=Europe/Berlin:20270125T110000")
    (code,) = adoptions.bring(stage["Alex"], calendar(later))
    adoptions.bring(stage["Alex"], calendar(later))
    ((_slug, encounters),) = met(stage)
    assert [each.day.isoformat() for each in encounters] == [
        *("2026-10-05", "2026-11-09", "2026-12-14", "2027-01-18", "2027-01-25"),
    ]
    adoptions.bring(stage["Kim"], calendar(WEEKLY, head="METHOD:CANCEL\r\n"))
    assert [each.held for each in met(stage)[0][1]] == [True] * 3
    assert seen.waiting(stage["Kim"]) == seen.waiting(stage["Alex"]) == ()
    adoptions.discard(stage["Kim"], code)
    assert met(stage) == [("fastprint", ())]
    assert history.lines(stage["Kim"])[0][0].deed == "take_out"


def test_a_company_that_nobody_knows_is_noted_and_known_by_its_address_again(stage):
    adoptions.adopt_all(stage["Kim"], STRANGER)
    adoptions.adopt_all(stage["Kim"], STRANGER.replace(b"UID:2", b"UID:3").replace(b"1201T", b"1202T"))
    ((slug, encounters),) = met(stage)
    assert (cadence.listing(stage["Kim"])[0][0].name, len(encounters)) == ("Newcomer", 2)
    assert slug.startswith("noted-")
    assert met(stage, "Charlie") == []


@pytest.mark.shared
@pytest.mark.parametrize("company", ["", "norden"])
def test_who_it_is_with_must_be_told(stage, company):
    alone = calendar(("UID:4", "SUMMARY:Lunch", "DTSTART:20261201T100000Z", "ATTENDEE:mailto:cleo@norden.example"))
    told = {"company": company}
    if company:
        (code,) = adoptions.bring(stage["Kim"], alone)
        adoptions.adopt(stage["Kim"], code, company="Lunch Friends Ltd")
        assert cadence.listing(stage["Kim"])[0][0].name == "Lunch Friends Ltd"
        return
    assert refused(Unfit, adoptions.adopt_all, stage["Kim"], alone, **told).field == "company"
    assert (met(stage), seen.waiting(stage["Kim"])) == ([], ())


def test_what_is_of_a_circle_is_the_circle_s(stage):
    (code,) = adoptions.adopt_all(stage["Kim"], FOUR)
    relationship = cadence.listing(stage["Kim"])[0][0].code
    details.set_details(stage["Kim"], relationship, circle=[address("Kim")])
    assert refused(NotThere, seen.see, stage["Pia"], code)
    assert refused(NotThere, adoptions.discard, stage["Pia"], code)
    assert refused(Unfit, adoptions.bring, stage["Pia"], FOUR).field == "file"
    other = FOUR.replace(b"UID:weekly", b"UID:other")
    assert refused(Unfit, adoptions.adopt_all, stage["Pia"], other, company="fastprint").field == "company"
    assert len(met(stage)[0][1]) == 4


def test_whose_it_is_to_bring(stage):
    assert refused(NotThere, adoptions.bring, stage["Vera"], FOUR)
    assert refused(NotAllowed, adoptions.bring, stage["Ada"], FOUR)
