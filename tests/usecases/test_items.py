"""Items of a joint briefing: kept, sent, changed and taken back, and what their organisers hear of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests.people import address
from tests.stage import DAY, HOLD, MINUTE, Stage, refused, words
from tests.usecases.briefings import consented, joined, proposed
from vendorhub import clock
from vendorhub.domain.agendas import Presenter, Visibility
from vendorhub.domain.item_words import ItemWords
from vendorhub.domain.items import Given, ItemState
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, Unfit, WrongState
from vendorhub.queries import briefings as seen_briefings
from vendorhub.queries import items as seen
from vendorhub.store import HistoryLine, db
from vendorhub.usecases import (
    briefings,
    decisions,
    item_drafts,
    item_reminders,
    items,
    line_ups,
    participations,
    revoking,
    sweep,
    undo,
)

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

DEADLINE = datetime(2027, 1, 20, 23, tzinfo=UTC)  # the end of the day in Berlin
REMINDED = datetime(2027, 1, 17, 7, tzinfo=UTC)
TAPE = Given(
    title="How we restore",
    abstract="From *tape*.",
    minutes=20,
    topics=["fewer suppliers", "Tape"],
    presenters=[("Vera", "vera@fastprint.example", "Sales"), ("Dev", "dev@elsewhere.example", "")],
)
CLOUD = Given(title="Copies elsewhere", minutes=15)


def titles(stage: Stage, name: str, code: str) -> list[tuple[str | None, str, str]]:
    return [(item.vendor, item.title, item.state) for item in seen.listing(stage[name], code).items]


def parts(stage: Stage, name: str, code: str) -> list[tuple[str, bool | None]]:
    return [(part.slug, part.has_sent) for part in seen_briefings.see(stage[name], code).vendors]


def kept(stage: Stage, name: str, code: str, item: str = "", **typed: Any) -> str:
    item = item or item_drafts.further()
    assert item_drafts.keep(stage.cast.ids[name], code, item, ItemWords(**typed), opened=clock.now())
    return item


def test_an_item_that_is_sent_is_in_and_its_company_s_alone(stage: Stage) -> None:
    code = joined(stage)
    item = items.send(stage["Vera"], code, TAPE)
    view = seen.see(stage["Vic"], code, item)
    assert (view.title, view.abstract, view.minutes, view.topics) == (
        "How we restore",
        "From *tape*.",
        20,
        ("Fewer suppliers", "Tape"),
    )
    assert view.presenters == (
        Presenter("Vera", "vera@fastprint.example", "Sales"),
        Presenter("Dev", "dev@elsewhere.example"),
    )
    assert (view.vendor, view.visibility, view.state, view.by, view.kept) == (
        "fastprint",
        Visibility.ROOM,
        ItemState.SENT,
        "Vera",
        None,
    )
    for name in ("Kim", "Rita", "Carl"):
        assert titles(stage, name, code) == []
        refused(NotThere, seen.see, stage[name], code, item)
    assert parts(stage, "Rita", code) == parts(stage, "Kim", code) == [("fastprint", True), ("cloudio", False)]
    refused(NotThere, seen.listing, stage["Charlie"], code)


def test_a_draft_is_not_in_and_stays_as_it_was_typed(stage: Stage) -> None:
    code = consented(stage)
    item = kept(stage, "Vera", code, title=" ", abstract="Prices\n", minutes="x")
    assert titles(stage, "Vic", code) == [("fastprint", "Prices", "draft")]
    view = seen.see(stage["Vic"], code, item)
    assert (view.kept, view.minutes, view.by) == (ItemWords(title=" ", abstract="Prices\n", minutes="x"), 0, "Vera")
    assert parts(stage, "Rita", code) == [("fastprint", False), ("cloudio", False)]
    assert titles(stage, "Kim", code) == titles(stage, "Rita", code) == titles(stage, "Carl", code) == []
    nothing = item_drafts.further()
    assert not item_drafts.keep(stage.cast.ids["Vera"], code, nothing, ItemWords(minutes="9"), opened=clock.now())
    assert items.send(stage["Vera"], code, TAPE, item=item, opened=clock.now()) == item
    assert titles(stage, "Vera", code) == [("fastprint", "How we restore", "sent")]
    assert seen.see(stage["Vera"], code, item).kept is None
    items.take_back(stage["Vic"], code, item)
    refused(NotThere, items.change, stage["Vera"], code, item, TAPE)
    refused(NotThere, items.send, stage["Vera"], code, TAPE, item=item)


def test_what_is_kept_of_a_sent_item_is_sent_by_a_further_press_only(stage: Stage) -> None:
    code = joined(stage)
    item = items.send(stage["Vera"], code, TAPE)
    items.send(stage["Carl"], code, CLOUD)
    before = seen.see(stage["Rita"], code, item)
    stage.go(MINUTE)
    kept(stage, "Vic", code, item, title="Cheaper")
    assert seen.see(stage["Rita"], code, item).version == before.version
    assert seen.see(stage["Vera"], code, item).kept == ItemWords(title="Cheaper")
    item_drafts.drop(stage["Vera"], code, item)
    assert seen.see(stage["Vera"], code, item).kept is None
    kept(stage, "Vera", code, item, title="Cheaper")
    items.change(stage["Vera"], code, item, CLOUD)
    assert (seen.see(stage["Kim"], code, item).title, seen.see(stage["Vera"], code, item).kept) == (CLOUD.title, None)
    assert seen.see(stage["Kim"], code, item).presenters == ()


def test_two_at_one_item_lose_nothing(stage: Stage) -> None:
    code = joined(stage)
    item, opened = kept(stage, "Vera", code, title="Mine"), clock.now()
    stage.go(MINUTE)
    kept(stage, "Vic", code, item, title="Ours")
    stage.go(MINUTE)
    vera = stage.cast.ids["Vera"]
    refused(WrongState, item_drafts.keep, vera, code, item, ItemWords(title="Mine, longer"), opened=opened)
    refused(WrongState, items.send, stage["Vera"], code, TAPE, item=item, opened=opened)
    assert seen.see(stage["Vera"], code, item).kept == ItemWords(title="Ours")
    items.send(stage["Vic"], code, TAPE, item=item, opened=opened)
    late = clock.now() - MINUTE
    refused(WrongState, item_drafts.keep, stage.cast.ids["Vic"], code, item, ItemWords(title="Late"), opened=late)


WILL_NOT_DO: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"minutes": 91}, "minutes", "Please choose between 1 and 90 minutes; that is the whole briefing."),
    (
        {"presenters": [("Carl", "carl@cloudio.example", "")]},
        "presenters",
        "One of these addresses is of Cloudio; please name your own people.",
    ),
    (
        {"presenters": [("Kim", "kim@norden.example", "")]},
        "presenters",
        "One of these addresses is of Norden Mutual; please name your own people.",
    ),
    (
        {"presenters": [("Dev", "", "")]},
        "presenters",
        "Please give an address for Dev: the invitation and the agenda go to it.",
    ),
    ({"asks": "cloudio"}, "asks", "A question to one vendor is for the buyer's people to ask."),
)


@SQLITE
def test_what_does_not_fit_is_not_sent(stage: Stage) -> None:
    code = joined(stage)
    for changed, field, sentence in WILL_NOT_DO:
        given = Given(**{**vars(TAPE), **changed})
        refusal = refused(Unfit, items.send, stage["Vera"], code, given)
        assert (refusal.field, refusal.sentence) == (field, sentence)
    refusal = refused(Unfit, items.send, stage["Kim"], code, Given(title="Why?", minutes=5, asks="norden"))
    assert refusal.sentence == "Please choose one of the vendors that are named."


def test_who_may_write(stage: Stage) -> None:
    code = proposed(stage)
    refused(NotThere, items.send, stage["Vera"], code, TAPE)
    assert refused(WrongState, items.send, stage["Kim"], code, TAPE).sentence == (
        "The buyer has not said yes to this briefing yet."
    )
    code = joined(stage)
    refused(NotAllowed, items.send, stage["Rita"], code, TAPE)
    refused(NotThere, items.send, stage["Charlie"], code, TAPE)
    item = items.send(stage["Vera"], code, TAPE)
    items.send(stage["Carl"], code, CLOUD)
    for name in ("Kim", "Rita"):
        refused(NotAllowed, items.change, stage[name], code, item, TAPE)
        refused(NotAllowed, items.take_back, stage[name], code, item)
    refused(NotThere, items.change, stage["Carl"], code, item, TAPE)
    refused(NotThere, items.send, stage["Carl"], code, TAPE, item=item)
    participations.leave(stage["Carl"], code)
    refused(WrongState, items.send, stage["Carl"], code, CLOUD)


@SQLITE
def test_who_does_not_come_any_more_brings_nothing(stage: Stage) -> None:
    code = joined(stage)
    items.send(stage["Vera"], code, TAPE)
    items.send(stage["Carl"], code, CLOUD)
    participations.leave(stage["Carl"], code)
    assert titles(stage, "Rita", code) == titles(stage, "Kim", code) == [("fastprint", "How we restore", "sent")]
    assert titles(stage, "Carl", code) == [("cloudio", "Copies elsewhere", "sent")]


def test_the_texts_open_when_all_are_in_and_that_is_told_once(stage: Stage) -> None:
    code = joined(stage)
    items.send(stage["Vera"], code, TAPE)
    asked = items.send(stage["Kim"], code, Given(title="What if a site burns?", minutes=10, asks="cloudio"))
    assert [item.title for item in seen.listing(stage["Rita"], code).items] == []
    before = seen_briefings.see(stage["Vera"], code), seen.listing(stage["Vera"], code).version
    item = items.send(stage["Carl"], code, CLOUD)
    assert (seen_briefings.see(stage["Vera"], code), seen.listing(stage["Vera"], code).version) == before
    for name in ("Rita", "Kim", "Alex"):
        assert titles(stage, name, code) == [
            ("fastprint", "How we restore", "sent"),
            ("cloudio", "Copies elsewhere", "sent"),
            (None, "What if a site burns?", "sent"),
        ]
    assert seen.see(stage["Rita"], code, asked).asks == "cloudio"
    assert titles(stage, "Vera", code) == [("fastprint", "How we restore", "sent")]
    items.take_back(stage["Carl"], code, item)
    assert titles(stage, "Rita", code) == []
    items.send(stage["Carl"], code, CLOUD)
    (letter,) = stage.letters(kind="all_in")
    assert letter.recipient == address("Rita")
    assert words(letter).splitlines()[4:7] == ["Who is in", "- Fastprint", "- Cloudio"]


def test_the_deadline_is_the_same_for_all_and_so_is_the_extension(stage: Stage) -> None:
    code = joined(stage)
    items.send(stage["Vera"], code, TAPE)
    draft = kept(stage, "Carl", code, title="Nearly there")
    stage.go(DEADLINE)
    assert (
        "A late item is let in only if all get the extension"
        in refused(WrongState, items.send, stage["Carl"], code, CLOUD, item=draft).sentence
    )
    refused(WrongState, items.change, stage["Vera"], code, seen.listing(stage["Vera"], code).items[0].code, CLOUD)
    kept(stage, "Carl", code, draft, title="Still there")
    assert titles(stage, "Rita", code) == [("fastprint", "How we restore", "sent")]
    items.send(stage["Kim"], code, Given(title="Our news", minutes=30))
    briefings.set_frame(stage["Rita"], code, items_due=date(2027, 1, 25))
    assert stage.told(kind="items_extended") == [
        ("items_extended", address("Vera")),
        ("items_extended", address("Carl")),
    ]
    assert "Monday, 25 January 2027" in words(stage.letters(kind="items_extended")[0])
    briefings.set_frame(stage["Rita"], code, items_due=date(2027, 1, 25), buyer_share=40)
    items.send(stage["Carl"], code, CLOUD, item=draft)
    assert (len(stage.told(kind="items_extended")), len(stage.told(kind="all_in"))) == (2, 1)


@SQLITE
def test_another_day_is_told_with_the_asking_and_falls_with_it(stage: Stage) -> None:
    code = proposed(stage, by="Kim", to=None)
    briefings.set_frame(stage["Kim"], code, items_due=date(2027, 1, 25))
    assert stage.delivered() == []
    undo.undo(stage["Kim"], code)
    assert {letter.state for letter in stage.letters(kind="items_extended")} == {"stopped"}
    decisions.accept(stage["Kim"], code)
    briefings.set_frame(stage["Kim"], code, items_due=date(2027, 1, 26))
    stage.go(HOLD)
    told = [raw for to, raw in stage.delivered() if to == address("Carl")]
    assert [b"2027-01-26" in raw or b"26 January 2027" in raw for raw in told] == [False, True]


def test_those_who_owe_are_reminded_once(stage: Stage) -> None:
    code = joined(stage)
    items.send(stage["Vera"], code, TAPE)
    kept(stage, "Carl", code, title="Nearly there")
    stage.go(REMINDED - MINUTE)
    assert item_reminders.remind_due() == 0
    stage.go(REMINDED)
    sweep.sweep()
    stage.go(DAY)
    sweep.sweep()
    assert stage.told(kind="items_reminder") == [("items_reminder", address("Carl"))]
    assert "Items are due by" in words(stage.letters(kind="items_reminder")[0]).splitlines()
    briefings.set_frame(stage["Rita"], code, items_due=date(2027, 1, 19))
    sweep.sweep()
    briefings.set_frame(stage["Rita"], code, items_due=date(2027, 1, 28))
    stage.go(10 * DAY)
    sweep.sweep()
    assert stage.told(kind="items_reminder") == 2 * [("items_reminder", address("Carl"))]


@SQLITE
@pytest.mark.parametrize("late", ["proposed", "asked_late", "called_off"])
def test_nobody_is_reminded_of_what_they_do_not_owe(stage: Stage, late: str) -> None:
    if late == "proposed":
        proposed(stage)
    elif late == "called_off":
        code = joined(stage)
        revoking.revoke(stage["Kim"], code)
    else:
        stage.go(REMINDED)
        consented(stage)
    stage.go(REMINDED + HOLD)
    sweep.sweep()
    assert stage.told(kind="items_reminder") == []


@SQLITE
def test_history_tells_in_and_missing_and_no_more(stage: Stage) -> None:
    code = joined(stage)
    first = items.send(stage["Vera"], code, TAPE)
    second = items.send(stage["Vera"], code, CLOUD)
    items.take_back(stage["Vera"], code, first)
    items.take_back(stage["Vera"], code, second)
    items.send(stage["Kim"], code, Given(title="Our news", minutes=5))
    about = ("items_in", "items_missing", "item_back", "write_item")
    lines = db.session.scalars(select(HistoryLine).where(HistoryLine.deed.in_(about)).order_by(HistoryLine.id))
    assert [(line.audience, line.deed) for line in lines] == [
        ("party", "items_in"),
        ("party", "items_missing"),
        ("buyer", "write_item"),
    ]


@SQLITE
def test_another_line_up_keeps_what_was_sent(stage: Stage) -> None:
    code = joined(stage)
    items.send(stage["Vera"], code, TAPE)
    line_ups.set_line_up(stage["Kim"], code, vendors=["fastprint", stage.further_vendor()])
    assert parts(stage, "Rita", code)[0] == ("fastprint", True)
    refused(WrongState, items.send, stage["Carl"], code, CLOUD)


@SQLITE
def test_a_stale_version_is_not_written_over(stage: Stage) -> None:
    code = joined(stage)
    item = items.send(stage["Vera"], code, TAPE)
    vera = stage["Vera"]
    stale = replace(vera, door=replace(vera.door, if_match=seen.see(vera, code, item).version))
    items.change(stale, code, item, CLOUD)
    refused(SomebodyWasFaster, items.change, stale, code, item, TAPE)
