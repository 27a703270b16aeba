from datetime import UTC, date, datetime

import pytest

from tests.people import ORGANISATIONS, PEOPLE, address
from tests.stage import DAY, HOLD, MONDAY, TOPIC, VERA, VIC, copies, refused, words
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import ASKS_A_DAY
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.request_views import RequestView
from vendorhub.store import MeetingRequest
from vendorhub.usecases import decisions, meeting_requests

SLUGS = [row[2] for row in ORGANISATIONS]


def test_an_ask_is_there_for_both_sides_and_names_no_time(stage):
    code = stage.asked()
    for_vera = seen.see(stage["Vera"], code)
    assert for_vera == RequestView(
        code=code,
        state="pending",
        kind="topic",
        topic=TOPIC,
        outcome="Whether tape pays again.",
        learned="You keep seven years of mail.",
        minutes=30,
        guests=(
            ("vendor", "Vera", address("Vera"), "Sales"),
            ("vendor", "Vic", address("Vic"), "Engineer"),
        ),
        goal="Backups that restore",
        buyer="norden",
        buyer_name="Norden Mutual",
        buyer_zone="Europe/Berlin",
        company="Fastprint",
        company_slug="fastprint",
        company_kind="vendor",
        asked_by="Vera",
        asked_of="Kim",
        decided_by=None,
        created_at=MONDAY,
        answer_by=datetime(2027, 1, 11, 23, tzinfo=UTC),
        answered_at=None,
        held_until=None,
        again_on=None,
        note="",
        place_how="",
        place_detail="",
        meeting=None,
        may=frozenset({Deed.WITHDRAW}),
    )
    for_kim = seen.see(stage["Kim"], code)
    lasting = {Deed.BLOCK, Deed.STAND}
    answers = {Deed.ACCEPT, Deed.AMEND, Deed.DECLINE, Deed.REDIRECT, Deed.ASK_BACK} | lasting
    assert for_kim == RequestView(
        **{**vars(for_vera), "may": frozenset(answers), "ways": frozenset({"in_writing", "not_now", "no"})}
    )
    assert seen.see(stage["Alex"], code).may == (answers - lasting) | {Deed.SORT}
    assert seen.see(stage["Bo"], code).may == frozenset()
    assert [view.code for view in seen.waiting(stage["Kim"])[0]] == [code]
    assert (seen.waiting_count(stage["Kim"]), seen.waiting_count(stage["Pia"])) == (1, 0)


@pytest.mark.parametrize(
    ("to", "who"),
    [
        (address("Kim"), {"Kim", "Alex", "Bo", "Mo", "Ada", "Vera", "Vic"}),
        (f" {address('Kim').upper()} ", {"Kim", "Alex", "Bo", "Mo", "Ada", "Vera", "Vic"}),
        (address("Mo"), {"Kim", "Alex", "Bo", "Mo", "Ada", "Vera", "Vic"} - {"Alex"}),
        (address("Pia"), {"Pia", "Ada", "Vera", "Vic"}),
        (None, {"Kim", "Alex", "Bo", "Mo", "Pia", "Ada", "Vera", "Vic"}),
        (" ", {"Kim", "Alex", "Bo", "Mo", "Pia", "Ada", "Vera", "Vic"}),
    ],
)
def test_who_sees_an_ask_and_for_whom_it_is_not_there(stage, to, who):
    code = stage.asked(to=to)
    found = set()
    for name, *_ in PEOPLE:
        try:
            assert seen.see(stage[name], code).code == code
            found.add(name)
        except NotThere:
            listed = [view.code for view in seen.listing(stage[name])[0]]
            assert (listed, seen.waiting_count(stage[name])) == ([], 0)
    assert found == who
    assert refused(NotThere, meeting_requests.withdraw, stage["Charlie"], code).sentence == (
        refused(NotThere, meeting_requests.withdraw, stage["Vera"], "NEVERWAS").sentence
    )


def test_an_ask_reaches_the_decider_and_her_assistant_each_with_a_link_of_their_own(stage):
    stage.asked()
    assert stage.told() == [("ask_received", address("Kim")), ("ask_received", address("Alex"))]
    links = [[line for line in words(letter).splitlines() if "/d/" in line] for letter in stage.letters()]
    assert [len(found) for found in links] == [1, 1]
    assert links[0] != links[1]
    assert {letter.due_at for letter in stage.letters()} == {MONDAY}


def test_an_ask_of_nobody_by_name_reaches_whoever_may_answer(stage):
    stage.asked(to=None)
    assert stage.told() == [("ask_received", address(name)) for name in ("Bo", "Kim", "Mo", "Pia", "Alex")]


def test_a_var_asks_like_a_vendor(stage):
    code = stage.asked("Rita", attendees=[("Rita", address("Rita"), "")])
    assert (seen.see(stage["Rita"], code).company_kind, seen.see(stage["Kim"], code).company) == ("var", "Bridgeworks")
    assert refused(NotThere, meeting_requests.withdraw, stage["Vera"], code)


def test_who_answers_does_not_ask(stage):
    for name in ("Kim", "Alex", "Cleo", "Ada", "Charlie", "Oz"):
        refusal = refused(NotAllowed, stage.asked, name)
        assert refusal.sentence == "This is for the other side to do."


def test_what_an_ask_must_say(stage):
    wrong = {
        "buyer": ["", "fastprint", "nowhere", "NORDEN"],
        "topic": ["", " ", "x" * 121, *_UNFIT_LINES],
        "outcome": ["", " \n", "x" * 1001, *_UNFIT_TEXTS],
        "learned": ["", "\u200b", "x" * 1001, *_UNFIT_TEXTS],
        "minutes": [0, -15, 20, 90],
        "kind": ["", "coffee"],
        "goal": ["World peace"],
        "to": ["nobody@norden.example", address("Cleo"), address("Alex"), address("Charlie"), "not an address"],
        "attendees": [[], [VERA, VERA], [VERA] * 13, *([(name, "x@x.example", "")] for name in _UNFIT_LINES)]
        + [[("X", mail, "")] for mail in ("x", "x@x", "x@x.example\nBcc: y@y.example", "\ud800@x.example")]
        + [[("X", "x@x.example", role)] for role in _UNFIT_LINES],
    }
    for field, values in wrong.items():
        for value in values:
            refusal = refused(Unfit, stage.asked, **{field: value})
            assert (refusal.field, refusal.status) == (field, 422), (field, value)
    assert stage.told() == []


_UNREADABLE = ["Backup\x00", "Backup\x1b[2J", "Back\u202eup", "Back\u2066up", "\ud800", "\U000e0041", "BEGIN:VEVENT"]
_UNFIT_LINES = ["Backup\ncosts", "Backup\r\nBcc: all@x.example", "Backup\u2028costs", "Backup\x0bcosts", *_UNREADABLE]
_UNFIT_TEXTS = ["Backup\x0bcosts", *_UNREADABLE]


def test_what_is_typed_is_cleaned_and_kept(stage):
    code = stage.asked(
        topic="  Zoe\u0308\u2019s \t backup ",
        outcome="One\r\n\r\n\r\n\r\nTwo ",
        goal="BACKUPS THAT RESTORE",
        attendees=[("Ve\u00adra", "VERA@Fastprint.example", " ")],
    )
    view = seen.see(stage["Kim"], code)
    assert (view.topic, view.outcome, view.goal) == ("Zoë’s backup", "One\n\n\nTwo", "Backups that restore")
    assert view.guests == (("vendor", "Vera", "vera@fastprint.example", ""),)


def test_the_window_is_the_buyers(stage):
    assert seen.see(stage["Vera"], stage.asked()).answer_by == datetime(2027, 1, 11, 23, tzinfo=UTC)
    elsewhere = stage.asked(buyer="harbour", to=None, goal=None)
    assert seen.see(stage["Vera"], elsewhere).answer_by == datetime(2027, 1, 12, 5, tzinfo=UTC)


def test_lists_are_paged_newest_first(stage):
    codes = [stage.asked(topic=f"Topic {n}") for n in range(5)]
    found, cursor = seen.listing(stage["Vera"], limit=2)
    assert ([view.code for view in found], cursor) == ([codes[4], codes[3]], codes[3])
    found, cursor = seen.listing(stage["Vera"], limit=2, cursor=cursor)
    assert ([view.code for view in found], cursor) == ([codes[2], codes[1]], codes[1])
    found, cursor = seen.listing(stage["Vera"], limit=2, cursor=cursor)
    assert ([view.code for view in found], cursor) == ([codes[0]], None)
    waits, cursor = seen.waiting(stage["Kim"], limit=3)
    assert ([view.code for view in waits], cursor) == (codes[:3], codes[2])
    waits, cursor = seen.waiting(stage["Kim"], limit=3, cursor=cursor)
    assert ([view.code for view in waits], cursor) == (codes[3:], None)
    for query in (seen.listing, seen.waiting):
        assert refused(Unfit, query, stage["Charlie"], cursor=codes[0]).field == "cursor"
    assert refused(Unfit, seen.listing, stage["Vera"], state="nonsense").field == "state"


def test_an_ask_that_meets_an_answer_from_before_is_put_on_its_thread(stage):
    first = stage.asked()
    decisions.refuse(stage["Kim"], first, kind="not_now", again_on=date(2027, 3, 1))
    unheard = stage.asked("Vic")
    assert seen.see(stage["Vic"], unheard).state == "pending"
    stage.go(HOLD)
    before = len(stage.letters())
    for to in (address("Kim"), address("Bo"), address("Mo"), None):
        code = stage.asked("Vic", to=to)
        view = seen.see(stage["Vic"], code)
        assert (view.state, view.again_on, view.decided_by) == ("attached", date(2027, 3, 1), "Kim")
        assert view.may == frozenset()
    assert stage.told()[before:] == [("not_now", address("Vic"))] * 4
    assert seen.see(stage["Vic"], stage.asked("Vic", to=address("Pia"))).state == "pending"
    assert seen.see(stage["Carl"], stage.asked("Carl")).state == "pending"
    assert seen.see(stage["Rita"], stage.asked("Rita")).state == "pending"


@pytest.mark.parametrize(
    ("kind", "again_on", "free_from"),
    [
        ("not_now", date(2027, 3, 1), datetime(2027, 2, 28, 23, tzinfo=UTC)),  # midnight in Berlin
        ("no", None, datetime(2027, 7, 4, 22, tzinfo=UTC)),  # half a year on
    ],
)
def test_an_answer_stands_until_its_day_by_the_buyers_calendar(stage, kind, again_on, free_from):
    decisions.refuse(stage["Kim"], stage.asked(), kind=kind, again_on=again_on)
    stage.go(free_from - DAY / 86400)
    assert seen.see(stage["Vera"], stage.asked()).state == "attached"
    stage.go(free_from)
    assert seen.see(stage["Vera"], stage.asked()).state == "pending"


def test_a_yes_and_what_was_taken_back_bind_nobody(stage):
    stage.accepted()
    code = stage.asked()
    decisions.refuse(stage["Kim"], code, kind="no")
    meeting_requests.withdraw(stage["Vera"], code)
    stage.go(HOLD)
    assert seen.see(stage["Vera"], stage.asked()).state == "pending"
    assert seen.see(stage["Vic"], stage.asked("Vic", attendees=[VIC])).state == "pending"


def test_a_company_has_its_asks_of_a_day_whoever_asks_and_whomever(stage):
    code = stage.asked()
    copies(MeetingRequest, ASKS_A_DAY - 2, code="{n}")
    stage.asked("Vic")
    letters = len(stage.letters())
    for name in ("Vera", "Vic"):
        refused(WrongState, stage.asked, name)
    assert len(stage.letters()) == letters
    assert seen.see(stage["Vera"], code).state == "pending"
    stage.asked("Rita")
    stage.go(DAY)
    assert seen.see(stage["Vera"], stage.asked()).state == "pending"
