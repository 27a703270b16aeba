"""Notes of a relationship: each side its own, both the shared, nobody else any; found by their words."""

from datetime import timedelta

import pytest

from tests.stage import Stage, refused
from tests.usecases import briefings as scenes
from vendorhub.domain.people import Door, DoorName
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, Unfit
from vendorhub.queries import cadence, history
from vendorhub.queries import notes as seen
from vendorhub.usecases import details, notes, polls

SECRET = "They will not renew, whatever Vera says."


def between(stage: Stage) -> str:
    """The code of the relationship of Norden and Fastprint, who are to meet."""
    stage.met()
    (view,), _ = cadence.listing(stage["Kim"])
    return view.code


def found(stage: Stage, who: str, query: str = "") -> list[str]:
    return [each.text for each in seen.listing(stage[who], query=query)[0]]


def test_each_side_reads_its_own_and_what_is_shared_and_nobody_else_any(stage):
    code = between(stage)
    ours = notes.note(stage["Kim"], code, text=SECRET)
    theirs = notes.note(stage["Vera"], code, text="Kim likes **tape**; our floor is nine a seat.")
    both = notes.note(stage["Kim"], code, text="Parking is behind the *hall*.", shared=True)
    assert found(stage, "Cleo") == ["Parking is behind the *hall*.", SECRET]
    assert found(stage, "Vic") == ["Parking is behind the *hall*.", "Kim likes **tape**; our floor is nine a seat."]
    for stranger in ("Carl", "Charlie", "Rita"):
        assert found(stage, stranger) == []
        for each in (ours, theirs, both):
            assert refused(NotThere, seen.see, stage[stranger], each)
            assert refused(NotThere, notes.take_out, stage[stranger], each)
        assert refused(NotThere, notes.note, stage[stranger], code, text="Hello")
        assert refused(NotThere, seen.listing, stage[stranger], of=code)
    assert refused(NotThere, seen.see, stage["Vera"], ours)
    assert refused(NotThere, notes.change, stage["Kim"], theirs, text="No")
    assert refused(NotAllowed, notes.change, stage["Vera"], both, text="No")
    assert refused(NotAllowed, notes.note, stage["Ada"], code, text="Only the deciding side writes")


def test_what_the_other_side_notes_changes_nothing_for_this_one(stage):
    code = between(stage)
    notes.note(stage["Vera"], code, text="Tape for all.")

    def everything() -> str:
        view = cadence.see(stage["Vera"], code)
        searched = [seen.listing(stage["Vera"], query=query) for query in ("", "tape", "renew", "kim")]
        return repr((view, view.version, searched, history.lines(stage["Vera"])))

    before = everything()
    stage.go(timedelta(minutes=1))
    for text in (SECRET, "Tape tape tape"):
        one = notes.note(stage["Kim"], code, text=text)
    notes.note(stage["Kim"], code, text="Kim would pay eleven.", person="vera@fastprint.example", remember=True)
    notes.change(stage["Kim"], one, text="Tape renew")
    assert everything() == before
    lines = [(line.deed, line.by, line.words) for line in history.lines(stage["Kim"])[0][:2]]
    assert lines == [("write_note", "Kim", "Fastprint")] * 2
    assert [(line.deed, line.words) for line in history.lines(stage["Vera"])[0][:1]] == [
        ("write_note", "Norden Mutual")
    ]


def test_words_are_found_as_they_are_meant_and_nothing_typed_breaks_the_search(stage):
    code = between(stage)
    for text in ("Übergrößen: restore test in *March*", "Restores take nine hours", "k1kfoo 1e5 a_b tape-drive"):
        notes.note(stage["Kim"], code, text=text)
    one, two, three = found(stage, "Kim")[::-1]
    for query, expected in {
        "RESTORE": {one, two},
        "ubergross": {one},
        "restore march": {one},
        "restore tape": set(),
        "drive": {three},
        "1e5": {three},
        "b": {three},
        "foo": set(),
        "'\"*():-^": set(),
        "NEAR(tape, 2) OR rest*": set(),
        "🙂": set(),
        "take & nine | !x": set(),
        "x" * 10_000: set(),
        "\0": set(),
    }.items():
        assert set(found(stage, "Kim", query)) == expected, query[:40]
    assert seen.listing(stage["Kim"], query="nine")[0][0].snippet[1].text == "nine"
    best = notes.note(stage["Kim"], code, text="restore")
    assert best
    notes.take_out(stage["Kim"], best)
    assert set(found(stage, "Kim", "restore")) == {one, two}


def test_a_changed_note_is_found_by_its_new_words_and_by_whom_it_is_for(stage):
    code = between(stage)
    one = notes.note(stage["Kim"], code, text="Tape in March", shared=True)
    version = seen.see(stage["Kim"], one).version
    assert found(stage, "Vera", "march") == ["Tape in March"]
    notes.change(stage["Kim"], one, text="Disk in April", shared=False)
    assert (found(stage, "Vera", "march"), found(stage, "Vera", "april"), found(stage, "Vera")) == ([], [], [])
    assert (found(stage, "Kim", "march"), found(stage, "Kim", "april")) == ([], ["Disk in April"])
    late = stage["Kim"].by(Door(DoorName.API, if_match=version))
    assert refused(SomebodyWasFaster, notes.change, late, one, text="Paper")
    assert refused(Unfit, notes.change, stage["Kim"], one, text=" ")


def test_one_line_is_remembered_of_a_person_by_each_side_for_itself(stage):
    code = between(stage)
    first = notes.note(stage["Kim"], code, text="Was a nurse", person="vera@fastprint.example", remember=True)
    assert notes.note(stage["Alex"], code, text="Likes trains", person="VERA@fastprint.example", remember=True) == first
    notes.note(stage["Vic"], code, text="Reads the numbers first", person="kim@norden.example", remember=True)
    assert found(stage, "Kim") == ["Likes trains"]
    assert found(stage, "Vera") == ["Reads the numbers first"]
    for wrong in (
        {"person": "carl@cloudio.example"},
        {"person": "nobody@fastprint.example"},
        {"person": "vera@fastprint.example", "remember": True, "shared": True},
        {"remember": True},
        {"person": "vera@fastprint.example", "remember": True, "text": "x" * 161},
        {"meeting": "no-such-meeting"},
    ):
        assert refused(Unfit, notes.note, stage["Kim"], code, **{"text": "Text", **wrong})


def test_a_note_about_a_meeting_is_for_those_who_see_it(stage):
    code = between(stage)
    (meeting,) = seen.meetings_of(stage["Kim"], seen.relationship(stage["Kim"], code))
    notes.note(stage["Kim"], code, text="Bring the contract", meeting=meeting.uid)
    assert found(stage, "Alex", "contract") == ["Bring the contract"]
    assert found(stage, "Pia", "contract") == found(stage, "Pia") == []  # of another area, that does not see it


@pytest.mark.shared
def test_a_rival_at_the_same_table_reads_none_of_what_is_shared_with_another(stage):
    code = scenes.joined(stage)
    poll = polls.put_up(stage["Kim"], code, slots=[("2027-02-03T10:00:00", "Europe/Berlin", None)])
    polls.set_time(stage["Kim"], poll, slot=scenes.slots_of(poll)[0])
    of = {view.company: view.code for view in cadence.listing(stage["Kim"])[0]}
    notes.note(stage["Kim"], of["fastprint"], text="Prices as in May", shared=True)
    assert found(stage, "Vera", "prices") == ["Prices as in May"]
    assert found(stage, "Carl", "prices") == found(stage, "Carl") == []
    assert refused(NotThere, seen.relationship, stage["Carl"], of["fastprint"])


@pytest.mark.shared
def test_what_is_noted_of_a_confidential_company_is_for_its_circle(stage):
    code = between(stage)
    notes.note(stage["Kim"], code, text=SECRET)
    assert found(stage, "Alex", "renew") == [SECRET]
    circle = ["kim@norden.example", "bo@norden.example"]
    details.set_details(stage["Kim"], code, owner=circle[0], circle=circle)
    assert found(stage, "Bo", "renew") == [SECRET]
    assert found(stage, "Alex", "renew") == found(stage, "Alex") == []
    assert [line.words for line in history.lines(stage["Alex"])[0] if line.deed == "write_note"] == []
