"""Where the vendors of a briefing meet: seen when texts are open, marked, given time, noted in the room."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.stage import DAY, FIRST, SECOND, SLOTS, Stage, refused
from tests.usecases.briefings import DUE, slots_of
from tests.usecases.overlaps import PLANS, RESTORE, SNAPSHOTS, all_in, pairs, published, thea, three
from vendorhub.domain import overlaps as rules
from vendorhub.domain.briefings import deadline
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, Unfit, WrongState
from vendorhub.queries import history
from vendorhub.queries import items as seen_items
from vendorhub.queries import overlaps as seen
from vendorhub.store import AgendaEntry, Overlap, db
from vendorhub.usecases import items, overlaps, participations, polls
from vendorhub.usecases.overlaps import Talk

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_there_are_no_pairs_before_all_are_in(stage: Stage) -> None:
    code = three(stage)
    items.send(stage["Vera"], code, RESTORE)
    items.send(stage["Carl"], code, SNAPSHOTS)
    ids = sorted(stage[name].organisation for name in ("Vera", "Carl"))
    fc = rules.pair_code(code, *ids)
    for name in ("Kim", "Rita"):
        assert seen.see(stage[name], code).sealed
        assert pairs(stage[name], code) == {}
        said = refused(WrongState, overlaps.mark, stage[name], code, fc, kind="synergy")
        assert said.sentence == "What the vendors send in can't be read yet, so nothing can be said of it."
        refused(NotThere, overlaps.mark, stage[name], code, "0" * 10, kind="synergy")
    stage.go(deadline(DUE, "Europe/Berlin"))
    found = pairs(stage["Rita"], code)
    assert [(name, pair.topics) for name, pair in found.items()] == [("fc", ("Ransomware",)), ("ct", ()), ("ft", ())]
    assert (found["fc"].code, found["ft"].score, found["ct"].score) == (fc, 0, 0)


def test_who_organises_it_sees_all_pairs_the_highest_score_first(stage: Stage) -> None:
    code = all_in(stage)
    for name in ("Kim", "Alex", "Bo", "Rita"):
        found = pairs(stage[name], code)
        assert found["fc"].vendors == (("fastprint", "Fastprint"), ("cloudio", "Cloudio"))
        assert [(name, pair.score) for name, pair in found.items()] == [("fc", 40), ("ct", 0), ("ft", 0)]
        assert {(pair.kind, pair.sentence, pair.found, pair.minutes) for pair in found.values()} == {
            (None, "", "", None)
        }
    refused(NotThere, seen.see, stage["Charlie"], code)


def test_a_pair_is_marked_with_a_sentence_and_by_its_organisers_alone(stage: Stage) -> None:
    code = all_in(stage)
    fc = pairs(stage["Rita"], code)["fc"].code
    stage.go(SECOND)
    overlaps.mark(stage["Rita"], code, fc, kind="synergy", sentence=" Snapshots feed the vault. ")
    overlaps.mark(stage["Kim"], code, fc, kind="competition")
    pair = pairs(stage["Alex"], code)["fc"]
    assert (pair.kind, pair.sentence) == ("competition", "Snapshots feed the vault.")
    told = [(line.deed, line.by, line.words) for line in history.lines(stage["Kim"], about=code)[0]]
    assert told[-2:] == [("mark", "Rita", "Fastprint, Cloudio"), ("mark", "Kim", "Fastprint, Cloudio")]
    refused(NotAllowed, overlaps.mark, stage["Bo"], code, fc, kind="none")
    for actor in (stage["Vera"], stage["Charlie"], thea()):
        refused(NotThere, overlaps.mark, actor, code, fc, kind="none")
    for given, field in (
        ({"kind": "friends"}, "kind"),
        ({"sentence": "x" * 301}, "sentence"),
        ({"found": "\x00"}, "found"),
    ):
        assert refused(Unfit, overlaps.mark, stage["Rita"], code, fc, **given).field == field
    assert pairs(stage["Rita"], code)["fc"] == pair


@SQLITE
def test_who_saw_a_pair_before_somebody_else_marked_it_is_told(stage: Stage) -> None:
    code = all_in(stage)
    pair = pairs(stage["Rita"], code)["fc"]
    rita = stage["Rita"].by(replace(stage["Rita"].door, if_match=pair.version))
    overlaps.mark(stage["Kim"], code, pair.code, kind="none")
    refused(SomebodyWasFaster, overlaps.mark, rita, code, pair.code, kind="synergy")
    assert pairs(stage["Rita"], code)["fc"].kind == "none"


def test_one_press_gives_two_vendors_time_to_talk(stage: Stage) -> None:
    code = all_in(stage)
    found = pairs(stage["Rita"], code)
    overlaps.mark(stage["Rita"], code, found["fc"].code, kind="synergy", talk=Talk())
    overlaps.mark(stage["Kim"], code, found["ft"].code, talk=Talk(minutes=15, title="Paper or tape"))
    assert {name: pair.minutes for name, pair in pairs(stage["Kim"], code).items()} == {"fc": 10, "ft": 15, "ct": None}
    rows = db.session.scalars(select(AgendaEntry).order_by(AgendaEntry.position)).all()
    vera, carl = stage["Vera"].organisation, stage["Carl"].organisation
    assert [(row.segment, row.title, row.minutes) for row in rows] == [
        ("overlap", "How Fastprint and Cloudio work together", 10),
        ("overlap", "Paper or tape", 15),
    ]
    assert rows[0].companies == sorted((vera, carl))
    assert rows[0].presenters == [
        ["Vera", "vera@fastprint.example", "Engineer"],
        ["Dev", "dev@elsewhere.example", "Delivery"],
        ["Carl", "carl@cloudio.example", ""],  # nobody presents its item, so who joined does
    ]
    said = refused(WrongState, overlaps.mark, stage["Kim"], code, found["fc"].code, talk=Talk())
    assert said.sentence == "These two have their time on the agenda already."
    assert refused(Unfit, overlaps.mark, stage["Kim"], code, found["ct"].code, kind="none", talk=Talk(0)).field
    assert pairs(stage["Kim"], code)["ct"].kind is None


@SQLITE
def test_a_score_is_worked_out_anew_when_somebody_says_something_else(stage: Stage) -> None:
    code = all_in(stage)
    pair = pairs(stage["Rita"], code)["fc"]
    overlaps.mark(stage["Rita"], code, pair.code, kind="synergy")
    kept = db.session.scalars(select(Overlap)).one()
    assert (kept.score, kept.topics, kept.code) == (pair.score, ["Ransomware"], pair.code)
    kept.score = 1  # what is kept is told, as long as it is of what they say
    db.session.commit()
    assert pairs(stage["Rita"], code)["fc"].score == 1
    (item,) = seen_items.listing(stage["Carl"], code).own
    items.change(stage["Carl"], code, item.code, replace(SNAPSHOTS, title="Less downtime", topics=["backup"]))
    found = pairs(stage["Rita"], code)["fc"]
    assert (found.kind, found.topics) == ("synergy", ("Backup",))
    assert found.score not in (1, pair.score)


@SQLITE
def test_more_than_one_can_wait_for_is_worked_out_in_between(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    code = all_in(stage)
    score = pairs(stage["Rita"], code)["fc"].score
    monkeypatch.setattr(overlaps, "MANY", 2)
    assert overlaps.liken_due() == 0
    monkeypatch.setattr(rules, "VENDORS_AT_ONCE", 2)
    found = pairs(stage["Rita"], code)["fc"]
    assert (found.fresh, found.score) == (False, 0)
    assert (overlaps.liken_due(), overlaps.liken_due()) == (1, 0)
    found = pairs(stage["Rita"], code)["fc"]
    assert (found.fresh, found.score) == (True, score)
    assert len(db.session.scalars(select(Overlap)).all()) == 3
    published(stage, code)
    found = pairs(stage["Vera"], code)["fc"]  # what is kept is made of more than she may read
    assert (found.fresh, found.score, found.topics) == (False, 0, ())


@SQLITE
def test_a_vendor_that_goes_takes_its_pairs_along(stage: Stage) -> None:
    code = all_in(stage)
    overlaps.mark(stage["Rita"], code, pairs(stage["Rita"], code)["fc"].code, kind="synergy")
    participations.leave(stage["Carl"], code)
    assert list(pairs(stage["Rita"], code)) == ["ft"]


def test_a_vendor_sees_its_own_pairs_once_the_agenda_is_published(stage: Stage) -> None:
    code = all_in(stage)
    fc, ct = (pairs(stage["Rita"], code)[name].code for name in ("fc", "ct"))
    overlaps.mark(stage["Rita"], code, fc, kind="competition", sentence="Both keep copies.", talk=Talk())
    overlaps.mark(stage["Rita"], code, ct, kind="synergy", sentence="Between the two.")
    for actor in (stage["Vera"], stage["Carl"], thea()):
        assert seen.see(actor, code).sealed
        assert pairs(actor, code) == {}
        refused(NotThere, overlaps.mark, actor, code, fc, kind="none")
    published(stage, code)
    found = pairs(stage["Vera"], code)
    assert {name: (pair.kind, pair.sentence, pair.minutes) for name, pair in found.items()} == {
        "fc": ("competition", "Both keep copies.", None),
        "ft": (None, "", None),
    }
    assert found["fc"].topics == ("Ransomware",)
    assert list(pairs(stage["Carl"], code)) == ["fc", "ct"]
    assert refused(NotAllowed, overlaps.mark, stage["Vera"], code, fc, kind="none").sentence == (
        "This is for the other side to do."
    )
    refused(NotThere, overlaps.mark, stage["Vera"], code, ct, kind="none")


@SQLITE
def test_what_a_rival_keeps_for_the_buyer_makes_no_difference_to_what_a_vendor_sees(stage: Stage) -> None:
    code = all_in(stage)
    published(stage, code)
    before = pairs(stage["Vera"], code)
    score = pairs(stage["Rita"], code)["fc"].score
    plans = items.send(stage["Carl"], code, PLANS)
    published(stage, code)
    assert pairs(stage["Vera"], code) == before
    assert (pairs(stage["Rita"], code)["fc"].score > score, "Backup" in pairs(stage["Rita"], code)["fc"].topics) == (
        *(True, True),
    )
    items.change(stage["Carl"], code, plans, replace(PLANS, visibility="room"))
    assert pairs(stage["Vera"], code) == before  # it is not published so yet
    published(stage, code)
    assert pairs(stage["Vera"], code)["fc"].score > before["fc"].score


def test_what_was_found_in_the_room_is_kept_for_its_pair_also_when_it_is_over(stage: Stage) -> None:
    code = all_in(stage)
    found = pairs(stage["Rita"], code)
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])
    published(stage, code)
    stage.go(FIRST)
    assert (seen.see(stage["Rita"], code).may_note, seen.see(stage["Vera"], code).may_note) == (True, False)
    overlaps.mark(stage["Rita"], code, found["fc"].code, found="One API.")
    stage.go(DAY)
    overlaps.mark(stage["Kim"], code, found["fc"].code, found="One API.\nNobody had tried it.")
    for name in ("Kim", "Rita", "Vera", "Carl"):
        assert pairs(stage[name], code)["fc"].found == "One API.\nNobody had tried it."
    assert [pair.found for pair in pairs(thea(), code).values()] == ["", ""]
    refused(WrongState, overlaps.mark, stage["Rita"], code, found["fc"].code, kind="none", found="Less.")
    refused(NotAllowed, overlaps.mark, stage["Vera"], code, found["fc"].code, found="Much more.")
