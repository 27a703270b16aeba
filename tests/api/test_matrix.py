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


def address(call: Call, house: House) -> str:
    """The address of a thing that exists."""
    noun = call.rule.split("/")[1]
    code, offer = house.offered() if noun in ("meeting-requests", "offers") else ("", {"id": ""})
    values = {"meeting-requests": code, "offers": offer["id"]}
    if noun == "meetings":
        values[noun] = house.agreed()["uid"]
    if noun == "briefings":
        values[noun] = house.briefing()
        call = replace(call, rule=call.rule.replace("<overlap>", house.pair(values[noun])))
    if noun == "relationships":
        house.agreed()
        values[noun] = house["Kim"].get("/relationships").json["items"][0]["id"]
    if noun == "notes":
        values[noun] = house.note()
    if noun == "blocks":
        values[noun] = house["Kim"].post("/blocks", {"company": "cloudio"}).json["id"]
    return _filled(call, values.get(noun, "norden"))


def _filled(call: Call, value: str) -> str:
    path = call.rule.replace("/<slug>/", "/fastprint/")
    for name in ("<code>", "<uid>", "<slug>"):
        path = path.replace(name, value)
    return path.replace("<proposal>", "NOSUCHONE").replace("<overlap>", "NOSUCHONE")


def named(calls: list[Call]) -> list[object]:
    """The calls as cases, each with a name to read."""
    return [pytest.param(call, id=f"{call.method} {call.rule}") for call in calls]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nobody_gets_in_and_a_reader_only_reads(house: House) -> None:
    reader = house.reader("Kim")
    for call in CALLS:
        path = _filled(call, "NOSUCHONE")
        assert house.nobody().call(call.method, path, {}).status_code == 401, call
        assert (reader.call(call.method, path, {}).status_code == 403) is (call.method != "GET"), call
    assert len(CALLS) > 60


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("call", named(ABOUT_A_THING))
def test_what_is_another_tenants_does_not_exist(house: House, call: Call) -> None:
    there, missing = address(call, house), _filled(call, "N0SUCHTHING")
    for who in OTHERS:
        answers = [
            house[who].call(call.method, path, None if call.method == "GET" else {}) for path in (there, missing)
        ]
        # who may lift no block at all hears so of every block
        expected = 403 if call.view.__name__ == "lift" and who != "Charlie" else 404
        assert [answer.status_code for answer in answers] == [expected, expected], who
        assert answers[0].data == answers[1].data
        assert dict(answers[0].headers) | {"X-Request-Id": ""} == dict(answers[1].headers) | {"X-Request-Id": ""}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("call", named([call for call in CALLS if call.method != "GET"]))
def test_what_is_anothers_to_do_is_refused(house: House, call: Call) -> None:
    path = address(call, house) if "<" in call.rule else call.rule
    answers = {who: house[who].call(call.method, path, {}).status_code for who in NOT_THEIRS[call.view.__name__]}
    assert answers == dict.fromkeys(NOT_THEIRS[call.view.__name__], 403)
