"""What an item of a briefing may be, how it starts, and until when it is sent."""

from datetime import UTC, date, datetime, timedelta

import pytest

from vendorhub.domain import items
from vendorhub.domain.agendas import Presenter, Segment, Visibility
from vendorhub.domain.item_words import LONGEST, ItemWords, from_body
from vendorhub.domain.items import Clean, Given, ItemState, Press
from vendorhub.domain.refusals import Unfit, WrongState

VERA = ("Vera", "Vera@Fastprint.example ", "Sales")
GOALS = ("Backups that restore", "Restore the claims system within four hours, always")


def test_what_may_happen_to_an_item() -> None:
    with pytest.raises(WrongState):
        items.after(ItemState.WITHDRAWN, Press.KEEP)
    assert {(state, press): to for state in ItemState for press, to in items.TRANSITIONS[state].items()} == {
        (ItemState.DRAFT, Press.KEEP): ItemState.DRAFT,
        (ItemState.DRAFT, Press.SEND): ItemState.SENT,
        (ItemState.DRAFT, Press.TAKE_BACK): ItemState.WITHDRAWN,
        (ItemState.SENT, Press.KEEP): ItemState.SENT,
        (ItemState.SENT, Press.SEND): ItemState.SENT,
        (ItemState.SENT, Press.TAKE_BACK): ItemState.WITHDRAWN,
    }


def test_an_item_that_fits_is_cleaned() -> None:
    given = Given(
        title="  How we   restore ",
        abstract="# Tape\r\n\r\nIt *pays*.\t",
        minutes=90,
        topics=["backups  THAT restore", "Tape", "tape", " "],
        presenters=[VERA, ("Dev", "dev@fastprint.example", "")],
    )
    assert items.check(given, frame=90, vocabulary=GOALS) == Clean(
        title="How we restore",
        abstract="# Tape\n\nIt *pays*.",
        minutes=90,
        topics=("Backups that restore", "Tape"),
        presenters=(Presenter("Vera", "vera@fastprint.example", "Sales"), Presenter("Dev", "dev@fastprint.example")),
        visibility=Visibility.ROOM,
    )


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"title": " "}, "title", "Please give the item a title."),
        ({"title": "x" * 121}, "title", "Please keep this to 120 characters; it has 121."),
        ({"abstract": "x" * 8001}, "abstract", "Please keep this to 8000 characters; it has 8001."),
        (
            {"abstract": "BEGIN:VEVENT"},
            "abstract",
            "Please leave calendar entries and code out of the text; times are agreed here.",
        ),
        ({"minutes": 0}, "minutes", "Please choose between 1 and 90 minutes; that is the whole briefing."),
        ({"minutes": 91}, "minutes", "Please choose between 1 and 90 minutes; that is the whole briefing."),
        ({"topics": [f"t{n}" for n in range(9)]}, "topics", "Please keep to 8 topics."),
        ({"topics": ["x" * 41]}, "topics", "Please keep this to 40 characters; it has 41."),
        (
            {"presenters": [("Vera", " ", "Sales")]},
            "presenters",
            "Please give an address for Vera: the invitation and the agenda go to it.",
        ),
        (
            {"presenters": [("", "vera@fastprint.example", "")]},
            "presenters",
            "Please give the name of whoever has the address vera@fastprint.example.",
        ),
        ({"presenters": [("Vera", "vera", "")]}, "presenters", "Please write one mail address, like name@example.com."),
        (
            {"presenters": [VERA, ("V.", "vera@fastprint.example", "")]},
            "presenters",
            "The same address is there twice.",
        ),
        (
            {"presenters": [(f"P{n}", f"p{n}@fastprint.example", "") for n in range(9)]},
            "presenters",
            "Please name at most 8 presenters.",
        ),
        (
            {"visibility": "world"},
            "visibility",
            "Please say whether the room may read it, or the buyer only.",
        ),
    ],
)
def test_an_item_that_does_not_fit_says_why(changed: dict[str, object], field: str, sentence: str) -> None:
    given = Given(**{"title": "Tape", "minutes": 20, **changed})  # type: ignore[arg-type]
    with pytest.raises(Unfit) as refusal:
        items.check(given, frame=90)
    assert (refusal.value.field, refusal.value.sentence) == (field, sentence)


def test_one_of_the_buyer_s_own_words_is_as_long_as_the_buyer_made_it() -> None:
    assert items.check_topics([GOALS[1].lower()], vocabulary=GOALS) == (GOALS[1],)


@pytest.mark.parametrize(
    ("title", "abstract", "topics", "word"),
    [
        ("What it costs", "", (), "costs"),
        ("Tape", "Our list *prices* fall.", (), "prices"),
        ("Tape", "Terms of payment.", (), "Terms"),
        ("Tape", "", ("Road map 2028",), "Road map"),
        ("ROADMAP", "", (), "ROADMAP"),
        ("Tape", "It is not yet announced.", (), "not yet announced"),
        ("Tape", "Priceless, in terms of heritage; it determines the footer.", ("Enterprise",), ""),
    ],
)
def test_prices_terms_and_plans_start_as_the_buyer_s_only(
    title: str, abstract: str, topics: tuple[str, ...], word: str
) -> None:
    assert items.telling_word(title, abstract, topics) == word
    assert items.starts_as(title, abstract, topics) == (Visibility.BUYER if word else Visibility.ROOM)
    said = Given(title=title, abstract=abstract, minutes=20, topics=topics, visibility="room")
    assert items.check(said, frame=90).visibility is Visibility.ROOM


def test_a_vendor_s_item_is_too_late_from_the_deadline_on() -> None:
    deadline = datetime(2027, 1, 20, 23, tzinfo=UTC)
    items.check_in_time(Segment.VENDOR, deadline=deadline, now=deadline - timedelta(seconds=1))
    items.check_in_time(Segment.BUYER, deadline=deadline, now=deadline)
    with pytest.raises(WrongState) as refusal:
        items.check_in_time(Segment.VENDOR, deadline=deadline, now=deadline)
    assert "let in only if all get the extension" in refusal.value.sentence


def test_there_is_an_end_to_the_items_of_a_company() -> None:
    items.check_number(19)
    with pytest.raises(WrongState):
        items.check_number(20)


def test_who_owes_is_reminded_on_the_third_morning_before() -> None:
    assert items.remind_at(date(2027, 1, 20), "Europe/Berlin") == datetime(2027, 1, 17, 7, tzinfo=UTC)


def test_what_is_typed_is_kept_as_it_was() -> None:
    words = ItemWords(
        title="\ud800 Tape\0",
        abstract="\n Less.\n",
        minutes="twenty",
        topics=("Backups that restore",),
        further=" tape , , disks",
        visibility="buyer",
        asks="fastprint",
        presenters=(("Vera", "", "Sales"),),
    )
    assert (words.body().isascii(), from_body(words.body())) == (True, words)
    assert (words.called(), words.length(), words.empty()) == ("Less.", 0, False)
    assert words.all_topics() == ("Backups that restore", "tape", "disks")
    assert words.given() == Given(
        title="\ud800 Tape\0",
        abstract="\n Less.\n",
        minutes=0,
        topics=("Backups that restore", "tape", "disks"),
        presenters=(("Vera", "", "Sales"),),
        visibility="buyer",
        asks="fastprint",
    )
    assert ItemWords(minutes="20", presenters=(("Vera", "", ""),)).empty()
    assert (ItemWords().called(), ItemWords(minutes=" 20 ").length()) == ("", 20)
    with pytest.raises(Unfit):
        ItemWords(abstract="x" * LONGEST).body()
