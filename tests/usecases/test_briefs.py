"""The one page before a meeting, to each side in its own terms; and a letter with it, a working day before, once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from tests.stage import Stage, refused, words
from tests.usecases import minutes as scenes
from tests.usecases import visits
from vendorhub.domain.refusals import NotThere
from vendorhub.queries import cadence
from vendorhub.store import Attendee, db
from vendorhub.usecases import attendees, briefs, meetings, notes, offers, relationships
from vendorhub.usecases.attendees import StandIn


def parts(stage: Stage, who: str, uid: str) -> dict[str, list[str]]:
    """What stands in each part of somebody's brief."""
    sheet = briefs.printed(stage[who], uid).sheet
    told = {each.name: [*each.paragraphs, *(_line(row) for row in each.rows)] for each in sheet.sections}
    return told | {"facts": [words for _, words in sheet.facts]}


def _line(row) -> str:
    return " | ".join(filter(None, (row.before, row.words, row.below, row.beside)))


def test_each_side_reads_its_own_page_before_a_meeting(stage):
    uid = stage.met()
    (view,), _ = cadence.listing(stage["Kim"])
    relationships.log_meeting(
        stage["Kim"],
        company="fastprint",
        day=datetime(2026, 10, 5).date(),
        minutes=30,
        people=[("Una", "")],
        note="They promised a price list.",
    )
    notes.note(stage["Kim"], view.code, text="Was a nurse", person="vera@fastprint.example", remember=True)
    notes.note(stage["Vera"], view.code, text="Decides alone", person="kim@norden.example", remember=True)
    notes.note(stage["Kim"], view.code, text="Nothing of this anywhere")
    kim, vera = parts(stage, "Kim", uid), parts(stage, "Vera", uid)
    elsewhere = "You last met on Monday, 5 October 2026, elsewhere. Una came for Fastprint."
    assert kim["left-off"] == [f"{elsewhere} Noted: “They promised a price list”."]
    assert vera["left-off"] == ["You have not met yet."]
    assert kim["people"] == ["Vera | Was a nurse | Fastprint", "Vic | Fastprint"]
    assert vera["people"] == ["Kim | Decides alone | Norden Mutual · comes"]
    assert kim["facts"][1:] == ["nobody has said yet", "Backups that restore", "Whether tape pays again."]
    assert vera["facts"][0].startswith("Wednesday, 13 January 2027, 13:00–13:30")
    for stranger in ("Carl", "Charlie", "Rita"):
        assert refused(NotThere, briefs.printed, stage[stranger], uid)
    told = str(vera) + str(parts(stage, "Vic", uid))
    assert "nurse" not in told
    assert "anywhere" not in str(kim) + told
    assert briefs.pdf(briefs.printed(stage["Kim"], uid)).startswith(b"%PDF")
    meetings.cancel(stage["Kim"], uid)
    assert refused(NotThere, briefs.printed, stage["Kim"], uid)


@pytest.mark.shared
def test_where_they_left_off_is_what_the_reader_may_read_of_the_last_talk(stage):
    scenes.over(stage)
    code = stage.accepted()
    offer = offers.offer(stage["Kim"], code, slots=[("2027-01-20T10:00:00", "Europe/Berlin", None)])
    uid = offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
    kim, vera = parts(stage, "Kim", uid), parts(stage, "Vera", uid)
    talk = "You last met on Wednesday, 13 January 2027, at a joint briefing about “Backups and print, together”."
    decided = "It was decided: “We print half”; “Cloudio is too dear”; “We meet again in spring”."
    owed = "They still owe: “Count the printers”."
    assert kim["left-off"] == [f"{talk} Vera, Vera came for Fastprint. {decided} {owed}"]
    decided, owes = decided.replace("“Cloudio is too dear”; ", ""), "They still owe: “Send the floor plan”."
    assert vera["left-off"] == [
        f"{talk} Kim came for Norden Mutual. {decided} {owes} {owed.replace('They', 'You')}",
    ]
    assert kim["promises"] == ["Count the printers | Vera, Fastprint | by Monday, 1 February 2027"]
    assert "dear" not in str(vera)


def test_who_has_no_account_reads_it_by_the_link_and_nothing_of_what_their_company_keeps(stage):
    uid = visits.met(stage)
    (view,), _ = cadence.listing(stage["Vera"])
    notes.note(stage["Vera"], view.code, text="Decides alone", person="kim@norden.example", remember=True)
    sheet = briefs.for_visitor(visits.links(stage, "una@fastprint.example")[-1]).sheet
    assert [each.name for each in sheet.sections] == ["people", "own"]
    assert [row.words for row in sheet.sections[0].rows] == ["Kim"]
    assert "alone" not in str(sheet)
    assert "alone" in str(parts(stage, "Vera", uid))


def told(stage: Stage) -> list[str]:
    """Who got a brief, in order."""
    return [to for _, to in stage.told(kind="brief")]


def test_it_is_sent_once_at_the_reader_s_hour_a_working_day_before_and_anew_when_it_matters(stage):
    uid = stage.met()  # on Wednesday the 13th, at 14:00 in Berlin
    stage.go(datetime(2027, 1, 12, 6, 29, tzinfo=UTC))
    assert briefs.send_due() == 0
    stage.go(datetime(2027, 1, 12, 6, 30, tzinfo=UTC))  # half past seven in Berlin
    assert (briefs.send_due(), told(stage)) == (1, ["kim@norden.example"])
    stage.go(datetime(2027, 1, 12, 7, 30, tzinfo=UTC))  # and in London
    vendors = ["vera@fastprint.example", "vic@fastprint.example"]
    assert (briefs.send_due(), told(stage)[1:]) == (2, vendors)
    assert briefs.send_due() == 0
    letter = words(stage.letters(kind="brief")[0]).replace("\r\n", "\n")
    assert "Where you left off\nYou have not met yet." in letter
    assert f"/meetings/{uid}/brief" in letter
    meetings.set_place(stage["Vera"], uid, place="https://meet.example/1")
    assert briefs.send_due() == 3
    last = stage.letters(kind="brief")[-1]
    assert "What has changed\n- The place is known now." in words(last).replace("\r\n", "\n")
    assert briefs.send_due() == 0
    stage.go(datetime(2027, 1, 13, 12, 59, tzinfo=UTC))
    meetings.set_place(stage["Vera"], uid, place="https://meet.example/2")
    stage.go(datetime(2027, 1, 13, 13, tzinfo=UTC))  # it begins
    assert briefs.send_due() == 0


def test_nothing_is_sent_for_what_is_called_off_or_to_who_can_not_come(stage):
    uid = stage.met()
    db.session.execute(update(Attendee).where(Attendee.name == "Vic").values(partstat="DECLINED"))
    db.session.commit()
    stage.go(datetime(2027, 1, 12, 9, tzinfo=UTC))
    assert (briefs.send_due(), told(stage)) == (2, ["kim@norden.example", "vera@fastprint.example"])
    meetings.cancel(stage["Kim"], uid)
    assert briefs.send_due() == 0


def test_who_has_no_account_gets_their_own_link(stage):
    visits.met(stage)
    stage.go(datetime(2027, 1, 12, 9, tzinfo=UTC))
    assert briefs.send_due() == 3
    (letter,) = stage.letters(kind="brief", recipient="una@fastprint.example")
    secret = visits.links(stage, "una@fastprint.example")[-1]
    assert f"/visit/{secret}/brief" in words(letter)
    assert briefs.for_visitor(secret).sheet.topic


@pytest.mark.shared
def test_a_change_that_a_rival_may_not_see_sends_it_nothing(stage):
    scenes.agreed(stage)
    stage.go(datetime(2027, 1, 12, 9, tzinfo=UTC))
    briefs.send_due()
    before = sorted(told(stage))
    assert {"vera@fastprint.example", "carl@cloudio.example", "kim@norden.example"} < set(before)
    carl = StandIn("carl@cloudio.example", "Cora", "cora@cloudio.example")
    attendees.replace(stage["Carl"], visits.uid_of(), [carl])
    briefs.send_due()
    later = told(stage)[len(before) :]
    assert "kim@norden.example" in later
    assert "cora@cloudio.example" in later
    assert "vera@fastprint.example" not in later
    assert briefs.send_due() == 0
