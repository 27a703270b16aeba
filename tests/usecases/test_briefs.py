"""The one page before a meeting, to each side in its own terms; and a letter with it, a working day before, once."""

from datetime import datetime

import pytest

from tests.stage import Stage, refused
from tests.usecases import minutes as scenes
from tests.usecases import visits
from vendorhub.domain.refusals import NotThere
from vendorhub.queries import cadence
from vendorhub.usecases import briefs, meetings, notes, offers, relationships


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
    decided, owed = decided.replace("“Cloudio is too dear”; ", ""), owed.replace("They", "You")
    assert vera["left-off"] == [f"{talk} Kim came for Norden Mutual. {decided} {owed}"]
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
