"""The working agenda: who builds it, what may stand in it, and two who build at once."""

from dataclasses import replace

import pytest

from tests.people import API
from tests.stage import Stage, refused
from tests.usecases.agendas import BREAK, NEWS, built, laid, marked, sent
from tests.usecases.briefings import consented, joined, proposed
from vendorhub.domain.agenda_templates import Template
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, Unfit, WrongState
from vendorhub.queries import agenda_building as seen
from vendorhub.queries import history
from vendorhub.queries.agenda_building import Workbench
from vendorhub.store import MeetingRequest, db
from vendorhub.store.write import write
from vendorhub.usecases import agenda_building as building
from vendorhub.usecases import items, revoking
from vendorhub.usecases.agenda_building import Given

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def bench(stage: Stage, code: str, name: str = "Rita") -> Workbench:
    db.session.rollback()
    return seen.see(stage[name], code)


def stands(stage: Stage, code: str, name: str = "Rita") -> list[tuple[str, str, int]]:
    entries = [line.entry for line in bench(stage, code, name).agenda.lines]
    return [(each.segment, each.title, each.minutes) for each in entries]


def problems(stage: Stage, code: str) -> list[str]:
    return [problem.sentence for problem in bench(stage, code).agenda.problems]


def test_items_and_entries_of_its_own_stand_in_the_order_given(stage: Stage) -> None:
    code, print_, backup = laid(stage)
    talk = Given(segment="overlap", title="Both", minutes=10, vendors=["fastprint", "cloudio"])
    building.put(stage["Rita"], code, entries=[Given(ref=backup, minutes=15), BREAK, talk, NEWS])
    view = bench(stage, code, "Alex")
    assert [(line.id, line.entry.title, line.starts_at_minute, line.vendor) for line in view.agenda.lines[:1]] == [
        (backup, "Backups that restore", 0, "cloudio")
    ]
    assert stands(stage, code) == [
        ("vendor", "Backups that restore", 15),
        ("break", "Coffee", 5),
        ("overlap", "Both", 10),
        ("buyer", "What is new with us", 40),
    ]
    assert [line.starts_at_minute for line in view.agenda.lines] == [0, 15, 20, 30]
    assert [line.id for line in view.waiting] == [print_]
    assert (view.agenda.minutes, view.agenda.buyer_minutes, view.left, view.share) == (70, 40, 20, 62)
    assert [(each.company.slug, each.joined, each.sent, each.minutes) for each in view.vendors] == [
        ("fastprint", True, True, 0),
        ("cloudio", True, True, 15),
    ]


def test_an_entry_is_moved_given_minutes_and_taken_out(stage: Stage) -> None:
    code, print_, _ = built(stage)
    first, second, third = bench(stage, code).placed
    building.change(stage["Kim"], code, minutes={first: 25, second: 35}, move=(third, 0))
    assert bench(stage, code).placed == (third, first, second)
    assert [minutes for _, _, minutes in stands(stage, code)] == [20, 25, 35]
    building.change(stage["Rita"], code, remove=first)
    assert bench(stage, code).placed == (third, second)
    assert [line.id for line in bench(stage, code).waiting] == [print_]
    building.add(stage["Rita"], code, given=Given(ref=print_), at=1)
    assert [title for _, title, _ in stands(stage, code)][1] == "Printing less"
    assert refused(Unfit, building.change, stage["Rita"], code, remove=first).field == "entries"
    for minutes in (0, 481):
        refused(Unfit, building.change, stage["Rita"], code, minutes={second: minutes})


@SQLITE
def test_what_an_item_says_now_is_what_stands(stage: Stage) -> None:
    code, print_, backup = built(stage)
    items.take_back(stage["Carl"], code, backup)
    assert problems(stage, code) == [
        "“Backups that restore” has been taken back by those whose it was.",
        "Nothing has come from Cloudio yet, and there is still time.",
    ]
    assert [line.entry.withdrawn for line in bench(stage, code).agenda.lines] == [False, False, True]
    assert refused(Unfit, building.add, stage["Rita"], code, given=Given(ref=print_)).field == "entries"


@pytest.mark.parametrize(
    "given",
    [
        Given(ref="0000000000"),
        Given(segment="vendor", title="Whose?", minutes=5),
        Given(segment="vendor", title="Both’s?", minutes=5, vendors=["fastprint", "cloudio"]),
        Given(segment="overlap", title="Alone", minutes=5, vendors=["fastprint"]),
        Given(segment="break", title="Too long", minutes=481),
        Given(segment="break", title="", minutes=5),
        Given(segment="lunch", title="Soup", minutes=5),
        Given(segment="buyer", title="No minutes"),
        Given(segment="buyer", title="Who?", minutes=5, vendors=["bridge"]),
        Given(segment="buyer", title="Who?", minutes=5, presenters=[("Kim", "no address", "")]),
    ],
)
@SQLITE
def test_what_cannot_stand_is_refused_and_nothing_is_changed(stage: Stage, given: Given) -> None:
    code, _, _ = built(stage)
    before = bench(stage, code)
    assert refused(Unfit, building.add, stage["Rita"], code, given=given).field == "entries"
    assert bench(stage, code) == before


@SQLITE
def test_items_stay_sealed_until_all_are_in(stage: Stage) -> None:
    code = joined(stage)
    print_ = sent(stage, code, "Vera", "Printing less")
    ours = sent(stage, code, "Kim", "What is new")
    assert bench(stage, code).waiting == ()
    assert [line.id for line in bench(stage, code, "Kim").waiting] == [ours]
    refused(Unfit, building.add, stage["Rita"], code, given=Given(ref=print_))
    backup = sent(stage, code, "Carl", "Backups that restore")
    assert [line.id for line in bench(stage, code).waiting] == [ours, print_, backup]


@SQLITE
def test_who_builds_it(stage: Stage) -> None:
    code, _, _ = built(stage)
    for name in ("Vera", "Bo"):
        refused(NotAllowed, seen.see, stage[name], code)
        refused(NotAllowed, building.put, stage[name], code, entries=[])
    for name in ("Charlie", "Cleo", "Oz"):
        refused(NotThere, seen.see, stage[name], code)
        refused(NotThere, building.put, stage[name], code, entries=[])
    revoking.revoke(stage["Kim"], code)
    refused(WrongState, building.put, stage["Rita"], code, entries=[])


@SQLITE
def test_before_the_yes_there_is_nothing_to_build(stage: Stage) -> None:
    refused(WrongState, building.put, stage["Rita"], proposed(stage), entries=[])


def test_the_second_of_two_is_told_and_the_first_ones_stands(stage: Stage) -> None:
    code, _, _ = built(stage)
    view = bench(stage, code)
    first, second, _ = view.placed
    building.change(stage["Kim"], code, minutes={first: 25}, revision=view.agenda.revision)
    refused(SomebodyWasFaster, building.change, stage["Rita"], code, remove=first, revision=view.agenda.revision)
    stale = stage.cast.at("Rita", replace(API, if_match=view.agenda.version))
    refused(SomebodyWasFaster, building.put, stale, code, entries=[])
    assert [minutes for _, _, minutes in stands(stage, code)] == [25, 40, 20]
    fresh = stage.cast.at("Rita", replace(API, if_match=bench(stage, code).agenda.version))
    building.change(fresh, code, move=(second, 0), revision=view.agenda.revision + 1)


@SQLITE
def test_a_template_deals_out_the_minutes_and_places_what_is_in(stage: Stage) -> None:
    code, _, _ = laid(stage)
    building.start_from(stage["Rita"], code, Template.JOINT)
    assert stands(stage, code) == [
        ("buyer", "What we want from this", 10),
        ("vendor", "Printing less", 15),
        ("vendor", "Backups that restore", 15),
        ("overlap", "How it works together", 10),
        ("buyer", "What is new with us, and our questions", 30),
        ("actions", "Who does what, by when", 10),
    ]
    assert problems(stage, code) == []
    building.start_from(stage["Rita"], code, Template.EMPTY)
    assert (stands(stage, code), len(bench(stage, code).waiting)) == ([], 2)


def test_what_two_vendors_talk_over_outlives_a_template(stage: Stage) -> None:
    code, print_, backup = laid(stage)
    pair = marked(code, "fastprint", "cloudio")
    assert [line.id for line in bench(stage, code).waiting] == [print_, backup, pair]
    building.add(stage["Rita"], code, given=Given(ref=pair, minutes=20))
    entry = bench(stage, code).agenda.lines[0].entry
    assert (entry.title, entry.minutes) == ("How Fastprint and Cloudio work together", 20)
    assert [each.email for each in entry.presenters] == ["vera@presents.example", "carl@presents.example"]
    building.start_from(stage["Rita"], code, Template.JOINT)
    assert stands(stage, code)[3] == ("overlap", "How Fastprint and Cloudio work together", 10)
    assert bench(stage, code).agenda.lines[3].entry.presenters == entry.presenters
    building.start_from(stage["Rita"], code, Template.GOVERNANCE)
    assert [line.id for line in bench(stage, code).waiting] == [print_, backup, pair]


@SQLITE
def test_problems_are_sentences(stage: Stage) -> None:
    code = consented(stage)
    marked(code, "fastprint", "cloudio")
    assert problems(stage, code) == ["Nothing stands in the agenda yet."]
    building.add(stage["Rita"], code, given=Given(segment="vendor", title="Print", minutes=100, vendors=["fastprint"]))
    assert problems(stage, code) == [
        "All of it takes 100 minutes, and there are 90: 10 too many.",
        "“Print” needs Fastprint, who has not joined.",
        "The buyer has 0 % of what is shared out, and 50 % were wanted.",
        "How Fastprint and Cloudio work together has no time of its own.",
    ]


@SQLITE
def test_putting_back_what_was_read_changes_nothing(stage: Stage) -> None:
    code, _, _ = built(stage)
    before = bench(stage, code)
    given = [Given(ref=line.id) for line in before.agenda.lines]
    building.put(stage["Rita"], code, entries=given)
    assert bench(stage, code).agenda.lines == before.agenda.lines
    again = [given[0], NEWS, given[2]]
    building.put(stage["Rita"], code, entries=again)
    assert bench(stage, code).agenda.lines == before.agenda.lines
    refused(Unfit, building.put, stage["Rita"], code, entries=[given[0], given[0]])


def test_an_overlap_becomes_an_entry_within_another_deed(stage: Stage) -> None:
    code, _, _ = built(stage)
    overlap = marked(code, "fastprint", "cloudio")
    circle = bench(stage, code)
    companies = [each.company.id for each in circle.vendors]
    from sqlalchemy import select

    from vendorhub.store import Overlap

    with write(stage["Rita"]) as work:
        request = work.session.scalars(select(MeetingRequest).where(MeetingRequest.code == code)).one()
        row = work.session.scalars(select(Overlap)).one()
        building.add_entry(
            work, request, segment="overlap", title="Both", minutes=10, companies=companies, overlap_id=row.id
        )
    line = bench(stage, code).agenda.lines[-1]
    assert (line.id, line.whose, line.starts_at_minute) == (overlap, ("Fastprint", "Cloudio"), 80)


@SQLITE
def test_building_is_one_line_of_history_that_no_vendor_reads(stage: Stage) -> None:
    code, _, _ = built(stage)
    building.change(stage["Rita"], code, minutes={bench(stage, code).placed[0]: 21})
    assert [line.deed for line in history.lines(stage["Kim"], about=code)[0]].count("build") == 1
    assert "build" not in [line.deed for line in history.lines(stage["Vera"])[0]]
