"""Entries, their order, their minutes, and what each side has of them."""

from dataclasses import replace

import pytest

from vendorhub.domain.agenda_templates import Buyer, Outcome, Owed, Part, Record, Template, outcome, start
from vendorhub.domain.agendas import (
    ENTRIES_AT_MOST,
    Entry,
    Presenter,
    Segment,
    check_number,
    entry,
    minutes_by_vendor,
    minutes_of,
    moved,
    resized,
    share_of_buyer,
    starts,
)
from vendorhub.domain.refusals import Unfit

BUYER, ALPHA, BETA, GAMMA = 1, 2, 3, 4
NEWS = Entry(Segment.BUYER, "News", 30, companies=(BUYER,))
PITCH = Entry(Segment.VENDOR, "Pitch", 20, companies=(ALPHA,))
TALK = Entry(Segment.OVERLAP, "Both", 10, companies=(ALPHA, BETA))
COFFEE = Entry(Segment.BREAK, "Coffee", 15)
DAY = [NEWS, PITCH, COFFEE, TALK]


def said(msgid: str, values: object) -> str:
    return msgid % values  # type: ignore[operator]


def test_each_entry_starts_where_the_one_before_ends():
    assert starts(DAY) == [0, 30, 50, 65]
    assert starts([]) == []


def test_minutes_are_counted_by_segment():
    assert minutes_of(DAY) == 75
    assert minutes_of(DAY, Segment.BUYER, Segment.BREAK) == 45


def test_the_buyers_share_is_of_what_is_shared_out():
    assert share_of_buyer(DAY) == 50  # the break is everybody's
    assert share_of_buyer([COFFEE]) is None


def test_a_vendors_minutes_are_its_own_only():
    assert minutes_by_vendor(DAY, [ALPHA, BETA]) == {ALPHA: 20, BETA: 0}


@pytest.mark.parametrize(
    ("start_at", "to", "order"),
    [(0, 1, "bacd"), (3, 0, "dabc"), (1, 99, "acdb"), (2, -5, "cabd"), (1, 1, "abcd")],
)
def test_an_entry_moves_to_a_place(start_at: int, to: int, order: str):
    assert "".join(moved("abcd", start_at, to)) == order


def test_an_entry_is_given_other_minutes():
    assert resized(DAY, 1, 25) == [NEWS, replace(PITCH, minutes=25), COFFEE, TALK]
    with pytest.raises(Unfit):
        resized(DAY, 1, 0)


def test_an_entry_that_was_typed_is_cleaned():
    presenter = Presenter("Ada", "ada@alpha.test", "Engineer")
    typed = entry("overlap", "  How  it fits ", 10, companies=[BETA, ALPHA, BETA], presenters=[presenter])
    assert typed == Entry(Segment.OVERLAP, "How it fits", 10, companies=(BETA, ALPHA), presenters=(presenter,))


@pytest.mark.parametrize(
    "typed",
    [("lunch", "Soup", 10), ("break", " ", 10), ("break", "x" * 121, 10), ("break", "Tea", 0), ("break", "Tea", 481)],
)
def test_what_cannot_be_an_entry_is_refused(typed: tuple[str, str, int]):
    with pytest.raises(Unfit) as refused:
        entry(*typed)
    assert refused.value.field == "entries"


def test_there_is_an_end_to_entries():
    check_number([PITCH] * ENTRIES_AT_MOST)
    with pytest.raises(Unfit):
        check_number([PITCH] * (ENTRIES_AT_MOST + 1))


@pytest.mark.parametrize("template", [Template.JOINT, Template.QUARTERLY, Template.GOVERNANCE])
@pytest.mark.parametrize("minutes", [30, 45, 60, 90, 120, 180, 240])
@pytest.mark.parametrize("vendors", [1, 2, 3, 5])
def test_a_template_takes_the_minutes_there_are(template: Template, minutes: int, vendors: int):
    parts = {10 + number: Part(f"Vendor {number}") for number in range(vendors)}
    made = start(template, minutes, parts, Buyer(BUYER, 50), say=said)
    assert minutes - 5 <= minutes_of(made) <= minutes
    assert all(each.minutes > 0 for each in made)
    assert len(set(minutes_by_vendor(made, parts).values())) == 1
    assert abs((share_of_buyer(made) or 0) - 50) <= 10


def test_a_template_places_the_items_that_are_there():
    items = [Entry(Segment.VENDOR, name, 20, companies=(ALPHA,), ref=name) for name in ("one", "two")]
    parts = {ALPHA: Part("Alpha", items), BETA: Part("Beta")}
    made = start(Template.JOINT, 120, parts, Buyer(BUYER, 50), say=said)
    assert [(each.segment, each.title, each.minutes) for each in made] == [
        ("buyer", "What we want from this", 10),
        ("vendor", "one", 10),
        ("vendor", "two", 10),
        ("vendor", "Beta", 20),
        ("overlap", "How it works together", 15),
        ("buyer", "What is new with us, and our questions", 45),
        ("actions", "Who does what, by when", 10),
    ]


def test_a_template_places_what_the_buyer_brings():
    items = [
        Entry(Segment.BUYER, name, minutes, companies=(BUYER,), ref=name) for name, minutes in (("a", 10), ("b", 5))
    ]
    made = start(Template.QUARTERLY, 60, {ALPHA: Part("Alpha")}, Buyer(BUYER, 50, items), say=said)
    assert [(each.title, each.minutes) for each in made if each.segment is Segment.BUYER] == [("a", 17), ("b", 8)]


def test_talks_take_the_place_of_a_plain_one_as_far_as_there_is_time_for_them():
    talks = [Entry(Segment.OVERLAP, name, 10, companies=(ALPHA, BETA), ref=name) for name in ("a", "b", "c", "d")]
    parts = {ALPHA: Part("Alpha"), BETA: Part("Beta")}
    made = start(Template.JOINT, 120, parts, Buyer(BUYER, 50), talks=talks, say=said)
    assert [(each.ref, each.minutes) for each in made if each.segment is Segment.OVERLAP] == [
        ("a", 5),
        ("b", 5),
        ("c", 5),
    ]


def test_what_a_template_does_to_what_stands_is_known_before():
    stands = [
        Entry(Segment.VENDOR, "Alpha’s item", 20, companies=(ALPHA,), ref="item"),
        Entry(Segment.OVERLAP, "Where they meet", 10, companies=(ALPHA, BETA), ref="talk"),
        Entry(Segment.BREAK, "Lunch", 45, ref="lunch"),
        Entry(Segment.ACTIONS, "Who does what, by when", 10, ref="actions"),
        Entry(Segment.VENDOR, "Taken back", 10, companies=(BETA,), ref="back", withdrawn=True),
    ]
    asked = {"item": 20, "talk": 10, "back": 10}
    parts = {ALPHA: Part("Alpha", stands[:1]), BETA: Part("Beta")}
    made = start(Template.QUARTERLY, 60, parts, Buyer(BUYER, 50), talks=stands[1:2], say=said)
    assert outcome(made, stands, asked) == Outcome(
        waits=("Where they meet",), gone=("Lunch", "Taken back"), short=(("Alpha’s item", 12, 20),)
    )
    assert outcome(stands, stands, asked) == Outcome((), (), ())


def test_an_empty_template_is_empty():
    assert start(Template.EMPTY, 120, {ALPHA: Part("Alpha")}, Buyer(BUYER, 50), say=said) == []


def test_what_is_owed_comes_first_and_a_governance_review_is_made_of_it() -> None:
    late = Owed("Restore the claims", ALPHA, why="The machine came late.")
    ours = Owed("Send the floor plan", BUYER, late=False)
    record = Record(kept=4, owed=(late, ours))
    one, two = {ALPHA: Part("Alpha")}, {ALPHA: Part("Alpha"), BETA: Part("Beta")}
    told = {
        template: [
            (each.segment, each.title, each.minutes, each.companies)
            for each in start(template, 45, one, Buyer(BUYER, 50), record=record, say=said)
        ]
        for template in (Template.GOVERNANCE, Template.EMPTY)
    }
    assert told[Template.EMPTY] == [("actions", "Promised before: Restore the claims; Send the floor plan", 5, ())]
    assert told[Template.GOVERNANCE] == [
        ("buyer", "Promises: 4 kept, 2 not", 5, (BUYER,)),
        (
            *("vendor", "Restore the claims, late (The machine came late): what changes by when", 20),
            (ALPHA,),
        ),
        ("buyer", "Send the floor plan: what it needs", 15, (BUYER,)),
        ("actions", "Who does what, by when", 5, ()),
    ]
    for template in Template:
        joint = start(template, 90, two, Buyer(BUYER, 50), record=record, say=said)
        assert (joint[0].segment, joint[0].title) == ("actions", "What was promised before")  # of whom, nobody learns
        assert "Restore" not in repr(joint)
    long = Record(owed=tuple(Owed("x" * 119, ALPHA) for _ in range(30)))
    review = start(Template.GOVERNANCE, 30, one, Buyer(BUYER, 50), record=long, say=said)
    assert (sum(each.minutes for each in review), max(len(each.title) for each in review)) == (30, 120)
    assert len(review) == 6
