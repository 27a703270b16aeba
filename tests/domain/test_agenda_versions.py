"""What each party may see of an agenda, and which changes it hears of (law 10)."""

from dataclasses import replace

import pytest

from vendorhub.domain.agenda_versions import (
    Party,
    Room,
    as_seen_by,
    difference,
    packed,
    touched,
    unpacked,
)
from vendorhub.domain.agendas import Entry, Presenter, Segment, Visibility

BUYER, VAR, ALPHA, BETA, GAMMA = 1, 9, 2, 3, 4
NAMES = {BUYER: "Northwind", ALPHA: "Alpha", BETA: "Beta", GAMMA: "Gamma"}
ROOM = Room(BUYER, NAMES)
HOST, OF_ALPHA, OF_BETA, OF_GAMMA = Party(BUYER, True), Party(ALPHA), Party(BETA), Party(GAMMA)
ADA, BEN = Presenter("Ada", "ada@alpha.test", "Engineer"), Presenter("Ben", "ben@beta.test")
OPEN = Entry(
    Segment.VENDOR, "Backup", 20, (ALPHA,), (ADA,), ref="A1", topics=("backup",), abstract="Tapes, *and* prices."
)
PRICES = Entry(Segment.VENDOR, "Prices", 10, (ALPHA,), (ADA,), "A2", Visibility.BUYER, ("money",), "Cheap.")
TALK = Entry(Segment.OVERLAP, "Both backups", 10, (ALPHA, BETA), (ADA, BEN), ref="O1")
ASKED = Entry(Segment.BUYER, "Alpha, why so late?", 5, (BUYER, ALPHA), ref="B1", visibility=Visibility.BUYER)
NEWS = Entry(Segment.BUYER, "What is new", 30, (BUYER,), ref="B2")
COFFEE = Entry(Segment.BREAK, "Coffee", 10)
DAY = (OPEN, PRICES, TALK, ASKED, NEWS, COFFEE)


def said(msgid: str, values: object) -> str:
    return msgid % values  # type: ignore[operator]


def seen(party: Party, entries: tuple[Entry, ...] = DAY) -> tuple[Entry, ...]:
    return as_seen_by(entries, party, ROOM, said)


def told(old: tuple[Entry, ...], new: tuple[Entry, ...], party: Party) -> list[str]:
    return [change.sentence for change in difference(seen(party, old), seen(party, new), party)]


def bare(entry: Entry) -> Entry:
    return replace(entry, presenters=tuple(replace(one, email="") for one in entry.presenters))


def test_who_arranges_it_sees_everything():
    assert seen(HOST) == DAY


def test_a_vendor_sees_its_own_and_the_rooms():
    assert seen(OF_ALPHA) == (OPEN, PRICES, bare(TALK), ASKED, NEWS, COFFEE)


def test_a_rival_sees_of_what_is_not_for_it_that_it_is_there_and_how_long_it_takes():
    assert seen(OF_GAMMA) == (
        bare(OPEN),
        Entry(Segment.VENDOR, "Reserved for Alpha and the buyer", 10, (ALPHA,), reserved=True),
        Entry(Segment.OVERLAP, "Reserved for others", 10, reserved=True),
        Entry(Segment.BUYER, "Reserved for the buyer", 5, (BUYER,), reserved=True),
        NEWS,
        COFFEE,
    )
    assert seen(OF_BETA)[2] == bare(TALK)


def test_a_version_is_kept_whole():
    assert unpacked(packed(DAY)) == DAY


CHANGES = [
    ((NEWS, COFFEE), (COFFEE,), ["“What is new” is no longer there."]),
    ((NEWS,), (NEWS, COFFEE), ["New: “Coffee”, 10 minutes."]),
    ((NEWS, COFFEE), (COFFEE, NEWS), ["“Coffee” now comes first."]),
    ((NEWS, COFFEE, TALK), (COFFEE, TALK, NEWS), ["“What is new” now comes after “Both backups”."]),
    ((NEWS,), (replace(NEWS, minutes=25),), ["“What is new” has 25 minutes instead of 30."]),
    ((NEWS,), (replace(NEWS, title="News"),), ["“What is new” is now called “News”."]),
    ((OPEN,), (replace(OPEN, presenters=(BEN,)),), ["“Backup” is now presented by Ben."]),
    ((OPEN,), (replace(OPEN, presenters=()),), ["Nobody is named any more to present “Backup”."]),
    ((OPEN,), (replace(OPEN, abstract="Disks."),), ["What “Backup” is about has been rewritten."]),
    ((PRICES,), (replace(PRICES, visibility=Visibility.ROOM),), ["“Prices” can now be read by everybody in the room."]),
    ((OPEN,), (replace(OPEN, visibility=Visibility.BUYER),), ["“Backup” can now be read by the buyer only."]),
    ((COFFEE, COFFEE), (COFFEE,), ["“Coffee” is no longer there."]),
]


@pytest.mark.parametrize(("old", "new", "sentences"), CHANGES)
def test_each_change_is_a_sentence(old: tuple[Entry, ...], new: tuple[Entry, ...], sentences: list[str]):
    assert told(old, new, HOST) == sentences
    assert told(old, old, HOST) == told(new, new, HOST) == []


def test_a_vendor_hears_that_its_own_begins_at_another_time():
    later = (replace(NEWS, minutes=35), OPEN)
    assert told((NEWS, OPEN), later, OF_ALPHA) == [
        "“What is new” has 35 minutes instead of 30.",
        "“Backup” begins 5 minutes later.",
    ]
    assert told(later, (NEWS, OPEN), OF_ALPHA)[1] == "“Backup” begins 5 minutes earlier."
    assert told((NEWS, OPEN), later, OF_BETA) == ["“What is new” has 35 minutes instead of 30."]


def test_only_those_are_touched_who_see_a_difference():
    new = (OPEN, replace(PRICES, title="Prices from May", abstract="Dear."), *DAY[2:])
    parties = (HOST, OF_ALPHA, OF_BETA, OF_GAMMA)
    assert list(touched(DAY, new, parties, ROOM, said)) == [BUYER, ALPHA]
    longer = (OPEN, replace(PRICES, minutes=15), *DAY[2:])
    found = touched(DAY, longer, parties, ROOM, said)
    assert {company: [one.sentence for one in changes] for company, changes in found.items()} == {
        BUYER: ["“Prices” has 15 minutes instead of 10."],
        ALPHA: [
            "“Prices” has 15 minutes instead of 10.",
            "“Both backups” begins 5 minutes later.",
            "“Alpha, why so late?” begins 5 minutes later.",
        ],
        BETA: [
            "“Reserved for Alpha and the buyer” has 15 minutes instead of 10.",
            "“Both backups” begins 5 minutes later.",
        ],
        GAMMA: ["“Reserved for Alpha and the buyer” has 15 minutes instead of 10."],
    }


def test_a_change_of_addresses_alone_touches_their_own_side_only():
    new = (replace(OPEN, presenters=(replace(ADA, email="a@alpha.test"),)), *DAY[1:])
    assert touched(DAY, new, (OF_BETA, OF_GAMMA), ROOM, said) == {}
