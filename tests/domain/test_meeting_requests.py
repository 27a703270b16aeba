"""What may happen to a meeting request, each cell: the table here is written from DESIGN's words, not from the code."""

from datetime import UTC, date, datetime, timedelta

import pytest

from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import (
    AWAITING,
    State,
    after,
    check_again_on,
    check_guests,
    check_minutes,
    check_question,
    is_held,
    possible,
    seen_state,
    true_state,
)
from vendorhub.domain.people import Actor, Door, DoorName, Role, Side
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.rights import Relation, may
from vendorhub.domain.terms import Guest

# deed>state; what only works while the answer is held has a star, what doesn't work then a dot
TABLE = {
    "unverified": "verify>pending withdraw>withdrawn lapse>lapsed",
    "pending": "accept>accepted stand>accepted amend>amended decline>declined block>blocked redirect>redirected "
    "ask_back>asked_back attach>attached withdraw>withdrawn lapse>lapsed",
    "asked_back": "accept>accepted stand>accepted amend>amended decline>declined block>blocked redirect>redirected "
    "answer_back>pending withdraw>withdrawn lapse>lapsed",
    "accepted": "undo>pending* withdraw>withdrawn revoke>revoked.",
    "amended": "agree>accepted decline>declined. block>blocked. undo>pending* withdraw>withdrawn lapse>lapsed",
    "declined": "undo>pending* withdraw>withdrawn* reopen>pending.",
    "blocked": "undo>pending* withdraw>withdrawn*",
    "redirected": "undo>pending* withdraw>withdrawn*",
    "attached": "reopen>pending",
    "withdrawn": "",
    "lapsed": "reopen>pending",
    "revoked": "",
}
SIDES = {
    "buyer": "accept stand amend decline block redirect ask_back undo revoke reopen",
    "vendor": "verify agree answer_back withdraw",
    "var": "agree answer_back withdraw",
    "operator": "",
}
NOW = datetime(2027, 1, 4, 11, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def rows(state: str, *, held: bool) -> dict[str, str]:
    found = {}
    for row in TABLE[state].split():
        deed, _, to = row.partition(">")
        if not to.endswith("." if held else "*"):
            found[deed] = to.rstrip(".*")
    return found


def somebody(side: Side) -> Actor:
    role = {Side.BUYER: Role.DECIDER, Side.OPERATOR: Role.OPERATOR}.get(side, Role.MEMBER)
    return Actor(1, 2, side, "Somebody", frozenset({role}), Door(DoorName.PAGE))


def test_every_state_has_its_row():
    assert set(TABLE) == {str(state) for state in State}


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("state", State)
def test_each_cell_of_state_and_deed(state: State, held: bool):
    came_to, refusals = {}, []
    for deed in Deed:
        try:
            came_to[str(deed)] = str(after(state, deed, held=held))
        except WrongState as refusal:
            refusals.append(refusal)
    assert came_to == rows(state, held=held)
    assert {str(deed) for deed in possible(state, held=held)} == set(came_to)
    assert {(refusal.status, refusal.sentence[-1]) for refusal in refusals} == {(409, ".")}


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("state", State)
def test_each_side_has_its_deeds_in_each_state(state: State, side: Side, held: bool):
    actor, everything = somebody(side), frozenset(Relation)
    buttons = {str(deed) for deed in possible(state, held=held) if may(actor, deed, everything)}
    assert buttons == set(rows(state, held=held)) & set(SIDES[side].split())


@pytest.mark.parametrize(
    ("state", "deed", "sentence"),
    [
        (State.LAPSED, Deed.ACCEPT, "The time to answer this is over, so it was closed without an answer."),
        (State.LAPSED, Deed.BLOCK, "The time to answer this is over, so it was closed without an answer."),
        (State.WITHDRAWN, Deed.DECLINE, "They have taken this ask back, so there is nothing left to answer."),
        (State.WITHDRAWN, Deed.WITHDRAW, "This ask has already been taken back."),
        (State.ACCEPTED, Deed.ACCEPT, "This ask has already been answered."),
        (
            State.ACCEPTED,
            Deed.UNDO,
            "This answer is already with the other side, so it can't be taken back any more.",
        ),
        (State.ACCEPTED, Deed.REDIRECT, "This ask has already been answered."),
        (State.LAPSED, Deed.ASK_BACK, "The time to answer this is over, so it was closed without an answer."),
        (State.LAPSED, Deed.AGREE, "The time for this is over, so the ask was closed."),
        (State.ASKED_BACK, Deed.ASK_BACK, "A question is with them already; you will hear as soon as they answer it."),
        (State.PENDING, Deed.AGREE, "That is not possible any more; here is how things stand now."),
        (State.LAPSED, Deed.WITHDRAW, "That is not possible any more; here is how things stand now."),
    ],
)
def test_a_refusal_says_what_happened(state: State, deed: Deed, sentence: str):
    with pytest.raises(WrongState) as refused:
        after(state, deed)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize("state", State)
def test_what_waits_lapses_by_the_clock(state: State):
    for now, over in ((NOW - SECOND, False), (NOW, True), (NOW + SECOND, True)):
        lapsed = over and str(state) in {"unverified", "pending", "asked_back", "amended"}
        assert true_state(state, answer_by=NOW, now=now) is (State.LAPSED if lapsed else state)


def test_an_answer_is_held_up_to_its_instant():
    assert not is_held(None, NOW)
    assert [is_held(NOW, NOW + apart) for apart in (-SECOND, 0 * SECOND, SECOND)] == [True, False, False]


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("state", State)
def test_the_other_side_sees_what_was_before_a_held_answer(state: State, side: Side):
    def seen(now: datetime, held_until: datetime | None) -> State:
        return seen_state(
            state,
            side=side,
            before_answer=State.ASKED_BACK,
            held_until=held_until,
            answer_by=NOW + 2 * SECOND,
            now=now,
        )

    assert seen(NOW - SECOND, NOW) is (state if side is Side.BUYER else State.ASKED_BACK)
    assert seen(NOW, NOW) is state
    assert seen(NOW, None) is state
    assert seen(NOW + 2 * SECOND, NOW) is (
        State.LAPSED if str(state) in {"unverified", "pending", "asked_back", "amended"} else state
    )


def test_a_question_is_asked_in_words():
    assert check_question("  What does a seat cost? \r\n", what="question") == "  What does a seat cost?"
    for text, sentence in (
        (" \n", "Please fill this in."),
        ("x" * 1001, "Please keep this to 1000 characters; it has 1001."),
    ):
        with pytest.raises(Unfit) as refused:
            check_question(text, what="answer")
        assert (refused.value.field, refused.value.sentence) == ("answer", sentence)


def test_what_waits_for_an_answer():
    assert {str(state) for state in AWAITING} == {"pending", "asked_back"}


@pytest.mark.parametrize("minutes", [-15, 0, 1, 16, 31, 90, 10**9])
def test_minutes_are_four(minutes: int):
    assert [check_minutes(each) for each in (15, 30, 45, 60)] == [15, 30, 45, 60]
    with pytest.raises(Unfit) as refused:
        check_minutes(minutes)
    assert (refused.value.field, refused.value.sentence) == ("minutes", "Please choose 15, 30, 45 or 60 minutes.")


def test_guests_are_cleaned():
    assert check_guests(
        [(" Vera  V ", "VERA@Fastprint.example ", ""), ("Vic", "vic@fastprint.example", " Engineer ")]
    ) == (
        Guest("vera@fastprint.example", "Vera V", ""),
        Guest("vic@fastprint.example", "Vic", "Engineer"),
    )


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ([], "Please name at least one person who would come."),
        ([(f"P{n}", f"p{n}@a.example", "") for n in range(13)], "Please name at most 12 people."),
        ([("A", "a@a.example", ""), ("B", "A@A.example", "")], "The same address is there twice."),
        ([("", "a@a.example", "")], "Please fill this in."),
        ([("A", "a", "")], "Please write one mail address, like name@example.com."),
        ([("A\nB", "a@a.example", "")], "Please write this on one line."),
        ([("A", "a@a.example", "x" * 81)], "Please keep this to 80 characters; it has 81."),
    ],
)
def test_guests_that_will_not_do(people: list[tuple[str, str, str]], sentence: str):
    with pytest.raises(Unfit) as refused:
        check_guests(people)
    assert (refused.value.field, refused.value.sentence) == ("attendees", sentence)


@pytest.mark.parametrize(
    ("again_on", "sentence"),
    [
        (None, "Please say from which date they may ask again."),
        (date(2027, 1, 3), "Please choose a date after today."),
        (date(2027, 1, 4), "Please choose a date after today."),
        (date(2029, 1, 5), "Please choose a date within two years, or answer No."),
    ],
)
def test_not_now_names_a_date_ahead(again_on: date | None, sentence: str):
    today = date(2027, 1, 4)
    for fit in (date(2027, 1, 5), date(2029, 1, 4)):
        assert check_again_on(fit, today=today) == fit
    with pytest.raises(Unfit) as refused:
        check_again_on(again_on, today=today)
    assert (refused.value.field, refused.value.sentence) == ("again_on", sentence)
