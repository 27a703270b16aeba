"""The same Idempotency-Key does a deed once, whoever is impatient."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any

from werkzeug.serving import make_server

from tests.api.conftest import ASK, AT_FOUR, AT_TWO, File, House, later
from tests.api.test_briefings import BRIEFING
from tests.itip.test_series import calendar
from tests.people import Cast
from tests.stage import Stage
from tests.usecases.minutes import over
from tests.usecases.test_mails import PASS, receive, sample
from vendorhub.api.calls import CALLS

KEY = "2f4f5a0e-again"
SAID = {"channel": "phone", "topic": "Costs", "company": "Fastprint", "name": "Eve", "email": "eve@gmail.com"}


def test_a_repeated_deed_is_done_once_and_answered_the_same(house: House) -> None:
    first, second = (house["Vera"].post("/meeting-requests", ASK, Idempotency_Key=KEY) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.data, first.headers["ETag"]) == (second.data, second.headers["ETag"])
    assert [one["code"] for one in house["Vera"].get("/meeting-requests").json["items"]] == [first.json["code"]]


def test_the_same_key_for_something_else_is_422(house: House) -> None:
    code = house["Vera"].post("/meeting-requests", ASK, Idempotency_Key=KEY).json["code"]
    for path, body in (
        ("/meeting-requests", {**ASK, "topic": "Printers"}),
        (f"/meeting-requests/{code}/withdrawal", {}),
    ):
        answer = house["Vera"].post(path, body, Idempotency_Key=KEY)
        assert (answer.status_code, list(answer.json["errors"])) == (422, ["Idempotency-Key"])
    assert house["Vera"].get(f"/meeting-requests/{code}").json["state"] == "pending"


def test_a_key_is_ones_own(house: House) -> None:
    codes = {house[who].post("/meeting-requests", ASK, Idempotency_Key=KEY).json["code"] for who in ("Vera", "Vic")}
    assert len(codes) == 2


def test_what_was_refused_leaves_the_key_free(house: House) -> None:
    refused = house["Vera"].post("/meeting-requests", {**ASK, "topic": "a\nb"}, Idempotency_Key=KEY)
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["topic"])
    assert house["Vera"].post("/meeting-requests", ASK, Idempotency_Key=KEY).status_code == 201


def test_a_key_is_visible_ascii_of_some_length(house: House) -> None:
    for key in ("x" * 256, "two words", "caf\xe9"):
        answer = house["Vera"].post("/meeting-requests", ASK, Idempotency_Key=key)
        assert (answer.status_code, list(answer.json["errors"])) == (422, ["Idempotency-Key"]), key
    assert house["Vera"].post("/meeting-requests", ASK, Idempotency_Key="x" * 255).status_code == 201


def test_every_deed_can_be_repeated(house: House, cast: Cast) -> None:
    """Each one twice with a key, in the order of the story; the second answers as the first did."""
    done: list[str] = []

    def twice(who: str, method: str, path: str, body: object = None) -> dict[str, Any]:
        key = f"key-{len(done)}"
        first, second = (house[who].call(method, path, body, Idempotency_Key=key) for _ in range(2))
        assert first.status_code in (200, 201, 202), first.text
        assert (second.status_code, second.json) == (first.status_code, first.json), path
        done.append(f"{method.lower()}{path}")
        return dict(first.json)

    _afterwards(house, cast, twice)
    code = twice("Vera", "POST", "/meeting-requests", ASK)["code"]
    at = f"/meeting-requests/{code}"
    twice("Kim", "POST", f"{at}/refusal", {"kind": "no"})
    twice("Kim", "POST", f"{at}/undo")
    twice("Kim", "POST", f"{at}/acceptance", {"topic": ASK["topic"]})
    offer = twice("Alex", "POST", f"{at}/offers", {"slots": [AT_TWO]})["id"]
    twice("Alex", "POST", f"/offers/{offer}/retraction")
    offer = twice("Alex", "POST", f"{at}/offers", {"slots": [AT_TWO]})["id"]
    with later():
        other = twice("Vera", "POST", f"/offers/{offer}/counter", {"slots": [AT_FOUR]})
        uid = twice("Kim", "POST", f"/offers/{other['id']}/choice", {"slot": other["slots"][0]["id"]})["uid"]
        at = f"/meetings/{uid}"
        for deed in ("refusal", "acceptance"):
            wish = twice("Vera", "POST", f"{at}/rescheduling", {"slot": AT_TWO})["proposals"][-1]["id"]
            twice("Kim", "POST", f"{at}/proposals/{wish}/{deed}")
        twice("Kim", "POST", f"{at}/rescheduling", {"slot": AT_FOUR})
        twice("Kim", "POST", f"{at}/place", {"place": "Room 4"})
        assert twice("Kim", "PUT", f"{at}/agenda", {"entries": [{"title": "Us", "minutes": 15}]})["version"] == 0
        assert twice("Kim", "POST", f"{at}/agenda/publication", {"overrule": "Theirs follows."})["version"] == 1
        una = {"name": "Una", "email": "una@fastprint.example"}
        twice("Vera", "POST", f"{at}/attendees", {"replace": [{"email": "vera@fastprint.example", "by": una}]})
        twice("Kim", "POST", f"{at}/cancellation")
        block = twice("Kim", "POST", "/blocks", {"company": "cloudio"})["id"]
        twice("Kim", "POST", f"/blocks/{block}/lifting")
        code = twice("Vera", "POST", "/meeting-requests", {**ASK, "topic": "More"})["code"]
        twice("Vera", "POST", f"/meeting-requests/{code}/withdrawal")
        _otherwise(house, twice)
        _with_several(house, twice)
    kinds = {tuple(step for step in path.split("/") if step.islower()) for path in done}
    assert len(kinds) == len([call for call in CALLS if call.method != "GET"])


def _otherwise(house: House, twice: Callable[..., dict[str, Any]]) -> None:
    """What else may be said to an ask, whoever asked and wherever."""
    at = "/meeting-requests/" + house.asked()
    twice("Alex", "POST", f"{at}/sorting", {"pile": "for_you"})
    twice("Kim", "POST", f"{at}/question", {"question": "What does a seat cost?"})
    twice("Vera", "POST", f"{at}/answer", {"answer": "Nine."})
    twice("Kim", "POST", f"{at}/acceptance", {"topic": "Printers"})
    with later():
        twice("Vera", "POST", f"{at}/agreement")
        twice("Kim", "POST", f"{at}/revocation")
    code = twice("Kim", "POST", "/meeting-requests/logged", SAID)["code"]
    twice("Kim", "POST", f"/meeting-requests/{code}/correction", {"minutes": 15})
    twice("Kim", "POST", f"/meeting-requests/{code}/sender", {"who": "other"})
    twice("Kim", "PUT", "/assistants/answers", {"assistant": "alex@norden.example", "answers": ["no", "accept"]})
    twice("Kim", "PUT", "/assistants/hours", {"hours": [9]})
    twice("Kim", "PUT", "/wordings", {"no": "Thank you; no."})
    house.asked("Carl")
    one = twice("Kim", "POST", "/companies/fastprint/joinings", {"other": "cloudio"})["joinings"][0]["id"]
    twice("Kim", "POST", f"/companies/fastprint/joinings/{one}/parting")
    assert twice("Kim", "POST", "/relationships", {"company": "cloudio"})["cadence"]["every"] == "quarter"
    twice("Kim", "POST", "/meetings/logged", {"company": "cloudio", "date": "2027-01-04", "minutes": 30})
    file = calendar(("UID:1", "DTSTART:20261201T100000Z")).decode()
    twice("Kim", "POST", "/meetings/adopted", {"calendar": file, "company": "cloudio"})
    at = "/relationships/" + house["Kim"].get("/relationships").json["items"][0]["id"]
    twice("Kim", "PUT", f"{at}/cadence", {"every": "month"})
    twice("Kim", "PUT", at, {"goals": ["Fewer suppliers"]})
    twice("Kim", "POST", f"{at}/pauses", {"first": "2027-02-01", "last": "2027-02-28", "reason": "A tender"})
    twice("Kim", "POST", f"{at}/waivers", {"quarter": "2026-Q4", "reason": "A move"})
    assert twice("Kim", "POST", "/plan", {"quarter": "2026-Q4"})["state"] == "waiting"
    assert twice("Kim", "PUT", "/plan/hours", {"hours": 20})["hours"] == 20
    stands = house["Kim"].post("/relationships", {"company": "fastprint"}).json["id"]
    asked = {"request": house.asked()}
    assert twice("Kim", "POST", f"/relationships/{stands}/standing-consent", asked)["standing"]
    with later():
        twice("Kim", "POST", f"/relationships/{stands}/standing-consent/revocation", asked)
    uid = house.agreed()["uid"]
    record = f"/relationships/{stands}"
    with later(timedelta(days=30)):
        twice("Kim", "POST", f"/meetings/{uid}/outcome", {"held": True, "worth": 4, "thanks": "You were plain."})
        twice("Kim", "PUT", f"/meetings/{uid}/outcome", {"held": "they"})
        fact = {"fact": f"meeting-{uid}", "text": "We stood at the other door."}
        twice("Vera", "POST", f"{record}/record/answers", fact)
        doubt = {"goal": "Fewer suppliers", "text": "You have just added two."}
        said = twice("Vera", "POST", f"{record}/doubts", doubt)["items"][0]["id"]
        twice("Kim", "POST", f"/doubts/{said}/hearing")
    note = twice("Kim", "POST", f"{at}/notes", {"text": "Nine a seat."})["id"]
    twice("Kim", "PUT", f"/notes/{note}", {"text": "Ten a seat."})
    twice("Kim", "DELETE", f"/notes/{note}")
    with house.app.app_context():
        receive(sample("gmail").replace(PASS, b""), "ask@localhost")
    mail = house["Kim"].get("/mails").json["items"][0]["id"]
    assert twice("Kim", "POST", f"/mails/{mail}/confirmation")["why"] == "confirmed"
    twice("Vera", "POST", "/meeting-requests/" + house.asked("Rita", vendor="fastprint") + "/confirmation")
    twice("Kim", "POST", "/meeting-requests/" + house.asked() + "/redirection", {"to": "cleo@norden.example"})
    at = "/meeting-requests/" + house.asked()
    house["Kim"].post(f"{at}/refusal", {"kind": "in_writing"})
    with later():
        assert twice("Vera", "POST", f"{at}/paper", {"text": "# Backups"})["version"] == 1
        twice("Kim", "POST", f"{at}/enough")
    at = "/meeting-requests/" + house.asked()
    house["Kim"].post(f"{at}/refusal", {"kind": "not_now", "again_on": "2027-03-01"})
    with later():
        at = "/meeting-requests/" + house.asked(topic="Another try")
        twice("Kim", "POST", f"{at}/remark", {"remark": "told_to"})
        twice("Kim", "POST", f"{at}/reopening", {"reason": "The audit is over."})


def _with_several(house: House, twice: Callable[..., dict[str, Any]]) -> None:
    """What is said about a briefing, from the proposal to an agenda that is published."""
    code = twice("Kim", "POST", "/briefings", {**BRIEFING, "to": "mo@norden.example"})["code"]
    at = f"/briefings/{code}"
    twice("Mo", "POST", f"{at}/refusal", {"kind": "no"})
    twice("Mo", "POST", f"{at}/undo")
    twice("Mo", "POST", f"{at}/acceptance")
    code = house.briefing()
    at = f"/briefings/{code}"
    own = f"{at}/participations/fastprint"
    twice("Kim", "PUT", f"{at}/frame", {"buyer_share": 40, "items_due": "2027-01-19"})
    twice("Vera", "POST", f"{own}/refusal")
    twice("Kim", "PUT", f"{at}/line-up", {"vendors": ["fastprint", "cloudio"]})
    twice("Vera", "POST", f"{own}/acceptance")
    item = twice("Vera", "POST", f"{at}/items", {"title": "Tape", "minutes": 20})["id"]
    twice("Vera", "PUT", f"{at}/items/{item}", {"title": "Disk", "minutes": 20})
    file = twice("Vera", "POST", f"{at}/items/{item}/materials", File(b"# Disk", "disk.md"))["id"]
    twice("Vera", "DELETE", f"/materials/{file}")
    house["Carl"].post(f"{at}/participations/cloudio/acceptance")
    other = house["Carl"].post(f"{at}/items", {"title": "Cloud", "minutes": 20}).json["id"]
    poll = twice("Kim", "POST", f"{at}/offers", {"slots": [{**AT_TWO, "start": "2027-01-19T14:00:00"}]})
    time = poll["slots"][0]["id"]
    twice("Vera", "POST", f"{own}/availability", {"slots": {time: "yes"}})
    twice("Kim", "PUT", f"{at}/overlaps/{house.pair(code)}", {"kind": "none"})
    entries = [{"item": item}, {"item": other}, {"segment": "buyer", "title": "Our news", "minutes": 20}]
    twice("Kim", "PUT", f"{at}/agenda", {"entries": entries})
    twice("Kim", "POST", f"{at}/agenda/publication", {"overrule": "It is short."})
    uid = house["Kim"].post(f"/offers/{poll['id']}/choice", {"slot": time}).json["uid"]
    pia = {"name": "Pia", "email": "pia@fastprint.example"}
    house["Vera"].put(f"{at}/items/{item}", {"title": "Disk", "minutes": 20, "presenters": [pia]})
    assert len(twice("Kim", "POST", f"/meetings/{uid}/invitations")["attendees"]) == 4
    twice("Vera", "DELETE", f"{at}/items/{item}")
    twice("Vera", "POST", f"{own}/leaving")
    twice("Kim", "POST", f"{at}/calling-off")


def _afterwards(house: House, cast: Cast, twice: Callable[..., dict[str, Any]]) -> None:
    """What is written down of a briefing, and said of it afterwards."""
    with house.app.app_context():
        stage = Stage(cast)
        at = f"/briefings/{over(stage, slot=2)}"
    line = twice("Kim", "POST", f"{at}/minutes", {"text": "Half."})["id"]
    twice("Rita", "PUT", f"{at}/minutes/{line}", {"text": "A third."})
    twice("Kim", "DELETE", f"{at}/minutes/{line}")
    promise = {"text": "Count", "owner": "vera@fastprint.example", "due": "2027-02-01"}
    mine = twice("Kim", "POST", f"{at}/actions", promise)["id"]
    twice("Kim", "PUT", f"{at}/actions/{mine}", {**promise, "text": "Count again"})
    twice("Vera", "POST", f"/actions/{mine}/reason", {"why": "A strike."})
    twice("Vera", "POST", f"/actions/{mine}/completion", {"proof": "https://fastprint.example"})
    twice("Kim", "POST", f"/actions/{mine}/confirmation")
    twice("Kim", "POST", f"/actions/{mine}/reopening", {"note": "One is missing."})
    missed = {"company": "fastprint", "whose": "theirs", "what": "Toner", "due": "2027-01-08"}
    assert twice("Kim", "POST", "/actions/missed", missed)["how"] == "missed"
    twice("Kim", "DELETE", f"{at}/actions/{mine}")
    twice("Kim", "POST", f"{at}/minutes/confirmation")
    twice("Vera", "POST", f"{at}/minutes/remarks", {"text": "It was eight."})
    twice("Kim", "PUT", f"{at}/participations/fastprint/worth", {"worth": 4})
    twice("Kim", "PUT", f"{at}/participations/fastprint/thanks", {"text": "You were plain."})
    twice("Kim", "POST", f"{at}/again")
    stage.close()


@contextmanager
def served(house: House) -> Iterator[int]:
    """The app behind a real server on a port of its own, a thread a request."""
    server = make_server("127.0.0.1", 0, house.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_twenty_at_once_are_one(house: House) -> None:
    sent = json.dumps(ASK)
    headers = {
        "Authorization": f"Bearer {house.token('Vera')}",
        "Content-Type": "application/json",
        "Idempotency-Key": KEY,
    }

    def post(port: int) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("POST", "/api/v1/meeting-requests", sent, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    with served(house) as port, ThreadPoolExecutor(20) as impatient:
        answers = set(impatient.map(post, [port] * 20))
    assert [status for status, _ in answers] == [201]
    assert len(house["Kim"].get("/meeting-requests").json["items"]) == 1
