"""Publishing an agenda: what stops it, who is told what, and what a later version tells to whom."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.people import address
from tests.stage import SLOTS, Stage, calendar, refused
from tests.usecases.agendas import NEWS, built, laid, sent
from tests.usecases.briefings import consented, joined, slots_of
from vendorhub.domain.agenda_rules import NotReady
from vendorhub.domain.agendas import Visibility
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, WrongState
from vendorhub.queries import agenda_building, agendas, briefings
from vendorhub.queries.agendas import AgendaView
from vendorhub.store import AgendaVersion, db
from vendorhub.usecases import agenda_building as building
from vendorhub.usecases import items, participations, polls
from vendorhub.usecases.agenda_building import Given
from vendorhub.usecases.agenda_publication import publish

EVERYBODY = [
    *(address(name) for name in ("Kim", "Alex", "Vera", "Carl")),
    "vera@presents.example",
    "carl@presents.example",
]  # but for Rita, who publishes

INVITED = {*EVERYBODY, address("Rita")} - {address("Alex")}

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def read(stage: Stage, name: str, code: str, number: int | None = None) -> AgendaView:
    db.session.rollback()
    return agendas.see(stage[name], code, number)


def stamp(entry: list[str]) -> str:
    return next(line for line in entry if line.startswith("DTSTAMP:"))


def titles(stage: Stage, name: str, code: str) -> list[tuple[str, int]]:
    return [(line.entry.title, line.entry.minutes) for line in read(stage, name, code).lines]


def test_everybody_who_comes_gets_the_first_version(stage: Stage) -> None:
    code, _, _ = built(stage)
    assert (read(stage, "Vera", code).number, read(stage, "Kim", code).lines) == (0, ())
    assert publish(stage["Rita"], code) == 1
    assert stage.told(kind="agenda_published") == [("agenda_published", to) for to in EVERYBODY]
    for name in ("Kim", "Bo", "Rita", "Vera", "Carl"):
        view = read(stage, name, code)
        assert (view.number, view.published, view.minutes, view.buyer_minutes) == (1, True, 80, 40)
        assert [line.starts_at_minute for line in view.lines] == [0, 20, 60]
    assert briefings.see(stage["Vera"], code).agenda_version == 1
    refused(WrongState, publish, stage["Kim"], code)


@SQLITE
def test_what_stops_it_is_told_and_a_reason_mends_the_shares_only(stage: Stage) -> None:
    code, print_, backup = laid(stage)
    given = [Given(ref=print_), NEWS, Given(ref=backup, minutes=40)]
    building.put(stage["Rita"], code, entries=given)
    stopped = refused(NotReady, publish, stage["Rita"], code, overrule="They came last time.")
    assert [each.sentence for each in stopped.problems] == [
        "All of it takes 100 minutes, and there are 90: 10 too many."
    ]
    building.put(stage["Rita"], code, entries=[Given(ref=print_, minutes=5), *given[1:]])
    stopped = refused(NotReady, publish, stage["Rita"], code)
    assert [each.sentence for each in stopped.problems] == [
        "Fastprint has 5 minutes, where a vendor has 22 on average.",
        "Cloudio has 40 minutes, where a vendor has 22 on average.",
    ]
    assert stage.told(kind="agenda_published") == []
    publish(stage["Rita"], code, overrule="Print was long last time.")
    assert read(stage, "Kim", code).overruled == "Print was long last time."
    assert read(stage, "Carl", code).overruled == ""


@SQLITE
def test_it_needs_an_item_of_everybody_or_the_deadline_past(stage: Stage) -> None:
    code = joined(stage)
    print_ = sent(stage, code, "Vera", "Printing less")
    free = Given(segment="vendor", title="Backups", minutes=20, vendors=["cloudio"])
    building.put(stage["Rita"], code, entries=[NEWS, free])
    assert [each.sentence for each in refused(NotReady, publish, stage["Rita"], code).problems][:2] == [
        "Nothing of Fastprint stands in the agenda yet.",
        "Nothing has come from Cloudio yet, and there is still time.",
    ]
    stage.go(briefings.see(stage["Rita"], code).deadline)
    building.put(stage["Rita"], code, entries=[NEWS, free, Given(ref=print_)])
    assert publish(stage["Kim"], code) == 1


@SQLITE
def test_who_publishes_and_when(stage: Stage) -> None:
    code, _, _ = built(stage)
    for name in ("Bo", "Vera"):
        refused(NotAllowed, publish, stage[name], code)
    for name in ("Charlie", "Cleo"):
        refused(NotThere, publish, stage[name], code)
    seen = agenda_building.see(stage["Rita"], code)
    building.change(stage["Kim"], code, minutes={seen.placed[0]: 22})
    refused(SomebodyWasFaster, publish, stage["Rita"], code, revision=seen.agenda.revision)
    assert publish(stage["Alex"], code, revision=seen.agenda.revision + 1) == 1


@SQLITE
def test_a_rival_learns_of_what_is_for_the_buyer_that_it_is_there(stage: Stage) -> None:
    code, print_, backup = laid(stage)
    prices = sent(stage, code, "Vera", "Prices", 10, visibility="buyer", topics=["money"], abstract="Cheap.")
    asked = sent(stage, code, "Kim", "Fastprint, why so late?", 5, visibility="buyer", asks="fastprint")
    given = [Given(ref=each) for each in (print_, prices, asked)]
    building.put(stage["Rita"], code, entries=[*given, Given(ref=backup, minutes=15), NEWS])
    publish(stage["Rita"], code, overrule="So be it.")
    assert titles(stage, "Carl", code) == [
        ("Printing less", 20),
        ("Reserved for Fastprint and the buyer", 10),
        ("Reserved for the buyer", 5),
        ("Backups that restore", 15),
        ("What is new with us", 40),
    ]
    line = read(stage, "Carl", code).lines[1]
    assert (line.id, line.vendor, line.entry.topics, line.entry.abstract) == ("reserved-2", "fastprint", (), "")
    assert [one.email for one in read(stage, "Carl", code).lines[0].entry.presenters] == [""]
    for name in ("Vera", "Kim", "Rita"):
        assert titles(stage, name, code)[1:3] == [("Prices", 10), ("Fastprint, why so late?", 5)]
    assert read(stage, "Vera", code).lines[1].entry.visibility is Visibility.BUYER


@SQLITE
def test_letters_tell_each_reader_their_own_agenda(stage: Stage) -> None:
    code, print_, backup = laid(stage)
    prices = sent(stage, code, "Vera", "Prices", 10, visibility="buyer")
    building.put(stage["Rita"], code, entries=[*(Given(ref=each) for each in (print_, prices, backup)), NEWS])
    stage.delivered()
    publish(stage["Rita"], code, overrule="So be it.")
    got = {to: raw.decode() for to, raw in stage.delivered()}
    assert sorted(got) == sorted(EVERYBODY)
    assert {to for to, raw in got.items() if "0:20 Prices, 10 minutes (Fastprint)" in raw} == {
        *(address(name) for name in ("Kim", "Alex", "Vera")),
        "vera@presents.example",
    }
    assert {to for to, raw in got.items() if "0:20 Reserved for Fastprint and the buyer, 10 minutes" in raw} == {
        address("Carl"),
        "carl@presents.example",
    }
    assert not any("text/calendar" in raw for raw in got.values())


def test_of_a_later_version_those_hear_whom_it_touches(stage: Stage) -> None:
    code, print_, backup = laid(stage)
    prices = sent(stage, code, "Vera", "Prices", 10, visibility="buyer")
    dear = sent(stage, code, "Vera", "Prices from May", 10, visibility="buyer")
    given = [Given(ref=each) for each in (print_, prices, backup)]
    building.put(stage["Rita"], code, entries=[*given, NEWS])
    publish(stage["Rita"], code, overrule="So be it.")
    stage.delivered()
    building.put(stage["Rita"], code, entries=[given[0], Given(ref=dear), given[2], NEWS])
    assert publish(stage["Rita"], code, overrule="So be it.") == 2
    buyer_and_vera = [*(address(name) for name in ("Kim", "Alex", "Vera")), "vera@presents.example"]
    assert [to for _, to in stage.told(kind="agenda_changed")] == buyer_and_vera
    assert [each.sentence for each in read(stage, "Vera", code).changes] == [
        "“Prices” is no longer there.",
        "New: “Prices from May”, 10 minutes.",
    ]
    assert read(stage, "Carl", code).changes == ()
    assert read(stage, "Carl", code, 1).lines == read(stage, "Carl", code, 2).lines
    building.change(stage["Rita"], code, move=(agenda_building.see(stage["Rita"], code).placed[3], 0))
    publish(stage["Rita"], code, overrule="So be it.")
    assert [to for _, to in stage.told(kind="agenda_changed")][4:] == EVERYBODY
    assert [each.sentence for each in read(stage, "Carl", code).changes] == [
        "“What is new with us” now comes first.",
        "“Backups that restore” begins 40 minutes later.",
    ]
    assert [each.sentence for each in read(stage, "Carl", code, 2).changes] == []


def test_who_is_invited_gets_the_new_agenda_into_the_calendar_where_it_touches_them(stage: Stage) -> None:
    code, print_, backup = built(stage)
    publish(stage["Rita"], code)
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])
    first = {to: calendar(raw) for to, raw in stage.delivered() if calendar(raw)}
    assert set(first) == INVITED
    dear = sent(stage, code, "Vera", "Prices", 10, visibility="buyer")
    rest = [NEWS, Given(ref=backup)]
    building.put(stage["Rita"], code, entries=[Given(ref=print_, minutes=10), Given(ref=dear), *rest])
    publish(stage["Rita"], code)
    told = {to: calendar(raw) for to, raw in stage.delivered()}
    assert {to for to, entry in told.items() if entry} == INVITED
    rivals = {address("Carl"), "carl@presents.example"}
    for to in INVITED:
        answers = [line for line in first[to] if line.startswith(("UID:", "ATTENDEE"))]
        assert {"METHOD:REQUEST", "SEQUENCE:0", *answers} <= set(told[to])
        assert stamp(told[to]) > stamp(first[to])
        said = next(line for line in told[to] if line.startswith("DESCRIPTION"))
        assert ("Prices" in said, "Reserved for Fastprint and the buyer" in said) == (to not in rivals, to in rivals)
    closed = [Given(ref=print_, minutes=10), Given(ref=sent(stage, code, "Vera", "Discounts", 10, visibility="buyer"))]
    building.put(stage["Rita"], code, entries=[*closed, *rest])
    publish(stage["Rita"], code)
    assert {to for to, raw in stage.delivered() if calendar(raw)} == INVITED - rivals


@SQLITE
def test_an_invitation_that_waits_leaves_with_the_agenda_as_it_is(stage: Stage) -> None:
    code, _, _ = built(stage)
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])
    publish(stage["Rita"], code)
    entries = {to: calendar(raw) for to, raw in stage.delivered() if calendar(raw)}
    assert set(entries) == INVITED
    assert all("Printing less" in "".join(entry) for entry in entries.values())


@SQLITE
def test_a_published_version_stays_as_it_was(stage: Stage) -> None:
    code, _, _ = built(stage)
    publish(stage["Rita"], code)
    before = read(stage, "Carl", code, 1)
    building.put(stage["Rita"], code, entries=[])
    assert read(stage, "Carl", code, 1) == before
    view = agenda_building.told(stage["Rita"], code)
    assert (view.number, view.published, view.lines) == (1, False, ())
    assert agenda_building.told(stage["Carl"], code).lines == before.lines
    for number in (0, 2, -1):
        refused(NotThere, agendas.see, stage["Kim"], code, number)


@SQLITE
def test_what_is_closed_to_the_room_later_is_reserved_at_once(stage: Stage) -> None:
    code, print_, _ = built(stage)
    publish(stage["Rita"], code)
    items.take_back(stage["Vera"], code, print_)
    assert titles(stage, "Carl", code)[0] == ("Reserved for Fastprint and the buyer", 20)
    for name in ("Vera", "Kim"):
        assert titles(stage, name, code)[0] == ("Printing less", 20)


@SQLITE
def test_nothing_is_there_for_who_has_not_joined(stage: Stage) -> None:
    code = consented(stage)
    participations.take_part(stage["Vera"], code)
    print_ = sent(stage, code, "Vera", "Printing less")
    stage.go(briefings.see(stage["Rita"], code).deadline)
    building.put(stage["Rita"], code, entries=[NEWS, Given(ref=print_, minutes=40)])
    publish(stage["Rita"], code)
    view = read(stage, "Carl", code)
    assert (view.number, view.newest, view.lines) == (0, 0, ())
    refused(NotThere, agendas.see, stage["Carl"], code, 1)
    refused(NotThere, agendas.see, stage["Charlie"], code)
    assert address("Carl") not in [to for _, to in stage.told(kind="agenda_published")]


def test_whoever_leaves_leaves_no_gap(stage: Stage) -> None:
    code, _, _ = built(stage)
    publish(stage["Rita"], code)
    stage.go(timedelta(minutes=1))
    participations.leave(stage["Vera"], code)
    assert titles(stage, "Carl", code) == [("What is new with us", 40), ("Backups that restore", 20)]
    assert [each.sentence for each in read(stage, "Carl", code).changes] == [
        "“Printing less” is no longer there.",
        "“Backups that restore” begins 20 minutes earlier.",
    ]
    bench = agenda_building.see(stage["Rita"], code)
    assert (len(bench.placed), bench.waiting) == (2, ())
    assert [to for _, to in stage.told(kind="agenda_changed")] == [
        *(address(name) for name in ("Kim", "Alex", "Rita", "Carl")),
        "carl@presents.example",
    ]
    sent = dict(stage.delivered())[address("Carl")].decode()
    assert "VendorHub for Norden Mutual" in sent
    assert "Vera" not in sent
    assert read(stage, "Vera", code).number == 0


@SQLITE
def test_thirty_people_are_written_to_in_one_transaction(stage: Stage) -> None:
    code, print_, backup = laid(stage)
    people = [(f"Person {number}", f"p{number}@fastprint.example", "") for number in range(24)]
    crowd = [people[start : start + 8] for start in (0, 8, 16)]
    more = [sent(stage, code, "Vera", "More print", 5, presenters=some) for some in crowd]
    building.put(
        stage["Rita"],
        code,
        entries=[
            *(Given(ref=each) for each in (print_, *more, backup)),
            Given(segment="break", title="Tea", minutes=5),
        ],
    )
    publish(stage["Rita"], code, overrule="So be it.")
    assert len({letter.created_at for letter in stage.letters(kind="agenda_published")}) == 1
    assert len(stage.letters(kind="agenda_published")) == 30
    assert [row.number for row in db.session.scalars(select(AgendaVersion))] == [1]
