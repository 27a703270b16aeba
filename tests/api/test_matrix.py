"""T01: every route, by nobody, by another tenant, by another role and by a token that may only read."""

from dataclasses import replace

import pytest

from tests.api.conftest import House
from vendorhub.api.calls import CALLS, Call

OTHERS = ("Carl", "Charlie", "Rita", "Oz")  # tenants who have no business with Vera's ask of Norden
ABOUT_A_THING = [call for call in CALLS if "<" in call.rule and "slug" not in call.rule]
# Who of the two sides (or of the same company) may see a thing, but not do this to it.
NOT_THEIRS = {
    "accept": ("Vera", "Vic", "Ada"),
    "refuse": ("Vera", "Vic", "Ada"),
    "undo": ("Vera", "Vic", "Ada"),
    "confirm": ("Vera", "Kim", "Ada"),
    "hand_in": ("Kim", "Alex", "Ada"),
    "enough": ("Vera", "Vic", "Ada"),
    "revoke": ("Vera", "Vic", "Ada"),
    "withdraw": ("Kim", "Alex", "Ada"),
    "offer": ("Ada",),
    "choose": ("Ada",),
    "counter": ("Ada",),
    "retract": ("Ada",),
    "reschedule": ("Ada",),
    "accept_move": ("Vera", "Ada"),
    "refuse_move": ("Vera", "Ada"),
    "cancel": ("Ada",),
    "set_place": ("Ada",),
    "replace": ("Ada",),
    "publish_for_both": ("Ada",),
    "stand_in": ("Ada",),
    "invite_presenters": ("Vera", "Ada"),
    "say_outcome": ("Vera", "Ada"),
    "correct_outcome": (),  # before anybody has said so it is not there
    "lift": ("Alex", "Ada", "Vera", "Oz"),
    "ask": ("Kim", "Alex", "Oz"),
    "block": ("Vera", "Alex", "Ada", "Oz"),
    "ask_back": ("Vera", "Vic", "Ada"),
    "answer_back": ("Kim", "Alex", "Ada"),
    "agree": ("Kim", "Alex", "Ada"),
    "pass_on": ("Vera", "Vic", "Ada"),
    "sort": ("Kim", "Vera", "Vic", "Ada"),
    "reopen": ("Vera", "Ada"),
    "remark": ("Vera", "Ada"),
    "sender": ("Vera", "Ada"),
    "join": ("Alex", "Vera", "Oz"),
    "part": ("Alex", "Vera", "Oz"),
    "give": ("Alex", "Ada", "Vera", "Oz"),
    "set_hours": ("Alex", "Ada", "Vera", "Oz"),
    "reword": ("Alex", "Vera", "Oz"),
    "claim": (),  # whose it is not sees none
    "propose": ("Vera", "Ada", "Oz"),
    "accept_briefing": ("Vera", "Ada"),
    "refuse_briefing": ("Vera", "Ada"),
    "undo_briefing": ("Vera", "Ada"),
    "call_off": ("Vera", "Ada"),
    "set_line_up": ("Vera", "Ada"),
    "set_frame": ("Vera", "Ada"),
    "take_part": ("Kim", "Ada"),
    "stay_out": ("Kim", "Ada"),
    "leave": ("Kim", "Ada"),
    "send_item": ("Ada",),
    "change_item": (),  # whose it is not sees none before it may be read
    "take_back_item": (),
    "put_up": ("Vera", "Ada"),
    "say_when": ("Kim", "Ada"),
    "mark": ("Ada",),  # to a vendor a pair is not there before the agenda is published
    "write_line": ("Vera", "Ada"),
    "change_line": (),  # to a vendor a line is not there before it is over
    "take_out_line": (),
    "write_promise": ("Vera", "Ada"),
    "take_out_promise": (),
    "change_promise": (),
    "complete": (),  # whose promise it is not: tests/usecases/test_promises.py
    "confirm_promise": (),
    "reopen_promise": (),
    "say_why": (),
    "tell_missed": ("Ada", "Oz"),
    "confirm_minutes": ("Vera", "Ada"),
    "add_remark": ("Kim", "Ada"),
    "weigh": ("Vera", "Ada"),
    "thank": ("Vera", "Ada"),
    "again": ("Vera", "Ada"),
    "log": ("Vera", "Rita", "Oz"),
    "correct": ("Vera", "Vic", "Ada"),
    "publish": ("Vera", "Ada"),
    "begin": ("Cleo", "Vera", "Rita", "Ada", "Oz"),
    "set_cadence": ("Cleo", "Vera", "Ada"),
    "pause": ("Cleo", "Vera", "Ada"),
    "let_go": ("Cleo", "Vera", "Ada"),
    "set_details": ("Cleo", "Vera", "Ada"),
    "stand": ("Alex", "Cleo", "Vera", "Ada"),
    "stand_no_more": ("Cleo", "Vera", "Ada"),
    "adopt": ("Vera", "Rita", "Ada", "Oz"),
    "answer_fact": ("Kim", "Ada"),
    "doubt": ("Kim", "Ada"),
    "hear_doubt": (),  # to a vendor it is not there
    "log_meeting": ("Vera", "Rita", "Ada", "Oz"),
    "write_note": ("Ada",),
    "change_note": ("Vera",),
    "take_out_note": ("Vera",),
    "ask_for_plan": ("Ada",),  # to who asks there is no plan
    "set_vendor_hours": ("Cleo", "Ada"),
    "listing": (),
    "bring": (),  # who sees an item that is not theirs: tests/web/test_materials.py
    "take_back_file": (),
}


def things(house: House) -> dict[str, str]:
    """One of each that there is, by the noun of its address."""
    code, offer = house.offered()
    met = house.agreed()["uid"]
    relationship = house["Kim"].get("/relationships").json["items"][0]["id"]
    return {
        "meeting-requests": code,
        "offers": offer["id"],
        "meetings": met,
        "briefings": house.briefing(),
        "relationships": relationship,
        "notes": house.note(relationship),
        "blocks": house["Kim"].post("/blocks", {"company": "cloudio"}).json["id"],
    }


def _addressed(call: Call, house: House, there: dict[str, str]) -> str:
    """The address of a thing that exists."""
    noun = call.rule.split("/")[1]
    if "<overlap>" in call.rule:
        call = replace(call, rule=call.rule.replace("<overlap>", house.pair(there["briefings"])))
    return _filled(call, there.get(noun, "norden"))


def _filled(call: Call, value: str) -> str:
    path = call.rule.replace("/<slug>/", "/fastprint/")
    for name in ("<code>", "<uid>", "<slug>"):
        path = path.replace(name, value)
    return path.replace("<proposal>", "NOSUCHONE").replace("<overlap>", "NOSUCHONE")


def test_nobody_gets_in_and_a_reader_only_reads(house: House) -> None:
    reader = house.reader("Kim")
    for call in CALLS:
        path = _filled(call, "NOSUCHONE")
        assert house.nobody().call(call.method, path, {}).status_code == 401, call
        assert (reader.call(call.method, path, {}).status_code == 403) is (call.method != "GET"), call
    assert len(CALLS) > 60


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_another_tenants_does_not_exist(house: House) -> None:
    there = things(house)
    for call in ABOUT_A_THING:
        paths = _addressed(call, house, there), _filled(call, "N0SUCHTHING")
        for who in OTHERS:
            answers = [house[who].call(call.method, path, None if call.method == "GET" else {}) for path in paths]
            # who may lift no block at all hears so of every block
            expected = 403 if call.view.__name__ == "lift" and who != "Charlie" else 404
            assert [answer.status_code for answer in answers] == [expected, expected], (call, who)
            assert answers[0].data == answers[1].data, (call, who)
            heads = [dict(answer.headers) | {"X-Request-Id": ""} for answer in answers]
            assert heads[0] == heads[1], (call, who)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_anothers_to_do_is_refused(house: House) -> None:
    there = things(house)
    for call in CALLS:
        if call.method != "GET":
            path = _addressed(call, house, there) if "<" in call.rule else call.rule
            answers = {
                who: house[who].call(call.method, path, {}).status_code for who in NOT_THEIRS[call.view.__name__]
            }
            assert answers == dict.fromkeys(NOT_THEIRS[call.view.__name__], 403), call
