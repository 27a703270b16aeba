import pytest

from tests.people import API, address
from tests.stage import FIRST, MINUTE, SLOTS, refused, words
from vendorhub.domain.agenda_rules import NotReady
from vendorhub.domain.agenda_templates import Template
from vendorhub.domain.agendas import NOT_YOURS, Single
from vendorhub.domain.people import Door
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, Unfit, WrongState
from vendorhub.queries import agenda_building as building
from vendorhub.queries import agendas
from vendorhub.queries import meetings as agreed
from vendorhub.usecases import agenda_building, agenda_papers, entries, meetings, offers
from vendorhub.usecases.agenda_building import Given
from vendorhub.usecases.agenda_publication import publish


def stands(stage, name, uid):
    lines = building.told(stage[name], Single(uid)).lines
    return [(one.entry.segment, one.entry.title, one.entry.minutes, one.starts_at_minute) for one in lines]


def test_each_side_writes_its_half_and_the_asking_sides_comes_first(stage):
    uid = stage.met()
    agenda_building.set_half(stage["Alex"], uid, items=[("What we run", 10), (" Questions ", 5)])
    agenda_building.set_half(stage["Vic"], uid, items=[("What is new", 15)])
    view = agreed.see(stage["Kim"], uid)
    assert stands(stage, "Kim", uid) == [
        ("vendor", "What is new", 15, 0),
        ("buyer", "What we run", 10, 15),
        ("buyer", "Questions", 5, 25),
    ]
    assert stands(stage, "Kim", uid) == stands(stage, "Vera", uid)
    assert (view.agenda_revision, view.agenda_version, view.sequence) == (2, 0, 0)
    agenda_building.set_half(stage["Kim"], uid, items=[("Questions", 15)])
    agenda_building.set_half(stage["Vera"], uid, items=[])
    assert stands(stage, "Kim", uid) == [("buyer", "Questions", 15, 0)]
    assert [kind for kind, _ in stage.told(method="REQUEST")] == ["invitation"] * 3


def test_a_half_that_will_not_do(stage):
    uid = stage.met()
    agenda_building.set_half(stage["Vera"], uid, items=[("What is new", 20)])
    for items in (
        [("Too long", 11)],
        [("", 5)],
        [("x" * 121, 5)],
        [("a\nb", 5)],
        [("a\u202eb", 5)],
        [("BEGIN:VEVENT", 5)],
        [("\ud800", 5)],
        [("Nothing", 0)],
        [("Less", -5)],
        [("A week", 481)],
        [("Point", 1)] * 13,
    ):
        assert refused(Unfit, agenda_building.set_half, stage["Kim"], uid, items=items).field == "entries"
    agenda_building.set_half(stage["Kim"], uid, items=[("Fits", 10)])


def test_who_writes_an_agenda(stage):
    uid = stage.met()
    for name in ("Bo", "Ada"):
        assert refused(NotAllowed, agenda_building.set_half, stage[name], uid, items=[])
    for name in ("Pia", "Cleo", "Charlie", "Carl", "Oz"):
        assert refused(NotThere, agenda_building.set_half, stage[name], uid, items=[])
    version = agreed.see(stage["Kim"], uid).version
    agenda_building.set_half(stage["Vera"], uid, items=[("New", 5)])
    known = stage.cast.at("Kim", Door(API.name, if_match=version))
    assert refused(SomebodyWasFaster, agenda_building.set_half, known, uid, items=[])
    stage.go(FIRST)
    agenda_building.set_half(stage["Kim"], uid, items=[("As it was", 5)])


def test_a_meeting_that_was_called_off_has_no_agenda_to_write(stage):
    uid = stage.met()
    meetings.cancel(stage["Kim"], uid)
    assert refused(WrongState, agenda_building.set_half, stage["Kim"], uid, items=[]).sentence == (
        "This meeting has been called off."
    )


def test_the_agenda_goes_with_the_next_invitation(stage):
    uid = stage.met()
    agenda_building.set_half(stage["Vera"], uid, items=[("What is new", 15)])
    stage.delivered()
    meetings.set_place(stage["Kim"], uid, place="Room 4")
    sent = dict(stage.delivered())[address("Kim")]
    assert b"What is new" in sent


SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_it_starts_from_a_template_and_keeps_what_the_other_side_has_written(stage):
    single = Single(stage.met())
    refused(Unfit, agenda_building.start_from, stage["Kim"], single, Template.JOINT)
    agenda_building.start_from(stage["Kim"], single, Template.QUARTERLY)
    assert stands(stage, "Vera", single) == [
        ("vendor", "Fastprint", 15, 0),
        ("buyer", "What is new with us", 10, 15),
        ("actions", "Who does what, by when", 5, 25),
    ]
    agenda_building.set_half(stage["Vera"], single, items=[("Tape", 8), ("Prices", 4)])
    agenda_building.start_from(stage["Kim"], single, Template.GOVERNANCE)
    assert stands(stage, "Vera", single) == [
        ("buyer", "What was promised, kept and missed", 5, 0),
        ("vendor", "Tape", 8, 5),
        ("vendor", "Prices", 4, 13),
        ("buyer", "What we ask for", 5, 17),
        ("actions", "Who does what, by when", 5, 22),
    ]
    agenda_building.start_from(stage["Vera"], single, Template.EMPTY)
    assert [row[0] for row in stands(stage, "Kim", single)] == ["buyer", "buyer"]


@SQLITE
def test_each_side_words_its_own_and_either_puts_all_in_order(stage):
    single = Single(stage.met())
    agenda_building.set_half(stage["Vera"], single, items=[("Tape", 10)])
    agenda_building.add(stage["Kim"], single, given=Given(segment="break", title="Tea", minutes=5))
    theirs, tea = building.see(stage["Kim"], single).placed
    for change in ({"minutes": {theirs: 5}}, {"remove": theirs}):
        assert refused(Unfit, agenda_building.change, stage["Kim"], single, **change).sentence == NOT_YOURS
    for segment in ("vendor", "overlap"):
        given = Given(segment=segment, title="Tape again", minutes=5)
        refused(Unfit, agenda_building.add, stage["Kim"], single, given=given)
    refused(Unfit, agenda_building.put, stage["Kim"], single, entries=[Given(ref=tea)])
    agenda_building.change(stage["Kim"], single, move=(theirs, 1))
    agenda_building.add(stage["Vic"], single, given=Given(segment="vendor", title="Questions", minutes=5))
    assert [row[1] for row in stands(stage, "Kim", single)] == ["Tea", "Tape", "Questions"]
    old = building.see(stage["Kim"], single).agenda.revision - 1
    refused(SomebodyWasFaster, agenda_building.change, stage["Kim"], single, remove=tea, revision=old)
    for name in ("Bo", "Ada"):
        refused(
            NotAllowed, agenda_building.add, stage[name], single, given=Given(segment="break", title="T", minutes=1)
        )
        refused(NotAllowed, publish, stage[name], single)
    refused(NotThere, publish, stage["Charlie"], single)


def test_it_is_published_version_by_version_to_both_sides(stage):
    single = Single(stage.met())
    stage.delivered()
    agenda_building.set_half(stage["Vera"], single, items=[("Tape", 20)])
    stopped = refused(NotReady, publish, stage["Vera"], single)
    assert [each.sentence for each in stopped.problems] == [
        "The buyer has 0 % of what is shared out, and 50 % were wanted."
    ]
    agenda_building.set_half(stage["Kim"], single, items=[("What we run", 10)])
    agenda_building.set_half(stage["Vera"], single, items=[("Tape", 10)])
    stage.go(MINUTE)
    assert publish(stage["Vera"], single) == 1
    everybody = [address(name) for name in ("Kim", "Vera", "Vic", "Alex")]
    assert stage.told(kind="agenda_published") == [("agenda_published", to) for to in everybody]
    said = words(stage.letters(kind="agenda_published", recipient=address("Vic"))[0])
    assert "The agenda, from Wed, 13 Jan 2027, 13:00 (London time)" in said
    assert "- 13:00 Tape, 10 minutes (Fastprint)" in said
    assert f"/meetings/{single}/agenda" in said
    refused(WrongState, publish, stage["Kim"], single)
    agenda_building.set_half(stage["Kim"], single, items=[("What we pay", 10)])
    entry = b"".join(entries.published(stage["Kim"], single).split(b"\r\n "))
    assert b"14:10 What we run\\, 10 min (Norden Mutual)" in entry  # as it is published
    assert publish(stage["Kim"], single) == 2
    assert stage.told(kind="agenda_changed") == [("agenda_changed", to) for to in everybody]
    for name in ("Vera", "Bo"):
        view = agendas.see(stage[name], single)
        assert [change.sentence for change in view.changes] == [
            "“What we run” is no longer there.",
            "New: “What we pay”, 10 minutes.",
        ]
    assert [line.entry.title for line in agendas.see(stage["Vera"], single, 1).lines] == ["Tape", "What we run"]
    refused(NotThere, agendas.see, stage["Charlie"], single)
    sheet = agenda_papers.sheet(stage["Vera"], single).sheet
    assert (sheet.kind, sheet.companies) == ("Meeting", "Norden Mutual with Fastprint")
    assert agenda_papers.pdf(agenda_papers.sheet(stage["Vera"], single)).startswith(b"%PDF")


def test_each_meeting_has_an_agenda_of_its_own(stage):
    one, other = Single(stage.met()), Single(second(stage))
    agenda_building.set_half(stage["Kim"], one, items=[("Only here", 15)])
    agenda_building.set_half(stage["Kim"], other, items=[("Only there", 15)])
    assert (stands(stage, "Kim", one), stands(stage, "Kim", other)) == (
        [("buyer", "Only here", 15, 0)],
        [("buyer", "Only there", 15, 0)],
    )
    publish(stage["Kim"], other, overrule="They know.")
    refused(NotThere, agendas.see, stage["Kim"], one, 1)


def second(stage):
    """One more meeting of the same two, two days later."""
    code = stage.accepted(goal=None, topic="Paper")
    offer = offers.offer(stage["Kim"], code, slots=SLOTS[2:])
    return offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
