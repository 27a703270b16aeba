"""C01 by the doors: in every state everybody sends everything to every address that changes something.

The addresses come from the URL map and the bodies from the API's own description, so a new call is in by itself; a
field that nobody has thought of fails the test until somebody says what stands in it.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SCALE, Database
from tests.kept import keep
from tests.people import address
from tests.stage import TOPIC
from tests.usecases.scenes import JOINT, SCENES, Scene, waiting
from tests.usecases.test_every_state import NAMES, judge
from tests.web.conftest import World
from tests.web.test_secrets import LINKS, in_letters
from vendorhub import clock
from vendorhub.api.calls import CALLS, Call
from vendorhub.domain.meeting_requests import Refused
from vendorhub.domain.wordings import Answer
from vendorhub.usecases.people import create_token

# Usually one scene, and one of each side who share what there is to send with each other and among the databases; in
# longer runs everybody sends all of it in every state on both.
PLAYED = [*SCENES, *JOINT] if SCALE > 1 else [waiting]
TRYING = NAMES if SCALE > 1 else ["Kim", "Vera"]
SHARES = 1 if SCALE > 1 else 2 * len(TRYING)

# Who somebody is: no business of an ask's.
ACCOUNTS = re.compile(r"/(sign-in|sign-out|password|verify|theme)\b")
# What calls of the API may carry, by name; lists are tried one by one.
GIVEN: dict[str, Any] = {
    "abstract": ["From *tape*."],
    "actions": [[{"text": "Count the tapes", "owner": address("Vera"), "due": "2027-02-01"}]],
    "again_on": ["2027-03-01"],
    "answer": ["Disk."],
    "answers": [["no", "accept"]],
    "asks": ["fastprint"],
    "assistant": [address("Alex")],
    "attendees": [[{"name": "Vera", "email": address("Vera")}], [{"name": "Una", "email": "una@fastprint.example"}]],
    "buyer": ["norden"],
    "buyer_share": [50],
    "calendar": ["BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261201T100000Z\nEND:VEVENT\nEND:VCALENDAR\n"],
    "channel": ["phone"],
    "circle": [[address("Kim")]],
    "company": ["cloudio"],
    "confidential": [True],
    "contract_end": ["2027-12-31"],
    "currency": ["EUR"],
    "date": ["2027-01-04"],
    "decisions": ["We buy one tape."],
    "due": ["2027-01-22"],
    "email": ["una@fastprint.example"],
    "entry": ["NOSUCHONE"],
    "entries": [[{"title": "Point", "minutes": 5}]],
    "introduced_by": [address("Cleo")],
    "every": ["6 weeks"],
    "fact": ["meeting-0"],
    "first": ["2027-02-01"],
    "found": ["They share one API."],
    "goal": ["Backups that restore"],
    "goals": [["Fewer suppliers"]],
    "holding": [[]],
    "hard": [7],
    "hours": [[9]],
    "house_rules": ["Be kind."],
    "item": [{"title": "Tape and paper", "minutes": 5}],
    "items_due": ["2027-01-20"],
    "last": ["2027-02-28"],
    "leave_out": [["NOSUCHONE"]],
    "learned": ["You keep seven years of mail."],
    "line": ["Worth your time."],
    "meeting": ["NOSUCHONE"],
    "minutes": [15],
    "name": ["Una"],
    "next": [{"from": "2027-04-01", "until": "2027-04-30"}],
    "note": ["Gladly."],
    "notice_by": ["2027-09-30"],
    "other": ["cloudio"],
    "owner": [address("Vera")],
    "overrule": ["They had less last time."],
    "outcome": ["Whether tape pays again."],
    "proof": ["https://fastprint.example/restores"],
    "people": [["Vera", {"name": "Una"}]],
    "person": [address("Vera")],
    "place": ["Room 4"],
    "presenters": [[{"name": "Dev", "email": "dev@elsewhere.example"}]],
    "publish_days_before": [3],
    "quotable": [True],
    "quarter": ["2027-Q1"],
    "question": ["Which tape?"],
    "reader": [address("Kim")],
    "replace": [[{"email": address("Vera"), "by": {"name": "Una", "email": "una@fastprint.example"}}]],
    "reason": ["They have news."],
    "request": ["NOSUCHONE"],
    "sentence": ["They feed each other."],
    "soft": [7],
    "spend": [9000],
    "slots": [[{"start": "2027-01-20T10:00:00", "timezone": "Europe/Berlin"}]],
    "suggested": ["no"],
    "text": ["# Tape\n\nIt pays."],
    "thanks": ["You were plain."],
    "theme": ["Tape and paper"],
    "title": ["How we restore"],
    "to": [address("Mo")],
    "topic": [TOPIC, "Tape only"],
    "topics": [["Tape"]],
    "vendor": ["cloudio"],
    "vendors": [["fastprint", "cloudio"]],
    "visibility": ["room"],
    "what": ["What tape would cost."],
    "worth": [3],
    **{answer.value: ["Thank you."] for answer in Answer if answer != Answer.QUESTION},
    "why": ["A strike."],
}
# What the pages' forms carry, each taking what it knows; and the presses.
TYPED = {
    **{name: each[0] for name, each in GIVEN.items() if isinstance(each[0], str)},
    "how": "phone",
    "detail": "+49 40 1",
    "scope": "company",
    "minutes": "30",
    "hour": "9",
    "theme": "dark",
    "slots-0-date": "2027-01-20",
    "slots-0-time": "10:00",
    "slot-date": "2027-01-20",
    "slot-time": "10:00",
    "zone": "Europe/Berlin",
    "entry": "fastprint.example",
}
PRESSED = {
    "acceptance": ["yes", "move"],
    "refusal": [*Refused, "keep"],
    "several": ["yes", "no"],
    "revocation": ["revoke"],
    "cancellation": ["call_off"],
    "place": ["place"],
    "times": ["put_up"],
    "retraction": ["retract"],
    "withdrawal": ["withdraw"],
    "confirmation": ["confirm"],
    "answer": ["reply"],
    "agreement": ["agree"],
    "reply": ["cannot_come"],
    "stand-in": ["send"],
    "worth": ["keep"],
    "standing-consent": ["stand"],
    "plan": ["plan"],
}

Sent = tuple[str, str, dict[str, Any]]  # method, path, and how the client is to send it


@pytest.mark.parametrize("set_up", PLAYED)
def test_no_calendar_object_comes_of_anything_that_is_sent(
    world: World, database: Database, set_up: Any, tmp_path: Path
) -> None:
    with world.app.app_context():
        scene: Scene = set_up(world.stage)
        waiting_letters = world.stage.letters(method="REQUEST")
        already = {(letter.recipient, f"UID:{letter.uid}") for letter in waiting_letters if letter.state == "sent"}
    secrets = in_letters(world, LINKS)
    clients = {name: (world.at(name), create_token_of(world, name)) for name in TRYING}
    now, done, mine = clock.now(), set(), len(TRYING) * database.app_url.startswith("postgresql")
    with world.app.app_context():
        back = keep(database, tmp_path)
    for turn, (name, (browser, token)) in enumerate(clients.items(), mine):
        csrf = browser.open("/history").forms[0].fields["csrf_token"]
        things = [*by_program(scene, token), *by_page(world, scene, secrets, csrf)]
        for method, path, sent in things[turn % SHARES :: SHARES]:
            answer = browser.client.open(path, method=method, **sent)
            assert answer.status_code < 500, (name, method, path, sent)
            if answer.status_code >= 400:
                continue
            done.add(path.rpartition("/")[2])
            with world.app.app_context():
                found = judge(world.stage, set(already))
                assert not found or waiting_letters or path.endswith("/choice"), (name, method, path, sent)
                back()
            world.stage.go(now)
    assert len(done) > 5  # or nothing was tried


def create_token_of(world: World, name: str) -> str:
    with world.app.app_context():
        return create_token(email=address(name))


def by_program(scene: Scene, token: str) -> Iterator[Sent]:
    """Every call that changes something, with each body it may have."""
    proof = {"Authorization": f"Bearer {token}"}
    for call in CALLS:
        if call.method != "GET":
            for body in bodies(call, scene):
                yield call.method, f"/api/v1{filled(call.rule, scene)}", {"json": body, "headers": proof}


def by_page(world: World, scene: Scene, secrets: list[str], csrf: str) -> Iterator[Sent]:
    """Every form, whoever's page it is on, and every link's."""
    for rule in sorted(world.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "POST" in (rule.methods or ()) and not rule.rule.startswith("/api/") and not ACCOUNTS.match(rule.rule):
            for secret in secrets if "<secret>" in rule.rule else [""]:
                for pressed in PRESSED.get(rule.rule.rpartition("/")[2], [""]):
                    own = {"answer": pressed, "csrf_token": csrf, "code": scene.code, "ask": scene.code}
                    own |= {"slot": scene.slot, "company": "fastprint"}
                    yield "POST", filled(rule.rule, scene, secret), {"data": {**TYPED, **own}}


def filled(rule: str, scene: Scene, secret: str = "") -> str:
    """An address of what there is in the scene."""
    nouns = {"offers": scene.offer, "blocks": scene.block}
    things = {
        "code": nouns.get(rule.split("/")[1], scene.code),
        "uid": scene.uid,
        "offer": scene.offer,
        "proposal": scene.wish,
        "slug": "norden",
        "secret": secret,
        "number": "1",
    }
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: things.get(found[1]) or "N0SUCHONE", rule)


def bodies(call: Call, scene: Scene) -> Iterator[dict[str, Any]]:
    """What is required, with each choice there is; and each thing beside it that may be said."""
    schema = call.body.model_json_schema() if call.body else {}
    fields: Mapping[str, Any] = schema.get("properties", {})
    wanted = list(schema.get("required", []))
    said = {name: choices(field, schema) or values(name, call, scene) for name, field in fields.items()}
    least = {name: said[name][0] for name in wanted}
    heads = [{**least, name: value} for name in wanted for value in said[name]] or [{}]
    yield from heads
    for head in heads if len(wanted) == 1 else heads[:1]:
        yield from ({**head, name: value} for name in fields if name not in wanted for value in said[name])
    if "again_on" in fields:
        yield {"kind": "not_now", "again_on": GIVEN["again_on"][0]}


def choices(field: Mapping[str, Any], schema: Mapping[str, Any]) -> list[Any]:
    """The values that a field's description names."""
    for each in (field, *field.get("anyOf", ())):
        known = schema.get("$defs", {}).get(each.get("$ref", "").rpartition("/")[2], each)
        if "enum" in known or "const" in known:
            return list(known.get("enum", [known.get("const")]))
        if known.get("type") == "boolean":
            return [True, False]
    return []


def values(name: str, call: Call, scene: Scene) -> list[Any]:
    if name == "slot":
        return [scene.slot or "N0SUCHONE"] if "choice" in call.rule else GIVEN["slots"][0]
    assert name in GIVEN, f"{call.method} {call.rule} has a field {name}: what may stand in it?"
    return list(GIVEN[name])
